"""One bin of the calendar: told by letter, edge and pattern before colour, so that grey print keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import CAPITAL_EM, Face, text_width_mm

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet

PALE = "#ead5e1"
LETTER_PT = 8.4
#: Order of the legend.
STATES = ("asked", "offered", "lapsed", "confirmed", "before", "refused")


def draw_cell(sheet: Sheet, box: Box, state: str, share: float, lang: Lang) -> None:
    """
    Draw a bin.

    Parameters
    ----------
    share : float
        Part of the km that the state holds for: what is offered or confirmed fills the bin so far up.
    """
    letter = letter_of(state, lang)
    size = min(LETTER_PT, box.height * 0.6 * 72 / 25.4 / CAPITAL_EM)
    is_full = state == "confirmed" and share >= 1.0
    face = Face(size_pt=size, is_bold=True, color=tokens.PAPER if is_full else tokens.INK)
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    _DRAWN[state](sheet, box, share)
    if state in {"offered", "lapsed"} or (state == "confirmed" and not is_full):
        _draw_ground(sheet, box, text_width_mm(letter, face), face)
    sheet.write(
        letter, *middle, face, align="center", column=(box.left - 0.5, box.right + 0.5), z=6
    )


def letter_of(state: str, lang: Lang) -> str:
    """Letter of a state; an offer that nobody confirmed bears a question mark."""
    if state == "lapsed":
        return letter_of("offered", lang) + "?"
    return text(f"corridors.calendar.letter.{state}", lang)


def _asked(sheet: Sheet, box: Box, _: float) -> None:
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.5, dashes=(2.2, 1.4), z=2)


def _offered(sheet: Sheet, box: Box, share: float) -> None:
    sheet.box(box, fill=tokens.PAPER, z=1.8)
    low = _filled(box, share)
    sheet.box(low, fill=PALE, edge=tokens.PATROL, width_pt=0.4, hatch="//////", z=2)
    sheet.box(box, edge=tokens.PATROL, width_pt=1.6, z=3)


def _lapsed(sheet: Sheet, box: Box, share: float) -> None:
    sheet.box(box, fill=tokens.PAPER, z=1.8)
    low = _filled(box, share)
    sheet.box(low, fill=tokens.PAPER, edge=tokens.PATROL, width_pt=0.4, hatch="///", z=2)
    sheet.box(box, edge=tokens.PATROL, width_pt=1.2, z=3)


def _confirmed(sheet: Sheet, box: Box, share: float) -> None:
    sheet.box(box, fill=tokens.PAPER, z=1.8)
    sheet.box(_filled(box, share), fill=tokens.PATROL, z=2)
    sheet.box(box, edge=tokens.PATROL, width_pt=1.6, z=3)


def _before(sheet: Sheet, box: Box, share: float) -> None:
    sheet.box(box, fill=tokens.PAPER, z=1.8)
    sheet.box(_filled(box, share), fill=PALE, z=2)
    sheet.box(box, edge=tokens.PATROL, width_pt=1.4, dashes=(2.2, 1.4), z=3)


def _refused(sheet: Sheet, box: Box, _: float) -> None:
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=2.4, z=2)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    reach = min(box.width, box.height) / 2 - 0.5
    for near, far in ((0.5, 1.0), (-1.0, -0.5)):
        ends = [(x + part * reach, y - part * reach) for part in (near, far)]
        sheet.line(ends, width_pt=1.1, z=3)


_DRAWN = {
    "asked": _asked,
    "offered": _offered,
    "lapsed": _lapsed,
    "confirmed": _confirmed,
    "before": _before,
    "refused": _refused,
}


def _filled(box: Box, share: float) -> Box:
    """Lower part of a bin."""
    top = box.bottom - min(max(share, 0.08), 1.0) * box.height
    return Box(left=box.left, right=box.right, top=top, bottom=box.bottom)


def _draw_ground(sheet: Sheet, box: Box, width_mm: float, face: Face) -> None:
    """White ground on which a letter is read over the pattern."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    half, high = min(width_mm / 2 + 0.35, box.width / 2 - 0.3), face.size_mm * 0.55
    ground = Box(left=x - half, right=x + half, top=y - high, bottom=y + high)
    sheet.box(ground, fill=tokens.PAPER, z=4)
