"""The chart of an option: filled by class, with mean and range, and a box of dots where nothing is known."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.profile.band import Band, Scale
from cmcoord_geo.render.profile.keys import limit
from cmcoord_geo.render.profile.layout import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.profile_views import OptionProfileView, ProfileSheetView
    from cmcoord_geo.sharing.views import RateView

#: Patterns by class, so that grey keeps the order; the dots of what is not known.
HATCH = {1: None, 2: None, 3: "////", 4: "xxxx"}
DOTS = ".."
TICK, CLASS = Face(size_pt=6.2), Face(size_pt=6.8, is_bold=True, color=tokens.SECOND)
LETTER = Face(size_pt=17.0, is_bold=True)
UNKNOWN = Face(size_pt=7.4, is_bold=True)
#: Height of the box without information as a share of the chart, and millimetres between two ranges.
UNKNOWN_SHARE, RANGE_MM = 0.72, 3.2
#: Millimetres from the chart to the names of the classes: no number of theirs is read as a rate.
CLASS_MM = 8.0
#: Where classes are lower than this, every second number stands at the axis.
STEP_MM = 2.6


def draw_chart(
    sheet: Sheet, band: Band, option: OptionProfileView, view: ProfileSheetView, lang: Lang
) -> None:
    """Draw axis, classes, means and ranges."""
    scale = scale_of(view)
    with sheet.inside("axis"):
        _draw_axis(sheet, band, option, view, lang)
    with sheet.inside("chart"):
        for level, group in groupby(option.rates, key=lambda part: part.exposure_class):
            parts = list(group)
            if level:
                draw_level(sheet, _outline(band, scale, parts), level)
            else:
                _draw_unknown(sheet, band, parts, lang)
        _draw_means(sheet, band, scale, option)
        _draw_ranges(sheet, band, scale, option)


def draw_level(sheet: Sheet, ring: object, level: int) -> None:
    """Fill an outline in the colour and pattern of a class."""
    color, hatch = tokens.EXPOSURE[level].color, HATCH[level]
    edge = tokens.INK if hatch else color
    sheet.polygon(np.asarray(ring), fill=color, edge=edge, width_pt=0.3, hatch=hatch, z=2.0)


def draw_dots(sheet: Sheet, box: Box) -> None:
    """Box of what is not known."""
    sheet.box(
        box, fill=tokens.PAPER, edge=tokens.NO_INFORMATION, width_pt=0.9,
        dashes=(1.2, 1.2), hatch=DOTS, z=2.0,
    )  # fmt: skip


def _y(band: Band, scale: Scale, rate: float) -> float:
    return band.chart.bottom - scale.share(rate) * band.chart.height


def _draw_axis(
    sheet: Sheet, band: Band, option: OptionProfileView, view: ProfileSheetView, lang: Lang
) -> None:
    scale, chart = scale_of(view), band.chart
    sheet.write(option.letter, band.box.left, band.box.top + 5.0, LETTER)
    step = chart.height / (len(scale.edges) - 1)
    every = 1 if step >= STEP_MM else 2
    for i, rate in enumerate(scale.edges[1:]):
        y = _y(band, scale, rate)
        sheet.line(
            [(chart.left, y), (chart.right, y)], color="#999999", width_pt=0.6, dashes=(1, 2), z=0.5
        )
        if i % every == every - 1:
            sheet.write(limit(rate, lang), chart.left - 1.2, y, TICK, align="right")
        if i % every == 0:
            middle = chart.bottom - (i + 0.5) * step
            words = f"{text('profile.class', lang)} {i + 1}"
            sheet.write(words, chart.left - CLASS_MM, middle, CLASS, align="right")
    end = band.x(option.km)
    sheet.line([(chart.left, chart.bottom), (end, chart.bottom)], width_pt=1.6, z=4)


def _outline(band: Band, scale: Scale, parts: Sequence[RateView]) -> list[tuple[float, float]]:
    """Steps of the means over neighbouring stretches, closed along the axis."""
    ring = [(band.x(parts[0].km.low), band.chart.bottom)]
    for part in parts:
        y = _y(band, scale, part.mean or 0.0)
        ring += [(band.x(part.km.low), y), (band.x(part.km.high), y)]
    return [*ring, (band.x(parts[-1].km.high), band.chart.bottom)]


def _draw_unknown(sheet: Sheet, band: Band, parts: Sequence[RateView], lang: Lang) -> None:
    """Box of dots with the words in it, as long as there is room for them."""
    left, right = band.x(parts[0].km.low), band.x(parts[-1].km.high)
    top = band.chart.bottom - UNKNOWN_SHARE * band.chart.height
    box = Box(left=left, right=right, top=top, bottom=band.chart.bottom)
    draw_dots(sheet, box)
    choices = (
        ("profile.no_information", "profile.not_low"),
        ("profile.no_information_short",),
        ("profile.unknown",),
    )
    for keys in choices:
        lines = [text(key, lang) for key in keys]
        width = max(text_width_mm(line, UNKNOWN) for line in lines)
        high = len(lines) * UNKNOWN.line_mm
        if width + 2.0 <= box.width and high + 1.0 <= box.height:
            _write_unknown(sheet, box, lines, width + 1.6)
            return


def _write_unknown(sheet: Sheet, box: Box, lines: Sequence[str], wide: float) -> None:
    """Write lines in the middle of a box, on white."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    half = len(lines) * UNKNOWN.line_mm / 2
    back = Box(left=x - wide / 2, right=x + wide / 2, top=y - half, bottom=y + half)
    sheet.box(back, fill=tokens.PAPER, z=2.5)
    for i, line in enumerate(lines):
        middle = y - half + (i + 0.5) * UNKNOWN.line_mm
        sheet.write(line, x, middle, UNKNOWN, align="center", column=(box.left, box.right))


def _draw_means(sheet: Sheet, band: Band, scale: Scale, option: OptionProfileView) -> None:
    for part in option.rates:
        if part.mean is not None:
            y = _y(band, scale, part.mean)
            sheet.line([(band.x(part.km.low), y), (band.x(part.km.high), y)], width_pt=1.3, z=3.5)


def _draw_ranges(sheet: Sheet, band: Band, scale: Scale, option: OptionProfileView) -> None:
    """Upright lines from the 5 % to the 95 % bound; an arrow where one leaves the chart."""
    last = -np.inf
    for part in option.rates:
        x = band.x((part.km.low + part.km.high) / 2)
        if part.low is None or part.high is None or x - last < RANGE_MM:
            continue
        last = x
        low, high = _y(band, scale, part.low), _y(band, scale, part.high)
        draw_range(sheet, x, low, high, is_beyond=part.high > scale.edges[-1])


def draw_range(sheet: Sheet, x: float, low: float, high: float, *, is_beyond: bool) -> None:
    """Upright line with a white rim, so that it is seen on every pattern."""
    sheet.line([(x, low), (x, high)], color=tokens.PAPER, width_pt=1.7, z=3.6)
    sheet.line([(x, low), (x, high)], width_pt=0.8, z=3.7)
    if is_beyond:
        tip = [(x - 0.7, high + 0.3), (x + 0.7, high + 0.3), (x, high - 1.0)]
        sheet.polygon(tip, fill=tokens.INK, z=3.8)
    else:
        sheet.line([(x - 0.5, high), (x + 0.5, high)], width_pt=0.8, z=3.7)
    sheet.line([(x - 0.5, low), (x + 0.5, low)], width_pt=0.8, z=3.7)
