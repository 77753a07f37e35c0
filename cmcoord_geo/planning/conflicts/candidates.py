"""Pairs of rows that may meet, found by segment and time: a sorted sweep, so that few are tested exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

#: So many pairs are looked at at once.
_BLOCK = 100_000


class Boxes(NamedTuple):
    """
    Where and when rows may be, coarsely.

    Attributes
    ----------
    segment : ndarray of int64, shape (n,)
    at_m, at_s : ndarray of float64, shape (n, 2)
        Lowest and highest chainage, first and last moment.
    """

    segment: NDArray[np.int64]
    at_m: NDArray[np.float64]
    at_s: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64]) -> Boxes:
        """Some of the rows."""
        return Boxes(self.segment[rows], self.at_m[rows], self.at_s[rows])


class Sweep:
    """
    Rows in order of segment and first moment.

    Parameters
    ----------
    rows : Boxes
    """

    def __init__(self, rows: Boxes) -> None:
        self._origin_s = float(rows.at_s[:, 0].min()) if len(rows.segment) else 0.0
        self._span_s = float(np.ptp(rows.at_s)) + 1.0 if len(rows.segment) else 1.0
        self._order = np.lexsort((rows.at_s[:, 0], rows.segment))
        self._rows = rows.take(self._order)
        self._key = self._keys(self._rows.segment, self._rows.at_s[:, 0])
        count = int(rows.segment.max()) + 1 if len(rows.segment) else 0
        self._longest_s = np.zeros(count)
        np.maximum.at(self._longest_s, rows.segment, rows.at_s[:, 1] - rows.at_s[:, 0])

    def _keys(
        self, segment: NDArray[np.int64], moment_s: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """One number that sorts by segment, then by moment; moments beyond the rows' at their edge."""
        within = np.clip(moment_s - self._origin_s, -0.25, self._span_s - 0.5)
        return segment * self._span_s + within

    def pairs(self, probes: Boxes) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """
        Rows and probes on one segment whose chainages and times touch, in blocks.

        Yields
        ------
        rows, probes : ndarray of int64, shape (k,)
            Places in the rows and in the probes.
        """
        at = np.flatnonzero(probes.segment < len(self._longest_s))
        segment, at_s = probes.segment[at], probes.at_s[at]
        earliest_s = at_s[:, 0] - self._longest_s[segment]
        low = np.searchsorted(self._key, self._keys(segment, earliest_s) - 0.25, side="left")
        high = np.searchsorted(self._key, self._keys(segment, at_s[:, 1]) + 0.25, side="right")
        count = np.maximum(high - low, 0)
        for first, last in _blocks(count):
            here = slice(first, last)
            probe = np.repeat(at[here], count[here])
            row = np.arange(len(probe)) - np.repeat(
                np.cumsum(count[here]) - count[here], count[here]
            )
            row += np.repeat(low[here], count[here])
            touches = self._touch(row, probes, probe)
            yield self._order[row[touches]], probe[touches]

    def _touch(
        self, row: NDArray[np.int64], probes: Boxes, probe: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        found = np.asarray(self._rows.segment[row] == probes.segment[probe], np.bool_)
        for ours, theirs in (
            (self._rows.at_m, probes.at_m),
            (self._rows.at_s, probes.at_s),
        ):
            found &= (ours[row, 0] <= theirs[probe, 1]) & (theirs[probe, 0] <= ours[row, 1])
        return found


def _blocks(count: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of probes with about one block of pairs each."""
    total = np.cumsum(count)
    first = 0
    while first < len(count):
        before = total[first - 1] if first else 0
        last = max(int(np.searchsorted(total, before + _BLOCK, side="right")), first + 1)
        yield first, last
        first = last
