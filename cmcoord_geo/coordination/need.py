"""Requested corridors by the need that presence does not meet yet: for the desk, never for the other side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.coordination.demand import bins_of, bins_of_window
from cmcoord_geo.planning.ranges import length

if TYPE_CHECKING:
    from cmcoord_geo.model import CorridorRequest, Coverage, Leg, MovementPlan, Span

#: Km below which a need is met.
_MET_KM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorNeed:
    """
    How much of what is asked for is met, in km that movements drive on the corridor.

    Attributes
    ----------
    corridor : CorridorRequest
    wanted_km : float
        Over all movements behind it, of the option kept.
    fresh_km : float
        With presence that is fresh enough at passage, offered or confirmed.
    confirmed_km : float
        With presence that was reported.
    """

    corridor: CorridorRequest
    wanted_km: float
    fresh_km: float
    confirmed_km: float

    @property
    def unmet_km(self) -> float:
        """Km without fresh presence."""
        return max(self.wanted_km - self.fresh_km, 0.0)


def ranked(
    corridors: Iterable[CorridorRequest], plans: Sequence[MovementPlan], *, bin_h: int
) -> tuple[CorridorNeed, ...]:
    """
    Corridors by unmet need: those that are met last, else by class of need, then by km without presence.

    Parameters
    ----------
    corridors : iterable of CorridorRequest
    plans : sequence of MovementPlan
        Of movements whose owners agreed to ask for presence. Organisations have no part in the order.
    bin_h : int
    """
    found = [_need(corridor, plans, bin_h) for corridor in corridors]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.unmet_km < _MET_KM,
                one.corridor.priority,
                -round(one.unmet_km, 3),
                one.corridor.window.earliest,
                one.corridor.segment_ids,
            ),
        )
    )


def _need(corridor: CorridorRequest, plans: Iterable[MovementPlan], bin_h: int) -> CorridorNeed:
    bins = bins_of_window(corridor.window, hours=bin_h)
    keys = frozenset(corridor.all_ids)
    wanted = fresh = confirmed = 0.0
    for leg, coverage in _legs(plans):
        passage = bins_of(leg.enter.earliest, leg.leave.latest, hours=bin_h)
        if leg.segment_id not in keys or not passage & bins:
            continue
        wanted += leg.km.high - leg.km.low
        on_it = [one for one in coverage if leg.km.low <= _middle(one.km) <= leg.km.high]
        fresh += length((one.km.low, one.km.high) for one in on_it)
        confirmed += length((one.km.low, one.km.high) for one in on_it if one.is_confirmed)
    return CorridorNeed(corridor=corridor, wanted_km=wanted, fresh_km=fresh, confirmed_km=confirmed)


def _middle(km: Span) -> float:
    """Which leg presence lies on: a road that is driven twice has it twice."""
    return (km.low + km.high) / 2


def _legs(plans: Iterable[MovementPlan]) -> Iterator[tuple[Leg, tuple[Coverage, ...]]]:
    """Legs of the option kept of each movement, with the presence along it."""
    for plan in plans:
        for option in plan.options[:1]:
            for leg in option.legs:
                yield leg, option.coverage
