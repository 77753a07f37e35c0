"""Where the rows of days, the column of offers, legend and notes stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.departure_runs import Run, runs_of
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.typeset import fit
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted
    from cmcoord_geo.sharing.departure_views import OptionDeparturesView

#: Millimetres: names of the days, offers at the right, hours above, gap between rows, a row of the legend.
DAYS_MM, OFFERS_MM, HOURS_MM, GAP_MM, KEY_MM = 27.0, 62.0, 10.0, 1.2, 5.4
MOST_ROW_MM = 19.0
#: Rows of the legend, and lines of each note.
KEY_ROWS, NOTE_LINES, NOTE_PT = 2, 2, 6.8
#: Hours that the strip shows whatever the sun does.
FIRST_H, LAST_H = 5, 18
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    Boxes of the sheet.

    Attributes
    ----------
    grid : Box
        Rows of days.
    row_mm : float
    days : tuple of tuple of Run
    first_h, last_h : int
        Hours of the day between which departures are shown.
    offers : Box
    keys_top : float
    notes : tuple of Fitted
    notes_top : float
    """

    inner: Box
    grid: Box
    row_mm: float
    days: tuple[tuple[Run, ...], ...]
    first_h: int
    last_h: int
    offers: Box
    keys_top: float
    notes: tuple[Fitted, ...]
    notes_top: float

    def x_of(self, moment: datetime) -> float:
        """Place of an hour of the day, within the grid."""
        local = moment.astimezone(BANGUI)
        return self.x_at(local.hour + local.minute / 60)

    def x_at(self, hours: float) -> float:
        """Place of so many hours after midnight, within the grid."""
        share = (hours - self.first_h) / (self.last_h - self.first_h)
        return self.grid.left + min(max(share, 0.0), 1.0) * self.grid.width

    def row(self, day: int) -> tuple[float, float]:
        """Top and bottom of a day."""
        top = self.grid.top + day * self.row_mm
        return top, top + self.row_mm - GAP_MM


def lay_out(sheet: Sheet, option: OptionDeparturesView, lang: Lang) -> Layout:
    """Measure notes and share out the rest among the days."""
    room = map_box(sheet)
    inner = Box(left=room.left, right=room.right, top=room.top + 1.0, bottom=room.bottom)
    face = Face(size_pt=NOTE_PT)
    words = [
        option.answer[lang],
        text("departures.text.patrol_note", lang),
        *(note[lang] for note in option.notes),
    ]
    notes = tuple(fit(note, face, inner.width, lines=NOTE_LINES, floor=0.85) for note in words)
    notes_top = inner.bottom - sum(note.height_mm for note in notes) - 0.6
    keys_top = notes_top - KEY_ROWS * KEY_MM - 1.6
    days = runs_of(option)
    top = inner.top + HOURS_MM
    row_mm = min((keys_top - 2.0 - top) / len(days), MOST_ROW_MM)
    grid = Box(
        left=inner.left + DAYS_MM,
        right=inner.right - OFFERS_MM - 5.0,
        top=top,
        bottom=top + row_mm * len(days),
    )
    first_h = min(FIRST_H, *(day.sunrise.astimezone(BANGUI).hour for day in option.days))
    last_h = max(LAST_H, *((day.sunset + _HOUR).astimezone(BANGUI).hour for day in option.days))
    offers = Box(
        left=inner.right - OFFERS_MM, right=inner.right, top=inner.top + 1.0, bottom=keys_top - 1.0
    )
    return Layout(
        inner=inner, grid=grid, row_mm=row_mm, days=days, first_h=first_h, last_h=last_h,
        offers=offers, keys_top=keys_top, notes=notes, notes_top=notes_top,
    )  # fmt: skip
