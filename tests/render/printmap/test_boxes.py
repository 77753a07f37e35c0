"""Rectangles: overlap and containment as geometry has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box as rectangle

from cmcoord_geo.render.printmap.boxes import Box, box_about

whole = st.integers(0, 12)


@st.composite
def boxes(draw):
    left, top = draw(whole), draw(whole)
    return Box(left=left, top=top, right=left + draw(whole) + 1, bottom=top + draw(whole) + 1)


def area(box: Box):
    return rectangle(box.left, box.top, box.right, box.bottom)


@given(one=boxes(), other=boxes())
def test_boxes_overlap_when_they_share_area_and_not_when_they_touch(one, other):
    assert one.overlaps(other) == (area(one).intersection(area(other)).area > 0)
    assert one.overlaps(other) == other.overlaps(one)


@given(one=boxes(), other=boxes())
def test_a_box_within_another_leaves_nothing_outside(one, other):
    assert one.is_within(other) == (area(one).difference(area(other)).area == 0)


def test_slack_forgives_what_is_smaller():
    one, other = (Box(left=left, right=left + 10, top=0, bottom=5) for left in (0, 9))
    assert one.overlaps(other, slack_mm=0.9)
    assert not one.overlaps(other, slack_mm=1.0)
    assert not one.is_within(other, slack_mm=8.9)
    assert one.is_within(other, slack_mm=9.0)


def test_a_box_about_a_point_has_it_in_the_middle():
    square, flat = box_about(10, 20, 3), box_about(10, 20, 3, 1)
    assert (square.width, square.height) == (6, 6)
    assert (flat.width, flat.height) == (6, 2)
    assert ((flat.left + flat.right) / 2, (flat.top + flat.bottom) / 2) == pytest.approx((10, 20))
