"""One cell of the board: how a loss hits a place, told by shape and words before colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import CAPITAL_EM, Face, text_width_mm
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.sheet import Sheet

LONG, SHORT, GONE = "#E69F00", "#f2cf80", "#dedede"
CELL_PT = 7.4


def draw_cell(sheet: Sheet, box: Box, effect: str, words: str) -> None:
    """Draw a cell: black = cut, hatched = long detour, pale = detour, dot = no effect, grey = no road."""
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    size = min(CELL_PT, box.height * 0.55 * 72 / 25.4 / CAPITAL_EM)
    if effect == "none":
        face = Face(size_pt=size, is_bold=True, color=tokens.NO_INFORMATION)
        sheet.write(words, *middle, face, align="center", column=(box.left, box.right))
        return
    if effect == "no_road":
        sheet.box(box, fill=GONE, z=2)
        return
    is_cut = effect == "cut"
    fill = {"cut": tokens.INK, "long": LONG, "detour": SHORT}[effect]
    hatch = "/////" if effect == "long" else None
    sheet.box(box, fill=fill, edge=tokens.INK, width_pt=0.6, hatch=hatch, z=2)
    face = Face(size_pt=size, is_bold=True, color=tokens.PAPER if is_cut else tokens.INK)
    fitted = fit(words, face, box.width - 0.7, floor=0.7)
    if effect == "long":
        _draw_ground(sheet, box, text_width_mm(fitted.lines[0], fitted.face), fitted.face)
    sheet.write(
        fitted.lines[0], *middle, fitted.face, align="center", column=(box.left, box.right), z=6
    )


def _draw_ground(sheet: Sheet, box: Box, width_mm: float, face: Face) -> None:
    """White ground on which a figure is read over the hatching."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    half, high = min(width_mm / 2 + 0.35, box.width / 2 - 0.25), face.size_mm * 0.62
    sheet.box(
        Box(left=x - half, right=x + half, top=y - high, bottom=y + high), fill=tokens.PAPER, z=4
    )
