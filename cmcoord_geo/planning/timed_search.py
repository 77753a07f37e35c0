"""
Another road at another hour: whether a road that is no option does better at some departure of a day.

Roads are searched exactly at the slow pace, with daylight, bans and closures as windows and nights at agreed
halts. Rests, stops, hours of crossings, bans on places and the fast pace are left out there, so a road can
only look better than it is; one that looks better than all options is therefore tried as an option before it
is told. An option that leaves later and still arrives first is the better one. Who comes back to where he
started leaves on the next day: that is no other road.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.model import Limits
from cmcoord_geo.planning.course import course_of, is_halt
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.slots import first_day, slots_of, way_of
from cmcoord_geo.planning.spans import Spans, midnight_s
from cmcoord_geo.planning.ways import nodes_of, places_of
from cmcoord_geo.risk import search_costs
from cmcoord_geo.routing.graph import ArcGraph
from cmcoord_geo.routing.timed_arcs import TimedArcs, WindowClass
from cmcoord_geo.routing.timed_search import timed_paths
from cmcoord_geo.units import DAY_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slots import Slot
    from cmcoord_geo.planning.ways import Way
    from cmcoord_geo.routing.timed_search import TimedPaths

    _Light = tuple[NDArray[np.int64], NDArray[np.int64]]

Gain = Literal["arrives", "earlier", "less"]
State = Literal["found", "none", "unsettled", "past", "large", "via", "limits"]
#: Roads of the largest network that is searched.
MOST_SEGMENTS = 1000
#: Days in which a journey that is searched may arrive.
DAYS = 7
#: Roads that are tried as options, those that look better at most departures first.
MOST_TRIED = 3
#: What counts as earlier, in seconds, and as less exposure, as a share.
EARLIER_S, LESS = 900, 0.05
_STEP_S = 900
#: Days on which the options may leave later instead.
_LATER_DAYS = 3
_SLOTS = int(DAY_S // _STEP_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRoad:
    """
    A road that is no option and does better than all of them at a departure.

    Attributes
    ----------
    via : tuple of str
        Ids of its places.
    depart : datetime
        The first at which it does.
    departures : int
        How many of the day there are.
    arrive : datetime
        At the slow pace.
    instead : datetime or None
        First arrival of the options at the slow pace, left then or later; None where none arrives.
    gain : str
        ``arrives``: no option does, left then or in the two days after; ``earlier``;
        ``less``: less exposure, and not after the last option.
    """

    via: tuple[str, ...]
    depart: datetime
    departures: int
    arrive: datetime
    instead: datetime | None
    gain: Gain


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadSearch:
    """
    Answer for one movement.

    Attributes
    ----------
    state : str
        ``found``; ``none``: no other road does better at any departure; ``unsettled``: some look better, but
        did not hold when tried, or were not tried; not searched: the whole day is ``past``,
        ``large`` network, ``via`` points, ``limits``.
    departures : int
        That were searched.
    unsettled : int
        Of them, those at which a road looks better that was not shown to be.
    other : OtherRoad or None
    """

    state: State
    departures: int = 0
    unsettled: int = 0
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
    state = _not_searched(situation)
    if state is not None:
        return RoadSearch(state=state)
    slots = [slots_of(situation, option, days=_LATER_DAYS) for option in options]
    rows = [row for row, slot in enumerate(slots[0][:_SLOTS]) if not _is_past(situation, slot)]
    if not rows:
        return RoadSearch(state="past")
    ways = [way_of(situation.network, option) for option in options]
    roads = _Roads(situation)
    arrivals = [np.array([_arrives_s(slot) for slot in each]) for each in slots]
    looks = _looks_better(roads, ways, arrivals, rows)
    order = sorted(looks, key=lambda way: (-len(looks[way]), way))
    best = _best(roads, ways, arrivals)
    held = {way: list(_tried(situation, roads, way, best, rows)) for way in order[:MOST_TRIED]}
    settled = {row for found in held.values() for row, _, _ in found}
    left = {row for at in looks.values() for row in at} - settled
    other = max(
        (_told(situation, way, found, best) for way, found in held.items() if found),
        key=lambda one: one.departures,
        default=None,
    )
    state = "found" if other else "unsettled" if left else "none"
    return RoadSearch(state=state, departures=len(rows), unsettled=len(left), other=other)


def _is_past(situation: Situation, slot: Slot) -> bool:
    return slot.depart < situation.picture.as_of


def _arrives_s(slot: Slot) -> float:
    """Arrival at the slow pace, infinite where it does not hold at every pace."""
    return slot.arrive.latest.timestamp() if slot.verdict == "in" and slot.arrive else math.inf


def _not_searched(situation: Situation) -> State | None:
    """Why the roads of a movement are not searched; None where they are."""
    network, request = situation.network, situation.request
    if network.traffic is not None or len(network) > MOST_SEGMENTS:
        return "large"
    if len(situation.stops) != 2:
        return "via"
    return None if request.limits == Limits() else "limits"


def _told(
    situation: Situation,
    way: Way,
    found: Sequence[tuple[int, Gain, Slot]],
    best: Sequence[_Best],
) -> OtherRoad:
    """A road with the first departure at which it does better."""
    row, gain, slot = found[0]
    first_s = best[row].first_s
    return OtherRoad(
        via=places_of(situation.network, way),
        depart=slot.depart,
        departures=len(found),
        arrive=to_datetime(_arrives_s(slot)),
        instead=None if first_s == math.inf else to_datetime(first_s),
        gain=gain,
    )


class _Roads:
    """Roads of a situation over the days ahead, and what is found on them."""

    def __init__(self, situation: Situation) -> None:
        network, first = situation.network, first_day(situation)
        self._ends = situation.stops[0], situation.stops[-1]
        courses = [
            course_of(situation, ((segment, True),), first=first, days=DAYS)
            for segment in range(len(network))
        ]
        mid_s = np.array([float(course.ahead.mid_s[:, 0].min()) for course in courses])
        exposure = search_costs(situation.hazard, mid_s, config=situation.config.hazard)
        light = [_light(situation, node, first) for node in range(len(network.node_ids))]
        forbidden = {key for road in situation.request.avoid for key in road.segment_ids}
        shut = [key in forbidden for key in network.segment_ids]
        self.start_s = midnight_s(first)
        classes: dict[tuple[tuple[int, int], ...], int] = {}
        window_of = []
        for arc, (tail, head) in enumerate(
            zip(network.tail.tolist(), network.head.tolist(), strict=True)
        ):
            hours = list(zip(light[tail][0].tolist(), light[head][1].tolist(), strict=True))
            course = courses[arc // 2]
            is_shut = shut[arc // 2] or head == self._ends[0]  # nobody starts twice
            spans = () if is_shut else tuple(_open_spans(course, hours, self.start_s))
            window_of.append(classes.setdefault(spans, len(classes)))
        self.costs = np.repeat(exposure, 2)
        self._seconds = np.repeat([_slow_s(network, course) for course in courses], 2)
        self._graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head)
        self._windows = [
            WindowClass([opens for opens, _ in spans], [closes for _, closes in spans])
            for spans in (*classes, ())
        ]
        self._window_of = np.array(window_of, dtype=np.int64)
        rules = situation.config.rules
        self._halts = [n for n in range(len(network.node_ids)) if is_halt(network, n, rules)]

    def found(self, departures: Sequence[int], way: Way | None = None) -> TimedPaths:
        """Best compromises of arrival and exposure, on all roads or on one way alone."""
        window_of = self._window_of
        if way is not None:
            arcs = [2 * segment + (not is_forward) for segment, is_forward in way]
            is_on = np.zeros(len(window_of), dtype=bool)
            is_on[arcs] = True
            window_of = np.where(is_on, window_of, len(self._windows) - 1)
        roads = TimedArcs.of(
            self._graph, self._seconds, self.costs[:, None], step_s=_STEP_S,
            n_slots=DAYS * _SLOTS, windows=self._windows, window_of=window_of, halts=self._halts,
        )  # fmt: skip
        return timed_paths(roads, *self._ends, departures)

    def cost(self, way: Way) -> int:
        """Exposure of a way as the search counts it."""
        return int(sum(self.costs[2 * segment] for segment, _ in way))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """What the options reach at one departure: first and last arrival, least exposure."""

    first_s: float
    last_s: float
    cost: float

    @classmethod
    def of(cls, reached: Iterable[tuple[float, int]]) -> _Best:
        """Of arrival and exposure of each option that arrives."""
        pairs = [one for one in reached if one[0] < math.inf]
        if not pairs:
            return cls(first_s=math.inf, last_s=math.inf, cost=math.inf)
        arrivals = [arrival for arrival, _ in pairs]
        return cls(first_s=min(arrivals), last_s=max(arrivals), cost=min(cost for _, cost in pairs))

    def gain(self, arrive_s: float, cost: int) -> Gain | None:
        """What a road does better; None where it does not."""
        if self.first_s == math.inf:
            return "arrives"
        if arrive_s <= self.first_s - EARLIER_S:
            return "earlier"
        return "less" if cost <= self.cost * (1 - LESS) and arrive_s <= self.last_s else None


def _best(
    roads: _Roads, ways: Sequence[Way], arrivals: Sequence[NDArray[np.float64]]
) -> list[_Best]:
    """What the options reach, left at each slot or at a later one."""
    later = [np.minimum.accumulate(each[::-1])[::-1].tolist() for each in arrivals]
    costs = [roads.cost(way) for way in ways]
    return [_Best.of(zip(moments, costs, strict=True)) for moments in zip(*later, strict=True)]


def _looks_better(
    roads: _Roads, ways: Sequence[Way], arrivals: Sequence[NDArray[np.float64]], rows: Sequence[int]
) -> Mapping[Way, tuple[int, ...]]:
    """Roads that look better than every option, each with the slots at which they do."""
    moments = [row * _STEP_S for row in rows]
    options = []
    for way, real in zip(ways, arrivals, strict=True):
        looks = real - roads.start_s
        alike = np.full(len(looks), np.inf)
        alike[rows] = _first_arrivals(roads.found(moments, way), len(rows))
        options.append(np.where(np.isfinite(looks), np.minimum(looks, alike), np.inf))
    best = _best(roads, ways, options)
    found = roads.found(moments)
    better: defaultdict[Way, dict[int, None]] = defaultdict(dict)
    for line, number in enumerate(found.departure.tolist()):
        row = rows[number]
        if best[row].gain(float(found.arrivals[line]), int(found.costs[line, 0])):
            arcs, _ = found.plan(line)
            way = tuple((arc // 2, arc % 2 == 0) for arc in arcs.tolist())
            better[way][row] = None
    return {way: tuple(at) for way, at in better.items() if way not in ways}


def _first_arrivals(found: TimedPaths, count: int) -> NDArray[np.float64]:
    first = np.full(count, np.inf)
    np.minimum.at(first, found.departure, found.arrivals)
    return first


def _tried(
    situation: Situation, roads: _Roads, way: Way, best: Sequence[_Best], rows: Sequence[int]
) -> Iterator[tuple[int, Gain, Slot]]:
    """Slots at which a road, tried as an option, does better than all of them."""
    nodes = nodes_of(situation.network, way)
    is_open = all(situation.passable.is_open[segment] for segment, _ in way)
    if len(set(nodes)) < len(nodes) or not is_open:
        return
    cost = roads.cost(way)
    slots = slots_of(situation, build_route(situation, way, letter=""), days=1)
    for row in rows:
        arrive_s = _arrives_s(slots[row])
        gain = None if arrive_s == math.inf else best[row].gain(arrive_s, cost)
        if gain is not None:
            yield row, gain, slots[row]


def _slow_s(network: RoadNetwork, course: Course) -> int:
    """Least seconds on a segment at the slow pace, its crossings' waits with it, of all days."""
    moving_s = float(np.sum([step.high_s for step in course.steps], axis=0).min())
    segment_id = course.ahead.network.segment_ids[0]
    is_shared = any(
        segment_id in crossing.at_km and len(crossing.at_km) > 1 for crossing in network.crossings
    )
    gates = () if is_shared else (step.gate for step in course.steps)
    waits_s = sum(gate.least_slow_s for gate in gates if gate is not None)
    return max(1, math.floor(moving_s + waits_s))


