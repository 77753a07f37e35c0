"""Announced operations, activities and sites: what is kept, what is refused, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from schemas.example_rows import places_of, write
from towns import town

from cmcoord_geo.io import read_folder
from cmcoord_geo.io.announced import read_activities, read_operations, read_sites
from cmcoord_geo.network import bundled_network

NETWORK = bundled_network()
OPERATION = {
    "operation_id": "O-1",
    "from_place": "Bambari",
    "to_place": "Ippy",
    "km_from": "10",
    "km_to": "60",
    "start": "2026-12-01T07:00+01:00",
    "end": "2026-12-01T12:00+01:00",
}
ACTIVITY = {
    "activity_id": "Q-1",
    "kind": "qip",
    "place": "Bambari",
    "start": "2026-12-01T08:00+01:00",
    "end": "2026-12-01T16:00+01:00",
}
SITE = {"site_id": "S-1", "lat": "5.76", "lon": "20.67"}


def operations(path: Path, **changed: str):
    return read_operations(write(path / "operations.csv", [OPERATION | changed]), network=NETWORK)


def test_an_operation_on_a_stretch(tmp_path: Path) -> None:
    reading = operations(tmp_path)
    (found,) = reading.content
    (segment_id, low, high) = found.stretches[0]
    assert set(NETWORK.ends(NETWORK.segment_index[segment_id])) == {"Bambari", "Ippy"}
    assert high - low == pytest.approx(50 / 105, abs=0.01)
    assert found.start.isoformat() == "2026-12-01T07:00:00+01:00"
    assert not reading.findings


@pytest.mark.parametrize(
    ("changed", "severity", "column"),
    [
        ({"end": ""}, "warning", "end"),
        ({"start": ""}, "warning", "start"),
        ({"end": "2026-12-01T06:00+01:00"}, "error", "end"),
        ({"start": "2026-12-01T07:00"}, "error", "start"),
        ({"from_place": "Nowhere-at-all"}, "error", "from_place"),
        ({"to_place": "Birao"}, "error", "to_place"),
        ({"km_from": "70"}, "error", "km_to"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    tmp_path: Path, changed: dict[str, str], severity: str, column: str
) -> None:
    reading = operations(tmp_path, **changed)
    assert (severity, 2, column) in places_of(reading.findings)
    assert len(reading.content) == (severity == "warning")


def test_several_segments_of_a_named_road(tmp_path: Path) -> None:
    reading = operations(tmp_path, road="RN5", from_place="Bambari", to_place="Bria",
                         km_from="", km_to="")  # fmt: skip
    (found,) = reading.content
    titles = {NETWORK.title(NETWORK.segment_index[key]) for key, _, _ in found.stretches}
    assert titles == {"Bambari–Ippy", "Ippy–Bria"}


def test_a_drawn_operation(tmp_path: Path) -> None:
    """The line of a layer along a road is that stretch of it; what it was taken for is told."""
    network = town("A---B", cell_m=20_000)
    line = [[float(network.lon[i]), float(network.lat[i])] for i in (0, 1)]
    middle = [(one + two) / 2 for one, two in zip(*line, strict=True)]
    path = tmp_path / "operations.geojson"
    layer = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {key: OPERATION[key] for key in ("operation_id", "start", "end")},
                "geometry": {"type": "LineString", "coordinates": [line[0], middle]},
            }
        ],
    }
    path.write_text(json.dumps(layer), encoding="utf-8")
    reading = read_operations(path, network=network)
    ((key, low, high),) = reading.content[0].stretches
    assert (key, low, high) == ("A-B", pytest.approx(0, abs=0.01), pytest.approx(0.5, abs=0.01))
    assert [one.severity for one in reading.findings] == ["warning"]


def test_on_a_surveyed_network_a_road_between_two_places(tmp_path: Path) -> None:
    roads = town("A-B-C", cell_m=5_000)
    row = OPERATION | {
        "segment_id": "A-B",
        "from_place": "",
        "to_place": "",
        "km_to": "8",
        "km_from": "2",
    }
    reading = read_operations(write(tmp_path / "o.csv", [row]), network=roads)
    assert [key for key, _, _ in reading.content[0].stretches] == ["A-B"]


def test_an_activity_at_a_place(tmp_path: Path) -> None:
    path = write(
        tmp_path / "activities.csv", [ACTIVITY, ACTIVITY | {"activity_id": "Q-2", "kind": "cimic"}]
    )
    found = read_activities(path, network=NETWORK).content
    assert [(one.kind, one.place_id) for one in found] == [("qip", "BBY"), ("cimic", "BBY")]


@pytest.mark.parametrize("kind", ["", "parade"])
def test_an_activity_without_a_known_kind_is_refused(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "activities.csv", [ACTIVITY | {"kind": kind}])
    reading = read_activities(path, network=NETWORK)
    assert reading.content == ()
    assert ("error", 2, "kind") in places_of(reading.findings)


def test_sites_are_positions_and_no_finding_repeats_one(tmp_path: Path) -> None:
    rows = [
        SITE,
        SITE | {"site_id": "S-2", "lat": "20.6712", "lon": "5.7634"},
        SITE | {"site_id": "S-3", "lon": ""},
    ]
    reading = read_sites(write(tmp_path / "sites.csv", rows))
    assert reading.content == ((20.67, 5.76),)
    assert [(place[0], place[1]) for place in places_of(reading.findings)] == [
        ("error", 3),
        ("error", 4),
    ]
    assert not any("20.67" in one.said.en + one.said.fr for one in reading.findings)


def test_a_folder_with_and_without_the_tables(tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_text("as_of = 2026-11-29T17:00:00+01:00\n", encoding="utf-8")
    bare = read_folder(tmp_path).picture
    assert (bare.operations, bare.activities) == (None, None)
    write(tmp_path / "operations.csv", [OPERATION])
    write(tmp_path / "activities.csv", [ACTIVITY])
    full = read_folder(tmp_path).picture
    assert [one.operation_id for one in full.operations] == ["O-1"]
    assert [one.activity_id for one in full.activities] == ["Q-1"]
    assert not full.findings
