"""One small map: ground, roads in the styles of the print map, towns, ordnance, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from shapely import LineString
from shapely import box as rectangle

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import ground, marks, tokens
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.labels import Label, draw_labels, place_labels
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.roads import draw_road
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.classmaps.layout import Cell
    from cmcoord_geo.render.printmap.labels import Placed
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.class_views import (
        ClassPanelView,
        ClassRoadView,
        ClassSheetView,
    )

#: Lines and marks against those of a map that fills the sheet.
ZOOM = 0.62
TITLE, CAPTION = Face(size_pt=8.0, is_bold=True), Face(size_pt=6.2, color=tokens.SECOND)
TOWN, UNKNOWN = Face(size_pt=5.0), Face(size_pt=7.0, is_bold=True)
#: A name that stands no more than this nearer to its own town than to another is left out.
APART_MM = 0.4
#: Soft cost of a name over explosive ordnance, which is drawn above it.
POINT_COST = 75.0
_GAP = np.full((1, 2), np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of towns as they were placed on the first small map."""

    first: Cell
    placed: Sequence[Placed]


def draw_panel(
    sheet: Sheet,
    cell: Cell,
    panel: ClassPanelView,
    view: ClassSheetView,
    names: Names,
    lang: Lang,
) -> None:
    """Draw a small map with its title and caption."""
    frame = cell.project.frame
    with sheet.inside("map", clip=frame, zoom=ZOOM):
        paper = Raster(sheet.paper.width_mm, sheet.paper.height_mm)
        ground.draw_ground(sheet, cell.project, paper, view.frame.ground)
        lines = [cell.project(road.line) for road in view.roads]
        if panel.levels:
            draw_levels(sheet, lines, view.roads, panel.levels)
        else:
            _draw_plain(sheet, lines)
    if not panel.is_covered:
        _write_unknown(sheet, unknown_box(cell, view, lang), lang)
    with sheet.inside("points", clip=frame, zoom=ZOOM, lift=2.0):
        for point in panel.points:
            ((x, y),) = cell.project((point.lon, point.lat))
            draw_triangle(sheet, x, y, is_precise=point.is_precise)
    with sheet.inside("towns", zoom=ZOOM):
        _draw_towns(sheet, cell, names.first, view, names.placed)
    sheet.box(frame, edge=tokens.INK, width_pt=0.7, z=20)
    with sheet.inside("titles"):
        _write_around(sheet, cell, panel, lang)


def draw_levels(
    sheet: Sheet,
    lines: list[NDArray[np.float64]],
    roads: tuple[ClassRoadView, ...],
    levels: tuple[int, ...],
) -> None:
    """Draw roads of one look in one go, the highest class on top."""
    alike: dict[tuple[int, bool], list[NDArray[np.float64]]] = {}
    for line, road, level in zip(lines, roads, levels, strict=True):
        alike.setdefault((level, road.is_main), []).extend((line, _GAP))
    for (level, is_main), rows in sorted(alike.items(), key=lambda item: item[0]):
        style, z = tokens.EXPOSURE.get(level), 3.0 + level * 0.1 + is_main * 0.05
        draw_road(sheet, np.vstack(rows), style, is_national=is_main, z=z)


def _draw_plain(sheet: Sheet, lines: list[NDArray[np.float64]]) -> None:
    """Roads without any meaning, under points."""
    together = np.vstack([part for line in lines for part in (line, _GAP)])
    sheet.line(together, color=tokens.BORDER, width_pt=1.0, z=3.0)


def draw_triangle(sheet: Sheet, x: float, y: float, *, is_precise: bool) -> None:
    """Triangle of explosive ordnance, a black core in it where the place is exact."""
    marks.draw_ordnance(sheet, x, y, "")
    if is_precise:
        sheet.circle(x, y + 0.5 * sheet.scale, 0.7 * sheet.scale, fill=tokens.INK, z=8.2)


def place_names(
    sheet: Sheet, raster: Raster, cell: Cell, view: ClassSheetView, lang: Lang
) -> list[Placed]:
    """
    Places of the towns' names on one small map; they are the same on all, so that eyes find them again.

    A name that finds no room close to its town is left out: it could be read as another's.
    """
    frame, labels = cell.project.frame, []
    for edge in _edges(frame, 1.0):
        raster.block(edge)
    raster.block(unknown_box(cell, view, lang))
    for road in view.roads:
        raster.line(cell.project(road.line), width_mm=1.0, cost=70.0)
    with sheet.inside("towns", zoom=ZOOM):
        for point in (point for panel in view.panels for point in panel.points):
            ((x, y),) = cell.project((point.lon, point.lat))
            around = np.array([(x - 0.5, y), (x + 0.5, y)])
            raster.line(around, width_mm=2.0, cost=POINT_COST)
        for town in view.towns:
            ((x, y),) = cell.project((town.lon, town.lat))
            if box_about(x, y, 0.1).is_within(frame):
                reach = 1.0 * sheet.scale
                raster.block(box_about(x, y, reach))
                rank = float(town.role != "capital")
                labels.append(
                    Label(
                        text=town.name, x=x, y=y, face=TOWN, rank=rank, is_near=True, reach_mm=reach
                    )
                )
        placed, _ = place_labels(sheet, raster, labels)
    return [name for name in placed if not _is_read_as_another(name, labels)]


