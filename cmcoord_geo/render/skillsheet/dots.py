"""Ten dots for ten incidents: how many of them fell on the roads that were named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.skillsheet.words import (
    CHANCE,
    INDENT_MM,
    LABEL,
    NAMED,
    WIDE,
    draw_heading,
    write_line,
)

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.boxes import Box
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.skill_views import HitView, SkillView

RADIUS_MM, STEP_MM, ROW_MM = 2.75, 6.6, 10.6
FILLS = {"named": NAMED, "chance": CHANCE, "wide": WIDE}


def draw_hits(sheet: Sheet, box: Box, view: SkillView, lang: Lang) -> None:
    """Draw the panel: a row of dots for each choice of roads, and what they mean."""
    with sheet.inside("hits"):
        y = draw_heading(sheet, box, "1", view.headline[lang], view.headline_note[lang])
        y += RADIUS_MM + 2.2
        for hit in view.hits:
            _draw_row(sheet, box, y, hit, lang)
            y += ROW_MM
        _draw_key(sheet, box, y - ROW_MM + 8.0, lang)


def _draw_row(sheet: Sheet, box: Box, y: float, hit: HitView, lang: Lang) -> None:
    first = box.right - RADIUS_MM - 9 * STEP_MM
    left, right = box.left + INDENT_MM, first - RADIUS_MM - 2.0
    bold = Face(size_pt=8.6, is_bold=True)
    write_line(sheet, text(f"skillsheet.hits.{hit.kind}", lang), left, y - 1.9, bold, right=right)
    note = text(f"skillsheet.hits.{hit.kind}_note", lang)
    low = Face(size_pt=7.2, color=tokens.SECOND)
    write_line(sheet, note, left, y + 2.1, low, right=right)
    for i in range(10):
        draw_dot(sheet, first + i * STEP_MM, y, 10 * hit.share - i, FILLS[hit.kind])


def draw_dot(
    sheet: Sheet, x: float, y: float, share: float, fill: str, radius_mm: float = RADIUS_MM
) -> None:
    """Draw a dot of which a share is filled from the left: all from 1 on, nothing down to 0."""
    sheet.circle(x, y, radius_mm, fill=tokens.PAPER, z=2)
    if share >= 1:
        sheet.circle(x, y, radius_mm, fill=fill, z=2.1)
    elif share > 0:
        half = np.arccos(1 - 2 * share)  # of the angle under which the filled part is seen
        angle = np.linspace(np.pi - half, np.pi + half, 41)
        ring = np.column_stack([x + radius_mm * np.cos(angle), y + radius_mm * np.sin(angle)])
        sheet.polygon(ring, fill=fill, z=2.1)
    sheet.circle(x, y, radius_mm, edge=tokens.INK, width_pt=1.2, z=2.2)


def _draw_key(sheet: Sheet, box: Box, y: float, lang: Lang) -> None:
    """What a full dot and an empty one are."""
    x = box.left + INDENT_MM
    for share, key in ((1.0, "on"), (0.0, "off")):
        draw_dot(sheet, x + 1.2, y, share, tokens.INK, radius_mm=1.1)
        words = text(f"skillsheet.hits.{key}", lang)
        x += 3.6
        write_line(sheet, words, x, y, LABEL, right=box.right)
        x += text_width_mm(words, LABEL) + 4.0
