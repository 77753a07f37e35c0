"""Movements: good rows go on, bad rows say where and what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from osm_world import NODES, write_world
from schemas.example_rows import MOVEMENT, places_of, write

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.io import read_movements
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.model import Limits, VehicleCount
from cmcoord_geo.network.osm.build import build_network


def read(tmp_path: Path, *changes: dict[str, str]):
    rows = [MOVEMENT | {"movement_id": f"M-{n}"} | change for n, change in enumerate(changes, 1)]
    return read_movements(write(tmp_path / "movements.csv", rows))


def test_a_movement_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, {})
    (request,) = found.content
    assert found.findings == ()
    assert (request.origin, request.destination) == ("BGF", "BBY")
    assert request.depart.earliest == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert request.vehicles == (
        VehicleCount(vehicle_id="truck_6x6", count=4),
        VehicleCount(vehicle_id="lv_4x4", count=1),
    )
    assert request.persons == 11
    assert request.is_return is True
    assert (request.via, request.avoid, request.limits) == ((), (), Limits())


def test_conditions_of_a_movement_are_read(tmp_path: Path) -> None:
    asked = {
        "via": "Sibut; Kaga-Bandoro;",
        "avoid": "L043; RN8",
        "max_hours": "30",
        "max_km": "900",
        "max_exposure": "12.5",
        "min_informed": "40",
    }
    found = read(tmp_path, asked)
    (request,) = found.content
    assert found.findings == ()
    assert [point.place_id for point in request.via] == ["SBT", "KBD"]
    assert [road.name for road in request.avoid] == ["L043", "RN8"]
    assert request.avoid[0].segment_ids == ("L043",)
    expected = Limits(max_hours=30, max_km=900, max_exposure=12.5, min_informed=0.4)
    assert request.limits == expected


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"origin": "Atlantis"}, "origin", "Unknown place"),
        ({"origin": "Bamabri"}, "origin", "Bambari"),
        ({"destination": "Sido"}, "destination", "[MSI]"),
        ({"destination": "Bangui"}, "destination", "same place"),
        ({"depart_earliest": "2026-12-01T06:00"}, "depart_earliest", "zone"),
        ({"depart_latest": "2026-12-01T05:00+01:00"}, "depart_latest", "before"),
        ({"vehicles": "tank:2"}, "vehicles", "truck_6x6"),
        ({"vehicles": "patrol_mixed:2"}, "vehicles", "truck_6x6"),
        ({"vehicles": "lv_4x4:0"}, "vehicles", "profile"),
        ({"vehicles": "lv_4x4:-1"}, "vehicles", "profile"),
        ({"vehicles": "lv_4x4:1; lv_4x4:2"}, "vehicles", "twice"),
        ({"vehicles": " ; "}, "vehicles", "profile"),
        ({"vehicles": ""}, "vehicles", "empty"),
        ({"persons": "many"}, "persons", "whole number"),
        ({"persons": "0"}, "persons", "between"),
        ({"trip": "perhaps"}, "trip", "return"),
        ({"submitted_at": "yesterday"}, "submitted_at", "ISO"),
        ({"via": "Sibut; Atlantis"}, "via", "Unknown place"),
        ({"via": "Bangui"}, "via", "same place"),
        ({"via": "Sibut; Sibut"}, "via", "same place"),
        ({"avoid": "L043; L0"}, "avoid", "no road “L0”"),
        ({"max_hours": "0"}, "max_hours", "between"),
        ({"max_km": "far"}, "max_km", "number"),
        ({"min_informed": "101"}, "min_informed", "between"),
    ],
)
def test_a_bad_row_is_refused_and_the_others_go_on(
    tmp_path: Path, change: dict[str, str], column: str, word: str
) -> None:
    found = read(tmp_path, {}, change, {})
    assert [request.movement_id for request in found.content] == ["M-1", "M-3"]
    assert places_of(found.findings) == [("error", 3, column)]
    assert word in found.findings[0].said.en
    assert found.findings[0].file == "movements.csv"
    assert (found.report.rows, found.report.accepted, found.report.refused) == (3, 2, 1)


def test_every_fault_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    found = read(tmp_path, {"origin": "Atlantis", "vehicles": "tank:1", "depart_latest": "soon"})
    assert {f.column for f in found.findings if f.row} == {"origin", "vehicles", "depart_latest"}


def test_no_finding_repeats_what_stands_in_a_cell(tmp_path: Path) -> None:
    canary = "CANARY"
    change = dict.fromkeys(set(MOVEMENT) - {"movement_id", "organisation", "cargo"}, canary)
    found = read(tmp_path, change)
    assert len(found.findings) >= 6
    assert all(canary not in f.said.en + f.said.fr + f.column + f.file for f in found.findings)


def test_warnings_keep_the_row(tmp_path: Path) -> None:
    found = read(tmp_path, {"vehicles": "lv_4x4:1"}, {"trip": ""})
    assert len(found.content) == 2
    assert found.content[1].is_return is None
    assert places_of(found.findings) == [("warning", 2, "vehicles"), ("warning", 3, "trip")]


def test_duplicates_are_counted_and_contradictions_named(tmp_path: Path) -> None:
    found = read(tmp_path, {}, {"movement_id": "M-1"}, {"movement_id": "M-1", "persons": "12"})
    assert len(found.content) == 1
    assert (found.report.rows, found.report.accepted, found.report.duplicates) == (3, 1, 2)
    assert [f.severity for f in found.findings] == ["warning", "error"]


@pytest.mark.parametrize(
    ("trip", "is_return"),
    [
        ("return", True),
        ("Aller-retour", True),
        ("one way", False),
        ("one_way", False),
        ("aller simple", False),
    ],
)
def test_trip_in_both_languages(tmp_path: Path, trip: str, is_return: bool) -> None:  # noqa: FBT001
    assert read(tmp_path, {"trip": trip}).content[0].is_return is is_return


def test_places_in_any_spelling(tmp_path: Path) -> None:
    found = read(
        tmp_path, {"origin": "N'DELE", "destination": "Ze\u0301mio"}, {"origin": "Fort-Crampel"}
    )
    assert (found.content[0].origin, found.content[0].destination) == ("NDL", "IMO")
    assert found.content[1].origin == "KBD"


def test_french_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "movements.csv", [MOVEMENT | {"cargo": "médicaments"}], separator=";")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    found = read_movements(path)
    assert found.content[0].cargo == "médicaments"
    assert [f.severity for f in found.findings] == ["warning"]


def test_hostile_text_stays_as_it_is(tmp_path: Path) -> None:
    hostile = '{{7*7}} {% x %} {# <script>alert(1)</script> Nde\u0301le\u0301 \u202e,"q"\nnew'
    found = read(tmp_path, {"cargo": hostile, "purpose": "'=HYPERLINK(1)"})
    assert found.content[0].cargo == hostile
    assert found.content[0].purpose == "=HYPERLINK(1)"


def test_missing_columns_are_named_with_what_to_do(tmp_path: Path) -> None:
    row = {key: value for key, value in MOVEMENT.items() if key not in {"origin", "vehicles"}}
    with pytest.raises(SchemaError, match=r"movements\.csv.*origin, vehicles.*[Aa]dd") as caught:
        read_movements(write(tmp_path / "movements.csv", [row]))
    assert caught.value.column == "origin, vehicles"
    assert caught.value.table == "movements"


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "movements.csv", [MOVEMENT])
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{text[0]},origin\n{text[1]},Bria\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="twice"):
        read_movements(path)


def test_unread_columns_are_named_once(tmp_path: Path) -> None:
    found = read(tmp_path, {"convoy_leader": "x"}, {})
    assert places_of(found.findings) == [("warning", 0, "convoy_leader")]


def test_on_a_surveyed_network_an_end_stands_at_a_road_open_to_the_convoy(tmp_path: Path) -> None:
    """The end of a private road is no place to load a truck: the junction before it is, and it is told."""
    world = read_osm(write_world(tmp_path / "w.osm"))
    network = build_network(world, name="w", source="w").network
    lon, lat = NODES[11]
    change = {"origin": f"{lat},{lon}", "destination": "Ville-Essai", "vehicles": "truck_6x6:2"}
    path = write(tmp_path / "movements.csv", [MOVEMENT | change])
    found = read_movements(path, network=network)
    (request,) = found.content
    node = network.node_index[request.origin]
    assert (network.lon[node], network.lat[node]) == NODES[10]
    assert request.destination == "Ville-Essai"
    assert any(
        "put at the nearest junction or place, 1.1 km away" in finding.said.en
        for finding in found.findings
    )


def test_stops_and_a_latest_arrival_are_read(tmp_path: Path) -> None:
    change = {"stops": "Sibut:30; Grimari : 15", "arrive_by": "2026-12-02T14:00+01:00"}
    (request,) = read(tmp_path, change).content
    assert [(stop.place_id, stop.minutes) for stop in request.stops] == [("SBT", 30), ("GRI", 15)]
    assert request.arrive_by == datetime(2026, 12, 2, 13, tzinfo=UTC)
    (plain,) = read(tmp_path, {"stops": "", "arrive_by": ""}).content
    assert (plain.stops, plain.arrive_by) == ((), None)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"stops": "Sibut"}, "stops"),
        ({"stops": "Sibut:0"}, "stops"),
        ({"stops": "Nowhere at all:30"}, "stops"),
        ({"arrive_by": "2026-11-02T14:00+01:00"}, "arrive_by"),
        ({"arrive_by": "2026-12-02T14:00"}, "arrive_by"),
    ],
)
def test_bad_stops_and_arrivals_are_refused(
    tmp_path: Path, change: dict[str, str], column: str
) -> None:
    found = read(tmp_path, change)
    assert found.content == ()
    assert column in {finding.column for finding in found.findings if finding.severity == "error"}
