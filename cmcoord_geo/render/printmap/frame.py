"""Frame of the sheet: title, audience, EXERCISE, cut-off and expiry, disclaimer, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import dates, tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.faces import Face
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import FrameView, SourceView

#: Millimetres on A3.
HEAD_MM, FOOT_MM, SOURCES_MM = 16.0, 10.2, 8.8
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


def source_line(source: SourceView, lang: Lang) -> str:
    """Name and licence of a source and what it gave; what it gave alone where that names both already."""
    told = source.said[lang]
    is_named = all(word in source.said.en for word in (source.name, source.licence))
    return told if is_named else f"{source.name} ({source.licence}): {told}"


def draw_frame(sheet: Sheet, frame: FrameView, lang: Lang, credit: Sequence[str]) -> None:
    """Draw all that stands around the map; ``credit`` names the sources of the base map."""
    named = [source_line(source, lang) for source in frame.sources]
    draw_around(sheet, frame, lang, [*named, *credit, frame.prefectures_note[lang]])
    sheet.box(map_box(sheet), edge=tokens.INK, width_pt=0.9, z=20)


def draw_around(sheet: Sheet, frame: FrameView, lang: Lang, sources: Sequence[str]) -> None:
    """Draw head and foot of a sheet, with the sources that it names."""
    with sheet.inside("head"):
        _draw_head(sheet, frame, lang)
    with sheet.inside("foot"):
        _draw_sources(sheet, lang, sources)
        _draw_foot(sheet, frame, lang)


def _write_in(
    sheet: Sheet,
    string: str,
    box: Box,
    face: Face,
    *,
    lines: int = 1,
    floor: float = 0.6,
    align: Literal["left", "center", "right"] = "left",
) -> None:
    """Write a text into a box, its lines centred on the box's middle."""
    fitted = fit(string, face, box.width, lines=lines, floor=floor)
    step = fitted.face.line_mm
    first = (box.top + box.bottom) / 2 - step * (len(fitted.lines) - 1) / 2
    x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
    for i, line in enumerate(fitted.lines):
        sheet.write(
            line, x, first + i * step, fitted.face, align=align, column=(box.left, box.right), z=10
        )


def _draw_head(sheet: Sheet, frame: FrameView, lang: Lang) -> None:
    k, margin = sheet.scale, sheet.paper.margin_mm
    end = right = sheet.paper.width_mm - margin
    bottom = margin + BOX_HIGH_MM * k
    if frame.is_exercise:
        box = Box(left=right - EXERCISE_MM * k, right=right, top=margin, bottom=bottom)
        _draw_exercise(sheet, box, text("word.exercise", lang))
        right = box.left - GAP_MM * k
    audience = Box(left=right - AUDIENCE_MM * k, right=right, top=margin, bottom=bottom)
    _draw_audience(sheet, audience, frame, lang)
    title = Box(
        left=margin, right=audience.left - 2 * GAP_MM * k, top=margin, bottom=margin + 9 * k
    )
    _write_in(sheet, frame.title[lang], title, sheet.face(tokens.TITLE_PT, is_bold=True))
    below = Box(left=title.left, right=title.right, top=title.bottom, bottom=bottom)
    face = sheet.face(tokens.SUBTITLE_PT, color=tokens.SECOND)
    _write_in(sheet, frame.subtitle[lang], below, face)
    y = bottom + 1.6 * k
    sheet.line([(margin, y), (end, y)], width_pt=0.9)


def _draw_exercise(sheet: Sheet, box: Box, word: str) -> None:
    """Box with hatched ends: it must be seen in a photocopy of a photocopy."""
    end = 3.2 * sheet.scale
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.6, z=8)
    for left in (box.left, box.right - end):
        hatched = Box(left=left, right=left + end, top=box.top, bottom=box.bottom)
        sheet.box(hatched, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.7, hatch="/////", z=9)
    inner = Box(
        left=box.left + end + 0.5, right=box.right - end - 0.5, top=box.top, bottom=box.bottom
    )
    _write_in(sheet, word, inner, sheet.face(12.5, is_bold=True), align="center")


def _draw_audience(sheet: Sheet, box: Box, frame: FrameView, lang: Lang) -> None:
    pad, split = 1.8 * sheet.scale, box.top + box.height * 0.4
    sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=1.0, z=3)
    head = Box(left=box.left, right=box.right, top=box.top, bottom=split)
    sheet.box(head, fill=tokens.INK, edge=tokens.INK, width_pt=1.0, z=3.1)
    title = text("print.audience", lang, name=frame.audience_name[lang])
    upper = Box(left=box.left + pad, right=box.right - pad, top=box.top, bottom=split)
    _write_in(sheet, title, upper, sheet.face(7.6, is_bold=True, color=tokens.PAPER))
    lower = Box(left=upper.left, right=upper.right, top=split, bottom=box.bottom)
    _write_in(sheet, frame.audience_note[lang], lower, sheet.face(6.9), lines=2)


def _draw_sources(sheet: Sheet, lang: Lang, sources: Sequence[str]) -> None:
    margin, top = sheet.paper.margin_mm, map_box(sheet).bottom
    joined = " · ".join(sources)
    box = Box(
        left=margin,
        right=sheet.paper.width_mm - margin,
        top=top,
        bottom=top + SOURCES_MM * sheet.scale,
    )
    face = sheet.face(6.2, color=tokens.SECOND)
    _write_in(sheet, text("print.sources", lang, sources=joined), box, face, lines=3, floor=0.78)


def _draw_foot(sheet: Sheet, frame: FrameView, lang: Lang) -> None:
    margin, k = sheet.paper.margin_mm, sheet.scale
    bottom, right = sheet.paper.height_mm - margin, sheet.paper.width_mm - margin
    top = bottom - FOOT_MM * k
    sheet.line([(margin, top), (right, top)], width_pt=0.9)
    face, bold = (sheet.face(tokens.FOOT_PT, is_bold=is_bold) for is_bold in (False, True))
    middle, split = (top + bottom) / 2, margin + (right - margin) * 0.4
    cut_off = text("print.cut_off", lang, moment=dates.stamp(frame.as_of, lang))
    _write_in(sheet, cut_off, Box(left=margin, right=split, top=top, bottom=middle), face)
    expiry = text("print.expiry", lang, moment=dates.stamp(frame.expires_at, lang))
    _write_in(sheet, expiry, Box(left=margin, right=split, top=middle, bottom=bottom), bold)
    box = Box(left=split + 4 * k, right=right, top=top, bottom=bottom)
    _write_in(sheet, frame.disclaimer[lang], box, bold, lines=2, align="right")
