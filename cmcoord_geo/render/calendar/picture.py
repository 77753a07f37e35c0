"""The whole sheet: frame, grid, legend and notes, as PNG or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.calendar.foot import draw_foot_notes
from cmcoord_geo.render.calendar.grid import draw_grid
from cmcoord_geo.render.calendar.layout import lay_out
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.calendar.layout import Layout
    from cmcoord_geo.sharing.corridor_views import CalendarView


def build_calendar(
    calendar: CalendarView, *, lang: Lang = "fr", dpi: int = 200, as_pdf: bool = False
) -> bytes:
    """
    Draw the calendar of corridors on a sheet of A4, landscape.

    Parameters
    ----------
    calendar : CalendarView
        What one audience may see; nothing else reaches the drawing.
    lang : {"fr", "en"}
    dpi : int
        Dots per inch.
    as_pdf : bool
        PDF instead of PNG.

    Returns
    -------
    bytes
        Without author or time; the same calendar gives the same bytes.
    """
    with plain_style():
        sheet, _ = draw_calendar(calendar, lang=lang, dpi=dpi)
        return sheet.pdf() if as_pdf else to_png(sheet.pixels(), dpi=dpi)


def draw_calendar(calendar: CalendarView, *, lang: Lang, dpi: int = 200) -> tuple[Sheet, Layout]:
    """Draw a calendar and return the sheet and its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    frame.draw_around(sheet, calendar.frame, lang, [text("corridors.calendar.source", lang)])
    layout = lay_out(sheet, calendar, lang)
    draw_grid(sheet, layout, calendar, lang)
    draw_foot_notes(sheet, layout, calendar, lang)
    return sheet, layout
