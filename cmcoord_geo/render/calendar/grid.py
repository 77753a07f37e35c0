"""Days, rows and bins of the calendar, with the cut-off and the expiry across them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.calendar.cells import draw_cell
from cmcoord_geo.render.calendar.layout import (
    COUNT_MM,
    DAY_GAP_MM,
    HEAD_MM,
    LABELS_MM,
    MARKS_MM,
    PRIORITY_MM,
)
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.typeset import fit
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Literal

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.calendar.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.corridor_views import CalendarRowView, CalendarView

SMALL = Face(size_pt=6.6, color=tokens.SECOND)
_NAME = Face(size_pt=8.2, is_bold=True)
#: Names of the corridors: what is said by radio, and what an answer bears.
NAMES_MM = 15.0


def draw_grid(sheet: Sheet, layout: Layout, calendar: CalendarView, lang: Lang) -> None:
    """Draw the grid: head, rows, bins, and the two moments that divide them."""
    with sheet.inside("heads"):
        _draw_heads(sheet, layout, lang)
    for number, row in enumerate(layout.rows):
        with sheet.inside("rows"):
            _draw_row(sheet, layout, number, row, lang)
        with sheet.inside("cells"):
            _draw_cells(sheet, layout, number, row, lang)
    if not layout.rows:
        words = text("corridors.calendar.nothing", lang)
        face = Face(size_pt=9.0, is_italic=True)
        sheet.write(words, layout.grid_left, layout.rows_top + 6.0, face)
    with sheet.inside("moments"):
        _draw_moments(sheet, layout, calendar, lang)


def _write(
    sheet: Sheet,
    words: str,
    box: Box,
    face: Face,
    align: Literal["left", "center", "right"] = "left",
) -> None:
    """One fitted line in the middle of a box."""
    fitted = fit(words, face, box.width, floor=0.75)
    x = {"left": box.left, "center": (box.left + box.right) / 2, "right": box.right}[align]
    y = (box.top + box.bottom) / 2
    sheet.write(fitted.lines[0], x, y, fitted.face, align=align, column=(box.left, box.right), z=6)


def _draw_heads(sheet: Sheet, layout: Layout, lang: Lang) -> None:
    top, bottom = layout.rows_top - HEAD_MM, layout.rows_top
    middle = bottom - 4.2
    for number, day in enumerate(layout.days):
        left = layout.day_left(number)
        right = left + layout.day_mm - DAY_GAP_MM
        box = Box(left=left, right=right, top=top + 3.0, bottom=middle - 0.8)
        words = said_day(day)[lang]
        _write(sheet, words, box, Face(size_pt=8.8, is_bold=True), "center")
        sheet.line([(left, middle), (right, middle)], width_pt=1.0, z=2)
        for one in range(layout.bins):
            x = left + one * layout.bin_mm
            hour = f"{layout.first_h + one * layout.bin_h}"
            cell = Box(left=x, right=x + layout.bin_mm, top=middle + 0.4, bottom=bottom - 0.6)
            _write(sheet, hour, cell, SMALL)
    low = Box(
        left=layout.inner.left, right=layout.inner.left + LABELS_MM, top=middle, bottom=bottom
    )
    _write(sheet, text("corridors.calendar.corridor", lang), low, SMALL)
    left = layout.inner.left + LABELS_MM
    box = Box(left=left, right=left + PRIORITY_MM - 1.5, top=middle, bottom=bottom)
    _write(sheet, text("corridors.calendar.priority", lang), box, SMALL, "right")
    for line, edges in (("confirmed", (middle - 3.6, middle)), ("asked", (middle, bottom))):
        box = Box(
            left=layout.inner.right - COUNT_MM + 2.0,
            right=layout.inner.right,
            top=edges[0],
            bottom=edges[1],
        )
        _write(sheet, text(f"corridors.calendar.head_{line}", lang), box, SMALL, "right")


def _draw_row(sheet: Sheet, layout: Layout, number: int, row: CalendarRowView, lang: Lang) -> None:
    top, bottom = layout.row(number)
    inner, half = layout.inner, (bottom - top) / 2
    if number % 2 == 0:
        band = Box(left=inner.left, right=inner.right, top=top, bottom=bottom)
        sheet.box(band, fill="#f8f8f8", z=0.5)
    right = inner.left + LABELS_MM
    left = inner.left + NAMES_MM
    upper = Box(left=left, right=right, top=top + 0.5, bottom=top + half)
    lower = Box(left=left, right=right, top=top + half, bottom=bottom - 0.5)
    _write(sheet, f"{row.first[lang]} → {row.last[lang]}", upper, Face(size_pt=8.2))
    first, *others = row.corridor_ids
    names = replace(upper, left=inner.left + 0.8, right=left - 0.8)
    _write(sheet, first, names if others else replace(names, bottom=bottom), _NAME)
    if others:
        _write(sheet, " ".join(others), replace(names, top=lower.top, bottom=lower.bottom), _NAME)
    words = text(
        "corridors.calendar.label",
        lang,
        road=f"{row.road} · " if row.road else "",
        km=row.km,
        presence=", ".join(kind[lang] for kind in row.presence),
    )
    _write(sheet, words, lower, SMALL)
    box = Box(left=right, right=right + PRIORITY_MM - 1.5, top=top, bottom=bottom)
    _write(sheet, str(row.priority), box, Face(size_pt=9.0, is_bold=True), "right")
    box = Box(left=inner.right - COUNT_MM + 2.0, right=inner.right - 0.8, top=top, bottom=bottom)
    counted = f"{row.count('confirmed')} / {row.asked}"
    _write(sheet, counted, box, Face(size_pt=9.0, is_bold=True), "right")


def _draw_cells(
    sheet: Sheet, layout: Layout, number: int, row: CalendarRowView, lang: Lang
) -> None:
    top, bottom = layout.row(number)
    shown = {layout.column(slot): slot for slot in row.slots}
    for day in range(len(layout.days)):
        for one in range(layout.bins):
            left = layout.day_left(day) + one * layout.bin_mm
            box = Box(
                left=left + 0.25,
                right=left + layout.bin_mm - 0.25,
                top=top + 0.5,
                bottom=bottom - 0.5,
            )
            slot = shown.get((day, one))
            if slot is None:
                sheet.box(box, fill=tokens.BAND, z=1)
            else:
                draw_cell(sheet, box, slot.state, slot.share, lang)


def _draw_moments(sheet: Sheet, layout: Layout, calendar: CalendarView, lang: Lang) -> None:
    """Cut-off as a thick line, expiry as a dashed one, each with what it divides."""
    frame = calendar.frame
    bottom = max(layout.rows_bottom, layout.rows_top + 10.0)
    y = bottom + MARKS_MM / 2
    face = Face(size_pt=7.0, is_bold=True)
    week = frame.week
    if week.start <= frame.as_of < week.end:
        x = layout.x_of(frame.as_of)
        sheet.line([(x, layout.rows_top - 5.0), (x, bottom + 1.2)], width_pt=1.8, z=8)
        past, ahead = (text(f"corridors.calendar.{key}", lang) for key in ("past", "ahead"))
        sheet.write(past, x - 1.2, y, face, align="right", z=8)
        sheet.write(ahead, x + 1.2, y, face, z=8)
    if week.start < frame.expires_at < week.end:
        x = layout.x_of(frame.expires_at)
        ends = [(x, layout.rows_top - 5.0), (x, bottom + 1.2)]
        sheet.line(ends, width_pt=1.4, dashes=(3.0, 2.0), z=8)
        words = text("corridors.calendar.expired", lang, moment=_moment(frame.expires_at, lang))
        align: Literal["left", "right"] = "right" if x > layout.grid_right - 40 else "left"
        sheet.write(words, x + (-1.2 if align == "right" else 1.2), y, face, align=align, z=8)


def _moment(moment: datetime, lang: Lang) -> str:
    return f"{said_day(moment)[lang]} {moment.astimezone(BANGUI):%H:%M}"
