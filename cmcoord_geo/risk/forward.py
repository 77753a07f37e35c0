"""
Forecasts month by month: each from the records before it alone.

A model is a set of memories whose weights are fitted on the months before the one that is forecast. What
memories say of months long past is needed at the records of those months alone, so no month but the forecast
ones is worked out on the whole network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.risk.filing import Kernel
from cmcoord_geo.risk.memory import fit_weights
from cmcoord_geo.risk.window import MONTH_S
from cmcoord_geo.units import BANGUI, to_datetime, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.risk.filing import Filing
    from cmcoord_geo.risk.memory import Memory

#: Months after the first record from which on forecasts are fitted and scored: before, there is no past.
_FIRST_MONTHS = 12


def month_of(at_s: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    Calendar month in Bangui, counted from the year 0: ``12 * year + month - 1``.

    Examples
    --------
    >>> month_of(np.array([0])).tolist()
    [23640]
    """
    days = [to_datetime(float(moment)) for moment in at_s.tolist()]
    return np.array([12 * day.year + day.month - 1 for day in days], dtype=np.int64)


def middle_s(month: int) -> float:
    """Middle of a calendar month in Bangui, in seconds since the epoch."""
    start, end = (
        datetime((month + k) // 12, (month + k) % 12 + 1, 1, tzinfo=BANGUI) for k in (0, 1)
    )
    return (utc_seconds(start) + utc_seconds(end)) / 2


class Past:
    """
    Records on pieces, as they were known at the start of each month.

    Parameters
    ----------
    filing : Filing
    at_s : ndarray of int64, shape (n,)
        Moment of each record of the filing.
    towns : ndarray of int64
        Pieces at which records of towns are filed.
    region : ndarray of int64, shape (p,)
        Region of each piece.
    """

    def __init__(
        self,
        filing: Filing,
        at_s: NDArray[np.int64],
        towns: NDArray[np.int64],
        region: NDArray[np.int64],
    ) -> None:
        order = np.argsort(at_s, kind="stable")
        self.filing = filing
        self.order = order
        self.at_s = at_s[order]
        self.spot = filing.spot[order]
        self.piece = filing.piece_of_record[order]
        self.month = month_of(self.at_s)
        self.towns = towns
        self.region = region
        self._kernels: dict[Kernel, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}

    @property
    def first(self) -> int:
        """First month that can be forecast."""
        return int(self.month[0]) + _FIRST_MONTHS if len(self.month) else 0

    def said(self, memory: Memory, month: int) -> NDArray[np.float64]:
        """What the records before a month say of it at each spot, by one memory, shape (u,)."""
        known = int(np.searchsorted(self.month, month))
        age = (middle_s(month) - self.at_s[:known]) / MONTH_S
        recorded = max(month - int(self.month[0]), 1)
        told = memory.fading(np.maximum(age, 0.0), recorded_months=float(recorded))
        return _sums(self.spot[:known], told, len(self.filing.piece))

    def everywhere(self, memory: Memory, month: int) -> NDArray[np.float64]:
        """What a memory of weight 1 expects on every piece in a month, shape (p,)."""
        pieces = self.filing.pieces
        if memory.part == "even":
            return np.asarray(self._even)
        if memory.part == "town":
            return np.asarray(self._town)
        told = self.said(memory, month)
        if memory.part == "near":
            return self.filing.around(told, Kernel(reach_m=memory.reach_m, power=memory.power))
        return _sums(self.filing.piece, told, len(pieces))

    def at_records(self, memory: Memory, month: int) -> NDArray[np.float64]:
        """What a memory of weight 1 expects at the pieces of the records of a month."""
        low, high = np.searchsorted(self.month, [month, month + 1])
        spots = self.spot[low:high]
        if memory.part == "even":
            return np.asarray(self._even[self.piece[low:high]])
        if memory.part == "town":
            return np.asarray(self._town[self.piece[low:high]])
        told = self.said(memory, month)
        if memory.part == "near":
            at_spots, _ = self._kernel(Kernel(reach_m=memory.reach_m, power=memory.power))
            return np.asarray(told @ at_spots[:, spots])
        by_piece = _sums(self.filing.piece, told, len(self.filing.pieces))
        return np.asarray(by_piece[self.piece[low:high]])

    def by_region(self, memory: Memory, month: int) -> NDArray[np.float64]:
        """What a memory of weight 1 expects in each region, shape (r,)."""
        count = self.regions
        if memory.part in {"even", "town"}:
            whole = self._even if memory.part == "even" else self._town
            return _sums(self.region, whole, count)
        told = self.said(memory, month)
        if memory.part == "near":
            _, in_regions = self._kernel(Kernel(reach_m=memory.reach_m, power=memory.power))
            return np.asarray(told @ in_regions)
        return _sums(self.region[self.filing.piece], told, count)

    @cached_property
    def regions(self) -> int:
        """Count of the regions."""
        return int(self.region.max()) + 1

    @cached_property
    def _even(self) -> NDArray[np.float64]:
        length_m = self.filing.pieces.length_m
        return np.asarray(length_m / length_m.sum())

    @cached_property
    def _town(self) -> NDArray[np.float64]:
        found = np.zeros(len(self.filing.pieces))
        found[self.towns] = 1.0 / max(len(self.towns), 1)
        return found if len(self.towns) else self._even

    def _kernel(self, kernel: Kernel) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Share of each spot's mass at the piece of each spot, and in each region."""
        if kernel not in self._kernels:
            at_spots = self.filing.around_at(kernel, self.filing.piece)
            in_regions = self.filing.in_groups(kernel, self.region, self.regions)
            self._kernels[kernel] = at_spots, in_regions
        return self._kernels[kernel]


def _sums(
    where: NDArray[np.int64], weights: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Sum of the weights at each place."""
    return np.bincount(where, weights, minlength=count).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """
    Memories and how they are fitted.

    Attributes
    ----------
    name : str
    memories : tuple of Memory
    prior : float
        Weight of the default weights.
    is_share : bool
        Whether each memory counts as a share of the month's total, and not as a rate of its own.
    """

    name: str
    memories: tuple[Memory, ...]
    prior: float
    is_share: bool


class Forecaster:
    """
    Forecasts of one model.

    Parameters
    ----------
    past : Past
    model : Model
    last : int
        Last month that will be asked for.
    """

    def __init__(self, past: Past, model: Model, *, last: int) -> None:
        self._past = past
        self._model = model
        self._months = np.arange(past.first, last + 1)
        self._regions: dict[int, Sequence[NDArray[np.float64]]] = {}
        likely, totals = [], []
        for month in self._months.tolist():
            at = np.column_stack([past.at_records(one, month) for one in model.memories])
            total = np.array([self._total(one, month) for one in model.memories])
            if model.is_share:
                at, total = at / np.where(total > 0, total, 1.0), np.ones(len(total))
            likely.append(at)
            totals.append(total)
        self._likely = likely
        self._totals = np.array(totals)

    def _total(self, memory: Memory, month: int) -> float:
        if memory.part in {"even", "town"}:
            return 1.0
        return float(self._past.said(memory, month).sum())

    def weights(self, month: int) -> NDArray[np.float64]:
        """Weights fitted on the months before one, shape (k,)."""
        known = int(month - self._months[0])
        start = np.array([memory.weight for memory in self._model.memories])
        if known <= 0:
            return start
        return fit_weights(
            np.concatenate(self._likely[:known]),
            self._totals[:known].sum(axis=0),
            start=start,
            prior=self._model.prior,
        )

    def total(self, month: int, weights: NDArray[np.float64]) -> float:
        """Records expected on the whole network in a month."""
        return float(self._totals[month - self._months[0]] @ weights)

    def at_records(self, month: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the month's total at the piece of each of its records."""
        return np.asarray(
            self._likely[month - self._months[0]] @ weights / self.total(month, weights)
        )

    def past_score(self, month: int, weights: NDArray[np.float64]) -> float:
        """Log likelihood of the records before a month under these weights, as shares of each month."""
        known = month - int(self._months[0])
        counts = [len(one) for one in self._likely[:known]]
        expected = np.concatenate([np.zeros((0, len(weights))), *self._likely[:known]]) @ weights
        totals = np.repeat(self._totals[:known] @ weights, counts)
        return float(np.log(expected / totals).sum())

    def everywhere(self, month: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the month's total on every piece, shape (p,)."""
        return self._mixed(
            [self._past.everywhere(one, month) for one in self._model.memories], month, weights
        )

    def by_region(self, month: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the month's total in each region, shape (r,)."""
        if month not in self._regions:
            memories = self._model.memories
            self._regions[month] = [self._past.by_region(one, month) for one in memories]
        return self._mixed(self._regions[month], month, weights)

    def _mixed(
        self, said: Sequence[NDArray[np.float64]], month: int, weights: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        rows = np.array(said)
        if self._model.is_share:
            sums = rows.sum(axis=1, keepdims=True)
            rows = rows / np.where(sums > 0, sums, 1.0)
        return np.asarray(weights @ rows / self.total(month, weights))
