"""Loose ends that stop short of the inside of a line."""

from __future__ import annotations

import pytest
from network.osm.lines import extract_of

from cmcoord_geo.network.osm.abutting import find_feet, with_feet
from cmcoord_geo.network.osm.strands import strands_of


def test_an_end_has_its_foot_on_the_nearer_of_two_lines() -> None:
    lines = [[(0, 0), (1000, 0)], [(0, 7), (1000, 7)], [(400, 3), (700, 90)]]
    strands = strands_of(extract_of(lines))
    feet, under = find_feet(strands, 5, shortest_m=20)
    assert [foot.end for foot in feet] == [strands.ways[2][0]]
    assert feet[0].away_m == pytest.approx(3, abs=0.02)
    assert feet[0].piece[1:] == tuple(sorted(strands.ways[0].tolist()))
    assert under == set()


def test_a_line_drawn_twice_is_split_twice() -> None:
    """Both copies get the point, else the order of the rows would choose."""
    lines = [[(0, 0), (1000, 0)], [(1000, 0), (0, 0)], [(400, 3), (400, 90)]]
    strands = strands_of(extract_of(lines))
    feet, _ = find_feet(strands, 5, shortest_m=20)
    made = [way.tolist() for way in with_feet(strands, feet)]
    assert made[0] == made[1][::-1]
    assert made[2][0] == made[0][1]


def test_an_end_near_a_bridge_only_is_told_and_left() -> None:
    lines = [[(0, 0), (1000, 0)], [(400, 3), (400, 90)]]
    strands = strands_of(extract_of(lines, {0: {"bridge": "yes"}}))
    feet, under = find_feet(strands, 5, shortest_m=20)
    assert feet == []
    assert under == {int(strands.ways[1][0])}
    assert with_feet(strands, feet) is strands.ways
