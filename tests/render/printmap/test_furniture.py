"""Scale bar, north arrow and locator say what is true of the sheet."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod
from render.printmap.pencil import blank, put_up
from render.sample import product
from shapely import MultiPolygon, Polygon

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.furniture import BAR_KM, PARTS, build_locator, build_scale
from cmcoord_geo.render.printmap.panel import Room
from cmcoord_geo.render.printmap.projection import PARALLEL

ROOM = Room(width_mm=70.0, zoom=1.0, rows=8)


@pytest.fixture(params=["A3", "A4"])
def scene(request):
    return blank(product("public"), paper=request.param)


def test_the_bar_is_as_long_as_its_kilometres_on_the_map(scene):
    put_up(build_scale(scene, ROOM))
    parts = [s.points for s in scene.sheet.shapes[1 : 1 + PARTS]]
    left = min(part[:, 0].min() for part in parts)
    right = max(part[:, 0].max() for part in parts)
    east, north, _ = Geod(ellps="WGS84").fwd(19.0, PARALLEL, 90, BAR_KM * 1000)
    ((start, _), (end, _)) = scene.project([(19.0, PARALLEL), (east, north)])
    assert right - left == pytest.approx(end - start, rel=0.005)
    written = {w.text: w.box for w in scene.sheet.written}
    last = written[f"{BAR_KM} km"]
    half = written[f"{BAR_KM // 2}"]
    assert (last.left + last.right) / 2 == pytest.approx(right)
    assert (half.left + half.right) / 2 == pytest.approx((left + right) / 2)


def test_the_scale_is_given_with_the_paper_that_it_holds_for(scene):
    put_up(build_scale(scene, ROOM))
    (said,) = [text for text in scene.sheet.texts() if "1:" in text]
    number = said.partition("1:")[2].replace("\u202f", "").split(" ")[0]
    assert int(number) == scene.project.one_to
    assert ("A3" if scene.is_large else "A4") in said


def test_the_number_of_the_scale_is_never_broken_over_two_lines(scene):
    whole = f"1:{scene.project.one_to:,}".replace(",", "\u202f")
    for width_mm in range(20, 60, 4):
        before = len(scene.sheet.written)
        put_up(build_scale(scene, Room(width_mm=float(width_mm), zoom=1.0, rows=8)))
        assert [text for text in scene.sheet.texts()[before:] if whole in text], width_mm


def test_the_arrow_points_to_the_top(scene):
    put_up(build_scale(scene, ROOM))
    for half in scene.sheet.shapes[-2:]:
        tip, side, _ = half.points
        assert tip[1] < side[1]
    (letter,) = [w for w in scene.sheet.written if w.text == "N"]
    assert letter.box.bottom < tip[1] + 1.0


def test_the_locator_shows_the_country_among_all_its_neighbours(scene):
    box = put_up(build_locator(scene, ROOM))
    base = facts.basemap()
    black = [Polygon(s.points) for s in scene.sheet.shapes if s.style["fill"] == tokens.INK]
    country = MultiPolygon(black)
    for stroke in scene.sheet.shapes[1:]:
        x, y = stroke.points.T
        assert box.left < x.min() < x.max() < box.right
        assert box.top < y.min() < y.max() < box.bottom
    assert {part["iso"] for part in base["neighbours"]} <= set(scene.sheet.texts())
    outline = np.vstack(base["country"])
    wide, high = np.ptp(outline, axis=0)
    left, top, right, bottom = country.bounds
    assert (right - left) / (bottom - top) == pytest.approx(wide / high)
