"""What every way of a movement must keep: at most so much, at least so much known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchLimits:
    """
    Limits of a search.

    Attributes
    ----------
    columns : tuple of ndarray of int64, each shape (m,)
        What segments cost in each limited criterion besides exposure.
    most : tuple of int or None
        Highest sum of exposure, then of each column; empty for no limit at all.
    informed_m : ndarray of float64, shape (m,)
        Metres of each segment about which a source says something.
    length_m : ndarray of float64, shape (m,)
    least_informed : float
        Least share of a way that must be known, 0 to 1.
    """

    columns: tuple[NDArray[np.int64], ...] = ()
    most: tuple[int | None, ...] = ()
    informed_m: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    length_m: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    least_informed: float = 0.0

    def informed_share(self, segments: NDArray[np.int64]) -> float:
        """Share of a way about which a source says something."""
        return float(self.informed_m[segments].sum() / self.length_m[segments].sum())

    def is_informed(self, segments: NDArray[np.int64]) -> bool:
        """Whether enough of a way is known."""
        return not self.least_informed or self.informed_share(segments) >= self.least_informed

    def keeps(self, segments: NDArray[np.int64], exposure: NDArray[np.int64]) -> bool:
        """Whether a way keeps every limit."""
        return self.is_informed(segments) and not self.broken([segments], exposure)

    def broken(
        self, ways: Iterable[NDArray[np.int64]], exposure: NDArray[np.int64]
    ) -> frozenset[int]:
        """Places in ``most`` of the limits that some way breaks."""
        sums = (exposure, *self.columns)
        return frozenset(
            place
            for segments in ways
            for place, value in enumerate(self.most)
            if value is not None and int(sums[place][segments].sum()) > value
        )
