"""Badges of movements, patrols, corridors and conflicts: each takes the best place on its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.marks import badge_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet

#: Distances in millimetres on A3, and directions, off a line that is full.
ASIDE_MM = (5.0, 7.0, 9.5, 12.5)
ASIDE = ((0, -1), (1, 0), (0, 1), (-1, 0), (0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7))
#: Fractions of a line in order of taste.
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.14, 0.86)


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """
    A mark that wants a place.

    Attributes
    ----------
    spots : sequence of (x, y)
        Places in order of taste, millimetres.
    draw : callable
        Draws it at the place that it got.
    """

    text: str
    spots: Sequence[tuple[float, float]]
    draw: Callable[[float, float], None]


def place_badges(sheet: Sheet, raster: Raster, badges: Iterable[Badge]) -> None:
    """Draw each badge at its best place and close that to labels; a badge is never left out."""
    for badge in badges:
        x, y = _best(sheet, raster, badge)
        badge.draw(x, y)
        raster.block(badge_box(sheet, x, y, badge.text))


def _best(sheet: Sheet, raster: Raster, badge: Badge) -> tuple[float, float]:
    """Place on the line, or beside it with a leader where all of the line is taken."""

    def cost(x: float, y: float, taste: float) -> float:
        box = badge_box(sheet, x, y, badge.text)
        return raster.hard_share(box) * 1e4 + raster.soft_cost(box) * 0.1 + taste

    on_line = [(cost(x, y, rank), x, y) for rank, (x, y) in enumerate(badge.spots)]
    best = min(on_line)
    if raster.is_free(badge_box(sheet, best[1], best[2], badge.text)):
        return best[1:]
    off_line = [
        (cost(x + dx * away, y + dy * away, 30 + rank + away), x + dx * away, y + dy * away, x, y)
        for rank, (x, y) in enumerate(badge.spots[: len(ALONG)])
        for away in (near * sheet.scale for near in ASIDE_MM)
        for dx, dy in ASIDE
    ]
    aside = min(off_line)
    if aside[0] >= best[0]:
        return best[1:]
    sheet.line([aside[3:], aside[1:3]], width_pt=0.6, z=6.9)
    return aside[1:3]
