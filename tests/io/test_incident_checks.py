"""Garbled letters and formulas are told with their rows, and nothing is repaired."""

from __future__ import annotations

from pathlib import Path

import pytest
from schemas.example_rows import INCIDENT, places_of, write

from cmcoord_geo.io import read_incidents


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("BangassouÃ©", "garbled"),
        ("lâ€™axe", "garbled"),
        ("Ã\u0089cole", "garbled"),
        ("ax\ufffd", "garbled"),
        ('=HYPERLINK("x")', "formula"),
        ("@SUM(1)", "formula"),
    ],
)
def test_rows_and_columns_are_named_and_the_rows_go_on(
    tmp_path: Path, cell: str, word: str
) -> None:
    rows = [INCIDENT | {"incident_id": str(n)} for n in range(3)]
    rows[1]["place"] = cell
    found = read_incidents(write(tmp_path / "incidents.csv", rows))
    told = [f for f in found.findings if f.column == "place"]
    assert places_of(tuple(told)) == [("warning", 3, "place")]
    assert word in told[0].said.en
    assert cell not in told[0].said.en
    assert found.content.place[1] == cell
    assert found.report.accepted == 3


@pytest.mark.parametrize(
    "cell", ["Mbrès – Bakala", "Éléments « FACA »", "a = b", "-5 km", "São", "Ã"]
)
def test_sound_words_are_not_told(tmp_path: Path, cell: str) -> None:
    found = read_incidents(write(tmp_path / "incidents.csv", [INCIDENT | {"place": cell}]))
    assert [f for f in found.findings if f.column == "place"] == []
