"""
Waits on a way: at ferries, at barriers for the rain, and rests, for the timetable and for departures alike.

A wait has a least and a most. Who is fast waits the least, who is slow the most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.units import HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cmcoord_geo.config import RulesConfig
    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network import Convoy, KnownState, Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """
    A crossing where a way comes to it.

    Attributes
    ----------
    place : int
        In the way.
    share : float or None
        Share of that segment driven before it; None where nobody knows where on the segment it lies.
    crossing : Crossing
    is_shared : bool
        The next segment of the way carries it too.
    """

    place: int
    share: float | None
    crossing: Crossing
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """
    A wait on a segment.

    Attributes
    ----------
    share : float
        Share of the segment driven before it.
    low_s, high_s : float
        Least and most seconds.
    """

    share: float
    low_s: float
    high_s: float


def crossings_met(network: RoadNetwork, way: Way, crossings: Iterable[Crossing]) -> Iterator[Met]:
    """
    Crossings of a way in its order, each time that the way comes to it.

    One that several segments share, driven one after the other, is met where the first of them has it.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    crossings : iterable of Crossing
    """
    keys = [network.segment_ids[segment] for segment, _ in way]
    known = tuple(crossings)
    for place, (segment, is_forward) in enumerate(way):
        key = keys[place]
        before, after = keys[place - 1 : place], keys[place + 1 : place + 2]
        for crossing in known:
            if key not in crossing.at_km or _carried_on(crossing, key, before):
                continue
            at_km, length_km = crossing.at_km[key], network.length_km(segment)
            share = None if at_km is None else min(at_km / length_km, 1.0)
            if share is not None and not is_forward:
                share = 1 - share
            yield Met(
                place=place, share=share, crossing=crossing,
                is_shared=_carried_on(crossing, key, after),
            )  # fmt: skip


def _carried_on(crossing: Crossing, key: str, beside: Sequence[str]) -> bool:
    """Whether another segment beside this one in the way carries the crossing too."""
    return any(other != key and other in crossing.at_km for other in beside)


def wait_at(
    crossing: Crossing, known: KnownState, *, is_dry: bool, convoy: Convoy, rules: RulesConfig
) -> tuple[float, float]:
    """
    Least and most seconds of waiting at a crossing; what a report says stands for both.

    Parameters
    ----------
    crossing : Crossing
    known : KnownState
    is_dry : bool
        Nobody waits at a barrier for the rain in the dry season.
    convoy : Convoy
    rules : RulesConfig
    """
    if crossing.kind == "rain_barrier" and is_dry:
        return 0.0, 0.0
    told = known.limiting.delay_min if known.limiting else None
    if told is not None:
        return told * MINUTE_S, told * MINUTE_S
    if crossing.kind == "ferry":
        low, high = rules.ferry_wait_min
        return low * MINUTE_S, high * MINUTE_S
    if crossing.kind == "rain_barrier" and convoy.gross_t > rules.barrier_over_t:
        low, high = rules.barrier_wait_h
        return low * HOUR_S, high * HOUR_S
    return 0.0, 0.0


def waits_along(
    network: RoadNetwork, way: Way, roads: Passability, *, convoy: Convoy, rules: RulesConfig
) -> tuple[tuple[Wait, ...], ...]:
    """
    Waits at crossings on each segment of a way, in the order of driving.

    Where nobody knows the place of a crossing, the most is waited before the segment and the least not at
    all: so both paces bound whoever waits anywhere on it.

    Parameters
    ----------
    network : RoadNetwork
    way : sequence of (segment, is_forward)
    roads : Passability
        Of this network.
    convoy : Convoy
    rules : RulesConfig
    """
    found: list[list[Wait]] = [[] for _ in way]
    for met in crossings_met(network, way, network.crossings):
        known = roads.crossing_states.get(met.crossing.crossing_id, NOTHING)
        is_dry = roads.season[way[met.place][0]] == "dry"
        low_s, high_s = wait_at(met.crossing, known, is_dry=is_dry, convoy=convoy, rules=rules)
        is_placed = met.share is not None and not met.is_shared
        if high_s:
            found[met.place].append(
                Wait(share=met.share or 0.0, low_s=low_s if is_placed else 0.0, high_s=high_s)
            )
    return tuple(tuple(sorted(waits, key=lambda wait: wait.share)) for waits in found)


def rest_share(rules: RulesConfig) -> float:
    """
    Most seconds of rests and radio checks for each second of driving.

    Spread over the driving they come to no less than those that are due at any moment.

    Parameters
    ----------
    rules : RulesConfig
    """
    each = ((rules.rest_every_h, rules.rest_min), (rules.radio_every_h, rules.radio_min))
    return sum(minutes * MINUTE_S / (every_h * HOUR_S) for every_h, minutes in each if every_h)
