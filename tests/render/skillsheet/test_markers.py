"""Markers differ by shape; the most exposed roads always have the same one."""

from __future__ import annotations

import numpy as np
import pytest
from render.printmap.pencil import Pencil
from shapely import Polygon

from cmcoord_geo.render.skillsheet.markers import SHAPES, draw_marker


def drawn(number: int, count: int) -> np.ndarray:
    pencil = Pencil("A4")
    draw_marker(pencil, 0.0, 0.0, number, count, fill="#123456", radius_mm=1.0)
    return pencil.shapes[0].points


@pytest.mark.parametrize("count", range(2, 9))
def test_no_two_groups_share_a_shape_and_the_last_is_the_cross(count: int) -> None:
    shapes = [drawn(number, count) for number in range(count)]
    assert len({shape.tobytes() for shape in shapes}) == count
    assert np.allclose(shapes[-1], SHAPES[-1])


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_are_sound_and_of_about_one_size(shape: np.ndarray) -> None:
    ring = Polygon(shape)
    assert ring.is_valid
    assert 0.8 < np.abs(shape).max() <= 1.35