def _is_read_as_another(name: Placed, labels: Sequence[Label]) -> bool:
    """Whether a name stands about as near to another town as to its own."""
    own = _away(name.box, name.label)
    return any(
        _away(name.box, other) < own + APART_MM for other in labels if other is not name.label
    )


def _away(box: Box, label: Label) -> float:
    """Distance from a box to a town."""
    dx = max(box.left - label.x, 0.0, label.x - box.right)
    dy = max(box.top - label.y, 0.0, label.y - box.bottom)
    return float(np.hypot(dx, dy))


def _draw_towns(
    sheet: Sheet, cell: Cell, first: Cell, view: ClassSheetView, names: Sequence[Placed]
) -> None:
    """Capital and cells, with the names in the places that they have on the first map."""
    frame, other = cell.project.frame, first.project.frame
    dx, dy = frame.left - other.left, frame.top - other.top
    for town in view.towns:
        ((x, y),) = cell.project((town.lon, town.lat))
        if box_about(x, y, 0.1).is_within(frame):
            marks.draw_town(sheet, x, y, town.role)
    draw_labels(sheet, [_moved(name, dx, dy) for name in names])


def _moved(name: Placed, dx: float, dy: float) -> Placed:
    box, label = name.box, name.label
    return replace(
        name,
        box=Box(left=box.left + dx, right=box.right + dx, top=box.top + dy, bottom=box.bottom + dy),
        label=replace(label, x=label.x + dx, y=label.y + dy),
    )


def _edges(frame: Box, rim: float) -> Iterator[Box]:
    left, right, top, bottom = frame.left, frame.right, frame.top, frame.bottom
    yield Box(left=left - rim, right=right + rim, top=top - rim, bottom=top + 0.3)
    yield Box(left=left - rim, right=right + rim, top=bottom - 0.3, bottom=bottom + rim)
    yield Box(left=left - rim, right=left + 0.3, top=top, bottom=bottom)
    yield Box(left=right - 0.3, right=right + rim, top=top, bottom=bottom)


def _unknown_lines(lang: Lang) -> list[str]:
    return [text(f"classmaps.{key}", lang) for key in ("no_information", "not_low")]


def unknown_box(cell: Cell, view: ClassSheetView, lang: Lang) -> Box:
    """Corner of a map in which the words stand that nothing is known: that with the fewest roads."""
    lines, frame = _unknown_lines(lang), cell.project.frame
    wide = max(text_width_mm(line, UNKNOWN) for line in lines) + 2.0
    high = len(lines) * UNKNOWN.line_mm + 1.0
    roads = [LineString(cell.project(road.line)) for road in view.roads]
    corners = [
        Box(left=left, right=left + wide, top=top, bottom=top + high)
        for top in (frame.top + 1.0, frame.bottom - 1.0 - high)
        for left in (frame.left + 1.0, frame.right - 1.0 - wide)
    ]
    return min(
        corners,
        key=lambda one: sum(
            road.intersects(rectangle(one.left, one.top, one.right, one.bottom)) for road in roads
        ),
    )


def _write_unknown(sheet: Sheet, box: Box, lang: Lang) -> None:
    """Write in words that nothing is known."""
    with sheet.inside("unknown"):
        sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.9, z=9)
        for i, line in enumerate(_unknown_lines(lang)):
            y = box.top + 0.5 + (i + 0.5) * UNKNOWN.line_mm
            sheet.write(line, box.left + 1.0, y, UNKNOWN, column=(box.left, box.right), z=10)


def _write_around(sheet: Sheet, cell: Cell, panel: ClassPanelView, lang: Lang) -> None:
    box, frame = cell.box, cell.project.frame
    column = (box.left, box.right)
    title = fit(panel.title[lang], TITLE, box.width, floor=0.7)
    sheet.write(title.lines[0], box.left, box.top + 2.4, title.face, column=column)
    words = (
        f"{panel.records[lang]} · {panel.period[lang]}" if panel.is_covered else panel.period[lang]
    )
    caption = fit(words, CAPTION, box.width, floor=0.8)
    sheet.write(caption.lines[0], box.left, frame.bottom + 2.2, caption.face, column=column)
