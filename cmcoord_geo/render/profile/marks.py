"""Crossings, reports and nights above a chart: none on another, named where there is room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face, text_width_mm
from cmcoord_geo.render.printmap.marks import draw_closure, draw_crossing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.profile.band import Band
    from cmcoord_geo.sharing.profile_views import OptionProfileView, RoadMarkView

LABEL = Face(size_pt=5.8)
#: Half the width of a mark, and what stays free between two.
HALF_MM, FREE_MM, TEXT_MM = 1.7, 0.5, 0.6
NIGHT_MM = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Place of a mark: its tier from the top, and x in millimetres, which may lie beside its km."""

    mark: RoadMarkView
    tier: int
    x: float


def place_marks(marks: Sequence[RoadMarkView], band: Band) -> tuple[Spot, ...]:
    """
    Place marks from the left: each on the tier that has been free for longest, pushed on where it must be.

    The lowest tier lies nearest to the chart. A mark that would leave the chart at its right end is pushed
    back with those before it.
    """
    ends = [float("-inf")] * max(band.tiers, 1)
    spots: list[Spot] = []
    for mark in marks:
        x = band.x(mark.km)
        tier = min(range(len(ends)), key=lambda i: (max(ends[i] + HALF_MM, x), ends[i], -i))
        x = max(x, ends[tier] + HALF_MM + FREE_MM)
        ends[tier] = x + HALF_MM
        spots.append(Spot(mark=mark, tier=tier, x=x))
    return tuple(_pushed_back(spots, band))


def _pushed_back(spots: Sequence[Spot], band: Band) -> list[Spot]:
    limits = [band.chart.right - HALF_MM] * max(band.tiers, 1)
    found: list[Spot] = []
    for spot in reversed(spots):
        x = min(spot.x, limits[spot.tier])
        limits[spot.tier] = x - 2 * HALF_MM - FREE_MM
        found.append(Spot(mark=spot.mark, tier=spot.tier, x=x))
    return found[::-1]


def draw_marks(sheet: Sheet, band: Band, option: OptionProfileView, lang: Lang) -> None:
    """Draw crossings and reports with leaders to their km, and the nights."""
    spots = place_marks(option.marks, band)
    high = band.marks.height / max(band.tiers, 1)
    written: dict[int, float] = {}
    with sheet.inside("marks"):
        for i, spot in enumerate(spots):
            y = band.marks.top + (spot.tier + 0.5) * high
            foot = (band.x(spot.mark.km), band.chart.bottom)
            sheet.line(
                [(spot.x, y), (foot[0], band.marks.bottom), foot],
                width_pt=0.6, dashes=(2, 1.5), z=3.3,
            )  # fmt: skip
            if spot.mark.what == "closure":
                draw_closure(sheet, spot.x, y, spot.mark.state)
            else:
                draw_crossing(sheet, spot.x, y, spot.mark.what, spot.mark.state)
            left, right = _free(spots, band, i)
            left = max(left, written.get(spot.tier, left))
            written[spot.tier] = _write_label(sheet, spot, y, (left, right), lang)
        for km in option.nights:
            draw_night(sheet, band.x(km), band.nights.bottom - 0.3)


def draw_night(sheet: Sheet, x: float, foot: float) -> None:
    """Triangle that points down to its km."""
    ring = [(x - NIGHT_MM, foot - 1.7 * NIGHT_MM), (x + NIGHT_MM, foot - 1.7 * NIGHT_MM), (x, foot)]
    sheet.polygon(ring, fill=tokens.INK, edge=tokens.PAPER, width_pt=0.6, z=6)


def _free(spots: Sequence[Spot], band: Band, number: int) -> tuple[float, float]:
    """From the mark before, or the edge of the chart, to the mark after; leaders from above count too."""
    own = spots[number]
    half = {own.tier: HALF_MM, **dict.fromkeys(range(own.tier), FREE_MM)}
    others = [spot for spot in spots if spot is not own and spot.tier <= own.tier]
    before = [spot.x + half[spot.tier] for spot in others if spot.x <= own.x]
    after = [spot.x - half[spot.tier] for spot in others if spot.x > own.x]
    return max([band.chart.left, *before]), min([band.chart.right, *after])


def _write_label(
    sheet: Sheet, spot: Spot, y: float, free: tuple[float, float], lang: Lang
) -> float:
    """
    Name and state on the right or else on the left, or the short sign alone, or nothing.

    Returns
    -------
    float
        Where the mark and its words end.
    """
    reach = HALF_MM + TEXT_MM
    for words in (spot.mark.label[lang], spot.mark.short[lang]):
        width = text_width_mm(words, LABEL)
        for left in (spot.x + reach, spot.x - reach - width):
            if words and free[0] + FREE_MM <= left and left + width + FREE_MM <= free[1]:
                sheet.write(words, left, y, LABEL, halo_pt=2.0, column=free, z=8)
                return max(left + width, spot.x + HALF_MM)
    return spot.x + HALF_MM
