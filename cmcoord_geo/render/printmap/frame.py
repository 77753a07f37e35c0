"""Frame of the sheet: title, audience, EXERCISE, cut-off and expiry, disclaimer, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import dates, tokens
from cmcoord_geo.render.printmap.sheet import Box
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Face, Sheet
    from cmcoord_geo.sharing.views import FrameView

#: Millimetres on A3.
HEAD_MM, FOOT_MM, SOURCES_MM = 16.0, 10.6, 7.0
EXERCISE_MM, AUDIENCE_MM, BOX_HIGH_MM, GAP_MM = 36.0, 74.0, 12.5, 2.0


def map_box(sheet: Sheet) -> Box:
    """Rectangle that the frame leaves for the map."""
    paper, k = sheet.paper, sheet.scale
    return Box(
        left=paper.margin_mm,
        right=paper.width_mm - paper.margin_mm,
        top=paper.margin_mm + HEAD_MM * k,
        bottom=paper.height_mm - paper.margin_mm - (FOOT_MM + SOURCES_MM) * k,
    )


def draw_frame(sheet: Sheet, frame: FrameView, lang: Lang, credits: Sequence[str]) -> None:
    """Draw all that stands around the map."""
    with sheet.inside("head"):
        _draw_head(sheet, frame, lang)
    with sheet.inside("foot"):
        _draw_sources(sheet, frame, lang, credits)
        _draw_foot(sheet, frame, lang)
    sheet.box(map_box(sheet), edge=tokens.INK, width_pt=0.9, z=20)


def _column(
    sheet: Sheet,
    string: str,
    left: float,
    y: float,
    width: float,
    face: Face,
    *,
    lines: int = 1,
    floor: float = 0.6,
    align: str = "left",
) -> None:
    """Write a text into a column, its lines centred on ``y``."""
    fitted = fit(sheet, string, face, width, lines=lines, floor=floor)
    first = y - fitted.face.line_mm * (len(fitted.lines) - 1) / 2
    x = left + width if align == "right" else left
    for i, line in enumerate(fitted.lines):
        sheet.write(
            line,
            x,
            first + i * fitted.face.line_mm,
            fitted.face,
            align=align,
            column=(left, left + width),
        )


def _draw_head(sheet: Sheet, frame: FrameView, lang: Lang) -> None:
    k, margin, right = (
        sheet.scale,
        sheet.paper.margin_mm,
        sheet.paper.width_mm - sheet.paper.margin_mm,
    )
    if frame.is_exercise:
        box = Box(
            left=right - EXERCISE_MM * k, right=right, top=margin, bottom=margin + BOX_HIGH_MM * k
        )
        _draw_exercise(sheet, box, text("word.exercise", lang))
        right = box.left - GAP_MM * k
    audience = Box(
        left=right - AUDIENCE_MM * k, right=right, top=margin, bottom=margin + BOX_HIGH_MM * k
    )
    _draw_audience(sheet, audience, frame, lang)
    width = audience.left - GAP_MM * 2 * k - margin
    _column(
        sheet,
        frame.title[lang],
        margin,
        margin + 4.6 * k,
        width,
        sheet.face(tokens.TITLE_PT, is_bold=True),
    )
    face = sheet.face(tokens.SUBTITLE_PT, color=tokens.SECOND)
    _column(sheet, frame.subtitle[lang], margin, margin + 10.8 * k, width, face)


def _draw_exercise(sheet: Sheet, box: Box, word: str) -> None:
    """Box with hatched ends: it must be seen in a photocopy of a photocopy."""
    end = 3.2 * sheet.scale
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.6, z=8)
    for left in (box.left, box.right - end):
        hatched = Box(left=left, right=left + end, top=box.top, bottom=box.bottom)
        sheet.box(hatched, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.7, hatch="/////", z=9)
    middle = (box.left + box.right) / 2
    face = fit(sheet, word, sheet.face(12.5, is_bold=True), box.width - 2 * end - 1, floor=0.5).face
    column = (box.left + end, box.right - end)
    sheet.write(word, middle, (box.top + box.bottom) / 2, face, align="center", column=column, z=10)


def _draw_audience(sheet: Sheet, box: Box, frame: FrameView, lang: Lang) -> None:
    k, pad = sheet.scale, 1.8 * sheet.scale
    head = Box(left=box.left, right=box.right, top=box.top, bottom=box.top + box.height * 0.4)
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.0, z=3)
    sheet.box(head, fill=tokens.INK, edge=tokens.INK, width_pt=1.0, z=3.1)
    title = text("print.audience", lang, name=frame.audience_name[lang])
    face = sheet.face(7.6, is_bold=True, color=tokens.PAPER)
    width = box.width - 2 * pad
    _column(sheet, title, box.left + pad, (head.top + head.bottom) / 2, width, face)
    middle = (head.bottom + box.bottom) / 2
    _column(
        sheet, frame.audience_note[lang], box.left + pad, middle, width, sheet.face(6.9), lines=2
    )
    sheet.line(
        [
            (sheet.paper.margin_mm, box.bottom + 1.6 * k),
            (sheet.paper.width_mm - sheet.paper.margin_mm, box.bottom + 1.6 * k),
        ],
        width_pt=0.9,
    )


def _draw_sources(sheet: Sheet, frame: FrameView, lang: Lang, credits: Sequence[str]) -> None:
    margin, k = sheet.paper.margin_mm, sheet.scale
    named = [f"{source.name} ({source.licence}): {source.said[lang]}" for source in frame.sources]
    said = text(
        "print.sources", lang, sources=" · ".join([*named, *credits, frame.prefectures_note[lang]])
    )
    middle = map_box(sheet).bottom + SOURCES_MM * k / 2
    width = sheet.paper.width_mm - 2 * margin
    face = sheet.face(6.2, color=tokens.SECOND)
    _column(sheet, said, margin, middle, width, face, lines=2, floor=0.78)


def _draw_foot(sheet: Sheet, frame: FrameView, lang: Lang) -> None:
    margin, k = sheet.paper.margin_mm, sheet.scale
    top = sheet.paper.height_mm - margin - FOOT_MM * k
    right = sheet.paper.width_mm - margin
    sheet.line([(margin, top), (right, top)], width_pt=0.9)
    face, bold = sheet.face(tokens.FOOT_PT), sheet.face(tokens.FOOT_PT, is_bold=True)
    cut_off = text("print.cut_off", lang, moment=dates.stamp(frame.as_of, lang))
    expiry = text("print.expiry", lang, moment=dates.stamp(frame.expires_at, lang))
    half = (right - margin) * 0.4
    _column(sheet, cut_off, margin, top + 2.9 * k, half, face)
    _column(sheet, expiry, margin, top + 7.2 * k, half, bold)
    left = margin + half + 4 * k
    width = right - left
    _column(sheet, frame.disclaimer[lang], left, top + 5.0 * k, width, bold, lines=2, align="right")
