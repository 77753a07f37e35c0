"""Movements on the map: the option kept, north or west of the road, in the direction of travel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from render.printmap.pencil import blank
from render.sample import product, stretch

from cmcoord_geo.render.printmap import strokes, tokens
from cmcoord_geo.render.printmap.movements import (
    MOST_MARKS,
    draw_movements,
    drawn_movements,
    kept_option,
)
from cmcoord_geo.sharing.views import WindowView

WEEK = product("owner")


def movement(mark: str):
    return next(m for m in WEEK.movements if m.mark == mark)


def drawn(*movements):
    """Scene with movements, and their badges."""
    scene = blank(replace(WEEK, movements=movements))
    return scene, draw_movements(scene)


def arrows(scene) -> list[np.ndarray]:
    """Arrow heads, tip first."""
    return [s.points for s in scene.sheet.shapes if s.style.get("edge") == tokens.HUMANITARIAN]


def lanes(scene) -> list[np.ndarray]:
    return [s.points for s in scene.sheet.lines_in(tokens.HUMANITARIAN)]


def test_only_the_option_kept_is_drawn():
    h4 = movement("H4")
    assert len(h4.options) > 1
    assert kept_option(h4) == h4.options[0]
    first, other, *_ = h4.options
    turned = (replace(first, decision="set_aside"), replace(other, decision="kept"))
    second = replace(h4, options=turned)
    assert kept_option(second).letter == "B"
    scene, _ = drawn(second)
    assert len(lanes(scene)) == len(second.options[1].legs)


def test_without_an_option_kept_or_a_leg_nothing_is_drawn():
    none_kept = movement("H5")
    assert kept_option(none_kept) is None
    h1 = movement("H1")
    no_legs = replace(h1, options=(replace(h1.options[0], legs=()),))
    scene, badges = drawn(none_kept, no_legs)
    assert drawn_movements(scene) == []
    assert badges == []
    assert scene.sheet.lines == []


@pytest.mark.parametrize("mark", ["H1", "H2", "H7", "H8"])
def test_lanes_lie_on_the_humanitarian_side_and_the_arrow_points_to_the_destination(mark):
    scene, _ = drawn(movement(mark))
    legs = kept_option(movement(mark)).legs
    for leg, lane in zip(legs, lanes(scene), strict=True):
        road = scene.lines[leg.segment_id]
        aside = lane.mean(axis=0) - road.mean(axis=0)
        assert aside @ strokes.humanitarian_normal(road) > 1.0, stretch(leg.segment_id)
    (arrow,) = arrows(scene)
    places = {p.place_id: (p.lon, p.lat) for p in WEEK.places}
    start, end = scene.project([places[movement(mark).origin], places[movement(mark).destination]])
    tip = arrow[0]
    assert np.hypot(*(tip - end)) < 5.0 < np.hypot(*(tip - start))


def test_a_departure_after_the_expiry_is_hollow():
    h1 = movement("H1")
    expires = WEEK.frame.expires_at
    late = WindowView(start=expires + timedelta(hours=1), end=expires + timedelta(hours=2))
    fills = []
    for given in (h1, replace(h1, depart=late)):
        scene, _ = drawn(given)
        fills += [s.style["fill"] for s in scene.sheet.shapes]
    assert fills == [tokens.HUMANITARIAN, tokens.PAPER]


def test_movements_on_one_road_have_a_lane_each_and_one_badge_together():
    h1 = movement("H1")
    many = [replace(h1, mark=f"H{i}") for i in range(1, MOST_MARKS + 3)]
    for n in (2, MOST_MARKS, MOST_MARKS + 2):
        scene, badges = drawn(*many[:n])
        first = [lane.round(3).tobytes() for lane in lanes(scene)[:: len(h1.options[0].legs)]]
        assert len(set(first)) == n
        (badge,) = badges
        marks, _, more = badge.text.partition(" +")
        assert marks.split(" ") == [m.mark for m in many[: len(marks.split(" "))]]
        assert len(marks.split(" ")) + int(more or 0) == n
        assert len(marks.split(" ")) <= MOST_MARKS


def test_a_road_that_the_product_does_not_hold_is_passed_over():
    h1 = movement("H1")
    option = h1.options[0]
    odd = replace(option.legs[0], segment_id="L999")
    scene, badges = drawn(replace(h1, options=(replace(option, legs=(*option.legs, odd)),)))
    assert len(lanes(scene)) == len(option.legs)
    assert len(arrows(scene)) == 1
    assert [badge.text for badge in badges] == ["H1"]
