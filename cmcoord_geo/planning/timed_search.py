"""
Another road at another hour: whether a road that is no option does better at some departure of a day.

Roads are searched exactly over arrival and exposure, and over arrival, exposure and exposure under presence,
on :mod:`~cmcoord_geo.planning.timed_roads`. There a road can only look better than it is; one that looks
better than all options is therefore tried as an option before it is told. An option that leaves later and
still arrives first is the better one. Who comes back to where he started leaves on the next day: that is no
other road. Presence never speaks for a road whose own exposure is above that of every option.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.planning.conditions import search_limits
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.slots import slots_of, way_of
from cmcoord_geo.planning.timed_cover import WHOLE
from cmcoord_geo.planning.timed_roads import DAY_SLOTS, STEP_S, TimedRoads
from cmcoord_geo.planning.ways import length_km, places_of
from cmcoord_geo.risk.exposure import MICRO
from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slots import Slot
    from cmcoord_geo.planning.ways import Way
    from cmcoord_geo.routing import TimedPaths

Gain = Literal["arrives", "earlier", "less", "presence"]
State = Literal["found", "none", "unsettled", "past"]
#: Roads that are tried as options, those that look better at most departures first.
MOST_TRIED = 3
#: What counts as earlier, in seconds, and as less exposure, as a share.
EARLIER_S, LESS = 900, 0.05
#: Days on which the options may leave later instead.
_LATER_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoad:
    """
    A road that is no option and does better than all of them at a departure.

    Attributes
    ----------
    via : tuple of str
        Ids of its places.
    km, apart_km : float
        Its length, and how much of it lies on no option.
    slot : Slot
        The first departure at which it does better.
    departures : int
        How many of the day there are.
    arrive : datetime
        At the slow pace.
    instead : datetime or None
        First arrival of the options at the slow pace, left then or later; None where none arrives.
    against : Slot or None
        Departure of an option, then or later, with least exposure under presence; None where none arrives.
    gain : str
        ``arrives``: no option does, left then or in the two days after; ``earlier``;
        ``less``: less exposure, and not after the last option; ``presence``: less exposure under presence
        offered or confirmed, not after the last option, and no more exposure of its own than one of them.
    """

    via: tuple[str, ...]
    km: float
    apart_km: float
    slot: Slot
    departures: int
    arrive: datetime
    instead: datetime | None
    against: Slot | None
    gain: Gain

    @property
    def depart(self) -> datetime:
        """The first departure at which it does better."""
        return self.slot.depart


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadSearch:
    """
    Answer for one movement.

    Attributes
    ----------
    state : str
        ``found``; ``none``: no other road does better at any departure; ``unsettled``: some look better, but
        did not hold when tried, or were not tried; ``past``: the whole day is, nothing was searched.
    departures : int
        That were searched.
    unsettled : int
        Of them, those at which a road looks better that was not shown to be.
    unfinished : int
        Of them, those at which the search for presence was given up: too much of it lies ahead.
    is_part : bool
        Only the roads near the fastest way were searched.
    other : OtherRoad or None
    """

    state: State
    departures: int = 0
    unsettled: int = 0
    unfinished: int = 0
    is_part: bool = False
    other: OtherRoad | None = None


def search_roads(situation: Situation, options: Sequence[Route]) -> RoadSearch:
    """
    Search one day of departures for a road that does better than all options, left then or later.

    Parameters
    ----------
    situation : Situation
    options : sequence of Route
        At least one.
    """
    slots = [slots_of(situation, option, days=_LATER_DAYS) for option in options]
    rows = [row for row, slot in enumerate(slots[0][:DAY_SLOTS]) if not _is_past(situation, slot)]
    if not rows:
        return RoadSearch(state="past")
    return _Search(situation, options, slots, rows).answer()


class _Search:
    """Roads, options and departures of one search."""

    def __init__(
        self, situation: Situation, options: Sequence[Route], slots: Sequence[Sequence[Slot]],
        rows: Sequence[int],
    ) -> None:  # fmt: skip
        self._situation, self._slots, self._rows = situation, slots, rows
        self._ways = [way_of(situation.network, option) for option in options]
        self._roads = TimedRoads(situation, self._ways)
        self._moments = [row * STEP_S for row in rows]
        self._limits = search_limits(situation, self._roads.exposure)
        self._best = self._best_of([[_arrives_s(slot) for slot in each] for each in slots])

    def answer(self) -> RoadSearch:
        """Roads that look better, tried; the one that does better at most departures is told."""
        looks: defaultdict[Way, set[int]] = defaultdict(set)
        for way, row in self._earlier_or_less():
            looks[way].add(row)
        under, unfinished = self._under_presence()
        for way, row in under:
            looks[way].add(row)
        for way in self._ways:
            looks.pop(way, None)
        order = sorted(filter(self._is_kept, looks), key=lambda way: (-len(looks[way]), way))
        held = {way: list(self._tried(way)) for way in order[:MOST_TRIED]}
        settled = {row for found in held.values() for row, _, _ in found}
        left = {row for at in looks.values() for row in at} - settled
        other = max(
            (self._told(way, found) for way, found in held.items() if found),
            key=lambda one: one.departures,
            default=None,
        )
        return RoadSearch(
            state="found" if other else "unsettled" if left else "none",
            departures=len(self._rows), unsettled=len(left), unfinished=unfinished,
            is_part=self._roads.is_part, other=other,
        )  # fmt: skip

    def _earlier_or_less(self) -> Iterator[tuple[Way, int]]:
        """Roads that look better than every option without presence, each with a slot at which they do."""
        options = []
        for way, slots in zip(self._ways, self._slots, strict=True):
            looks = np.array([_arrives_s(slot) for slot in slots]) - self._roads.start_s
            alike = np.full(len(looks), np.inf)
            alike[self._rows] = _first_arrivals(
                self._roads.found(self._moments, way), len(self._rows)
            )
            options.append(np.where(np.isfinite(looks), np.minimum(looks, alike), np.inf).tolist())
        best = self._best_of(options)
        found = self._roads.found(self._moments)
        for line, row in enumerate(self._row_of(found)):
            if best[row].gain(float(found.arrivals[line]), int(found.costs[line, 0])):
                yield self._roads.way(found.plan(line)[0]), row

    def _under_presence(self) -> tuple[list[tuple[Way, int]], int]:
        """Roads that look better under presence; at how many departures that was not searched to the end."""
        bounds = [self._best[row].bounds(self._roads.start_s + row * STEP_S) for row in self._rows]
        found = self._roads.found_covered(self._moments, bounds)
        if found is None:
            return [], 0
        ways = [
            (self._roads.way(found.plan(line)[0]), row)
            for line, row in enumerate(self._row_of(found))
        ]
        return ways, int((~found.is_complete).sum())

    def _row_of(self, found: TimedPaths) -> list[int]:
        """Slot of each row that was found."""
        return [self._rows[number] for number in found.departure.tolist()]

    def _best_of(self, arrivals: Sequence[Sequence[float]]) -> list[_Best]:
        """What the options reach, left at each slot or at a later one."""
        columns = []
        for way, slots, moments in zip(self._ways, self._slots, arrivals, strict=True):
            cost = self._roads.cost(way)
            under = [_under(cost, slot) for slot in slots]
            least = (_least_later(each) for each in (moments, under))
            columns.append([(*pair, cost) for pair in zip(*least, strict=True)])
        return [_Best.of(reached) for reached in zip(*columns, strict=True)]

    def _is_kept(self, way: Way) -> bool:
        """Whether a road may be tried: it is open, leads on, and keeps the limits of the movement."""
        segments = np.array([segment for segment, _ in way])
        is_open = bool(self._situation.passable.is_open[segments].all())
        if not is_open or not self._roads.leads_on(way):
            return False
        return self._limits is None or self._limits.keeps(segments, self._roads.exposure)

    def _tried(self, way: Way) -> Iterator[tuple[int, Gain, Slot]]:
        """Slots at which a road, tried as an option, does better than all of them."""
        cost = self._roads.cost(way)
        slots = slots_of(self._situation, build_route(self._situation, way, letter=""), days=1)
        for row in self._rows:
            arrive_s = _arrives_s(slots[row])
            under = _under(cost, slots[row])
            gain = None if arrive_s == math.inf else self._best[row].gain(arrive_s, cost, under)
            if gain is not None:
                yield row, gain, slots[row]

    def _told(self, way: Way, found: Sequence[tuple[int, Gain, Slot]]) -> OtherRoad:
        """A road with the first departure at which it does better."""
        row, gain, slot = found[0]
        first_s = self._best[row].first_s
        known = {step for option in self._ways for step in option}
        apart = tuple(step for step in way if step not in known)
        network = self._situation.network
        later = [
            (_under(self._roads.cost(option), one), number, one.depart, one)
            for number, (option, slots) in enumerate(zip(self._ways, self._slots, strict=True))
            for one in slots[row:]
            if one.verdict == "in"
        ]
        return OtherRoad(
            via=places_of(network, way), km=length_km(network, way),
            apart_km=length_km(network, apart), slot=slot, departures=len(found),
            arrive=to_datetime(_arrives_s(slot)),
            instead=None if first_s == math.inf else to_datetime(first_s),
            against=min(later, key=lambda one: one[:3])[3] if later else None, gain=gain,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """What the options reach at one departure: arrivals, exposure, and the least of it under presence."""

    first_s: float
    last_s: float
    cost: float
    most_cost: float
    under: float

    @classmethod
    def of(cls, reached: Iterable[tuple[float, float, int]]) -> _Best:
        """Of arrival, exposure under presence and exposure of each option, where it arrives."""
        rows = [one for one in reached if one[0] < math.inf]
        if not rows:
            nothing = math.inf
            return cls(
                first_s=nothing, last_s=nothing, cost=nothing, most_cost=nothing, under=nothing
            )
        arrivals, under, costs = zip(*rows, strict=True)
        return cls(
            first_s=min(arrivals), last_s=max(arrivals), cost=min(costs), most_cost=max(costs),
            under=min(under),
        )  # fmt: skip

    def gain(self, arrive_s: float, cost: int, under: float = math.inf) -> Gain | None:
        """What a road does better; None where it does not."""
        if self.first_s == math.inf:
            return "arrives"
        if arrive_s <= self.first_s - EARLIER_S:
            return "earlier"
        if arrive_s > self.last_s:
            return None
        if cost <= self.cost * (1 - LESS):
            return "less"
        is_covered = cost <= self.most_cost and under <= self.under * (1 - LESS)
        return "presence" if is_covered else None

    def bounds(self, depart_s: float) -> tuple[float, float, float]:
        """Most seconds, exposure, and hundredths of it under presence, of a road that gains by that."""
        if self.first_s == math.inf:
            return 0.0, 0.0, 0.0
        return self.last_s - depart_s, self.most_cost, self.under * (1 - LESS) * WHOLE


def _is_past(situation: Situation, slot: Slot) -> bool:
    return slot.depart < situation.picture.as_of


def _arrives_s(slot: Slot) -> float:
    """Arrival at the slow pace, infinite where it does not hold at every pace."""
    return slot.arrive.latest.timestamp() if slot.verdict == "in" and slot.arrive else math.inf


def _under(cost: int, slot: Slot) -> float:
    """Exposure of a road as the search counts it, less what presence at passage takes off; else infinite."""
    if slot.exposure is None or slot.exposure_with_patrols is None:
        return math.inf
    return cost - MICRO * (slot.exposure.mean - slot.exposure_with_patrols.mean)


def _least_later(values: Sequence[float]) -> list[float]:
    """Least of each value and all after it."""
    least: list[float] = np.minimum.accumulate(np.array(values, float)[::-1])[::-1].tolist()
    return least


def _first_arrivals(found: TimedPaths, count: int) -> NDArray[np.float64]:
    first = np.full(count, np.inf)
    np.minimum.at(first, found.departure, found.arrivals)
    return first
