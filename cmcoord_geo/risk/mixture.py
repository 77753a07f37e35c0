"""
Rates of one class on every piece of road: a place's own records, shrunk to what is told of its area.

The area's rate is a mixture of memories of records around (``near``), of towns and of all roads; it is the
mean of a Gamma prior. The place's own memories (``same``) are Poisson records, weighted by their age. How
much the prior weighs against them follows from the shares that forward score gave the memories: a source
that saw the whole of every memory leaves each its share, one that came late or fell silent hands what it did
not see to the area. No weight depends on a record, so a further one lowers no rate anywhere and an older one
never counts more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.risk.attribution import town_mass
from cmcoord_geo.risk.memory import PARTS
from cmcoord_geo.risk.pieces import areas_of
from cmcoord_geo.risk.window import MONTH_S
from cmcoord_geo.units import DAY_S, KM_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.config import HazardConfig
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk.attribution import Attribution
    from cmcoord_geo.risk.memory import Memories, Memory
    from cmcoord_geo.risk.window import Window

    Floats = NDArray[np.float64]

#: Rates are told for so much road.
BLOCK_M = 100 * KM_M
#: What a rate rests on: each kind of memory, and the mean of all roads where a memory saw too little.
RESTS_ON = (*PARTS, "area")
_MONTH_DAYS = MONTH_S / DAY_S
#: Kinds of records that lie on roads.
_PLACED = ("place", "road", "coarse")
#: Months of recording that a memory which never fades asks for at least.
_EVER_MONTHS = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRates:
    """
    Rates of one class, in records per 100 km and month, also where no source speaks.

    Attributes
    ----------
    mean, deviation : ndarray of float64, shape (p,)
        Of the posterior; of the prior where no source covers the class.
    rests_on : ndarray of float64, shape (len(RESTS_ON), p)
        Parts of the mean by what they rest on; they add up to it.
    is_covered : ndarray of bool, shape (p,)
    """

    mean: Floats
    deviation: Floats
    rests_on: Floats
    is_covered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """
    What one memory says of every piece.

    Attributes
    ----------
    rate : ndarray of float64, shape (p,)
        Records per 100 km and month, as if the part of the memory that no source saw had been quiet.
    seen : ndarray of float64, shape (p,)
        Part of the memory that a source saw, 0 to 1.
    months : float
        Mean life of a record in the memory; where it never fades, the months recorded.
    never_fades : bool
    """

    rate: Floats
    seen: Floats
    months: float
    never_fades: bool


class Mixture:
    """
    Memories applied to the records and sources of one date.

    Parameters
    ----------
    spread : Attribution
    incidents : Incidents
    window : Window
    memories : Memories
    config : HazardConfig
    """

    def __init__(
        self,
        spread: Attribution,
        incidents: Incidents,
        window: Window,
        *,
        memories: Memories,
        config: HazardConfig,
    ) -> None:
        self._spread, self._window = spread, window
        self._at_s = incidents.at_s
        self._memories, self._config = memories, config
        self._blocks = spread.pieces.length_m / BLOCK_M
        self._is_placed = np.isin(np.array(spread.kind, dtype=object), _PLACED)

    def rates(self, class_id: str, is_counted: NDArray[np.bool_]) -> ClassRates:
        """
        Rates of a class.

        Parameters
        ----------
        class_id : str
        is_counted : ndarray of bool, shape (n,)
            Its records, known at the cut-off and each counted once.
        """
        local = [
            (memory.share, self._remembered(memory, class_id, is_counted))
            for memory in self._memories.memories
            if memory.part == "same"
        ]
        own_share = sum(share for share, _ in local)
        own, seen = np.zeros(len(self._blocks)), np.zeros(len(self._blocks))
        for share, told in local:
            own += share * told.rate
            seen += share * told.seen
        area = self._area(class_id, is_counted)
        # In shares of a whole memory: the prior weighs 1 - own_share, the place what was seen of its own.
        weight = 1.0 - own_share + seen
        rests_on = area / weight
        rests_on[PARTS.index("same")] = own / weight
        mean = rests_on.sum(axis=0)
        return ClassRates(
            mean=mean,
            deviation=self._deviation(mean, _prior_months(local) * weight),
            rests_on=rests_on,
            is_covered=self._months(class_id) > 0,
        )

    def _deviation(self, mean: Floats, months: Floats) -> Floats:
        """
        Deviation of a Gamma whose mean was seen over so many months on a whole piece.

        Its shape, the records on the piece, is never read as less than ``prior_records``: below, the 95 %
        bound of a Gamma falls under its mean.
        """
        shape = mean * (self._config.piece_m / BLOCK_M) * months
        return mean / np.sqrt(np.maximum(shape, self._config.prior_records))

    def _area(self, class_id: str, is_counted: NDArray[np.bool_]) -> Floats:
        """Rate of the area of each piece times its share, by what it rests on: (len(RESTS_ON), p)."""
        found = np.zeros((len(RESTS_ON), len(self._blocks)))
        whole = self._mean_rate(class_id, is_counted)
        for memory in self._memories.memories:
            if memory.part == "near":
                told = self._remembered(memory, class_id, is_counted)
                found[PARTS.index("near")] += memory.share * told.rate
                found[-1] += memory.share * (1.0 - told.seen) * whole
            elif memory.part != "same":
                rate = self._alike(memory, class_id, is_counted)
                found[PARTS.index(memory.part)] += memory.share * rate
        return found

    def _mean_rate(self, class_id: str, is_counted: NDArray[np.bool_]) -> float:
        """Mean rate over all roads that a source covers, by the half-life of the class."""
        days = incident_classes()[class_id].half_life_days * self._config.half_life_factor
        effort = self._blocks * self._months(class_id, days)
        weights = self._weights(class_id, days, is_counted)
        recorded = self._recorded(weights, effort > 0)
        return max(recorded, self._config.prior_records) / float(effort.sum())

    def _recorded(self, weights: Floats, is_covered: NDArray[np.bool_]) -> float:
        """Records on covered roads; where all are covered every record that lies on roads counts whole."""
        if is_covered.all():
            return float(weights[self._is_placed].sum())
        return float(self._spread.mass(weights)[is_covered].sum())

    def _remembered(self, memory: Memory, class_id: str, is_counted: NDArray[np.bool_]) -> _Told:
        days = self._half_life_days(memory, class_id)
        covered = self._months(class_id, days)
        if np.isinf(days):
            months = max(float(covered.max()), _EVER_MONTHS)
        else:
            months = days / np.log(2.0) / _MONTH_DAYS
        weights = self._weights(class_id, days, is_counted)
        if memory.part == "near":
            mass = self._spread.mass_around(
                weights, reach_m=memory.reach_m * self._config.reach_factor
            )
        else:
            mass = self._spread.mass(weights)
        return _Told(
            rate=mass / self._blocks / months,
            seen=covered / months,
            months=months,
            never_fades=bool(np.isinf(days)),
        )

    def _alike(self, memory: Memory, class_id: str, is_counted: NDArray[np.bool_]) -> Floats:
        """Rate of every town, or of every road, alike: from all records until now where a source covers."""
        covered = self._months(class_id, np.inf)
        recorded = self._recorded(self._weights(class_id, np.inf, is_counted), covered > 0)
        records = max(recorded, self._config.prior_records)
        share = self._share(memory)
        effort = float((share * covered).sum())
        if effort <= 0.0:  # no town where a source covers: nothing tells towns from other roads
            return np.full(len(self._blocks), self._mean_rate(class_id, is_counted))
        return records * share / effort / self._blocks

    def _share(self, memory: Memory) -> Floats:
        pieces = self._spread.pieces
        if memory.part == "even":
            return np.asarray(pieces.length_m / pieces.length_m.sum())
        return town_mass(
            pieces, within_m=self._config.place_radius_m, reach_m=self._config.place_reach_m
        )

    def _months(self, class_id: str, half_life_days: float | None = None) -> Floats:
        """Months that a source covers on each piece, weighted by their age, by default as the class's."""
        names, where = areas_of(self._spread.pieces)
        months = self._window.months(class_id, names, half_life_days=half_life_days)
        return np.asarray(months[where])

    def _weights(
        self, class_id: str, half_life_days: float, is_counted: NDArray[np.bool_]
    ) -> Floats:
        weights = self._window.weights(class_id, self._at_s, half_life_days=half_life_days)
        return np.where(is_counted, weights, 0.0)

    def _half_life_days(self, memory: Memory, class_id: str) -> float:
        stretch = incident_classes()[class_id].half_life_days / self._memories.class_half_life_days
        return memory.half_life_months * _MONTH_DAYS * stretch * self._config.half_life_factor


def _prior_months(local: list[tuple[float, _Told]]) -> float:
    """
    Months of plain counting that a share of one stands for, such as the prior's; 0 without a place's memory.

    A place's memories tell as much as so many months of counting: the square of the mixture's integral over
    age, divided by the integral of its square (Kish 1965). One that fades weighs an age ``a`` with
    ``exp(-a / m) / m``, one that never does with ``1 / m`` up to ``m``.

    Examples
    --------
    >>> told = _Told(rate=np.zeros(1), seen=np.ones(1), months=3.0, never_fades=False)
    >>> _prior_months([(0.5, told)])  # half of the share stands for 6 months
    12.0
    """
    whole = sum(share for share, _ in local)
    square = sum(a * b * _overlap(one, other) for a, one in local for b, other in local)
    return whole / square if square > 0 else 0.0


def _overlap(one: _Told, other: _Told) -> float:
    """Integral over age of the product of two memories."""
    if not one.never_fades and not other.never_fades:
        return 1.0 / (one.months + other.months)
    if one.never_fades and other.never_fades:
        return 1.0 / max(one.months, other.months)
    fading, ever = (other, one) if one.never_fades else (one, other)
    return float(-np.expm1(-ever.months / fading.months)) / ever.months
