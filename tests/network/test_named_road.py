"""A stretch of a road that a person names, against walking along it metre by metre."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from towns import town

from cmcoord_geo.network.named_road import (
    distance_between,
    is_one_spot,
    longest_m,
    parts_between,
    parts_toward,
    reach_from,
    segments_named,
)

#: RN2 runs A-B-C-E, with a spur of its own to D; B-F is another road.
RN2 = {key: {"route_ref": "RN2"} for key in ("A-B", "B-C", "C-E", "C-D")}
ROADS = {**RN2, "B-F": {"route_ref": "RN9; RN 10"}}
TOWN = town("A--B--C--E\n   |  |\n   F  D", cell_m=1000.0, roads=ROADS)


def reach(letter: str, word: str = "RN2"):
    node = TOWN.node_index[letter]
    is_road = segments_named(TOWN, word)
    return reach_from(TOWN, is_road, float(TOWN.lon[node]), float(TOWN.lat[node]))


def parts(letter: str, from_m: float, to_m: float, toward: str = "") -> dict[str, tuple]:
    here = reach(letter)
    found = parts_between(TOWN, here, from_m, to_m)
    if toward:
        found = parts_toward(TOWN, found, here, reach(toward))
    return {
        TOWN.segment_ids[part.segment]: (round(part.low, 3), round(part.high, 3)) for part in found
    }


@pytest.mark.parametrize(
    ("word", "count"), [("RN2", 4), ("rn 2", 4), ("RN9", 1), ("RN10", 1), ("RN", 0), ("", 0)]
)
def test_roads_are_known_by_number(word: str, count: int) -> None:
    assert int(segments_named(TOWN, word).sum()) == count


def test_km_are_counted_along_the_road() -> None:
    assert parts("A", 1000, 4000) == {"A-B": (0.333, 1.0), "B-C": (0.0, 0.333)}
    assert parts("E", 1000, 4000, toward="A") == {"C-E": (0.0, 0.667), "B-C": (0.667, 1.0)}
    assert parts("B", 0, 1000) == {"A-B": (0.667, 1.0), "B-C": (0.0, 0.333)}
    assert parts("B", 0, 1000, toward="E") == {"B-C": (0.0, 0.333)}
    assert parts("A", 2000, 2000) == {"A-B": (0.667, 0.667)}


def test_between_two_places_a_spur_is_left_out() -> None:
    here, there = reach("A"), reach("E")
    whole_m = distance_between(TOWN, here, there)
    assert whole_m == pytest.approx(9000)
    assert set(parts("A", 0, whole_m, toward="E")) == {"A-B", "B-C", "C-E"}
    assert "C-D" in parts("A", 0, whole_m)


def test_where_km_lead_two_ways_it_is_said() -> None:
    assert is_one_spot(TOWN, reach("A"), 4000)
    assert not is_one_spot(TOWN, reach("A"), 7000)  # the spur
    assert not is_one_spot(TOWN, reach("B"), 1000)
    assert is_one_spot(TOWN, reach("A"), 90_000)  # beyond its end: no spot at all
    assert longest_m(reach("A")) == pytest.approx(9000)


def test_a_place_beside_the_road_is_put_on_it() -> None:
    found = reach_from(
        TOWN, segments_named(TOWN, "RN2"), float(TOWN.lon[0]) + 0.009, float(TOWN.lat[0]) - 0.003
    )
    assert TOWN.segment_ids[found.segment] == "A-B"
    assert found.away_m == pytest.approx(333, rel=0.02)
    assert found.fraction == pytest.approx(0.333, abs=0.01)


def test_a_road_in_two_pieces_is_not_one() -> None:
    torn = town(
        "A--B--C--E", cell_m=1000.0, roads={k: {"route_ref": "RN2"} for k in ("A-B", "C-E")}
    )
    is_road = segments_named(torn, "RN2")
    ends = [reach_from(torn, is_road, float(torn.lon[i]), float(torn.lat[i])) for i in (0, 3)]
    assert np.isinf(distance_between(torn, *ends))
    short = town("A--B-C--E", cell_m=100.0, roads={k: {"route_ref": "RN2"} for k in ("A-B", "C-E")})
    is_road = segments_named(short, "RN2")
    ends = [reach_from(short, is_road, float(short.lon[i]), float(short.lat[i])) for i in (0, 3)]
    assert distance_between(short, *ends) == pytest.approx(800)  # 200 m without the number


@settings(max_examples=80, deadline=None)
@given(st.sampled_from("ABCDE"), st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 29))
def test_parts_are_what_networkx_finds_metre_by_metre(
    letter: str, one: int, other: int, tenth: int
) -> None:
    """A point of the road is in a part exactly when its distance, by networkx, lies between the two."""
    from_m, to_m = sorted((one, other))
    if to_m - from_m < 5:
        return
    graph = nx.Graph()
    for i, key in enumerate(TOWN.segment_ids):
        if key in RN2:
            start, end = key.split("-")
            graph.add_edge(start, end, m=float(TOWN.length_m[i]))
    away_m = nx.single_source_dijkstra_path_length(graph, letter, weight="m")
    found = parts_between(TOWN, reach(letter), from_m, to_m)
    for i, key in enumerate(TOWN.segment_ids):
        if key not in RN2:
            assert all(part.segment != i for part in found)
            continue
        start, end = key.split("-")
        share, length_m = tenth / 30, float(TOWN.length_m[i])
        distance_m = min(away_m[start] + share * length_m, away_m[end] + (1 - share) * length_m)
        is_in = any(p.segment == i and p.low <= share <= p.high for p in found)
        if min(abs(distance_m - from_m), abs(distance_m - to_m)) > 3:
            assert is_in == (from_m <= distance_m <= to_m)
