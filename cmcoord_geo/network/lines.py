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

    def along(self) -> NDArray[np.float64]:
        """Drawn length in degrees from the start of its line to each point, shape (p,)."""
        along = np.zeros(len(self.points))
        for where in self._by_size():
            steps = np.hypot(*np.moveaxis(np.diff(self.points[where], axis=1), -1, 0))
            along[where[:, 1:]] = np.cumsum(steps, axis=1)
        return along

    def points_at(
        self, line: NDArray[np.int64], fraction: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """
        Points on lines, by share of their drawn length.

        Parameters
        ----------
        line : ndarray of int64, shape (n,)
        fraction : ndarray of float64, shape (n,)

        Returns
        -------
        ndarray of float64, shape (n, 2)
        """
        along, size = self.along(), np.diff(self.first)[line]
        at = fraction * along[self.first[line + 1] - 1]
        found = np.empty((len(line), 2))
        for count in np.unique(size).tolist():
            rows = np.flatnonzero(size == count)
            where = self.first[line[rows], None] + np.arange(count)
            lengths, wanted = along[where], at[rows]
            before = (lengths <= wanted[:, None]).sum(axis=1) - 1
            step = where[np.arange(len(rows)), np.minimum(before, count - 2)]
            with np.errstate(invalid="ignore", divide="ignore"):
                rise = np.diff(self.points, axis=0)[step] / (along[step + 1] - along[step])[:, None]
                inner = rise * (wanted - along[step])[:, None] + self.points[step]
            is_last = (before >= count - 1)[:, None]
            found[rows] = np.where(is_last, self.points[step + 1], inner)
        return found

    def _by_size(self) -> Iterator[NDArray[np.int64]]:
        """Indices of the points of all lines of one size together, shape (lines, points)."""
        sizes = np.diff(self.first)
        for count in np.unique(sizes).tolist():
            yield self.first[:-1][sizes == count, None] + np.arange(count)

    def are_usable(self) -> NDArray[np.bool_]:
        """Whether each line has two points or more and no gap in it, shape (m,)."""
        is_broken = ~np.isfinite(self.points).all(axis=1)
        broken = np.concatenate([[0], np.cumsum(is_broken)])
        sizes = np.diff(self.first)
        is_good: NDArray[np.bool_] = (sizes > 1) & (
            broken[self.first[1:]] == broken[self.first[:-1]]
        )
        return is_good
