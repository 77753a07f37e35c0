"""Legend and notes under the small maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.classmaps.layout import KEY_MM
from cmcoord_geo.render.classmaps.panel import ZOOM, draw_triangle
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.roads import draw_road
from cmcoord_geo.render.profile.keys import limit

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.classmaps.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.class_views import ClassSheetView

KEY = Face(size_pt=7.0)
SAMPLE_MM, SPACE_MM, BETWEEN_MM = 10.0, 1.4, 6.0


def draw_foot(sheet: Sheet, layout: Layout, view: ClassSheetView, lang: Lang) -> None:
    """Draw the legend in two rows, the scale first, and the notes."""
    inner = layout.inner
    with sheet.inside("legend"):
        sheet.line([(inner.left, layout.keys_top), (inner.right, layout.keys_top)], width_pt=0.9)
        for i, row in enumerate((_scale(view, lang), _points(lang))):
            x, y = inner.left, layout.keys_top + 0.6 + (i + 0.5) * KEY_MM
            for kind, number, words in row:
                with sheet.inside("legend", zoom=ZOOM):
                    draw_sample(sheet, kind, number, x, y)
                left = x + SAMPLE_MM + SPACE_MM
                sheet.write(words, left, y, KEY, column=(left, inner.right))
                x = left + text_width_mm(words, KEY) + BETWEEN_MM
    y = layout.notes_top
    with sheet.inside("notes"):
        for note in layout.notes:
            for line in note.lines:
                middle = y + note.face.line_mm / 2
                sheet.write(line, inner.left, middle, note.face, column=(inner.left, inner.right))
                y += note.face.line_mm


def _scale(view: ClassSheetView, lang: Lang) -> list[tuple[str, int, str]]:
    edges = [limit(rate, lang) for rate in view.limits]
    rows = [
        ("road", i, text(f"classmaps.legend.class_{i}", lang, low=low, high=high))
        for i, (low, high) in enumerate(zip(["", *edges], [*edges, ""], strict=True), start=1)
    ]
    return [*rows, ("road", 0, text("classmaps.legend.none", lang))]


def _points(lang: Lang) -> list[tuple[str, int, str]]:
    return [
        ("triangle", 1, text("classmaps.legend.precise", lang)),
        ("triangle", 0, text("classmaps.legend.around", lang)),
        ("plain", 0, text("classmaps.legend.road", lang)),
    ]


def draw_sample(sheet: Sheet, kind: str, number: int, x: float, y: float) -> None:
    """Sample of an entry, as the maps draw it."""
    line = np.array([(x, y), (x + SAMPLE_MM, y)])
    if kind == "road":
        draw_road(sheet, line, tokens.EXPOSURE.get(number), is_national=True)
    elif kind == "plain":
        sheet.line(line, color=tokens.BORDER, width_pt=1.0)
    else:
        draw_triangle(sheet, x + SAMPLE_MM / 2, y, is_precise=bool(number))
