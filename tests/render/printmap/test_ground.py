"""What lies under the roads: borders where there are borders, and nowhere else."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from render.printmap.pencil import blank
from render.sample import product
from shapely import MultiPolygon, Polygon

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import box_about
from cmcoord_geo.render.printmap.ground import draw_ground


@pytest.fixture(scope="module")
def scene():
    found = blank(product("public"))
    draw_ground(found.sheet, found.project, found.raster)
    return found


def test_the_country_is_paper_and_the_rest_is_grey(scene):
    base = facts.basemap()
    abroad, *shapes = scene.sheet.shapes
    assert abroad.style["fill"] == tokens.ABROAD
    country = MultiPolygon([Polygon(scene.project(ring)) for ring in base["country"]])
    white = [Polygon(s.points) for s in shapes if s.style["fill"] == tokens.PAPER]
    assert sum(ring.area for ring in white) == pytest.approx(country.area)


def test_no_border_is_drawn_where_the_base_map_was_cut(scene):
    west, south, east, north = facts.basemap()["box"]
    (left, bottom), (right, top) = scene.project([(west, south), (east, north)])
    borders = [s.points for s in scene.sheet.lines_in(tokens.BORDER)]
    assert sum(len(line) for line in borders) > 50
    for line in borders:
        for start, end in itertools.pairwise(line):
            for axis, edges in ((0, (left, right)), (1, (top, bottom))):
                for edge in edges:
                    on_edge = np.isclose([start[axis], end[axis]], edge, atol=1e-6)
                    assert not on_edge.all()


def test_every_other_border_of_a_neighbour_is_drawn(scene):
    """Length of all rings, without what lies on the edge of the base map."""
    base = facts.basemap()
    west, south, east, north = base["box"]
    rings = [ring for neighbour in base["neighbours"] for ring in neighbour["rings"]]
    whole = 0.0
    for ring in rings:
        for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
            is_cut = start[0] == end[0] in (west, east) or start[1] == end[1] in (south, north)
            step = np.diff(scene.project([start, end]), axis=0)[0]
            whole += 0.0 if is_cut else float(np.hypot(*step))
    drawn = sum(
        float(np.hypot(*np.diff(s.points, axis=0).T).sum())
        for s in scene.sheet.lines_in(tokens.BORDER)
    )
    assert drawn == pytest.approx(whole)


def test_labels_had_better_keep_off_rivers_and_the_border(scene):
    frame = scene.project.frame
    waters = scene.sheet.lines_in(tokens.WATER)
    assert len(waters) == sum(len(river["lines"]) for river in facts.basemap()["rivers"])
    rim = scene.sheet.lines_in(tokens.COUNTRY_RIM)
    for stroke in (*waters, *rim):
        x, y = stroke.points[len(stroke.points) // 2]
        if box_about(x, y, 1).is_within(frame):
            assert scene.raster.soft_cost(box_about(x, y, 0.2)) > 0
