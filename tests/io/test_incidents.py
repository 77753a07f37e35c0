"""Incidents of a plain log: position, class, source, and where every row went."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from schemas.example_rows import INCIDENT, places_of, write

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.io import Conventions, read_incidents
from cmcoord_geo.model import Source

LOG = Source(
    source_id="log",
    name="own log",
    licence="",
    first=datetime(2026, 1, 1, tzinfo=UTC),
    last=datetime(2026, 11, 29, tzinfo=UTC),
    classes=("robbery", "ambush"),
)


@pytest.fixture
def read(tmp_path: Path):
    def reading(*changes: dict[str, str], separator: str = ",", **options):
        rows = [
            INCIDENT | {"incident_id": f"I-{n}"} | change for n, change in enumerate(changes, 1)
        ]
        path = write(tmp_path / "incidents.csv", rows, separator=separator)
        return read_incidents(path, **{"sources": (LOG,), **options})

    return reading


def test_a_record_is_read(read) -> None:
    found = read({}, {"occurred_at": "2026-11-03T22:15+01:00", "precision": ""})
    assert found.findings == ()
    rows = found.content
    assert rows.incident_id == ("I-1", "I-2")
    assert rows.class_id == ("robbery", "robbery")
    assert rows.at_s.tolist() == [
        int(datetime(2026, 11, 3, 11, tzinfo=UTC).timestamp()),
        int(datetime(2026, 11, 3, 21, 15, tzinfo=UTC).timestamp()),
    ]
    assert rows.precision.tolist() == [2, 3]
    assert (rows.lon[0], rows.lat[0]) == (20.92, 6.10)
    assert rows.sources == (LOG,)


def test_every_class_by_id_and_by_name_in_both_languages(read) -> None:
    for known in incident_classes().values():
        words = (
            known.class_id,
            known.name.fr,
            known.name.en,
            known.name.fr.upper().replace("É", "E"),
        )
        found = read(*({"class": word} for word in words))
        assert found.content.class_id == (known.class_id,) * 4


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"class": "parking"}, "class", "ordnance"),
        ({"occurred_at": "03/11/2026"}, "occurred_at", "two ways"),
        ({"occurred_at": "45999"}, "occurred_at", "spreadsheet"),
        ({"occurred_at": "2026-11-03T10:00"}, "occurred_at", "zone"),
        ({"lat": "20.92", "lon": "6.10"}, "lat, lon", "swapped"),
        ({"lat": "48.8", "lon": "2.3"}, "lat, lon", "outside CAR"),
        ({"lat": "0", "lon": "0"}, "lat, lon", "outside CAR"),
        ({"lat": "61000"}, "lat", "between"),
        ({"lat": "nan"}, "lat", "number"),
        ({"lat": "6,10"}, "lat", "comma"),
        ({"lat": "-0", "lon": "20"}, "lat", "number"),
        ({"lat": ""}, "lat", "missing"),
        ({"lon": ""}, "lon", "missing"),
        ({"precision": "9"}, "precision", "between"),
        ({"incident_id": ""}, "incident_id", "empty"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_on(
    read, change: dict[str, str], column: str, word: str
) -> None:
    found = read({}, change, {}, {})
    assert found.content.incident_id == ("I-1", "I-3", "I-4")
    assert places_of(found.findings) == [("error", 3, column)]
    assert word in found.findings[0].said.en
    assert (found.report.rows, found.report.accepted, found.report.refused) == (4, 3, 1)


def test_a_swapped_file_is_told_once(read) -> None:
    swapped = {"lat": "20.92", "lon": "6.10"}
    found = read({}, *[swapped] * 5)
    assert found.content.incident_id == ("I-1",)
    assert places_of(found.findings) == [("error", 0, "lat, lon")]
    assert "5 of 6" in found.findings[0].said.en
    assert found.report.refused == 5


def test_a_record_without_position_is_kept_and_said(read) -> None:
    found = read({"lat": "", "lon": ""})
    assert np.isnan(found.content.lon).all()
    assert places_of(found.findings) == [("warning", 2, "lat")]


def test_decimal_comma_as_declared(read) -> None:
    found = read(
        {"lat": "6,10", "lon": "20,92"},
        {},
        separator=";",
        conventions=Conventions(decimal_comma=True),
    )
    assert (found.content.lat[0], found.content.lon[0]) == (6.10, 20.92)
    assert places_of(found.findings) == [("error", 3, "lat"), ("error", 3, "lon")]


def test_an_undeclared_source_covers_its_own_rows_only(read) -> None:
    start = date(2026, 9, 10)
    found = read(
        *({"source_id": "", "occurred_at": str(start + timedelta(days=3 * n))} for n in range(20)),
        {"source_id": "", "class": "ambush", "occurred_at": "2026-11-10"},
    )
    source = found.content.sources[-1]
    assert source.source_id == "incidents"
    assert source.classes == ("ambush", "robbery")
    assert (source.first.isoformat(), source.last.isoformat()) == (
        "2026-09-10T00:00:00+01:00",
        "2026-11-10T23:59:59+01:00",
    )
    assert source.has_export
    assert places_of(found.findings) == [("warning", 0, "source_id")]


def test_one_row_says_nothing_of_the_country(read) -> None:
    """H2/H3: a log of one row gave Bangui to Birao a class."""
    found = read({"source_id": "mine"})
    assert len(found.content) == 1
    assert found.content.sources[-1].classes == ()
    (told,) = found.findings
    assert (told.severity, told.row, told.column) == ("warning", 0, "source_id")
    assert "“mine”" in told.said.en
    assert "bring more rows" in told.said.en
    assert "apporter plus de lignes" in told.said.fr


def test_one_id_in_two_sources_is_no_duplicate(read) -> None:
    same = {"incident_id": "7"}
    found = read(same, same | {"source_id": "partner"}, same, same | {"class": "ambush"})
    assert (found.report.accepted, found.report.duplicates) == (2, 2)
    assert [f.severity for f in found.findings if f.row] == ["warning", "error"]


def test_missing_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", [{"incident_id": "1", "lat": "6", "lon": "20"}])
    with pytest.raises(SchemaError, match=r"log\.csv.*occurred_at, class"):
        read_incidents(path)


def test_no_row_at_all_is_no_incident_and_no_source(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", [INCIDENT])
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    found = read_incidents(path)
    assert len(found.content) == 0
    assert found.content.sources == ()
