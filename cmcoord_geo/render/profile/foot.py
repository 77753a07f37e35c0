"""Legend and notes under the bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.marks import draw_closure, draw_crossing, draw_ordnance
from cmcoord_geo.render.profile.chart import draw_dots, draw_level, draw_range
from cmcoord_geo.render.profile.keys import BETWEEN_MM, KEY_FACE, SAMPLE_MM, SPACE_MM
from cmcoord_geo.render.profile.layout import KEY_MM
from cmcoord_geo.render.profile.marks import draw_night
from cmcoord_geo.render.profile.strips import draw_bar, draw_state
from cmcoord_geo.sharing.profile_views import RoadStretchView
from cmcoord_geo.sharing.views import RangeView

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.profile.keys import Key
    from cmcoord_geo.render.profile.layout import Layout

HIGH_MM = 3.0


def draw_legend(sheet: Sheet, layout: Layout) -> None:
    """Draw the rows of the legend under a rule."""
    inner = layout.inner
    with sheet.inside("legend"):
        sheet.line([(inner.left, layout.keys_top), (inner.right, layout.keys_top)], width_pt=0.9)
        for i, row in enumerate(layout.keys):
            x, y = inner.left, layout.keys_top + 0.6 + (i + 0.5) * KEY_MM
            for key in row:
                box = Box(left=x, right=x + SAMPLE_MM, top=y - HIGH_MM / 2, bottom=y + HIGH_MM / 2)
                draw_sample(sheet, key, box)
                left = box.right + SPACE_MM
                sheet.write(key.text, left, y, KEY_FACE, column=(left, inner.right))
                x += key.width_mm + BETWEEN_MM


def draw_sample(sheet: Sheet, key: Key, box: Box) -> None:
    """Sample of an entry, as the bands draw it."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if key.kind == "class":
        corners = [
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ]
        draw_level(sheet, corners, int(key.word))
    elif key.kind == "none":
        draw_dots(sheet, box)
    elif key.kind in {"range", "beyond"}:
        draw_range(sheet, x, box.bottom, box.top + 0.2, is_beyond=key.kind == "beyond")
        sheet.line([(x - 2.0, y), (x + 2.0, y)], width_pt=1.3, z=3.5)
    elif key.kind == "patrol":
        draw_bar(sheet, box, is_confirmed=key.word == "confirmed")
    elif key.kind == "night":
        draw_night(sheet, x, y + 1.0)
    elif key.kind == "crossing":
        draw_crossing(sheet, x, y, key.word, "unknown")
    elif key.kind == "closure":
        draw_closure(sheet, x, y, key.word)
    elif key.kind == "ordnance":
        draw_ordnance(sheet, x, y + 0.2, key.word)
    else:
        _draw_road_sample(sheet, key, box, y)


def _draw_road_sample(sheet: Sheet, key: Key, box: Box, y: float) -> None:
    state, _, basis = key.word.partition(" ")
    road = RoadStretchView(
        km=RangeView(low=0.0, high=1.0),
        state=state or "unknown",
        is_reported=basis == "reported",
        is_stale=key.kind == "stale",
        ordnance_records=0,
    )
    draw_state(sheet, box.left, box.right, y, road)


def draw_notes(sheet: Sheet, layout: Layout) -> None:
    """Write the notes under the legend."""
    inner, y = layout.inner, layout.notes_top
    with sheet.inside("notes"):
        for note in layout.notes:
            for line in note.lines:
                middle = y + note.face.line_mm / 2
                sheet.write(line, inner.left, middle, note.face, column=(inner.left, inner.right))
                y += note.face.line_mm
