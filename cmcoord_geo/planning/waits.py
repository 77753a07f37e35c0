"""
Waits on a way: at ferries, at barriers for the rain, and rests, for the timetable and for departures alike.

A wait has a least and a most. Who is fast waits the least, who is slow the most; whoever comes before a
crossing opens waits for it, and whoever comes after it closes waits for the next day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.hours import parse_hours
from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.units import DAY_S, HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.config import RulesConfig
    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network import Convoy, KnownState, Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Way

    Moments = NDArray[np.float64]
    Flags = NDArray[np.bool_]


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
        Least and most seconds, once it is open.
    hours : tuple of int or None
        Minutes of the day at which it opens and closes; None: always, or not known.
    opens, closes : tuple of bool
        Whether the fast pace, and whether the slow one, waits here until it opens, and stays behind once it
        is closed.
    """

    share: float
    low_s: float
    high_s: float
    hours: tuple[int, int] | None = None
    opens: tuple[bool, bool] = (True, True)
    closes: tuple[bool, bool] = (True, True)

    def passed_s(self, moment_s: Moments, *, pace: int) -> tuple[Moments, Flags]:
        """
        Seconds at which a pace is through, and whether it comes too late for that day.

        Nobody is taken after closing: who would still wait then is too late, however early he came.

        Parameters
        ----------
        moment_s : ndarray of float64
            Seconds since the epoch at which it comes.
        pace : int
            0 is the fast one, 1 the slow one.
        """
        wait_s = (self.low_s, self.high_s)[pace]
        ready_s, is_late = moment_s, np.zeros(moment_s.shape, dtype=bool)
        if self.hours is not None:
            open_s, is_shut = when_open(moment_s, self.hours)
            ready_s = open_s if self.opens[pace] else moment_s
            if self.closes[pace]:
                is_late = is_shut | _is_after(moment_s, ready_s + wait_s, self.hours)
        return ready_s + wait_s, is_late


def _is_after(moment_s: Moments, through_s: Moments, hours: tuple[int, int]) -> Flags:
    """Whether a turn comes after the closing of the day of a moment; one that is open overnight has none."""
    opens_s, closes_s = (minute * MINUTE_S for minute in hours)
    midnight_s = moment_s - (moment_s + HOUR_S) % DAY_S
    found: Flags = (through_s - midnight_s > closes_s) & (opens_s < closes_s)
    return found


def when_open(moment_s: Moments, hours: tuple[int, int]) -> tuple[Moments, Flags]:
    """
    Seconds at which a crossing lets people pass, and who is too late for it that day.

    Parameters
    ----------
    moment_s : ndarray of float64
        Seconds since the epoch.
    hours : tuple of int
        Minutes of the day in Bangui at which it opens and closes; past midnight the second is the smaller.
    """
    opens_s, closes_s = (minute * MINUTE_S for minute in hours)
    clock = (moment_s + HOUR_S) % DAY_S  # Bangui is an hour ahead of UTC all year
    if opens_s < closes_s:
        return moment_s + np.maximum(opens_s - clock, 0.0), clock > closes_s
    is_shut = (clock > closes_s) & (clock < opens_s)
    return moment_s + np.where(is_shut, opens_s - clock, 0.0), np.zeros(moment_s.shape, dtype=bool)


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


def waits_of(
    met: Met, roads: Passability, segment: int, *, convoy: Convoy, rules: RulesConfig
) -> tuple[Wait, ...]:
    """
    What a crossing that is met asks for, in the order of driving; nothing where nobody waits.

    Where nobody knows its place the most is waited before the segment and the least not at all, and it must
    be open still when the slow pace is through: so both paces bound whoever waits anywhere on it.

    Parameters
    ----------
    met : Met
    roads : Passability
    segment : int
        Row of its segment there.
    convoy : Convoy
    rules : RulesConfig
    """
    known = roads.crossing_states.get(met.crossing.crossing_id, NOTHING)
    is_dry = roads.season[segment] == "dry"
    low_s, high_s = wait_at(met.crossing, known, is_dry=is_dry, convoy=convoy, rules=rules)
    told = known.limiting.hours if known.limiting else ""
    hours = parse_hours(told or met.crossing.hours)
    if hours is None and not high_s:
        return ()
    if met.share is not None:
        least_s = 0.0 if met.is_shared else low_s
        return (Wait(share=met.share, low_s=least_s, high_s=high_s, hours=hours),)
    if hours is None:
        return (Wait(share=0.0, low_s=0.0, high_s=high_s),)
    before = Wait(
        share=0.0, low_s=0.0, high_s=high_s, hours=hours,
        opens=(False, True), closes=(False, False),
    )  # fmt: skip
    behind = Wait(
        share=1.0, low_s=0.0, high_s=0.0, hours=hours,
        opens=(False, False), closes=(False, True),
    )  # fmt: skip
    return before, behind


def waits_along(
    network: RoadNetwork, way: Way, roads: Passability, *, convoy: Convoy, rules: RulesConfig
) -> tuple[tuple[Wait, ...], ...]:
    """
    Waits at crossings on each segment of a way, in the order of driving.

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
        found[met.place] += waits_of(met, roads, way[met.place][0], convoy=convoy, rules=rules)
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
