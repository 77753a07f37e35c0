"""Hours above, a row for each day, and what is written into its blocks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.heatstrip.cells import LOOKS, MARK_PT, draw_block, look_name
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.typeset import fit
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.departure_runs import Run
    from cmcoord_geo.render.heatstrip.layout import Layout
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.departure_views import DayView, OptionDeparturesView

SLOT = timedelta(minutes=15)
SMALL_PT, WORDS_PT, HOUR_PT, DAY_PT = 6.0, 6.8, 7.6, 8.2
#: Millimetres: a block narrower than this says nothing, and one narrower than that no reason.
LEAST_MM, REASON_MM = 3.0, 15.0


def draw_grid(sheet: Sheet, layout: Layout, option: OptionDeparturesView, lang: Lang) -> None:
    """Draw hours and rows."""
    with sheet.inside("hours"):
        _draw_hours(sheet, layout, lang)
    for i, (runs, day) in enumerate(zip(layout.days, option.days, strict=True)):
        with sheet.inside("day"):
            _draw_day(sheet, layout, option, i, lang)
        with sheet.inside("blocks"):
            for run in runs:
                _draw_run(sheet, layout, option, i, run, lang)
            _draw_sun(sheet, layout, i, day)
            _write_night(sheet, layout, i, day, lang)
    _draw_patrols(sheet, layout, option)


def _draw_hours(sheet: Sheet, layout: Layout, lang: Lang) -> None:
    grid, face = layout.grid, Face(size_pt=HOUR_PT)
    y = grid.top - 4.2
    for hour in range(layout.first_h, layout.last_h + 1):
        x = layout.x_at(hour)
        sheet.write(f"{hour}:00", x, y, face, align="center")
        sheet.line([(x, grid.top - 1.6), (x, grid.top - 0.2)], width_pt=0.7)
    second = Face(size_pt=SMALL_PT, color=tokens.SECOND)
    words = text("departures.strip.leave_at", lang)
    sheet.write(words, grid.left - 4.5, y, second, align="right")


def _draw_day(
    sheet: Sheet, layout: Layout, option: OptionDeparturesView, i: int, lang: Lang
) -> None:
    top, bottom = layout.row(i)
    right = layout.grid.left - 2.0
    slots = [option.slots[place] for place in (layout.days[i][0].first, layout.days[i][-1].last)]
    is_stale = slots[0].is_stale
    color = tokens.SECOND if is_stale else tokens.INK
    words = said_day(option.days[i].day)[lang]
    middle = (top + bottom) / 2
    face = Face(size_pt=DAY_PT, is_bold=not is_stale, color=color)
    sheet.write(words, right, middle - (1.3 if is_stale else 0), face, align="right")
    if is_stale:
        small = Face(size_pt=SMALL_PT, is_italic=True, color=tokens.SECOND)
        sheet.write(text("departures.strip.stale", lang), right, middle + 2.0, small, align="right")


def _box_of(layout: Layout, option: OptionDeparturesView, i: int, run: Run) -> Box:
    top, bottom = layout.row(i)
    first, last = (option.slots[place].depart.astimezone(BANGUI) for place in (run.first, run.last))
    end = last + SLOT
    right = layout.x_of(end) if end.date() == last.date() else layout.grid.right
    return Box(left=layout.x_of(first), right=right, top=top, bottom=bottom)


def _draw_run(
    sheet: Sheet, layout: Layout, option: OptionDeparturesView, i: int, run: Run, lang: Lang
) -> None:
    box = _box_of(layout, option, i, run)
    if box.width <= 0:
        return
    name = look_name(run.kind, run.cover)
    stale = [place for place in range(run.first, run.last + 1) if option.slots[place].is_stale]
    draw_block(sheet, box, name)
    if stale:
        left = layout.x_of(option.slots[stale[0]].depart)
        part = Box(left=max(left, box.left), right=box.right, top=box.top, bottom=box.bottom)
        draw_block(sheet, part, name, is_stale=True)
    if run.kind in {"in", "meets", "announced"}:
        _draw_figures(sheet, beside_offers(layout, option, box, run), option, run, lang)
    elif run.kind != "night":
        reason = "" if run.reason is None else option.reasons[run.reason].said[lang]
        _draw_words(sheet, box, f"{LOOKS[name].mark} {reason}".strip(), name)


def beside_offers(layout: Layout, option: OptionDeparturesView, box: Box, run: Run) -> Box:
    """Widest part of a block on which no offered slot is framed."""
    starts = sorted(
        option.slots[offer.slot].depart.astimezone(BANGUI)
        for offer in option.offered
        if run.first <= offer.slot <= run.last
    )
    lefts = [box.left, *(layout.x_of(start + SLOT) for start in starts)]
    rights = [*(layout.x_of(start) for start in starts), box.right]
    width, left = max((right - left, -left) for left, right in zip(lefts, rights, strict=True))
    return Box(left=-left, right=width - left, top=box.top, bottom=box.bottom)


def _draw_figures(
    sheet: Sheet, box: Box, option: OptionDeparturesView, run: Run, lang: Lang
) -> None:
    """Class of cover, and below it the hours of arrival where they fit."""
    look = LOOKS[look_name(run.kind, run.cover)]
    if box.width < LEAST_MM:
        return
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    arrival = text("departures.strip.arrival", lang, hours=_arrival(option, run))
    small = Face(size_pt=SMALL_PT, color=look.words)
    has_room = text_width_mm(arrival, small) < box.width - 0.8
    face = Face(size_pt=min(MARK_PT, box.height * 1.3), is_bold=True, color=look.words)
    if not has_room:
        _write_on(sheet, look.mark, x, y, face, look.hatch)
        return
    if box.height > 6.5:
        _write_on(sheet, look.mark, x, y - 1.6, face, look.hatch)
        _write_on(sheet, arrival, x, y + 1.9, small, look.hatch)
        return
    _write_on(sheet, f"{look.mark}   {arrival}", x, y, small, look.hatch)


def _arrival(option: OptionDeparturesView, run: Run) -> str:
    """First and last hour of arrival of the slots of a run, widened to whole hours."""
    slots = option.slots[run.first : run.last + 1]
    windows = [slot.arrive for slot in slots if slot.arrive is not None]
    first = min(window.start for window in windows).astimezone(BANGUI)
    last = max(window.end for window in windows).astimezone(BANGUI)
    hour = last.hour + (last.minute > 0)
    days = (last.date() - slots[0].depart.astimezone(BANGUI).date()).days
    return f"{first.hour}–{hour} h" + (f" (+{days})" if days else "")


def _draw_words(sheet: Sheet, box: Box, words: str, name: str) -> None:
    """Reason of a block, in one or two lines where it is wide enough."""
    look = LOOKS[name]
    if box.width < REASON_MM:
        if box.width >= LEAST_MM and look.mark:
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            _write_on(sheet, look.mark, x, y, Face(size_pt=MARK_PT, is_bold=True), look.hatch)
        return
    lines = 2 if box.height > 6.0 else 1
    fitted = fit(words, Face(size_pt=WORDS_PT), box.width - 2.0, lines=lines, floor=0.85)
    x = (box.left + box.right) / 2
    y = (box.top + box.bottom - fitted.height_mm + fitted.face.line_mm) / 2
    for line in fitted.lines:
        _write_on(sheet, line, x, y, fitted.face, look.hatch)
        y += fitted.face.line_mm


def _write_on(sheet: Sheet, words: str, x: float, y: float, face: Face, hatch: str | None) -> None:
    """Write on a block, on white ground where it is hatched."""
    if hatch is not None:
        half = text_width_mm(words, face) / 2 + 0.7
        sheet.box(box_about(x, y, half, face.size_mm * 0.6), fill=tokens.PAPER, z=4)
    sheet.write(words, x, y, face, align="center", z=6)


def _draw_sun(sheet: Sheet, layout: Layout, i: int, day: DayView) -> None:
    """Sunrise at the origin and sunset at the destination."""
    top, bottom = layout.row(i)
    for moment in (day.sunrise, day.sunset):
        x = layout.x_of(moment)
        line = [(x, top - 0.4), (x, bottom + 0.4)]
        sheet.line(line, color="#E69F00", width_pt=2.4, z=7)
        sheet.line(line, width_pt=0.8, z=7.1)


def _write_night(sheet: Sheet, layout: Layout, i: int, day: DayView, lang: Lang) -> None:
    """The word beside the lines of the sun, before the one and after the other, where it has room."""
    top, bottom = layout.row(i)
    words, face = text("departures.strip.night", lang), Face(size_pt=SMALL_PT)
    needed = text_width_mm(words, face) + 1.0
    grid = layout.grid
    for left, right in (
        (grid.left, layout.x_of(day.sunrise)),
        (layout.x_of(day.sunset), grid.right),
    ):
        if right - left >= needed:
            sheet.write(words, (left + right) / 2, (top + bottom) / 2, face, align="center", z=6)


def _draw_patrols(sheet: Sheet, layout: Layout, option: OptionDeparturesView) -> None:
    """A triangle at the hour of each patrol on the way: hollow = offered, full = reported."""
    index = {day.day.astimezone(BANGUI).date(): i for i, day in enumerate(option.days)}
    for patrol in option.patrols:
        i = index.get(patrol.at.astimezone(BANGUI).date())
        if i is not None:
            top, _ = layout.row(i)
            draw_triangle(sheet, layout.x_of(patrol.at), top + 0.3, is_full=patrol.is_confirmed)


def draw_triangle(sheet: Sheet, x: float, y: float, *, is_full: bool) -> None:
    """Mark of a patrol, its point at the bottom."""
    points = [(x - 1.5, y - 1.4), (x + 1.5, y - 1.4), (x, y + 1.3)]
    fill = tokens.PATROL if is_full else tokens.PAPER
    sheet.polygon(points, fill=fill, edge=tokens.PATROL, width_pt=1.6, z=9)
