"""Which segments a road report speaks of, on a surveyed network and on the bundled one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osm_world import NODES, write_world
from schemas.example_rows import places_of, write
from schemas.workbooks import write_rows

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.io import read_status
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.io.report import Reading
from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import RoadNetwork, bundled_network, convoy_of
from cmcoord_geo.network.ends import with_ends
from cmcoord_geo.network.osm.build import build_network

AT = "2026-11-27T14:00+01:00"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


@pytest.fixture
def read(tmp_path: Path, network: RoadNetwork):
    def reading(*rows: dict[str, str], network: RoadNetwork = network) -> Reading:
        whole = [
            {"report_id": f"R-{n}", "state": "closed", "reported_at": AT, **row}
            for n, row in enumerate(rows, 1)
        ]
        return read_status(write(tmp_path / "road_status.csv", whole), network=network)

    return reading


@pytest.fixture
def layer(tmp_path: Path, network: RoadNetwork):
    def reading(
        *shapes: object, network: RoadNetwork = network, limit_m: float = 50.0, **properties: object
    ) -> Reading:
        told = {"status": "closed", "last_update": AT, **properties}
        content = {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": f"F{n}", "properties": told, "geometry": shape}
                for n, shape in enumerate(shapes, 1)
            ],
        }
        path = tmp_path / "road_status.geojson"
        path.write_text(json.dumps(content), encoding="utf-8")
        return read_status(path, network=network, config=StatusConfig(match_limit_m=limit_m))

    return reading


def line(*nodes: int, north: float = 0.0) -> dict:
    return {
        "type": "LineString",
        "coordinates": [[NODES[n][0], NODES[n][1] + north] for n in nodes],
    }


def point(lon: float, lat: float) -> dict:
    return {"type": "Point", "coordinates": [lon, lat]}


def ids(found: Reading) -> list[str]:
    return [report.segment_id for report in found.content]


def said(found: Reading) -> list[str]:
    return [finding.said.en for finding in found.findings]


# --- by id ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["w100", "100"])
def test_a_way_is_every_piece_of_it(read, key: str) -> None:
    found = read({"segment_id": key})
    assert ids(found) == ["w100.1", "w100.2"]
    assert {report.report_id for report in found.content} == {"R-1"}
    assert (found.report.rows, found.report.accepted) == (1, 1)
    assert not any(report.is_part for report in found.content)


def test_the_network_that_is_planned_on_is_cut_and_the_id_still_holds(
    read, network: RoadNetwork
) -> None:
    convoy = convoy_of([VehicleCount(vehicle_id="lv_4x4", count=2)])
    ends = with_ends(network, ("5.7001, 20.607", "5.7001, 20.633"), convoy, limit_m=500)
    found = read({"segment_id": "w100"}, {"segment_id": "w100.1"}, network=ends.network)
    assert Counter(report.report_id for report in found.content) == {"R-1": 4, "R-2": 2}
    assert set(ids(found)) == {"w100.1/1", "w100.1/2", "w100.2/1", "w100.2/2"}


@pytest.mark.parametrize(
    ("where", "column", "word"),
    [
        ({"segment_id": "w999"}, "segment_id", "no such segment"),
        ({"segment_id": "w10"}, "segment_id", "no such segment"),
        ({"road": "RN99"}, "road", "bears this number"),
        ({"road": "RN2", "from_place": "Village-Essai"}, "to_place", "which part"),
        ({"road": "RN2", "km_from": "1"}, "from_place", "without a start"),
        (
            {"road": "RN2", "from_place": "Village-Essai", "km_from": "1", "km_to": "90"},
            "km_to",
            "end of this road",
        ),
        ({"crossing_id": "OSM-w999"}, "crossing_id", "crossing"),
        ({"from_place": "Village-Essai", "to_place": "Nowhere at all"}, "to_place", "place"),
        ({}, "segment_id", "segment_id"),
    ],
)
def test_a_road_that_is_not_there_is_told_with_what_to_do(read, where, column, word) -> None:
    found = read({"segment_id": "w102"}, where, {"segment_id": "w101"})
    assert ids(found) == ["w102", "w101"]
    assert ("error", 3, column) in places_of(found.findings)
    assert any(word in words for words in said(found))
    assert (found.report.rows, found.report.accepted, found.report.refused) == (3, 2, 1)


def test_two_places_are_the_road_between_them(read) -> None:
    places = {"from_place": "Village-Essai", "to_place": "Ville-Essai"}
    assert ids(read(places)) == ["w100.1", "w100.2", "w101", "w102"]
    found = read(places | {"at_km": "1"})
    assert ids(found) == ["w100.1"]
    assert found.content[0].at_fraction == pytest.approx(1000 / 2215, abs=0.01)


def test_a_crossing_of_the_map_is_known(read) -> None:
    found = read({"crossing_id": "OSM-w111", "state": "open", "ferry_state": "slow"})
    assert [(r.segment_id, r.crossing_id, r.ferry_state) for r in found.content] == [
        ("w111", "OSM-w111", "slow")
    ]


# --- by name and km -------------------------------------------------------------------------------


def test_km_along_a_named_road(read) -> None:
    found = read(
        {"road": "rn 2", "from_place": "Village-Essai", "km_from": "1", "km_to": "3"},
        {"road": "RN2", "from_place": "Ville-Essai", "to_place": "Village-Essai", "km_from": "1"},
    )
    first, second, third = found.content
    assert (first.segment_id, second.segment_id) == ("w100.1", "w100.2")
    assert (first.is_part, second.is_part) == (True, True)
    assert (third.segment_id, third.report_id) == ("w102", "R-2")
    assert third.at_fraction == pytest.approx(1 - 1000 / 1662, abs=0.02)
    assert said(found)[0] == "Taken as 2 segments, 2.0 km of this road."


def test_at_km_is_one_spot_of_a_named_road(read) -> None:
    where = {"road": "RN2", "from_place": "Village-Essai"}
    found = read({**where, "at_km": "3"}, {**where, "km_from": "3"}, {"road": "RN2", "at_km": "3"})
    one, other = found.content
    assert (one.segment_id, one.at_fraction) == (other.segment_id, other.at_fraction)
    assert one.segment_id == "w100.2"
    assert ("error", 4, "from_place") in places_of(found.findings)


def test_a_whole_road_is_told_with_its_length(read) -> None:
    found = read({"road": "RN2"})
    assert ids(found) == ["w100.1", "w100.2", "w102"]
    assert "3 segments, 6 km" in said(found)[0]


def test_named_roads_of_the_bundled_network(read) -> None:
    roads = bundled_network()
    found = read(
        {
            "road": "RN2",
            "from_place": "Sibut",
            "to_place": "Grimari",
            "km_from": "10",
            "km_to": "30",
        },
        {"road": "RN2", "from_place": "Grimari", "km_from": "10"},
        network=roads,
    )
    (report,) = found.content
    segment = roads.segment_index[report.segment_id]
    assert {roads.node_ids[int(at[segment])] for at in (roads.start, roads.end)} == {"SBT", "GRI"}
    assert report.is_part
    assert ("error", 3, "to_place") in places_of(found.findings)  # km 10, to the east or the west


# --- by shape -------------------------------------------------------------------------------------


def test_a_line_stands_on_the_roads_that_it_runs_along(layer) -> None:
    found = layer(line(1, 2, 3, 31, 4, north=0.0003))
    assert ids(found) == ["w100.1", "w100.2", "w101", "w102"]
    assert said(found) == ["F1: 4 segments, 6.6 km, at most 33 m away (RN2)."]
    assert {report.report_id for report in found.content} == {"F1"}
    assert found.report.accepted == 1


def test_too_far_is_refused_with_the_nearest_road_and_its_distance(layer) -> None:
    found = layer(line(1, 2, 3, north=0.0009), line(1, 2))
    assert [report.report_id for report in found.content] == ["F2"]
    assert "within 50 m" in said(found)[0]
    assert "The nearest: RN2, 100 m away" in said(found)[0]
    assert (found.report.rows, found.report.accepted, found.report.refused) == (2, 1, 1)
    assert len(layer(line(1, 2, 3, north=0.0009), limit_m=120).content) == 2


def test_a_point_stands_on_its_road_and_opens_nothing(layer) -> None:
    found = layer(point(20.607, 5.7001))
    assert ids(found) == ["w100.1"]
    assert found.content[0].is_part
    assert "point put on RN2, 11 m away" in said(found)[0]
    refused = layer(point(20.607, 5.7001), status="open")
    assert refused.content == ()
    assert any("does not open a whole road" in words for words in said(refused))
    assert not any("point put on" in words for words in said(refused))


def test_what_is_open_in_part_is_not_open(layer) -> None:
    half = {"type": "LineString", "coordinates": [[20.60, 5.70], [20.63, 5.70]]}
    assert ids(layer(half)) == ["w100.1", "w100.2"]
    found = layer(half, status="open")
    assert ids(found) == ["w100.1"]
    assert any("1 segment open in part only" in words for words in said(found))


def test_an_id_of_another_map_leaves_the_shape_to_speak(layer) -> None:
    assert ids(layer(line(1, 2), osm_id="999")) == ["w100.1"]
    assert ids(layer(line(1, 2), osm_id=102)) == ["w102"]


def test_a_feature_without_a_shape_is_a_row(layer) -> None:
    assert ids(layer(None, road="RN2", de="Village-Essai", vers="Ville-Essai")) == [
        "w100.1", "w100.2", "w102",
    ]  # fmt: skip


def test_a_line_in_another_country_is_told_as_such(layer) -> None:
    far = {"type": "LineString", "coordinates": [[1.5, 42.5], [1.6, 42.5]]}
    assert "far from every road" in said(layer(far))[1]


def test_a_point_on_no_road_is_called_a_point(layer) -> None:
    point = {"type": "Point", "coordinates": [20.61, 5.65]}
    (words,) = [found for found in said(layer(point)) if "refused:" in found]
    assert "no road within" in words
    assert "of the point" in words
    assert "line" not in words


def test_the_bundled_network_is_schematic_and_says_so(layer) -> None:
    found = layer(line(1, 2), network=bundled_network())
    assert found.content == ()
    assert "schematic" in said(found)[1]


def test_many_matches_are_told_by_the_farthest_and_a_count(layer) -> None:
    found = layer(*[line(1, 2, north=0.00001 * i) for i in range(30)])
    assert found.report.accepted == 30
    assert len(found.findings) == 21
    assert said(found)[0] == "And 10 more rows put on their roads, at most 10 m away."


def test_words_of_published_layers(layer) -> None:
    found = layer(
        line(1, 2),
        status="Open with restrictions",
        restriction="4x4 only; max 10 t; de 6h à 18h; boue",
    )
    (report,) = found.content
    assert (report.state, report.max_vehicle, report.max_gross_t) == ("restricted", "lv_4x4", 10.0)
    assert (report.hours, report.note) == ("06:00-18:00", "boue")
    assert any("understood only in part" in words for words in said(found))


# --- laws -----------------------------------------------------------------------------------------

WHERE = st.sampled_from(
    [
        {"segment_id": "w100"},
        {"segment_id": "w999"},
        {"road": "RN2"},
        {"road": "RN7"},
        {"from_place": "Village-Essai", "to_place": "Ville-Essai"},
        {"crossing_id": "OSM-w111", "ferry_state": "out"},
        {"segment_id": "w101", "max_gross_t": "20000"},
        {"segment_id": "w101", "report_id": "twin"},
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(WHERE, min_size=1, max_size=8), st.sampled_from([".csv", ".xlsx"]))
def test_every_row_is_accepted_refused_or_a_duplicate(
    network, tmp_path_factory, wheres, ending
) -> None:
    rows = [
        {"report_id": f"R-{n}", "state": "closed", "reported_at": AT, **where}
        for n, where in enumerate(wheres)
    ]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    rows[0] = {key: rows[0].get(key, "") for key in columns}
    make = write if ending == ".csv" else write_rows
    found = read_status(make(tmp_path_factory.mktemp("s") / f"s{ending}", rows), network=network)
    told = found.report
    assert told.rows == len(rows) == told.accepted + told.refused + told.duplicates
    assert len({report.report_id for report in found.content}) == told.accepted
    assert all(report.segment_id in network.segment_index for report in found.content)
