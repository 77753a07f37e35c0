"""The print map of a surveyed network."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from render.page.test_surveyed import EXTENT, surveyed

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.ground import part_of
from cmcoord_geo.render.printmap.movements import _without_return
from cmcoord_geo.render.printmap.picture import draw_picture
from cmcoord_geo.render.printmap.projection import extent_projection
from cmcoord_geo.render.printmap.roads import is_main
from cmcoord_geo.units import geodesic_m

FRAME = Box(left=10, right=290, top=20, bottom=190)


def test_an_extent_lies_in_the_north_east_and_true_to_scale() -> None:
    for shift in (0.0, 30.0):
        west, south, east, north = EXTENT[0], EXTENT[1] + shift, EXTENT[2], EXTENT[3] + shift
        project = extent_projection(FRAME, (west, south, east, north))
        (left, bottom), (right, top) = project([(west, south), (east, north)])
        assert (left + right) / 2 > (FRAME.left + FRAME.right) / 2
        assert FRAME.left < left < right <= FRAME.right + 1e-9
        assert FRAME.top < top < bottom < FRAME.bottom
        km = geodesic_m(west, (south + north) / 2, east, (south + north) / 2)[0] / 1000
        assert right - left == pytest.approx(km * project.mm_per_km, rel=0.005)
        window = project.window()
        assert window[0] < west < east <= window[2] + 1e-9
        assert window[1] < south < north < window[3]


def test_the_scale_bar_is_a_round_number_of_km() -> None:
    project = extent_projection(FRAME, EXTENT)
    assert str(project.bar_km)[0] in "124"
    assert project.bar_km * project.mm_per_km <= 42
    assert project.one_to * project.mm_per_km / 1e6 == pytest.approx(1, abs=0.06)


def test_the_base_map_is_cut_to_the_sheet() -> None:
    project = extent_projection(FRAME, (18.5, 4.3, 18.7, 4.5))
    part = part_of(facts.basemap(), project)
    west, south, east, north = project.window()
    points = [point for river in part["rivers"] for line in river["lines"] for point in line]
    points += [point for ring in part["country"] for point in ring]
    assert points
    assert all(
        west - 1e-9 <= x <= east + 1e-9 and south - 1e-9 <= y <= north + 1e-9 for x, y in points
    )


def test_panels_keep_off_the_roads_and_off_one_another() -> None:
    scene = draw_picture(surveyed(), lang="en", paper="A4", dpi=60)
    boxes = list(scene.panels.values())
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    for line in scene.lines.values():
        for x, y in line:
            assert not any(b.left < x < b.right and b.top < y < b.bottom for b in boxes)
    assert "locator" in scene.panels
    away = draw_picture(surveyed(has_base=False), lang="en", paper="A4", dpi=60)
    assert "locator" not in away.panels


def test_main_roads_have_the_black_edge() -> None:
    assert [is_main(road) for road in surveyed().segments] == [True, False]


def test_a_way_that_comes_back_is_drawn_in_rows_that_do_not_close() -> None:
    """A lane beside a loop lost its first and last leg."""
    spots = {"a": (0, 0), "b": (5, 0), "c": (9, 0), "d": (9, 4), "e": (5, 4), "f": (0, 9)}

    def rows(way: str) -> list[str]:
        legs = [
            (one + two, np.array([spots[one], spots[two]], float)) for one, two in pairwise(way)
        ]
        return [" ".join(key for key, _ in row) for row in _without_return(legs)]

    assert rows("abcde") == ["ab bc cd de"]
    assert rows("abcdebaf") == ["ab bc cd de", "eb ba af"]
    assert rows("abcb") == ["ab bc", "cb"]
