"""What many candidates share with one: sums over their segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.compiled import compiled
from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.kernels import Numbers

FloatArray = NDArray[np.float64]
#: Segments of all candidates up to which plain Python answers sooner than a compiler starts.
SMALL: Final = 50_000
#: Shares are told to so many decimals, so that the order of a sum is not seen in them.
_DECIMALS: Final = 12


class Overlap:
    """
    Candidates, each segment of one counted once.

    Parameters
    ----------
    candidates : sequence of array_like of int
        Segments of each candidate.
    *weights : ndarray of float64, shape (segments,)
        One or more weights of each segment.
    small : int, optional
        Most segments, all candidates together, that are added up without the compiler.

    Attributes
    ----------
    totals : ndarray of float64, shape (candidates,)
        First weight of each candidate.

    Raises
    ------
    DataError
        There is none, or one is no flat array of segment numbers.
    """

    def __init__(
        self, candidates: Sequence[ArrayLike], *weights: FloatArray, small: int = SMALL
    ) -> None:
        if not candidates:
            message = "There are no candidates to choose from."
            raise DataError(message)
        rows = [_whole(candidate) for candidate in candidates]
        room = sum(map(len, rows))
        self._is_plain = room <= small
        self._first, self._segments, used = self._packed(rows, room, len(weights[0]))
        self._weights = tuple(weight[used] for weight in weights)
        self._every = np.arange(len(rows))
        self.totals = self.sums(0, self._every)

    def sums(self, which: int, among: NDArray[np.int64]) -> FloatArray:
        """One weight of some candidates."""
        return self._added(self._weights[which], among)

    def shares(self, chosen: int) -> FloatArray:
        """First weight that each candidate shares with one, over that of the lighter; shape (candidates,)."""
        return self._shares(chosen, 0, self._every, self.totals, nothing=1.0)

    def shares_among(self, chosen: int, which: int, among: NDArray[np.int64]) -> FloatArray:
        """One weight that some candidates share with one; where the lighter has none, nothing is shared."""
        return self._shares(chosen, which, among, self.sums(which, among), nothing=0.0)

    def _shares(
        self,
        chosen: int,
        which: int,
        among: NDArray[np.int64],
        totals: FloatArray,
        *,
        nothing: float,
    ) -> FloatArray:
        weight = self._weights[which]
        on = np.zeros_like(weight)
        there = np.asarray(self._segments[self._first[chosen] : self._first[chosen + 1]], np.int64)
        on[there] = weight[there]
        lighter = np.minimum(totals, self.sums(which, np.array([chosen])))
        found = np.full_like(totals, nothing)
        np.divide(self._added(on, among), lighter, out=found, where=lighter > 0.0)
        shares: FloatArray = np.minimum(found.round(_DECIMALS), 1.0)
        return shares

    def _packed(
        self, rows: list[NDArray[np.int64]], room: int, count: int
    ) -> tuple[list[int], Numbers, NDArray[np.int64]]:
        """
        Segments of all candidates one after the other, each once, numbered as they are met.

        Also where those of each begin, and which segments were met.
        """
        number = self._form(np.full(count, -1, np.int32))
        most = min(count, room)
        met, seen = self._form(np.empty(most, np.int64)), self._form(np.zeros(most, np.int32))
        segments = self._form(np.empty(room, np.uint32))
        pack = pack_row if self._is_plain else compiled(pack_row)
        first, known = [0], 0
        for row in rows:
            at, known = pack(
                self._form(row), number, met, known, seen, len(first), segments, first[-1]
            )
            first.append(at)
            if known < 0:
                message = f"A candidate names a segment outside 0 to {count - 1}."
                raise DataError(message)
        return first, segments, np.asarray(met[:known], dtype=np.int64)

    def _added(self, weight: FloatArray, among: NDArray[np.int64]) -> FloatArray:
        """Sum of some weights over some candidates."""
        add = add_rows if self._is_plain else compiled(add_rows)
        first, totals = self._form(np.array(self._first)), self._form(np.empty(len(among)))
        add(first, self._segments, self._form(weight), self._form(among), totals)
        return np.asarray(totals, dtype=np.float64)

    def _form(self, array: NDArray[Any]) -> Numbers:
        return cast("Numbers", array.tolist() if self._is_plain else array)


def pack_row(
    row: Numbers,
    number: Numbers,
    met: Numbers,
    known: int,
    seen: Numbers,
    mark: int,
    segments: Numbers,
    at: int,
) -> tuple[int, int]:
    """Write the numbers of a row after those that are there, each once; how many there are, and are known."""
    for i in range(len(row)):
        segment = row[i]
        if segment < 0 or segment >= len(number):
            return at, -1
        if number[segment] < 0:
            number[segment], met[known] = known, segment
            known += 1
        short = number[segment]
        if seen[short] != mark:
            seen[short], segments[at] = mark, short
            at += 1
    return at, known


def add_rows(
    first: Numbers, segments: Numbers, weight: Numbers, among: Numbers, totals: Numbers
) -> None:
    """Add up the weights of some rows: four sums side by side, so that none waits for the one before."""
    for i in range(len(among)):
        row = among[i]
        one, two, three, four = 0.0, 0.0, 0.0, 0.0
        at, end = first[row], first[row + 1]
        while at + 4 <= end:
            one += weight[segments[at]]
            two += weight[segments[at + 1]]
            three += weight[segments[at + 2]]
            four += weight[segments[at + 3]]
            at += 4
        while at < end:
            one += weight[segments[at]]
            at += 1
        totals[i] = (one + two) + (three + four)


def _whole(candidate: ArrayLike) -> NDArray[np.int64]:
    """Segments of a candidate as int64."""
    segments = np.asarray(candidate)
    if segments.size == 0:
        return np.zeros(0, dtype=np.int64)
    if segments.ndim != 1 or segments.dtype.kind not in "iu":
        message = "A candidate is a flat array of segment numbers."
        raise DataError(message)
    return np.ascontiguousarray(segments, dtype=np.int64)
