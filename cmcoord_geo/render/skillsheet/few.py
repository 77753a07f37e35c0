"""Too few to tell: how many there are of how many are needed, instead of the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.skillsheet.dots import draw_dot
from cmcoord_geo.render.skillsheet.words import write_line, write_paragraph

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.skill_views import SkillView

TITLE, BODY, KEY = Face(size_pt=26.0, is_bold=True), Face(size_pt=14.0), Face(size_pt=9.0)
_ROW = 15


def draw_few(sheet: Sheet, whole: Box, view: SkillView, lang: Lang) -> None:
    """Draw a title, the count in words, and a dot for each incident that is needed."""
    with sheet.inside("few"):
        box = Box(
            left=whole.left + 20.0, right=whole.right - 20.0, top=whole.top + 28.0,
            bottom=whole.bottom,
        )  # fmt: skip
        write_line(sheet, view.headline[lang], box.left, box.top + 5.0, TITLE, right=box.right)
        y = write_paragraph(
            sheet, view.headline_note[lang], box.left, box.top + 15.0, BODY, right=box.right
        )
        y = _draw_dots(sheet, box, y + 14.0, view)
        _draw_key(sheet, box, y + 8.0, lang)


def _draw_dots(sheet: Sheet, box: Box, top: float, view: SkillView) -> float:
    step = min(14.0, box.width / _ROW)
    for i in range(view.fewest):
        x, y = box.left + (i % _ROW + 0.5) * step, top + (i // _ROW) * step
        draw_dot(sheet, x, y, view.events - i, tokens.INK, radius_mm=step * 0.36)
    return top + ((view.fewest - 1) // _ROW) * step + step / 2


def _draw_key(sheet: Sheet, box: Box, y: float, lang: Lang) -> None:
    x = box.left + 1.5
    for share, key in ((1.0, "filled"), (0.0, "empty")):
        draw_dot(sheet, x + 1.2, y, share, tokens.INK, radius_mm=1.4)
        words = text(f"skillsheet.few.{key}", lang)
        write_line(sheet, words, x + 4.2, y, KEY, right=box.right)
        x += 4.2 + text_width_mm(words, KEY) + 8.0
