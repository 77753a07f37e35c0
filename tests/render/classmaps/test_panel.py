"""A small map: roads in the styles of the print map, ordnance as points, names where they are on all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from render import sheets
from render.printmap.pencil import Pencil

from cmcoord_geo.render.classmaps.layout import lay_out
from cmcoord_geo.render.classmaps.panel import (
    Names,
    draw_levels,
    draw_panel,
    draw_triangle,
    place_names,
    unknown_box,
)
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.sharing.class_views import ClassRoadView


def drawn(key: str, view=None):
    view = view or sheets.classes()
    sheet = Pencil("A4")
    layout = lay_out(sheet, view, "fr")
    raster = Raster(sheet.paper.width_mm, sheet.paper.height_mm)
    first = layout.cells[0]
    names = Names(first=first, placed=place_names(sheet, raster, first, view, "fr"))
    number = [panel.key for panel in view.panels].index(key)
    draw_panel(sheet, layout.cells[number], view.panels[number], view, names, "fr")
    return sheet, layout.cells[number], names


def test_each_level_has_its_style_and_nothing_known_is_dots() -> None:
    lines = [np.array([(0.0, y), (10.0, y)]) for y in range(5)]
    roads = tuple(ClassRoadView(line=((0.0, 0.0), (1.0, 1.0)), is_main=True) for _ in lines)
    sheet = Pencil("A4")
    draw_levels(sheet, lines, roads, (0, 1, 2, 3, 4))
    colors = [line.style.get("color") for line in sheet.lines]
    for style in tokens.EXPOSURE.values():
        assert style.color in colors
    (dots,) = sheet.lines_in(tokens.NO_INFORMATION)
    assert dots.style["dashes"] == (0.1, 1.9)
    assert dots.points[0].tolist() == [0.0, 0.0]


def test_the_most_exposed_lies_on_top() -> None:
    view = sheets.classes()
    sheet, _, _ = drawn("all")
    heights = {}
    for level, style in tokens.EXPOSURE.items():
        heights[level] = max(line.style["z"] for line in sheet.lines_in(style.color))
    shown = sorted(set(view.panels[0].levels) - {0})
    assert [heights[level] for level in shown] == sorted(heights[level] for level in shown)


def test_ordnance_has_points_and_no_colour() -> None:
    sheet, cell, _ = drawn("ordnance")
    points = sheets.classes().panels[-1].points
    triangles = [one for one in sheet.shapes if len(one.points) == 3]
    assert len(triangles) == len(points) > 0
    for triangle in triangles:
        x, y = triangle.points.mean(axis=0)
        assert cell.project.frame.left < x < cell.project.frame.right
        assert cell.project.frame.top < y < cell.project.frame.bottom
    assert not any(sheet.lines_in(style.color) for style in tokens.EXPOSURE.values())


def test_an_exact_place_has_a_core() -> None:
    counts = []
    for is_precise in (False, True):
        sheet = Pencil("A4")
        draw_triangle(sheet, 20.0, 20.0, is_precise=is_precise)
        counts.append(len(sheet.shapes))
    assert counts == [1, 2]


def test_names_stand_at_the_same_place_on_every_map() -> None:
    (one, first, _), (other, second, names) = drawn("all"), drawn("clash")
    assert len(names.placed) >= 6
    shift = second.project.frame.left - first.project.frame.left
    down = second.project.frame.top - first.project.frame.top
    places = [
        {w.text: (w.box.left, w.box.top) for w in sheet.written if w.part == "towns"}
        for sheet in (one, other)
    ]
    assert places[0].keys() == places[1].keys()
    for name, (left, top) in places[0].items():
        assert places[1][name] == (pytest.approx(left + shift), pytest.approx(top + down))


def test_a_name_stands_nearest_to_its_own_town() -> None:
    _, cell, names = drawn("all")
    towns = {t.name: cell.project((t.lon, t.lat))[0] for t in sheets.classes().towns}

    def away(box, point) -> float:
        dx = max(box.left - point[0], 0.0, point[0] - box.right)
        dy = max(box.top - point[1], 0.0, point[1] - box.bottom)
        return float(np.hypot(dx, dy))

    for name in names.placed:
        nearest = min(towns, key=lambda town: away(name.box, towns[town]))
        assert nearest == name.label.text


def test_the_words_that_nothing_is_known_stand_in_the_corner() -> None:
    view = sheets.classes()
    panels = tuple(replace(one, is_covered=one.key != "clash") for one in view.panels)
    sheet, cell, _ = drawn("clash", replace(view, panels=panels))
    box = unknown_box(cell, sheets.classes(), "fr")
    words = [one for one in sheet.written if one.part == "unknown"]
    assert len(words) == 2
    assert all(one.box.is_within(box, slack_mm=0.4) for one in words)
