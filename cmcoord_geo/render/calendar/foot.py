"""Legend, sums and notes under the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.calendar.cells import STATES, draw_cell
from cmcoord_geo.render.calendar.layout import LEGEND_MM, MARKS_MM, note_face
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.calendar.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.corridor_views import CalendarView

SAMPLE_MM = 6.4


def draw_foot_notes(sheet: Sheet, layout: Layout, calendar: CalendarView, lang: Lang) -> None:
    """Draw the legend in one row, the sums and the notes below it."""
    top = max(layout.rows_bottom, layout.rows_top + 10.0) + MARKS_MM
    with sheet.inside("legend"):
        _draw_legend(sheet, layout, top, lang)
    with sheet.inside("notes"):
        face = note_face()
        y = top + LEGEND_MM + face.line_mm / 2
        bold = Face(size_pt=face.size_pt + 0.8, is_bold=True)
        column = (layout.inner.left, layout.inner.right)
        sums = fit(_sums(calendar, lang), bold, layout.inner.width, floor=0.8)
        sheet.write(sums.lines[0], layout.inner.left, y, sums.face, column=column)
        for line in layout.notes:
            y += face.line_mm
            sheet.write(line, layout.inner.left, y, face, column=column)


def _draw_legend(sheet: Sheet, layout: Layout, top: float, lang: Lang) -> None:
    """Each state with what it means, in columns of one width."""
    width = layout.inner.width / (len(STATES) + 1)
    for number, state in enumerate((*STATES, "nothing_asked")):
        left = layout.inner.left + number * width
        box = Box(left=left, right=left + SAMPLE_MM, top=top + 1.0, bottom=top + 1.0 + SAMPLE_MM)
        if state == "nothing_asked":
            sheet.box(box, fill=tokens.BAND, z=1)
        else:
            draw_cell(sheet, box, state, 1.0, lang)
        x, right = box.right + 1.4, left + width - 1.0
        for key, face, y in (
            ("name", Face(size_pt=7.8, is_bold=True), box.top + 1.6),
            ("means", Face(size_pt=6.6, color=tokens.SECOND), box.bottom - 1.4),
        ):
            words = text(f"corridors.calendar.{state}.{key}", lang)
            fitted = fit(words, face, right - x, floor=0.75)
            sheet.write(fitted.lines[0], x, y, fitted.face, column=(x, right))


def _sums(calendar: CalendarView, lang: Lang) -> str:
    """How many bins were asked for, what came of them, and how many are offered at other hours."""
    counts = {state: sum(row.count(state) for row in calendar.rows) for state in STATES}
    told = text(
        "corridors.calendar.sums", lang, n=sum(row.asked for row in calendar.rows), **counts
    )
    beside = sum(
        not slot.is_asked and slot.state in {"offered", "confirmed"}
        for row in calendar.rows
        for slot in row.slots
    )
    return told + text("corridors.calendar.beside", lang, n=beside) if beside else told
