"""Answers become one file that says what an extract says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import map_server
import numpy as np
import pytest

from cmcoord_geo.errors import FetchError
from cmcoord_geo.io.fetch.answers import Answers
from cmcoord_geo.io.osm_file import read_osm


def filled(*answers: Any) -> Answers:
    made = Answers("maps.example")
    for answer in answers:
        made.add(answer)
    return made


def test_an_answer_and_an_extract_are_read_alike(tmp_path: Path) -> None:
    """Ways with all their tags, barriers, fords, places and rivers; and the day."""
    answered = read_osm(filled(map_server.overpass()).write(tmp_path / "a.osm.pbf"))
    (tmp_path / "b.osm.pbf").write_bytes(map_server.extract(tmp_path))
    extract = read_osm(tmp_path / "b.osm.pbf")
    assert answered.way_ids.tolist() == extract.way_ids.tolist()
    assert [answered.tags[i] for i in answered.way_tags] == [
        extract.tags[i] for i in extract.way_tags
    ]
    assert np.array_equal(answered.lon, extract.lon)
    assert np.array_equal(answered.lat, extract.lat)
    assert answered.node_tags == extract.node_tags
    assert {9, 21} == set(answered.node_tags)
    assert answered.places == extract.places
    assert answered.rivers.names == extract.rivers.names
    assert answered.osm_date == extract.osm_date == map_server.OSM_DAY


def test_banned_turns_come_too(tmp_path: Path) -> None:
    found = read_osm(filled(map_server.overpass()).write(tmp_path / "a.osm.pbf")).restrictions
    assert [turn.members for turn in found] == [
        (("from", "w", 102), ("via", "n", 4), ("to", "w", 122))
    ]


def test_pieces_are_put_together_whatever_their_order(tmp_path: Path) -> None:
    whole = map_server.overpass()
    first = {**whole, "elements": whole["elements"][::2]}
    second = {**map_server.overpass("2026-11-21"), "elements": whole["elements"][1:]}
    one = filled(first, second).write(tmp_path / "1.osm.pbf").read_bytes()
    two = filled(second, first).write(tmp_path / "2.osm.pbf").read_bytes()
    assert one == two
    assert filled(first, second).day == "2026-11-21"
    assert filled(first, second).count == 2


def test_tags_of_a_node_are_not_lost_to_a_bare_one(tmp_path: Path) -> None:
    bollard = {"type": "node", "id": 9, "lon": 20.6, "lat": 5.71}
    bare = {"elements": [bollard]}
    for answers in ((bare, map_server.overpass()), (map_server.overpass(), bare)):
        read = read_osm(filled(*answers).write(tmp_path / "a.osm.pbf"))
        assert read.node_tags[9] == {"barrier": "bollard"}


def test_an_answer_without_a_day_has_none(tmp_path: Path) -> None:
    answer = {"elements": map_server.overpass()["elements"]}
    assert filled(answer).day == ""
    assert read_osm(filled(answer).write(tmp_path / "a.osm.pbf")).osm_date == ""


def test_an_answer_in_part_is_refused() -> None:
    """Overpass answers with what it had when time or memory ran out, and a remark."""
    answer = {**map_server.overpass(), "remark": "runtime error: Query timed out"}
    with pytest.raises(FetchError, match="in part only"):
        filled(answer)


@pytest.mark.parametrize(
    "answer",
    [
        *([], None, "x", 3, {}, {"elements": 3}, {"elements": [3]}, {"elements": [{}]}),
        {"elements": [{"type": "node", "id": "x"}]},
        {"elements": [], "osm3s": []},
    ],
)
def test_what_is_no_answer_is_refused(answer: Any) -> None:
    with pytest.raises(FetchError, match="cannot be read"):
        filled(answer)


@pytest.mark.parametrize(
    "element",
    [
        {"type": "node", "id": 1},
        {"type": "node", "id": 1, "lon": "x", "lat": 2},
        {"type": "node", "id": 1, "lon": 200, "lat": 2},
        {"type": "node", "id": 1, "lon": float("nan"), "lat": 2},
        {"type": "node", "id": 10**30, "lon": 1, "lat": 2},
        {"type": "node", "id": 1, "lon": 1, "lat": 2, "tags": [1]},
        {"type": "way", "id": 1},
        {"type": "way", "id": 1, "nodes": ["x"]},
        {"type": "way", "id": 1, "nodes": [1], "tags": {"highway": "x" * 70_000}},
        {"type": "relation", "id": 1, "members": [{"type": "area", "ref": 1, "role": ""}]},
    ],
)
def test_an_element_that_is_none_is_refused(tmp_path: Path, element: Any) -> None:
    with pytest.raises(FetchError, match="cannot be read"):
        filled({"elements": [element]}).write(tmp_path / "a.osm.pbf")


def test_kinds_that_no_map_has_are_left_out(tmp_path: Path) -> None:
    answer = map_server.overpass()
    more = {**answer, "elements": [*answer["elements"], {"type": "count", "id": 0}]}
    written = filled(more).write(tmp_path / "a.osm.pbf").read_bytes()
    assert written == filled(answer).write(tmp_path / "b.osm.pbf").read_bytes()
