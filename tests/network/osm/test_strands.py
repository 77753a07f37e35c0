"""Lines by the nodes on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network.osm.lines import extract_of

from cmcoord_geo.network.osm.strands import apart_m, distances_m, number_of, place_of, strands_of

LINES = [[(0, 0), (400, 0), (1000, 0)], [(400, 0), (400, 900)], [(2000, 0), (3000, 0)]]


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_a_node_is_its_place_to_a_ten_millionth_of_a_degree(lon: float, lat: float) -> None:
    (number,) = number_of(np.array([[lon, lat]]))
    (found_lon,), (found_lat,) = place_of(np.array([number]))
    assert (found_lon, found_lat) == pytest.approx((lon, lat), abs=6e-8)
    assert number_of(np.array([[found_lon, found_lat]]))[0] == number


def test_loose_ends_and_meeting_points_are_told_apart() -> None:
    strands = strands_of(extract_of(LINES, {2: {"bridge": "yes"}}))
    first, second, third = (way.tolist() for way in strands.ways)
    loose = {first[0], first[2], second[1], *third}
    assert {node for node in strands.on if strands.is_loose(node)} == loose
    assert strands.on[first[1]] == [0, 1]
    assert strands.meets(first[1]) == 2
    assert strands.levels[third[0]] == {1}
    assert strands.levels[first[1]] == {0}


def test_metres_along_a_line_and_between_nodes() -> None:
    strands = strands_of(extract_of(LINES))
    first, _, third = (way.tolist() for way in strands.ways)
    assert distances_m(strands.ways[0]) == pytest.approx([0, 400, 1000], rel=1e-3)
    assert strands.along_m(first[0], first[2]) == pytest.approx(1000, rel=1e-3)
    assert strands.along_m(first[0], third[0]) == float("inf")
    assert (
        apart_m(first[0], third[0]) == apart_m(third[0], first[0]) == pytest.approx(2000, rel=1e-3)
    )


def test_nodes_are_replaced_on_every_line() -> None:
    strands = strands_of(extract_of(LINES))
    old, new = int(strands.ways[0][1]), int(strands.ways[2][0])
    found = strands.renamed({old: new})
    assert [way.tolist() for way in found.ways][:2] == [
        [strands.ways[0][0], new, strands.ways[0][2]],
        [new, strands.ways[1][1]],
    ]
    assert strands.renamed({}) is strands
