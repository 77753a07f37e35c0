"""Records behind the figure of a segment, found when they are asked for: a country has too many segments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np
from typing_extensions import override

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.risk.attribution import Attribution

#: A record stands behind the figure of a segment that holds at least this share of its mass.
LEAST_SHARE = 0.05


class RecordsBehind(Sequence[tuple[int, ...]]):
    """
    Rows of the records behind each segment, newest first.

    Parameters
    ----------
    spread : Attribution
    at_s : ndarray of int64, shape (n,)
        When each record was, in seconds since the epoch.
    wanted : ndarray of bool, shape (n,)
        Records that may be named.
    """

    def __init__(
        self, spread: Attribution, at_s: NDArray[np.int64], wanted: NDArray[np.bool_]
    ) -> None:
        self._spread = spread
        self._at_s = at_s
        self._wanted = wanted
        self._found: dict[int, tuple[int, ...]] = {}

    @override
    def __len__(self) -> int:
        """Count the segments."""
        return len(self._spread.pieces.network)

    @overload
    def __getitem__(self, index: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[int, ...], ...]: ...
    @override
    def __getitem__(self, index: int | slice) -> tuple[int, ...] | tuple[tuple[int, ...], ...]:
        """Rows behind one segment."""
        if isinstance(index, slice):
            return tuple(self[i] for i in range(len(self))[index])
        segment = range(len(self))[index]
        if segment not in self._found:
            self._found[segment] = self._rows(segment) if self._may_have[segment] else ()
        return self._found[segment]

    @cached_property
    def _may_have(self) -> NDArray[np.bool_]:
        """Whether all wanted records together have enough on a segment for one of them to be behind it."""
        if not self._wanted.any():
            return np.zeros(len(self), dtype=bool)
        found: NDArray[np.bool_] = self._spread.on_segments(
            self._wanted.astype(float)
        ) >= LEAST_SHARE * (1 - 1e-9)
        return found

    def _rows(self, segment: int) -> tuple[int, ...]:
        is_behind = self._wanted & (self._spread.shares_on(segment) >= LEAST_SHARE)
        rows = np.flatnonzero(is_behind)
        return tuple(rows[np.lexsort([rows, -self._at_s[rows]])].tolist())
