"""Patrols on the map: their side of the road, their stretches alone, full only when confirmed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render.printmap.pencil import blank
from render.sample import product
from shapely import LineString

from cmcoord_geo.render.printmap import strokes, tokens
from cmcoord_geo.render.printmap.presence import draw_patrols

WEEK = product("minusca_ops")
OFFERED = next(patrol for patrol in WEEK.patrols if patrol.state == "offered")
CONFIRMED = next(patrol for patrol in WEEK.patrols if patrol.state == "confirmed")


def drawn(*patrols):
    """Scene with patrols, and their badges."""
    scene = blank(replace(WEEK, patrols=patrols))
    return scene, draw_patrols(scene)


def lines_of(scene) -> list[np.ndarray]:
    return [stroke.points for stroke in scene.sheet.lines_in(tokens.PATROL)]


@pytest.mark.parametrize("segment_id", ["L042", "L070", "L080"])
@pytest.mark.parametrize("ends", [(0.1, 0.9), (0.9, 0.1)])
def test_a_patrol_lies_across_the_road_from_humanitarians_whichever_way_it_drives(segment_id, ends):
    scene, _ = drawn(replace(OFFERED, stretches=((segment_id, *ends),)))
    (lane,) = lines_of(scene)
    road = scene.lines[segment_id]
    to_lane = lane.mean(axis=0) - strokes.part(road, *ends).mean(axis=0)
    assert to_lane @ strokes.humanitarian_normal(road) < -1.0
    assert LineString(road).distance(LineString(lane)) == pytest.approx(
        strokes.FIRST_LANE_MM, abs=0.1
    )


def test_only_what_is_patrolled_is_drawn():
    scene, _ = drawn(replace(OFFERED, stretches=(("L042", 0.2, 0.5), ("L042", 0.8, 0.8))))
    (lane,) = lines_of(scene)
    road = LineString(scene.lines["L042"])
    ends = [road.project(LineString(lane[[i, i]]).centroid, normalized=True) for i in (0, -1)]
    trim = strokes.TRIM_MM / road.length
    assert ends == pytest.approx([0.2 + trim, 0.5 - trim], abs=0.02)


def test_full_when_confirmed_and_dashed_when_offered():
    for patrol, is_full in ((CONFIRMED, True), (OFFERED, False)):
        scene, _ = drawn(patrol)
        dashes = {stroke.style["dashes"] for stroke in scene.sheet.lines_in(tokens.PATROL)}
        assert len(dashes) == 1
        assert (dashes == {None}) == is_full


def test_two_patrols_on_one_road_have_a_lane_each():
    scene, badges = drawn(
        replace(OFFERED, mark="P1", stretches=(("L042", 0.1, 0.9),)),
        replace(OFFERED, mark="P2", stretches=(("L042", 0.1, 0.9),)),
    )
    one, other = (LineString(line) for line in lines_of(scene))
    assert one.distance(other) > 1.0
    assert [badge.text for badge in badges] == ["P1", "P2"]


def test_a_patrol_without_a_drawn_stretch_has_no_badge():
    scene, badges = drawn(replace(OFFERED, stretches=(("L999", 0.0, 1.0), ("L042", 0.4, 0.4))))
    assert badges == []
    assert scene.sheet.lines == []


def test_its_badge_stands_on_its_line():
    scene, (badge,) = drawn(OFFERED)
    lane = LineString(lines_of(scene)[0])
    spots = [LineString([spot, spot]) for spot in badge.spots]
    assert max(lane.distance(spot) for spot in spots) < 1e-6
    badge.draw(*badge.spots[0])
    assert scene.sheet.texts() == [OFFERED.mark]
