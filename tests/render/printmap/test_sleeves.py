"""Sleeves: around the road on both sides, and around every conflict however short it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render.printmap.pencil import blank
from render.sample import product
from shapely import LineString, Polygon

from cmcoord_geo.render.printmap import strokes
from cmcoord_geo.render.printmap.boxes import box_about
from cmcoord_geo.render.printmap.sleeves import draw_conflicts, draw_sleeve
from cmcoord_geo.sharing.views import RangeView

WEEK = product("owner")
CONFLICT = WEEK.conflicts[0]


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_a_sleeve_keeps_its_distance_from_the_road_and_ends_with_it(paper):
    scene = blank(WEEK, paper=paper)
    road = np.array([(100.0, 100.0), (130.0, 110.0), (160.0, 100.0)])
    draw_sleeve(scene, road, reach=2.0, width_pt=1.0)
    (stroke,) = scene.sheet.shapes
    ring = Polygon(stroke.points)
    reach = 2.0 * scene.sheet.scale
    assert ring.contains(LineString(road[[0, 1, 2]]).interpolate(0.5, normalized=True))
    assert ring.area == pytest.approx(2 * reach * strokes.length_mm(road), rel=0.02)
    assert scene.raster.soft_cost(box_about(*stroke.points[0], 0.2)) > 0


def test_a_sleeve_around_nothing_draws_nothing():
    scene = blank(WEEK)
    draw_sleeve(scene, np.array([(50.0, 50.0), (50.0, 50.0)]), reach=2.0, width_pt=1.0)
    assert scene.sheet.shapes == []


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 0.0), (0.3, 0.7), (0.5, 0.5), (0.99, 1.0), (1.0, 1.0)]
)
def test_every_conflict_has_its_sleeve_where_it_is(low, high):
    conflict = replace(CONFLICT, fraction=RangeView(low=low, high=high))
    scene = blank(replace(WEEK, conflicts=(conflict,)))
    (badge,) = draw_conflicts(scene)
    (stroke,) = scene.sheet.shapes
    road = scene.lines[conflict.segment_id]
    ring = Polygon(stroke.points).buffer(1e-6)
    for fraction in (low, (low + high) / 2, high):
        assert ring.covers(LineString(road).interpolate(fraction, normalized=True))
    assert ring.length < 2 * strokes.length_mm(road) * max(high - low, 0.04) + 15
    assert badge.text == conflict.mark


def test_a_conflict_says_when_beside_its_badge():
    scene = blank(replace(WEEK, conflicts=(CONFLICT,)))
    (badge,) = draw_conflicts(scene)
    badge.draw(200.0, 150.0)
    (label,) = scene.labels
    assert (label.x, label.y) == (200.0, 150.0)
    assert label.text.startswith(f"{CONFLICT.mark}: ")
    assert scene.sheet.texts() == [CONFLICT.mark]


def test_a_conflict_on_a_road_that_is_not_drawn_is_passed_over():
    scene = blank(replace(WEEK, conflicts=(replace(CONFLICT, segment_id="L999"), CONFLICT)))
    assert [badge.text for badge in draw_conflicts(scene)] == [CONFLICT.mark]
