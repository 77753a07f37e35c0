"""Announced against recorded, by groups of roads, on scales that double alike."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.skillsheet.markers import draw_marker
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
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.skill_views import SkillGroupView, SkillView

#: Within this factor of the diagonal lies the band.
FACTOR = 1.5
_LEAST, _ROOM, _MARKER_MM = 0.5, 1.35, 1.5
_LEGEND_MM = 4.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Logarithmic scales of the chart, the same on both sides."""

    chart: Box
    low: float
    high: float

    def x(self, value: float) -> float:
        """Millimetres from the left edge of the sheet."""
        return self.chart.left + self._share(value) * self.chart.width

    def y(self, value: float) -> float:
        """Millimetres from its top."""
        return self.chart.bottom - self._share(value) * self.chart.height

    def _share(self, value: float) -> float:
        """Part of the way along; what lies outside is on the edge."""
        inside = min(max(value, self.low), self.high)
        return log(inside / self.low) / log(self.high / self.low)


def scale_of(groups: Sequence[SkillGroupView], chart: Box) -> Scale:
    """Scale that holds every group and its bar; a bar that goes down to 0 ends on the edge."""
    values = [
        value
        for one in groups
        for value in (one.expected, one.recorded, one.low, one.high)
        if value
    ]
    low = max(_LEAST, min(values, default=1.0)) / _ROOM
    return Scale(chart=chart, low=low, high=max(10.0, *values) * _ROOM)


def ticks(scale: Scale) -> list[float]:
    """Values 1, 2 and 5 times a power of ten within the scale."""
    found = (factor * 10.0**power for power in range(-1, 9) for factor in (1, 2, 5))
    return [value for value in found if scale.low <= value <= scale.high and value >= 1]


def draw_calibration(sheet: Sheet, box: Box, view: SkillView, lang: Lang) -> None:
    """Draw the panel."""
    with sheet.inside("groups"):
        title, note = (text(f"skillsheet.groups.{key}", lang) for key in ("title", "note"))
        y = draw_heading(sheet, box, "3", title, note)
        rows = ceil(len(view.groups) / 2)
        chart = Box(
            left=box.left + INDENT_MM,
            right=box.right,
            top=y + 5.0,
            bottom=box.bottom - rows * _LEGEND_MM - LABEL.line_mm - 11.4,
        )
        scale = scale_of(view.groups, chart)
        above = text("skillsheet.groups.recorded", lang)
        write_line(sheet, above, chart.left, y + 1.6, LABEL, right=box.right)
        _draw_axes(sheet, scale, lang)
        _draw_band(sheet, scale)
        for i, group in enumerate(view.groups):
            _draw_group(sheet, scale, group, i, len(view.groups))
        _draw_corners(sheet, scale, view.groups, lang)
        _draw_legend(sheet, box, chart.bottom + 9.0, view.groups, lang)
        band = text("skillsheet.groups.band", lang)
        low = Face(size_pt=7.0, color=tokens.SECOND)
        top = box.bottom - low.line_mm - 0.4
        write_paragraph(sheet, band, chart.left, top, low, right=box.right, lines=1)


def _draw_axes(sheet: Sheet, scale: Scale, lang: Lang) -> None:
    chart = scale.chart
    for value in ticks(scale):
        x, y = scale.x(value), scale.y(value)
        sheet.line([(x, chart.bottom), (x, chart.bottom + 1.0)], width_pt=0.9, z=4)
        sheet.line([(chart.left - 1.0, y), (chart.left, y)], width_pt=0.9, z=4)
        sheet.write(f"{value:.0f}", x, chart.bottom + 2.8, TICK, align="center")
        sheet.write(f"{value:.0f}", chart.left - 1.6, y, TICK, align="right")
    sheet.line([(chart.left, chart.top), (chart.left, chart.bottom)], width_pt=0.9, z=4)
    sheet.line([(chart.left, chart.bottom), (chart.right, chart.bottom)], width_pt=0.9, z=4)
    words, y = text("skillsheet.groups.expected", lang), chart.bottom + 6.0
    write_line(sheet, words, chart.left, y, LABEL, right=chart.right, align="right")


def _draw_band(sheet: Sheet, scale: Scale) -> None:
    """Diagonal, and what lies within the factor about it."""
    chart, low, high = scale.chart, scale.low, scale.high
    ring = [
        (scale.x(low), scale.y(low)),
        (scale.x(low), scale.y(low * FACTOR)),
        (scale.x(high / FACTOR), scale.y(high)),
        (scale.x(high), scale.y(high)),
        (scale.x(high), scale.y(high / FACTOR)),
        (scale.x(low * FACTOR), scale.y(low)),
    ]
    sheet.polygon(ring, fill=tokens.ABROAD, z=1)
    sheet.line([(chart.left, chart.bottom), (chart.right, chart.top)], width_pt=1.2, z=2)


def _draw_group(sheet: Sheet, scale: Scale, group: SkillGroupView, number: int, count: int) -> None:
    x, y = scale.x(group.expected), scale.y(group.recorded)
    sheet.line([(x, scale.y(group.low)), (x, scale.y(group.high))], width_pt=1.6, z=5)
    fill = NAMED if group.recorded else tokens.PAPER
    draw_marker(sheet, x, y, number, count, fill=fill, radius_mm=_MARKER_MM)


def _draw_corners(sheet: Sheet, scale: Scale, groups: Sequence[SkillGroupView], lang: Lang) -> None:
    """Say which side is which, in the corners that no group stands in."""
    chart, face = scale.chart, Face(size_pt=8.0, is_italic=True)
    more, fewer = (text(f"skillsheet.groups.{key}", lang) for key in ("more", "fewer"))
    high = face.size_mm
    left, right = chart.left + 4.0, chart.right - 4.0
    upper = Box(
        left=left, right=left + text_width_mm(more, face), top=chart.top + 3.0,
        bottom=chart.top + 3.0 + high,
    )  # fmt: skip
    lower = Box(
        left=right - text_width_mm(fewer, face), right=right, top=chart.bottom - 4.0 - high,
        bottom=chart.bottom - 4.0,
    )  # fmt: skip
    taken = [_bar_box(scale, group) for group in groups]
    for words, box in ((more, upper), (fewer, lower)):
        if not any(box.overlaps(bar) for bar in taken):
            column = (box.left - 0.1, box.right + 0.1)
            sheet.write(words, box.left, (box.top + box.bottom) / 2, face, column=column)


def _bar_box(scale: Scale, group: SkillGroupView) -> Box:
    """What a group covers: bar and marker."""
    x, middle = scale.x(group.expected), scale.y(group.recorded)
    marker = box_about(x, middle, _MARKER_MM * 1.3)
    return Box(
        left=marker.left,
        right=marker.right,
        top=min(marker.top, scale.y(group.high)),
        bottom=max(marker.bottom, scale.y(group.low)),
    )


def _draw_legend(
    sheet: Sheet, box: Box, top: float, groups: Sequence[SkillGroupView], lang: Lang
) -> None:
    """Groups from the least exposed on, in two columns."""
    left, rows = box.left + INDENT_MM, ceil(len(groups) / 2)
    wide = (box.right - left) / 2
    for i, group in enumerate(groups):
        x, y = left + (i // rows) * wide, top + (i % rows + 0.5) * _LEGEND_MM
        draw_marker(sheet, x + 1.4, y, i, len(groups), fill=NAMED, radius_mm=1.2)
        write_line(sheet, group.caption[lang], x + 4.2, y, LABEL, right=x + wide - 1.5)
