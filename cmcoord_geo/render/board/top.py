"""Captions: which half of a column is which case, with its vehicle, date and season."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.board.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.isolation_views import BoardView

SIDES = ("left", "right")
MARK_MM = (9.0, 4.0)


def draw_captions(sheet: Sheet, layout: Layout, board: BoardView, lang: Lang) -> None:
    """Two lines above the grid, each with a picture of the half that it is about."""
    with sheet.inside("captions"):
        for i, (side, case) in enumerate(zip(SIDES, board.cases, strict=True)):
            y = layout.inner.top + 2.6 + i * 4.9
            left = layout.inner.left
            _draw_half(sheet, left, y, is_left=side == "left")
            bold, plain = Face(size_pt=8.6, is_bold=True), Face(size_pt=7.2, color=tokens.SECOND)
            head = text(
                "isolation.board.pair",
                lang,
                side=text(f"isolation.board.{side}", lang),
                when=case.caption[lang],
                vehicle=case.vehicle[lang],
            )
            x = left + MARK_MM[0] + 2.0
            sheet.write(head, x, y, bold, column=(x, layout.inner.right))
            x += text_width_mm(head, bold) + 3.0
            words = fit(
                f"{case.season[lang]} · {case.reports[lang]}", plain, layout.inner.right - x
            )
            sheet.write(words.lines[0], x, y, words.face, column=(x, layout.inner.right))


def _draw_half(sheet: Sheet, left: float, y: float, *, is_left: bool) -> None:
    """Small column of which one half is filled."""
    wide, high = MARK_MM
    middle = left + wide / 2
    for is_first, edges in ((True, (left, middle)), (False, (middle, left + wide))):
        box = Box(left=edges[0], right=edges[1], top=y - high / 2, bottom=y + high / 2)
        fill = tokens.INK if is_first == is_left else tokens.PAPER
        sheet.box(box, fill=fill, edge=tokens.INK, width_pt=0.8, z=2)
