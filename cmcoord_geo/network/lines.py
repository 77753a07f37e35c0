"""Lines of many segments in two arrays, read as if each were an array of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """
    Lines packed one after the other: a country has too many for an object each.

    Attributes
    ----------
    points : ndarray of float64, shape (p, 2)
        Longitude and latitude.
    first : ndarray of int64, shape (m + 1,)
        Line ``i`` is ``points[first[i]:first[i + 1]]``.
    """

    points: NDArray[np.float64]
    first: NDArray[np.int64]

    @classmethod
    def of(cls, lines: Iterable[NDArray[np.float64]]) -> Lines:
        """Pack lines."""
        each = [np.asarray(line, dtype=np.float64) for line in lines]
        sizes = [len(line) for line in each]
        points = np.concatenate(each) if each else np.zeros((0, 2))
        return cls(points, np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64))

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.first) - 1

    def __getitem__(self, index: SupportsIndex) -> NDArray[np.float64]:
        """Points of a line."""
        i = range(len(self))[index]
        return self.points[self.first[i] : self.first[i + 1]]

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        bounds = self.first.tolist()
        for start, end in pairwise(bounds):
            yield self.points[start:end]

    def are_usable(self) -> NDArray[np.bool_]:
        """Whether each line has two points or more and no gap in it, shape (m,)."""
        is_broken = ~np.isfinite(self.points).all(axis=1)
        broken = np.concatenate([[0], np.cumsum(is_broken)])
        sizes = np.diff(self.first)
        is_good: NDArray[np.bool_] = (sizes > 1) & (
            broken[self.first[1:]] == broken[self.first[:-1]]
        )
        return is_good
