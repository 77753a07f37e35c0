"""UCDP GED: the published file as it is, what it covers and what it does not."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from schemas.example_rows import EVENT, places_of, write

from cmcoord_geo.config import Config
from cmcoord_geo.errors import SchemaError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.io import read_incidents
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk import hazard

REAL = Path(__file__).resolve().parents[3] / "shared/data/real/ucdp_ged/ucdp_ged_car_1991_2020.csv"


#: Events enough for the file to say something, one a week.
MANY = [
    {"id": f"m{n}", "date_start": str(date(2008, 9, 1) + timedelta(days=7 * n))} for n in range(20)
]


@pytest.fixture
def read(tmp_path: Path):
    def reading(*changes: dict[str, str]):
        rows = [EVENT | {"id": str(n)} | change for n, change in enumerate(changes, 1)]
        return read_incidents(write(tmp_path / "ged.csv", rows))

    return reading


def test_classes_period_and_licence(read) -> None:
    dated = [{**event, "date_end": event["date_start"]} for event in MANY]
    found = read(
        *dated, {"type_of_violence": "2"}, {"type_of_violence": "3", "date_start": "2009-02-10"}
    )
    assert found.content.class_id[-3:] == ("clash", "clash", "attack")
    (source,) = found.content.sources
    assert source.licence == "CC BY 4.0"
    assert source.classes == ("attack", "clash")
    assert source.first == datetime(2008, 8, 31, 23, tzinfo=UTC)
    assert source.last == datetime(2009, 2, 20, 22, 59, 59, tzinfo=UTC)
    assert source.note is not None
    assert "Fatal events only" in source.note.en


def test_no_credit_class_can_come_from_it(read) -> None:
    covered = read(*MANY).content.sources[0].classes
    assert covered
    assert not any(incident_classes()[key].has_patrol_credit for key in covered)
    assert not any(incident_classes()[key].is_ordnance for key in covered)


@pytest.mark.parametrize(
    ("name", "status", "source"),
    [
        ("GEDEvent_v26_0_10.csv", "Clear", "ucdp_candidate"),
        ("GEDEvent_v26_01_26_09.csv", "", "ucdp_candidate"),
        ("GEDEvent_v26_1.csv", "Clear", "ucdp_ged"),
        ("GEDEvent_v26_1.csv", "", "ucdp_ged"),
        ("download.csv", "Check deaths", "ucdp_candidate"),
    ],
)
def test_the_candidate_dataset_is_told_apart(
    tmp_path: Path, name: str, status: str, source: str
) -> None:
    rows = [EVENT | {"code_status": "Clear"}, EVENT | {"id": "2", "code_status": status}]
    content = read_incidents(write(tmp_path / name, rows)).content
    assert set(content.source_id) == {source}
    assert content.sources[0].source_id == source


@pytest.mark.parametrize(
    ("violence", "side", "actor"),
    [
        ("1", "Government of Central African Republic", "unknown"),
        ("2", "Kanari", "armed_group"),
        ("3", "Kanari", "armed_group"),
        ("3", "Government of Central African Republic", "state_force"),
        ("3", "", "unknown"),
    ],
)
def test_an_actor_is_a_type(read, violence: str, side: str, actor: str) -> None:
    content = read({"type_of_violence": violence, "side_a": side}).content
    assert content.actor == (actor,)
    assert "Kanari" not in repr((content.text, content.place))


def test_dates_known_to_the_week_or_month_say_so(read) -> None:
    precision = read(*({"date_prec": key} for key in ("", *"12345"))).content.time_precision
    assert precision.tolist() == [1, 1, 2, 2, 3, 3]


def test_both_spellings_of_the_coordinates(tmp_path: Path) -> None:
    cut = {"latitude": "lat", "longitude": "lon"}
    row = {cut.get(key, key): value for key, value in EVENT.items()}
    found = read_incidents(write(tmp_path / "cut.csv", [row]))
    assert (found.content.lat[0], found.content.lon[0]) == (5.399784, 26.486881)
    assert found.content.place == ("Obo town",)
    assert found.content.incident_id == ("UCDP-36210",)


def test_published_dates_with_their_midnight(read) -> None:
    found = read({"date_start": "2009-02-20 00:00:00.000", "date_end": "2009-02-22 00:00:00.000"})
    assert found.content.at_s[0] == datetime(2009, 2, 21, 11, tzinfo=UTC).timestamp()


def test_other_countries_are_left_out_and_counted(read) -> None:
    chad = {"country": "Chad", "latitude": "12.1", "longitude": "15.0"}
    found = read(
        {"country": "Central African Republic"},
        chad,
        chad,
        {"country_id": "482"},
        {"country_id": "483"},
    )
    assert found.content.incident_id == ("UCDP-1", "UCDP-4")
    assert places_of(found.findings) == [("warning", 0, ""), ("warning", 3, "")]
    assert ": 3 (" in found.findings[1].said.en
    assert (found.report.rows, found.report.refused) == (5, 3)


def test_vague_dates_are_told_once(read) -> None:
    found = read({"date_prec": "5"}, {"date_prec": "4"}, *MANY)
    assert len(found.content) == 22
    assert places_of(found.findings) == [("warning", 0, ""), ("warning", 2, "")]
    assert "All rows lie in Haut-Mbomou" in found.findings[0].said.en
    assert found.content.sources[0].areas == ("Haut-Mbomou",)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"latitude": "26.486881", "longitude": "5.399784"}, "latitude, longitude"),
        ({"latitude": "51.5", "longitude": "0.1"}, "latitude, longitude"),
        ({"latitude": ""}, "latitude"),
        ({"type_of_violence": "4"}, "type_of_violence"),
        ({"where_prec": "x"}, "where_prec"),
        ({"date_start": "20/02/2009"}, "date_start"),
        ({"date_end": "2009-02-01"}, "date_end"),
        ({"id": ""}, "id"),
    ],
)
def test_broken_rows(read, change: dict[str, str], column: str) -> None:
    found = read({}, change, {})
    assert len(found.content) == 2
    assert {(f.severity, f.row) for f in found.findings if f.row} == {("error", 3)}
    assert column in {f.column for f in found.findings}


def test_few_events_say_nothing_of_the_country(read) -> None:
    found = read({}, {})
    assert len(found.content) == 2
    assert found.content.sources[0].classes == ()
    assert "whole published file" in found.findings[0].said.en


def test_a_column_is_named_as_the_file_names_it(tmp_path: Path) -> None:
    cut = {"latitude": "lat", "longitude": "lon"}
    row = {cut.get(key, key): value for key, value in EVENT.items()}
    swapped = row | {"id": "2", "lat": row["lon"], "lon": row["lat"]}
    found = read_incidents(write(tmp_path / "cut.csv", [row, swapped]))
    assert [f.column for f in found.findings if f.severity == "error"] == ["lat, lon"]
    whole = read_incidents(
        write(tmp_path / "all.csv", [swapped | {"id": str(n)} for n in range(4)])
    )
    assert "lat, lon" in [f.column for f in whole.findings]


def test_findings_stand_in_the_order_of_the_rows(read) -> None:
    found = read({"where_prec": "x"}, {"date_prec": "5"}, {"country": "Chad"}, {"id": ""})
    rows = [f.row for f in found.findings]
    assert rows == sorted(rows)
    assert {2, 3, 4, 5} <= set(rows)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    row = {key: value for key, value in EVENT.items() if key not in {"where_prec", "latitude"}}
    with pytest.raises(SchemaError, match="where_prec, latitude") as caught:
        read_incidents(write(tmp_path / "ged.csv", [row]))
    assert caught.value.table == "ucdp_ged"


@pytest.mark.skipif(not REAL.is_file(), reason="the real UCDP file is not beside this checkout")
def test_the_real_file() -> None:
    found = read_incidents(REAL)
    assert (found.report.rows, found.report.accepted) == (1576, 1576)
    assert found.content.sources[0].last.year == 2020
    assert all(finding.severity == "warning" for finding in found.findings)
    points = np.round(np.column_stack([found.content.lon, found.content.lat]), 4)
    assert np.unique(points, axis=0, return_counts=True)[1].max() >= 209


@pytest.mark.skipif(not REAL.is_file(), reason="the real UCDP file is not beside this checkout")
@pytest.mark.parametrize("day", ["2026-11-10", "2027-03-01"])
def test_one_mistyped_date_in_the_real_file_makes_it_no_more_current(
    tmp_path: Path, day: str
) -> None:
    """H2/H3: such a row gave the roads of December 2026 a class 1, "least in the data"."""
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[700] |= {"date_start": day, "date_end": day}
    found = read_incidents(write(tmp_path / "ged.csv", rows))
    assert found.content.sources[0].last.year == 2020
    assert [f.row for f in found.findings if "long after all others" in f.said.en] == [702]
    danger = hazard(
        bundled_network(),
        found.content,
        at=datetime(2026, 12, 1, tzinfo=UTC),
        as_of=datetime(2026, 11, 29, tzinfo=UTC),
        config=Config().hazard,
    )
    assert not danger.is_informed.any()
    assert danger.last_informed is not None
    assert danger.last_informed.year == 2020
