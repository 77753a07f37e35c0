"""Badges: the best place on the line, a place beside it when the line is full, and never none."""

from __future__ import annotations

import numpy as np
import pytest
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap.badges import Badge, place_badges
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.marks import badge_box
from cmcoord_geo.render.printmap.raster import Raster

SPOTS = [(30.0, 40.0), (50.0, 40.0), (70.0, 40.0)]


@pytest.fixture
def sheet() -> Pencil:
    return Pencil("A3")


def placed_at(sheet, raster, *marks, spots=SPOTS) -> list[tuple[float, float]]:
    """Where badges are drawn."""
    found: list[tuple[float, float]] = []
    badges = [
        Badge(text=mark, spots=spots, draw=lambda x, y: found.append((x, y))) for mark in marks
    ]
    place_badges(sheet, raster, badges)
    return found


def test_badges_take_the_spots_of_a_line_in_order_of_taste(sheet):
    assert placed_at(sheet, Raster(100, 80), "H1", "H2", "H3") == SPOTS
    assert sheet.lines == []


def test_a_spot_on_a_mark_or_on_another_road_is_passed_over(sheet):
    raster = Raster(100, 80)
    raster.block(box_about(30, 40, 1))
    raster.line(np.array([(50.0, 0.0), (50.0, 79.0)]), width_mm=4.0, cost=160.0)
    assert placed_at(sheet, raster, "H1") == [SPOTS[2]]


def test_beside_a_full_line_a_badge_is_tied_to_it(sheet):
    raster = Raster(100, 80)
    places = placed_at(sheet, raster, *(f"H{i}" for i in range(6)))
    assert len(set(places)) == 6
    boxes = [badge_box(sheet, x, y, "H1") for x, y in places]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    aside = places[3:]
    assert [tuple(leader.points[1]) for leader in sheet.lines] == aside
    assert all(tuple(leader.points[0]) in SPOTS for leader in sheet.lines)


def test_without_any_room_a_badge_is_drawn_all_the_same(sheet):
    raster = Raster(100, 80)
    raster.block(Box(left=0, top=0, right=99, bottom=79))
    assert placed_at(sheet, raster, "H1") == [SPOTS[0]]


def test_labels_keep_off_a_badge(sheet):
    raster = Raster(100, 80)
    ((x, y),) = placed_at(sheet, raster, "H1 H2 H3")
    box = badge_box(sheet, x, y, "H1 H2 H3")
    assert not raster.is_free(Box(left=box.right - 0.5, right=box.right + 3, top=y - 1, bottom=y))
