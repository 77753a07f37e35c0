"""Where days, bins, rows, legend and notes of the calendar stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.typeset import wrap
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.corridor_views import CalendarRowView, CalendarView, SlotView

#: Millimetres.
LABELS_MM, PRIORITY_MM, COUNT_MM, HEAD_MM, MARKS_MM, LEGEND_MM = 60.0, 10.0, 20.0, 13.0, 6.0, 12.0
DAY_GAP_MM = 1.4
ROW_MM = (7.0, 11.0)
NOTE_PT = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    What is drawn, and where.

    Attributes
    ----------
    rows : tuple of CalendarRowView
        Those that fit: by priority, the others are counted.
    left_rows : int
    days : tuple of datetime
        Midnights in Bangui.
    """

    inner: Box
    rows: tuple[CalendarRowView, ...]
    left_rows: int
    days: tuple[datetime, ...]
    grid_left: float
    grid_right: float
    rows_top: float
    row_mm: float
    notes: tuple[str, ...]
    bins: int
    first_h: int
    bin_h: int

    @property
    def rows_bottom(self) -> float:
        """Lower edge of the last row."""
        return self.rows_top + self.row_mm * len(self.rows)

    @property
    def day_mm(self) -> float:
        """Width of a day, with the gap after it."""
        return (self.grid_right - self.grid_left + DAY_GAP_MM) / len(self.days)

    @property
    def bin_mm(self) -> float:
        """Width of a bin."""
        return (self.day_mm - DAY_GAP_MM) / self.bins

    def row(self, number: int) -> tuple[float, float]:
        """Upper and lower edge of a row."""
        top = self.rows_top + number * self.row_mm
        return top, top + self.row_mm

    def day_left(self, number: int) -> float:
        """Left edge of a day."""
        return self.grid_left + number * self.day_mm

    def x_of(self, moment: datetime) -> float:
        """
        Where a moment stands across the grid; one at night at the nearer edge of the day.

        A moment outside the days stands at the edge of the grid.
        """
        local = moment.astimezone(BANGUI)
        day = (local.date() - self.days[0].date()).days
        if day < 0 or day >= len(self.days):
            return self.grid_left if day < 0 else self.grid_right
        hours = local.hour + local.minute / 60 - self.first_h
        share = min(max(hours / (self.bins * self.bin_h), 0.0), 1.0)
        return self.day_left(day) + share * (self.day_mm - DAY_GAP_MM)

    def column(self, slot: SlotView) -> tuple[int, int] | None:
        """Day and bin of a slot; None for one at night, which has no column."""
        local = slot.start.astimezone(BANGUI)
        day = (local.date() - self.days[0].date()).days
        number = (local.hour - self.first_h) // self.bin_h
        is_there = 0 <= day < len(self.days) and 0 <= number < self.bins
        return (day, number) if is_there else None


def note_face() -> Face:
    """Face of the notes."""
    return Face(size_pt=NOTE_PT)


def lay_out(sheet: Sheet, calendar: CalendarView, lang: Lang) -> Layout:
    """Choose what fits on the sheet, and its measures."""
    around = map_box(sheet)
    inner = Box(left=around.left, right=around.right, top=around.top + 1.0, bottom=around.bottom)
    rows_top = inner.top + HEAD_MM
    week = calendar.frame.week
    count = max(1, (week.end - week.start).days)
    fixed = MARKS_MM + LEGEND_MM
    notes = _notes(calendar, 0, lang, inner.width)
    free = inner.bottom - rows_top - fixed - (len(notes) + 1) * note_face().line_mm - 2.0
    most = max(1, int(free / ROW_MM[0]))
    rows = calendar.rows[:most]
    left_rows = len(calendar.rows) - len(rows)
    return Layout(
        inner=inner,
        rows=rows,
        left_rows=left_rows,
        days=tuple(week.start + timedelta(days=i) for i in range(count)),
        grid_left=inner.left + LABELS_MM + PRIORITY_MM,
        grid_right=inner.right - COUNT_MM,
        rows_top=rows_top,
        row_mm=min(free / max(len(rows), 1), ROW_MM[1]),
        notes=_notes(calendar, left_rows, lang, inner.width),
        bins=max(1, (calendar.last_h - calendar.first_h) // calendar.bin_h),
        first_h=calendar.first_h,
        bin_h=calendar.bin_h,
    )


def _notes(calendar: CalendarView, left_rows: int, lang: Lang, width_mm: float) -> tuple[str, ...]:
    paragraphs = [text("corridors.calendar.rows_more", lang, n=left_rows)] if left_rows else []
    paragraphs += [note[lang] for note in calendar.notes]
    return tuple(line for words in paragraphs for line in wrap(words, note_face(), width_mm))
