"""A way is cut at the ends of its segments and of the steps of its course, and nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest
from planning.slot_worlds import WAY, World

from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.slot_pieces import ends_of_way, pieces_on, points_on

FIRST = date(2026, 12, 2)


def test_pieces_are_the_way_in_order_with_all_its_time() -> None:
    here = World(ferry_hours="08:00-16:00", rest_every_h=2.0).situation()
    course = course_of(here, WAY, first=FIRST, days=3, cuts=((0, 0.25),))
    pieces = list(pieces_on(here, WAY, course, frozenset({0, 1, 2})))
    assert [piece.place for piece in pieces] == [0, 0, 1, 1, 2]
    assert [piece.km[0] for piece in pieces[1:]] == [piece.km[1] for piece in pieces[:-1]]
    assert pieces[-1].km[1] == pytest.approx(ends_of_way(here.network, WAY)[-1])
    for name, of_step in (("fast_s", 1.0), ("slow_s", 1 + 20 / 120)):
        driven = sum(getattr(piece, name)[1][0] - getattr(piece, name)[0][0] for piece in pieces)
        column = "low_s" if name == "fast_s" else "high_s"
        assert driven == pytest.approx(sum(getattr(s, column)[0] for s in course.steps) * of_step)


def test_only_what_is_wanted_is_cut() -> None:
    here = World().situation()
    course = course_of(here, WAY, first=FIRST, days=3)
    assert [piece.place for piece in pieces_on(here, WAY, course, frozenset({1}))] == [1]
    assert [point.place for point in points_on(WAY, course, frozenset({0}))] == [0, 0]
    assert not list(points_on(WAY, course, frozenset()))
