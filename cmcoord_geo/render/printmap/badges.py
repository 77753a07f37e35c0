"""Badges of movements, patrols, corridors and conflicts: each takes the best place on its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.marks import badge_box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet

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
        costs = []
        for rank, (x, y) in enumerate(badge.spots):
            box = badge_box(sheet, x, y, badge.text)
            costs.append((raster.hard_share(box) * 1e4 + raster.soft_cost(box) * 0.1 + rank, rank))
        x, y = badge.spots[min(costs)[1]]
        badge.draw(x, y)
        raster.block(badge_box(sheet, x, y, badge.text))
