"""What was refused is told in the product, without what it held (H2)."""

from __future__ import annotations

from dataclasses import replace

from cmcoord_geo.i18n import Said
from cmcoord_geo.model import Finding
from cmcoord_geo.sharing.refused import refused_notes

SECRET = Said(fr="secret", en="secret")


def finding(file: str, row: int, severity: str = "error") -> Finding:
    return Finding(severity=severity, said=SECRET, file=file, row=row)


def test_refused_rows_are_counted_once_each() -> None:
    notes = refused_notes(
        [finding("patrols.csv", 2), finding("patrols.csv", 2), finding("patrols.csv", 5)]
    )
    assert len(notes) == 1
    assert "patrols.csv" in notes[0].en
    assert "2 row" in notes[0].en
    assert "secret" not in notes[0].fr + notes[0].en


def test_rows_that_one_line_stands_for_are_counted_too() -> None:
    one, folded = finding("road_status.csv", 2), finding("road_status.csv", 9)
    (note,) = refused_notes([one, replace(folded, more_rows=(10, 13))])
    assert "4 row" in note.en


def test_warnings_are_no_refusals() -> None:
    assert refused_notes([finding("patrols.csv", 2, "warning")]) == ()


def test_a_whole_file_is_told_as_one() -> None:
    (note,) = refused_notes([finding("incidents.csv", 0), finding("incidents.csv", 3)])
    assert "incidents.csv" in note.fr
    assert "row" not in note.en
