"""Headings and lines of text on the sheet, each fitted to its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from typing import Literal

    from cmcoord_geo.render.printmap.boxes import Box
    from cmcoord_geo.render.printmap.sheet import Sheet

BADGE_MM, INDENT_MM = 3.1, 8.6
HEAD = Face(size_pt=11.2, is_bold=True)
NOTE = Face(size_pt=8.4, color=tokens.SECOND)
LABEL = Face(size_pt=7.6)
TICK = Face(size_pt=7.2)
#: Colour of what the method named, and of the wider choice.
NAMED, WIDE, CHANCE = tokens.HUMANITARIAN, "#80b8d8", tokens.RULE


def draw_heading(sheet: Sheet, box: Box, number: str, title: str, note: str = "") -> float:
    """Draw a number in a black disc, a title, and a note below it; the height at which they end."""
    left, y = box.left + INDENT_MM, box.top + BADGE_MM
    sheet.circle(box.left + BADGE_MM, y, BADGE_MM, fill=tokens.INK, z=2)
    face = Face(size_pt=11.0, is_bold=True, color=tokens.PAPER)
    sheet.write(number, box.left + BADGE_MM, y, face, align="center")
    write_line(sheet, title, left, y, HEAD, right=box.right)
    if not note:
        return y + BADGE_MM + 1.5
    write_line(sheet, note, left, y + 5.4, NOTE, right=box.right)
    return y + 5.4 + NOTE.line_mm


def write_line(
    sheet: Sheet,
    words: str,
    left: float,
    y: float,
    face: Face,
    *,
    right: float,
    align: Literal["left", "center", "right"] = "left",
) -> Box:
    """Write one line that keeps to its column, smaller where it must be."""
    fitted = fit(words, face, right - left, floor=0.72)
    x = {"left": left, "center": (left + right) / 2, "right": right}[align]
    return sheet.write(fitted.lines[0], x, y, fitted.face, align=align, column=(left, right))


def write_paragraph(
    sheet: Sheet, words: str, left: float, top: float, face: Face, *, right: float, lines: int = 2
) -> float:
    """Write a text in several lines from a height on; the height at which it ends."""
    fitted = fit(words, face, right - left, lines=lines, floor=0.72)
    y = top + fitted.face.line_mm / 2
    for line in fitted.lines:
        sheet.write(line, left, y, fitted.face, column=(left, right))
        y += fitted.face.line_mm
    return top + fitted.height_mm
