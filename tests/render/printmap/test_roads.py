"""Roads of the print map: one whose last report no longer speaks is hatched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render.printmap.pencil import Pencil, blank
from render.sample import product

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.roads import HATCH_MM, draw_hatch, draw_roads


def test_hatching_crosses_the_road_at_even_steps():
    sheet = Pencil()
    draw_hatch(sheet, np.array([(10.0, 10.0), (10.0 + 20 * HATCH_MM, 10.0)]))
    assert len(sheet.lines) == 20
    assert all(
        stroke.points[0, 1] < 10.0 < stroke.points[1, 1]
        or stroke.points[1, 1] < 10.0 < stroke.points[0, 1]
        for stroke in sheet.lines
    )
    middles = [stroke.points[:, 0].mean() for stroke in sheet.lines]
    assert np.diff(middles) == pytest.approx(HATCH_MM)


@pytest.mark.parametrize("audience", ["owner", "minusca_ops"])
def test_a_stale_road_is_hatched_and_only_that_one(audience):
    week = product(audience)
    first, *others = (replace(segment, is_schematic=False) for segment in week.segments)
    at = week.frame.as_of

    def strokes(*segments) -> int:
        scene = blank(replace(week, segments=segments))
        raster = Raster(scene.sheet.paper.width_mm, scene.sheet.paper.height_mm)
        draw_roads(scene.sheet, segments, scene.lines, raster)
        return len(scene.sheet.lines_in(tokens.INK))

    assert strokes(replace(first, stale_at=at), *others) > strokes(first, *others) + 3
