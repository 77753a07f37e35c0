"""Where the bands of the options stand, and what legend and notes leave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.typeset import fit
from cmcoord_geo.render.profile.band import Band, Scale
from cmcoord_geo.render.profile.keys import Key, keys_in_rows, keys_of
from cmcoord_geo.render.profile.towns import ROW_MM, place_towns, rows_of

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted
    from cmcoord_geo.sharing.profile_views import ProfileSheetView

#: Millimetres: left of the charts, right of them, and the parts of a band from top to bottom.
AXIS_MM, FACTS_MM, GAP_MM = 24.0, 58.0, 5.0
TIER_MM, NIGHT_MM, ROAD_MM, PATROL_MM, UNDER_MM, PAD_MM = 4.6, 3.2, 4.2, 4.4, 1.4, 2.6
#: A chart is never lower than this: marks then share fewer tiers.
LEAST_CHART_MM = 13.0
MOST_TIERS = 2
#: A band is never higher: one road alone would stand as a tower.
MOST_BAND_MM = 126.0
#: Height of a row of the legend, and points of the notes, smaller where options are many.
KEY_MM, NOTE_PT, NOTE_LINES = 5.0, (6.6, 6.0), 3
#: Options that need the sheet for themselves: notes are smaller.
MANY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    Boxes of the sheet.

    Attributes
    ----------
    inner : Box
        Between head and foot.
    bands : tuple of Band
    keys : tuple of tuple of Key
        Rows of the legend.
    keys_top : float
    notes : tuple of Fitted
    notes_top : float
    """

    inner: Box
    bands: tuple[Band, ...]
    keys: tuple[tuple[Key, ...], ...]
    keys_top: float
    notes: tuple[Fitted, ...]
    notes_top: float


def scale_of(view: ProfileSheetView) -> Scale:
    """Scale of the rates, the same for all options."""
    return Scale(edges=(0.0, *view.limits, view.top))


def lay_out(sheet: Sheet, view: ProfileSheetView, lang: Lang) -> Layout:
    """Measure legend and notes, and share out the rest among the options."""
    room = map_box(sheet)
    inner = Box(left=room.left, right=room.right, top=room.top + 0.5, bottom=room.bottom)
    few = len(view.options) < MANY
    face = Face(size_pt=NOTE_PT[0] if few else NOTE_PT[1])
    notes = tuple(
        fit(note[lang], face, inner.width, lines=NOTE_LINES, floor=0.85) for note in view.notes
    )
    keys = keys_in_rows(keys_of(view, lang), inner.width)
    notes_top = inner.bottom - sum(note.height_mm for note in notes) - 0.4
    keys_top = notes_top - KEY_MM * len(keys) - 0.8
    free = (keys_top - 1.2 - inner.top) / len(view.options)
    high = min(free, MOST_BAND_MM)
    notes_top, keys_top = (top - (free - high) * len(view.options) for top in (notes_top, keys_top))
    bands = tuple(
        _band(view, i, Box(
            left=inner.left, right=inner.right,
            top=inner.top + i * high, bottom=inner.top + (i + 1) * high,
        ))
        for i in range(len(view.options))
    )  # fmt: skip
    return Layout(
        inner=inner, bands=bands, keys=keys, keys_top=keys_top, notes=notes, notes_top=notes_top
    )


def _band(view: ProfileSheetView, number: int, box: Box) -> Band:
    option = view.options[number]
    left, right = box.left + AXIS_MM, box.right - FACTS_MM - GAP_MM
    mm_per_km = (right - left) / view.longest_km
    rows = rows_of(place_towns(option.towns, mm_per_km, (left, right)))
    fixed = NIGHT_MM + ROAD_MM + PATROL_MM + UNDER_MM + PAD_MM
    tiers = MOST_TIERS if option.marks else 0
    while tiers > 1 and box.height - fixed - tiers * TIER_MM - rows * ROW_MM < LEAST_CHART_MM:
        tiers -= 1
    while rows > 1 and box.height - fixed - tiers * TIER_MM - rows * ROW_MM < LEAST_CHART_MM:
        rows -= 1
    towns_mm = rows * ROW_MM + UNDER_MM
    heights = (
        tiers * TIER_MM,
        NIGHT_MM,
        box.height - fixed - tiers * TIER_MM - rows * ROW_MM,
        ROAD_MM,
        PATROL_MM,
        towns_mm,
    )
    edges = [box.top + PAD_MM / 2]
    for height in heights:
        edges.append(edges[-1] + height)
    marks, nights, chart, road, patrol, towns = (
        Box(left=left, right=right, top=edges[i], bottom=edges[i + 1]) for i in range(len(heights))
    )
    return Band(
        box=box,
        tiers=tiers,
        town_rows=rows,
        marks=marks,
        nights=nights,
        chart=chart,
        road=road,
        patrol=patrol,
        towns=towns,
        facts=Box(left=box.right - FACTS_MM, right=box.right, top=box.top + 1.0, bottom=box.bottom),
        mm_per_km=mm_per_km,
    )