def _light(situation: Situation, node: int, first: date) -> _Light:
    """First light and last arrival at a node on each day, seconds since the first midnight."""
    network = situation.network
    midnight = np.arange(DAYS) * int(DAY_S)
    if not network.is_place(node):
        return midnight, midnight + int(DAY_S)
    lon, lat = float(network.lon[node]), float(network.lat[node])
    start_s = midnight_s(first)
    days = [
        day_at(lon, lat, to_datetime(start_s + noon_s), config=situation.config.day)
        for noon_s in (midnight + DAY_S / 2).tolist()
    ]
    opens = [math.ceil(day.start.timestamp() - start_s) for day in days]
    closes = [math.floor(day.end.timestamp() - start_s) for day in days]
    return np.array(opens), np.array(closes)


def _open_spans(
    course: Course, hours: Sequence[tuple[int, int]], start_s: float
) -> Iterator[tuple[int, int]]:
    """Seconds in which a segment may be driven: by day, outside bans and closures."""
    barred = Spans.of(
        (start, end)
        for step in course.steps
        for bar in step.bars
        if bar.effect == "stop"
        for start, end in zip(bar.spans.start.tolist(), bar.spans.end.tolist(), strict=True)
    )
    for opens, closes in hours:
        for start, end in zip(
            (barred.start - start_s).tolist(), (barred.end - start_s).tolist(), strict=True
        ):
            if end <= opens or start >= closes:
                continue
            if math.ceil(start) > opens:
                yield opens, math.ceil(start)
            opens = max(opens, math.floor(end))  # noqa: PLW2901 - what is left of the day
        if opens < closes:
            yield opens, closes
