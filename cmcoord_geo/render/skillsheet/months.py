"""Months as bars: on the roads that were named, or elsewhere; months that were missed are marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import text_width_mm
from cmcoord_geo.render.skillsheet.words import (
    INDENT_MM,
    LABEL,
    NAMED,
    TICK,
    draw_heading,
    write_line,
    write_paragraph,
)

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.skill_views import SkillMonthView, SkillView

#: Months narrower than this have neither outline nor gap; none is wider than the other.
LEAST_OUTLINE_MM, MOST_MM = 1.1, 12.0
_MARK_MM = 1.5


def draw_months(sheet: Sheet, box: Box, view: SkillView, lang: Lang) -> None:
    """Draw the panel."""
    missed = sum(month.is_missed for month in view.months)
    with sheet.inside("months"):
        title = text("skillsheet.months.title", lang)
        if missed:
            busy = _busy(view)
            title = text("skillsheet.months.title_missed", lang, missed=missed, busy=busy)
        y = draw_heading(sheet, box, "2", title)
        _draw_key(sheet, box, y + 1.4, view, lang)
        chart = Box(
            left=box.left + INDENT_MM, right=box.right, top=y + 6.4, bottom=box.bottom - 14.6
        )
        _draw_chart(sheet, chart, view)
        _draw_foot(sheet, box, chart.bottom + 6.4, view, missed, lang)


def _draw_key(sheet: Sheet, box: Box, y: float, view: SkillView, lang: Lang) -> None:
    axis = text("skillsheet.months.axis", lang)
    x = box.left + INDENT_MM
    write_line(sheet, f"↑ {axis}", x, y, LABEL, right=box.right)
    right = box.right
    step = _step(box.width - INDENT_MM, view)
    elsewhere = _elsewhere(is_outlined=step >= LEAST_OUTLINE_MM)
    for key, fill in (("off", elsewhere), ("on", NAMED)):
        words = text(f"skillsheet.months.{key}", lang)
        left = right - text_width_mm(words, LABEL)
        write_line(sheet, words, left, y, LABEL, right=right + 0.1)
        square = Box(left=left - 3.2, right=left - 1.0, top=y - 1.1, bottom=y + 1.1)
        sheet.box(square, fill=fill, edge=tokens.INK, width_pt=0.9, z=2)
        right = square.left - 3.0


def _draw_chart(sheet: Sheet, chart: Box, view: SkillView) -> None:
    most = max(1, *(month.recorded for month in view.months))
    high = (chart.height - 3.0) / most
    for tick in ticks(most):
        y = chart.bottom - tick * high
        sheet.write(f"{tick}", chart.left - 1.2, y, TICK, align="right")
        if tick:
            sheet.line([(chart.left, y), (chart.right, y)], color=tokens.ABROAD, width_pt=0.6, z=1)
    step = _step(chart.width, view)
    gap = 0.1 if step >= LEAST_OUTLINE_MM else 0.0
    for i, month in enumerate(view.months):
        bar = Box(
            left=chart.left + (i + gap) * step,
            right=chart.left + (i + 1 - gap) * step,
            top=chart.bottom - month.recorded * high,
            bottom=chart.bottom,
        )
        _draw_bar(sheet, bar, month, high)
    sheet.line([(chart.left, chart.top), (chart.left, chart.bottom)], width_pt=0.9, z=4)
    sheet.line([(chart.left, chart.bottom), (chart.right, chart.bottom)], width_pt=0.9, z=4)
    _draw_years(sheet, chart, view, step)


def ticks(most: int) -> list[int]:
    """
    Whole numbers from 0 to at most the highest bar, five or six of them.

    Examples
    --------
    >>> ticks(12), ticks(3), ticks(70)
    ([0, 5, 10], [0, 1, 2, 3], [0, 20, 40, 60])
    """
    steps = (factor * 10**power for power in range(9) for factor in (1, 2, 5))
    step = next(step for step in steps if most <= 5 * step)
    return list(range(0, most + 1, step))


def _draw_bar(sheet: Sheet, bar: Box, month: SkillMonthView, high: float) -> None:
    """White part on a coloured one; a triangle above where the month was missed."""
    if not month.recorded:
        return
    is_wide = bar.width >= 0.8 * LEAST_OUTLINE_MM
    split = bar.bottom - month.on_named * high
    upper = Box(left=bar.left, right=bar.right, top=bar.top, bottom=split)
    lower = Box(left=bar.left, right=bar.right, top=split, bottom=bar.bottom)
    edge = tokens.INK if is_wide else "none"
    for part, fill in ((upper, _elsewhere(is_outlined=is_wide)), (lower, NAMED)):
        if part.height > 0:
            sheet.box(part, fill=fill, edge=edge, width_pt=0.9, z=3)
    if month.is_missed:
        _draw_mark(sheet, (bar.left + bar.right) / 2, bar.top - 0.8, min(_MARK_MM, bar.width))


def _draw_mark(sheet: Sheet, x: float, bottom: float, wide_mm: float) -> None:
    half, top = max(wide_mm, 0.6) / 2, bottom - 1.6
    sheet.polygon([(x - half, top), (x + half, top), (x, bottom)], fill=tokens.INK, z=5)


def _draw_years(sheet: Sheet, chart: Box, view: SkillView, step: float) -> None:
    """Years below their months, as many as there is room for, and a dashed line between two years."""
    free = chart.left
    first = 0
    for year, months in groupby(view.months, key=lambda month: month.year):
        count = len(list(months))
        left, right = chart.left + first * step, chart.left + (first + count) * step
        width = text_width_mm(f"{year}", TICK)
        middle = min(max((left + right) / 2, chart.left + width / 2), chart.right - width / 2)
        if first and count * step > 3.0:
            sheet.line(
                [(left, chart.top), (left, chart.bottom)], color=tokens.NO_INFORMATION,
                width_pt=0.6, dashes=(3.0, 3.0), z=1.5,
            )  # fmt: skip
        if middle - width / 2 >= free:
            sheet.write(f"{year}", middle, chart.bottom + 2.4, TICK, align="center")
            free = middle + width / 2 + 1.5
        first += count


def _draw_foot(
    sheet: Sheet, box: Box, top: float, view: SkillView, missed: int, lang: Lang
) -> None:
    left = box.left + INDENT_MM
    key = "missed" if missed else "none_missed"
    words = text(f"skillsheet.months.{key}", lang, least=view.least_missed, busy=_busy(view))
    empty = sum(not month.recorded for month in view.months)
    second = text("skillsheet.months.empty", lang, empty=empty, months=len(view.months))
    if missed:
        _draw_mark(sheet, left + 0.9, top + LABEL.line_mm / 2 + 0.8, _MARK_MM)
    start = left + 2.8 if missed else left
    y = write_paragraph(sheet, words, start, top, LABEL, right=box.right, lines=1)
    write_paragraph(sheet, second, left, y + 0.3, LABEL, right=box.right, lines=1)


def _busy(view: SkillView) -> int:
    """Months with incidents enough to be missed."""
    return sum(month.recorded >= view.least_missed for month in view.months)


def _step(width_mm: float, view: SkillView) -> float:
    """Width of a month."""
    return min(width_mm / len(view.months), MOST_MM)


def _elsewhere(*, is_outlined: bool) -> str:
    """Colour of what fell elsewhere: white in an outline, grey without."""
    return tokens.PAPER if is_outlined else tokens.RULE
