"""Where the small maps stand: as many columns as make them largest, legend and notes below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.projection import (
    KM_PER_DEGREE_LAT,
    PARALLEL,
    Projection,
    km_per_degree_lon,
)
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted
    from cmcoord_geo.sharing.class_views import ClassSheetView
    from cmcoord_geo.sharing.views import FrameView

#: Millimetres: title and caption of a cell, between cells, rim of the map, and the legend's rows.
TITLE_MM, CAPTION_MM, GAP_MM, RIM_MM, KEY_MM = 5.2, 4.0, 2.4, 1.2, 5.2
NOTE_PT, NOTE_LINES, KEY_ROWS = 6.6, 2, 2
MOST_COLUMNS = 5
#: Height of the frame beyond that of what it must show.
SPARE_MM = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    Place of a small map.

    Attributes
    ----------
    box : Box
        With title and caption.
    project : Projection
        Its frame is the map's.
    """

    box: Box
    project: Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    Boxes of the sheet.

    Attributes
    ----------
    inner : Box
    cells : tuple of Cell
        One for each panel.
    keys_top, notes_top : float
    notes : tuple of Fitted
    """

    inner: Box
    cells: tuple[Cell, ...]
    keys_top: float
    notes_top: float
    notes: tuple[Fitted, ...]


def lay_out(sheet: Sheet, view: ClassSheetView, lang: Lang) -> Layout:
    """Measure the notes, then choose the columns."""
    room = map_box(sheet)
    inner = Box(left=room.left, right=room.right, top=room.top + 1.0, bottom=room.bottom)
    face = Face(size_pt=NOTE_PT)
    notes = tuple(
        fit(note[lang], face, inner.width, lines=NOTE_LINES, floor=0.85) for note in view.notes
    )
    notes_top = inner.bottom - sum(note.height_mm for note in notes) - 0.4
    keys_top = notes_top - KEY_ROWS * KEY_MM - 1.0
    maps = Box(left=inner.left, right=inner.right, top=inner.top, bottom=keys_top - 1.5)
    extent = extent_of(view.frame)
    choices = [_grid(maps, len(view.panels), n, extent) for n in range(1, MOST_COLUMNS + 1)]
    cells = max(choices, key=lambda cells: cells[0].project.mm_per_km)
    up = maps.bottom - max(cell.box.bottom for cell in cells)
    keys_top, notes_top = keys_top - up, notes_top - up
    return Layout(inner=inner, cells=cells, keys_top=keys_top, notes_top=notes_top, notes=notes)


def extent_of(frame: FrameView) -> tuple[float, float, float, float]:
    """West, south, east and north of every small map: the country's, or that of a network of its own."""
    if frame.ground is not None and frame.ground.extent is not None:
        return frame.ground.extent
    rings = [np.asarray(ring, dtype=float) for ring in facts.basemap()["country"]]
    outline = np.vstack(rings)
    (west, south), (east, north) = outline.min(axis=0).tolist(), outline.max(axis=0).tolist()
    return west, south, east, north


def _grid(
    maps: Box, count: int, columns: int, extent: tuple[float, float, float, float]
) -> tuple[Cell, ...]:
    rows = -(-count // columns)
    wide = (maps.width - (columns - 1) * GAP_MM) / columns
    high = (maps.height - (rows - 1) * GAP_MM) / rows
    west, south, east, north = extent
    shape = (north - south) * KM_PER_DEGREE_LAT / ((east - west) * km_per_degree_lon(PARALLEL))
    high = min(high, wide * shape + SPARE_MM + TITLE_MM + CAPTION_MM)
    cells = []
    for i in range(count):
        left = maps.left + (i % columns) * (wide + GAP_MM)
        top = maps.top + (i // columns) * (high + GAP_MM)
        box = Box(left=left, right=left + wide, top=top, bottom=top + high)
        inside = Box(left=left, right=box.right, top=top + TITLE_MM, bottom=box.bottom - CAPTION_MM)
        cells.append(Cell(box=box, project=fitted(inside, extent)))
    return tuple(cells)


def fitted(frame: Box, extent: tuple[float, float, float, float]) -> Projection:
    """Projection that fits an extent into the middle of a rectangle, with a rim."""
    west, south, east, north = extent
    parallel = PARALLEL if south < PARALLEL < north else (south + north) / 2
    wide_km = (east - west) * km_per_degree_lon(parallel)
    high_km = (north - south) * KM_PER_DEGREE_LAT
    return Projection(
        frame=frame,
        mm_per_km=min(
            (frame.width - 2 * RIM_MM) / wide_km, max(frame.height - 2 * RIM_MM, 1.0) / high_km
        ),
        centre_lon=(west + east) / 2,
        centre_lat=(south + north) / 2,
        parallel=parallel,
    )
