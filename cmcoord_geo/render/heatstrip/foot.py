"""Legend and notes under the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.heatstrip.cells import LOOKS, draw_block
from cmcoord_geo.render.heatstrip.grid import draw_triangle
from cmcoord_geo.render.heatstrip.layout import KEY_MM
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.heatstrip.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet

SAMPLE_MM, HIGH_MM, SPACE_MM, BETWEEN_MM = 6.5, 3.8, 1.2, 3.6
KEY_PT, LEAST_PT = 6.8, 5.4
ROWS = (
    ("in3", "in2", "in1", "in0", "meets", "announced", "fast_only"),
    ("night", "gate", "late", "ban", "shut", "stale", "offered", "confirmed"),
)


def draw_legend(sheet: Sheet, layout: Layout, lang: Lang) -> None:
    """Draw two rows: departures that arrive, and those that do not, with the reason."""
    inner = layout.inner
    with sheet.inside("legend"):
        sheet.line(
            [(inner.left, layout.keys_top), (inner.right, layout.keys_top)],
            color=tokens.RULE,
            width_pt=0.9,
        )
        for i, keys in enumerate(ROWS):
            y = layout.keys_top + 1.0 + (i + 0.5) * KEY_MM
            _draw_row(sheet, (inner.left, inner.right, y), keys, lang)


def _draw_row(
    sheet: Sheet, at: tuple[float, float, float], keys: tuple[str, ...], lang: Lang
) -> None:
    left, right, y = at
    words = [text(f"departures.key.{key}", lang) for key in keys]
    face = Face(size_pt=KEY_PT)
    fixed = len(keys) * (SAMPLE_MM + SPACE_MM) + (len(keys) - 1) * BETWEEN_MM
    wanted = sum(text_width_mm(word, face) for word in words)
    face = face.scaled(min(1.0, max((right - left - fixed) / wanted, LEAST_PT / KEY_PT)))
    x = left
    for key, word in zip(keys, words, strict=True):
        box = Box(left=x, right=x + SAMPLE_MM, top=y - HIGH_MM / 2, bottom=y + HIGH_MM / 2)
        _draw_sample(sheet, box, key)
        x = box.right + SPACE_MM
        sheet.write(word, x, y, face, column=(x, right))
        x += text_width_mm(word, face) + BETWEEN_MM


def _draw_sample(sheet: Sheet, box: Box, key: str) -> None:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    if key in {"offered", "confirmed"}:
        draw_triangle(sheet, x, y, is_full=key == "confirmed")
        return
    name = "in1" if key == "stale" else key
    draw_block(sheet, box, name, is_stale=key == "stale")
    sheet.box(box, edge=tokens.BORDER, width_pt=0.5, z=3.5)
    look = LOOKS[name]
    if look.mark and key != "stale":
        if look.hatch:
            sheet.circle(x, y, 1.4, fill=tokens.PAPER, z=4)
        face = Face(size_pt=7.4, is_bold=True, color=look.words)
        sheet.write(look.mark, x, y, face, align="center", z=6)


def draw_notes(sheet: Sheet, layout: Layout) -> None:
    """Write the notes under the legend."""
    inner, y = layout.inner, layout.notes_top
    with sheet.inside("notes"):
        for note in layout.notes:
            for line in note.lines:
                middle = y + note.face.line_mm / 2
                sheet.write(line, inner.left, middle, note.face, column=(inner.left, inner.right))
                y += note.face.line_mm
