"""The band of an option on the sheet, and how km and rates become millimetres in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.boxes import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """
    Boxes of one option, in millimetres.

    Attributes
    ----------
    box : Box
        All of it.
    tiers, town_rows : int
        Rows of marks above the chart, and of names under it.
    marks, nights, chart, road, patrol, towns, facts : Box
    mm_per_km : float
    """

    box: Box
    tiers: int
    town_rows: int
    marks: Box
    nights: Box
    chart: Box
    road: Box
    patrol: Box
    towns: Box
    facts: Box
    mm_per_km: float

    def x(self, km: float) -> float:
        """Place of a km."""
        return self.chart.left + km * self.mm_per_km


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    Heights in a chart: each class takes the same share of it, a rate lies in proportion within its class.

    Attributes
    ----------
    edges : tuple of float
        0, the three limits and the rate at the upper edge.
    """

    edges: tuple[float, ...]

    def share(self, rate: float) -> float:
        """
        Height of a rate as a share of the chart, at most 1.

        Examples
        --------
        >>> Scale(edges=(0.0, 0.1, 0.3, 0.8, 2.0)).share(0.2)
        0.375
        """
        steps = len(self.edges) - 1
        for i in range(steps):
            low, high = self.edges[i], self.edges[i + 1]
            if rate <= high:
                return (i + (rate - low) / (high - low)) / steps
        return 1.0
