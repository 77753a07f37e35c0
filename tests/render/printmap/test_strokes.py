"""Lines on the sheet: sides of the road, lanes, parts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.render.printmap import strokes

angle = st.floats(0, 2 * math.pi)


@given(angle=angle)
def test_humanitarians_are_drawn_north_or_west_of_the_road_and_patrols_across(angle):
    road = np.array([(0.0, 0.0), (30 * math.cos(angle), 30 * math.sin(angle))])
    ours = strokes.beside(road, 2.0).mean(axis=0) - road.mean(axis=0)
    theirs = strokes.beside(road, -2.0).mean(axis=0) - road.mean(axis=0)
    assert ours == pytest.approx(-theirs, abs=1e-9)
    north, west = -ours[1], -ours[0]
    assert north > 0.8 or west > 0.8


@given(angle=angle)
def test_the_side_does_not_depend_on_the_direction_of_travel(angle):
    road = np.array([(0.0, 0.0), (30 * math.cos(angle), 30 * math.sin(angle))])
    there, back = strokes.beside(road, 2.0), strokes.beside(road[::-1], 2.0)
    assert there == pytest.approx(back[::-1], abs=1e-6)


def test_a_bent_road_keeps_side_and_direction():
    road = np.array([(0.0, 0.0), (10.0, 2.0), (20.0, 0.0)])
    lane = strokes.beside(road, 2.0)
    assert lane[-1, 0] > lane[0, 0]
    assert (lane[:, 1] < np.interp(lane[:, 0], road[:, 0], road[:, 1])).all()
    assert strokes.beside(road[::-1], 2.0)[-1, 0] < strokes.beside(road[::-1], 2.0)[0, 0]


segment_sets = st.dictionaries(
    st.sampled_from([f"H{i}" for i in range(9)]), st.sets(st.sampled_from("abcdef"), min_size=1)
)


@given(uses=segment_sets)
def test_two_who_share_a_road_never_share_a_lane(uses):
    lane = strokes.lanes(uses)
    for one, ours in uses.items():
        for other, theirs in uses.items():
            if one != other and ours & theirs:
                assert lane[one] != lane[other]


def test_part_and_place_of_a_line():
    line = np.array([(0.0, 0.0), (10.0, 0.0)])
    assert strokes.part(line, 0.2, 0.5).tolist() == [[2.0, 0.0], [5.0, 0.0]]
    assert strokes.part(line, 0.5, 0.2).tolist() == [[5.0, 0.0], [2.0, 0.0]]
    assert strokes.place(line, 0.25) == (2.5, 0.0)


def test_a_short_line_is_not_trimmed_away():
    line = np.array([(0.0, 0.0), (1.0, 0.0)])
    assert strokes.length_mm(strokes.trimmed(line, 5.0, 5.0)) == pytest.approx(1 / 3)


def test_a_line_without_length_is_no_reason_to_stop():
    point = np.array([(3.0, 3.0), (3.0, 3.0)])
    assert np.isfinite(strokes.place(point, 0.5)).all()
    assert np.isfinite(strokes.trimmed(strokes.beside(point, 2.0), 1.0, 1.0)).all()
