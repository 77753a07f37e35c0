"""
Ways to run a movement otherwise than planned: another departure, option or agreed halt, the smallest first.

A change of one movement is as large as its departure moves, and as its window of departure is shorter, in
minutes. Another option, and a night or a wait at another agreed halt, count as the configuration says, and
such a stand also by what it costs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from math import ceil, inf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.model import Stop, TimeSpan
from cmcoord_geo.planning.course import is_halt
from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.pace import reaching
from cmcoord_geo.planning.paces import both_paces
from cmcoord_geo.planning.returns import schedules_home
from cmcoord_geo.planning.schedule import covered_km, schedules, unpatrolled
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.ways import nodes_of
from cmcoord_geo.units import BANGUI, HOUR_S, MINUTE_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.model import MovementPlan, Route
    from cmcoord_geo.planning.conflicts.week import Week
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

_MINUTE = timedelta(minutes=1)
#: Sizes up to which runs are made at once; those beyond the last all together.
_STAGES = (180, 720)
#: Along one segment the sun sets less than this later than at its begin.
_DUSKS = timedelta(hours=1)


class Change(NamedTuple):
    """
    How a run differs from the plan.

    Attributes
    ----------
    option : int
        Option taken, by its place in the plan.
    shift_min : int
        Whole minutes from the first departure that was filed; 0 where it does not move.
    halt_id : str
        Place of a night or a wait by choice; empty where there is none.
    wait_min : int
        Minutes of the wait there; 0 for the night.
    cut_min : int
        Minutes by which the window of departure ends sooner than the whole of it would.
    """

    option: int = 0
    shift_min: int = 0
    halt_id: str = ""
    wait_min: int = 0
    cut_min: int = 0


class Run(NamedTuple):
    """A way to run a movement: what is changed, how large the change is, and the route then."""

    size: int
    change: Change
    route: Route


class Stand(NamedTuple):
    """
    A stop by choice at a place on the way.

    Attributes
    ----------
    place_id : str
    minutes : int
    is_night : bool
        It lasts until nobody drives on that day.
    """

    place_id: str
    minutes: int
    is_night: bool


class _Try(NamedTuple):
    """
    A run that nobody has driven yet.

    Attributes
    ----------
    least : int
        Its size is no less.
    option : int
    days : int
        Days from the day filed to that of the departure.
    depart : TimeSpan
    shift_min : int
        As that of its change.
    cut_min : int
        Minutes by which it ends sooner than the whole window would.
    halt_id : str
    stand : Stand or None
    """

    least: int
    option: int
    days: int
    depart: TimeSpan
    shift_min: int
    cut_min: int = 0
    halt_id: str = ""
    stand: Stand | None = None


class Runs:
    """
    Runs of a movement, made only as far as somebody asks for them.

    All of them are: the departures that the configuration allows on each option, each with the window asked
    for and with those that end sooner, and the departure as planned on each option with a night or a wait at
    one of its agreed halts. A run is offered only by day, on roads that are open then, after the cut-off, and
    in time for the arrival asked for.

    Parameters
    ----------
    week : Week
    plan : MovementPlan
        With one option at least.
    """

    def __init__(self, week: Week, plan: MovementPlan) -> None:
        self._week = week
        self._plan = plan
        self._rule = week.config.proposal
        self._days: dict[int, Situation] = {}
        self._made: dict[Change, _Try] = {}
        self._shorter: list[_Try] = []

    @property
    def beyond(self) -> int | None:
        """No run that was not made yet is smaller; None where all were made."""
        return self._tries[0].least if self._tries else None

    def widen(self, *, to_the_end: bool = False) -> list[Run]:
        """
        Make the next larger runs, or all that are left, in any order; some may turn out larger still.

        Those in a window that ends sooner are left for :meth:`shorter`.
        """
        if not self._tries:
            return []
        stage = bisect_right(_STAGES, self._tries[0].least)
        limit = inf if to_the_end or stage == len(_STAGES) else _STAGES[stage]
        whole: list[_Try] = []
        while self._tries and self._tries[0].least <= limit:
            one = self._tries.popleft()
            (self._shorter if one.cut_min else whole).append(one)
        return self._make(whole)

    def shorter(self, free: Collection[tuple[int, int]]) -> list[Run]:
        """
        Make the runs in a window that ends sooner that are no larger than those made before.

        Parameters
        ----------
        free : collection of (option, shift_min)
            Starts at which the whole window meets nothing: no shorter one can meet less.
        """
        tries = [one for one in self._shorter if (one.option, one.shift_min) not in free]
        self._shorter.clear()
        return self._make(tries)

    def _make(self, tries: Iterable[_Try]) -> list[Run]:
        together: defaultdict[tuple[int, int, Stand | None], list[_Try]] = defaultdict(list)
        for one in tries:
            together[one.option, one.days, one.stand].append(one)
        return [run for alike in together.values() for run in self._driven_together(alike)]

    def fresh_km(self, change: Change) -> float:
        """Length of the road with presence that is fresh at passage in the run that a change names."""
        made = self._made[change]
        there, way = self._there(made), self._ways[made.option]
        (then,) = schedules(there, way, [made.depart])
        return covered_km(then.coverage)

    @cached_property
    def _situation(self) -> Situation:
        return situation_of(self._week.picture, self._plan.request, self._week.config)

    @cached_property
    def _tries(self) -> deque[_Try]:
        tries = [*self._departures(), *self._stands()]
        return deque(sorted(tries, key=lambda one: one.least))

    @cached_property
    def _ways(self) -> tuple[Way, ...]:
        index = self._week.network.segment_index
        return tuple(
            tuple((index[leg.segment_id], leg.is_forward) for leg in option.legs)
            for option in self._plan.options
        )

    @property
    def _planned(self) -> datetime:
        return self._plan.options[0].fast.times[0]

    def _departures(self) -> Iterator[_Try]:
        """Every departure that may be one, on each option."""
        asked = self._plan.request.depart
        widest: dict[datetime, TimeSpan] = {}
        for (
            shift
        ) in self._shifts():  # the last of those that begin at one first light is the widest
            moved = TimeSpan(earliest=asked.earliest + shift, latest=asked.latest + shift)
            start = self._start(moved.earliest)
            if start is not None and start >= self._week.picture.as_of:
                widest[start] = asked if start == self._planned else moved
        first_day = asked.earliest.astimezone(BANGUI).date()
        for start, whole in widest.items():
            moved_min = round(abs(start - self._planned) / _MINUTE)
            days = (start.astimezone(BANGUI).date() - first_day).days
            for depart in self._ends(start, whole):
                cut_min = round((whole.latest - depart.latest) / _MINUTE)
                for option in range(len(self._plan.options)):
                    if option or moved_min or cut_min:
                        least = moved_min + cut_min + self._size_of_road(option)
                        yield _Try(least, option, days, depart, self._shift_min(start), cut_min)

    def _ends(self, start: datetime, whole: TimeSpan) -> Iterator[TimeSpan]:
        """A window, and those that end sooner, down to one step."""
        yield whole
        step = timedelta(minutes=self._rule.step_min)
        latest = whole.latest - step
        while latest - start >= step:
            yield replace(whole, latest=latest)
            latest -= step

    def _shifts(self) -> list[timedelta]:
        """Shifts of the departure, the earliest first."""
        rule = self._rule
        steps = int(rule.most_h * HOUR_S // (rule.step_min * MINUTE_S))
        return sorted(
            {
                timedelta(days=days, minutes=step * rule.step_min)
                for days in range(rule.days_later + 1)
                for step in range(-steps, steps + 1)
            }
        )

    def _start(self, depart: datetime) -> datetime | None:
        """When a convoy ready at some moment sets out: at first light at the earliest, not in the evening."""
        network = self._week.network
        node = network.node_index[self._plan.request.origin]
        here = float(network.lon[node]), float(network.lat[node])
        day = day_at(*here, depart, config=self._week.config.day)
        return None if depart > day.end + _DUSKS else max(depart, day.start)

    def _stands(self) -> Iterator[_Try]:
        """A night or a wait at each agreed halt of each option, with the departure as planned."""
        if self._planned < self._week.picture.as_of:
            return
        asked = self._plan.request.depart
        for option, node in self._halts():
            halt_id = self._week.network.node_ids[node]
            for stand in (self._night(option, node), *self._waits(halt_id)):
                wait_min = 0 if stand.is_night else stand.minutes
                least = round(self._rule.other_halt_min) + wait_min + self._size_of_road(option)
                yield _Try(least, option, 0, asked, 0, 0, halt_id, stand)

    def _halts(self) -> Iterator[tuple[int, int]]:
        """Options with their agreed halts on the way."""
        network, rules = self._week.network, self._week.config.rules
        for option, way in enumerate(self._ways):
            first, *between, last = nodes_of(network, way)
            seen = {first, last}
            for node in between:
                if node not in seen and is_halt(network, node, rules):
                    yield option, node
                seen.add(node)

    def stop_min(self, change: Change) -> int:
        """Minutes of the stop that makes a movement stand as a change says; 0 where it stands nowhere."""
        if not change.halt_id or change.wait_min:
            return change.wait_min
        node = self._week.network.node_index[change.halt_id]
        return self._night(change.option, node).minutes

    def _night(self, option: int, node: int) -> Stand:
        """Stand from the first arrival at a halt until after dusk there: nobody drives on that day."""
        network, route = self._week.network, self._plan.options[option]
        nodes = nodes_of(network, self._ways[option])
        km = route.legs[nodes.index(node) - 1].km.high
        first = to_datetime(float(reaching(route.fast, np.array([km]))[0]))
        here = float(network.lon[node]), float(network.lat[node])
        dusk = day_at(*here, first, config=self._week.config.day).end
        minutes = ceil(max(dusk - first, timedelta()) / _MINUTE) + 1
        return Stand(network.node_ids[node], minutes, is_night=True)

    def _waits(self, halt_id: str) -> Iterator[Stand]:
        rule = self._rule
        steps = int(rule.most_wait_h * HOUR_S // (rule.step_min * MINUTE_S))
        for step in range(1, steps + 1):
            yield Stand(halt_id, round(step * rule.step_min), is_night=False)

    def _size_of_road(self, option: int) -> int:
        return bool(option) * round(self._rule.other_road_min)

    def _on_day(self, days: int) -> Situation:
        if days not in self._days:
            self._days[days] = self._situation.on_day(days)
        return self._days[days]

    def _driven_together(self, tries: Sequence[_Try]) -> list[Run]:
        """Runs of one option on the roads of one day, with one stand; none where a road is closed then."""
        first = tries[0]
        there, way = self._there(first), self._ways[first.option]
        if not all(there.passable.is_open[segment] for segment, _ in way):
            return []
        departs = [one.depart for one in tries]
        driven = (unpatrolled(there, way, *paces) for paces in both_paces(there, way, departs))
        kept = [
            (one, then)
            for one, then in zip(tries, driven, strict=True)
            if self._can_be_offered(then) and self._is_in_time(then)
        ]
        backs = self._backs(there, way, first.option, [then for _, then in kept])
        found = []
        for (one, then), back in zip(kept, backs, strict=True):
            run = self._driven(one, then, back)
            if run is not None:
                self._made[run.change] = one
                found.append(run)
        return found

    def _there(self, one: _Try) -> Situation:
        """Situation of the day of a run, with the stand that it makes."""
        there = self._on_day(one.days)
        return there if one.stand is None else _standing(there, one.stand)

    def _backs(
        self, there: Situation, way: Way, option: int, every: Sequence[Schedule]
    ) -> Sequence[Route | None]:
        """Ways back of an option at other times, where it has one."""
        back = self._plan.options[option].back
        if back is None or not every:
            return [None] * len(every)
        arrivals = [
            TimeSpan(earliest=then.fast.pace.times[-1], latest=then.slow.pace.times[-1])
            for then in every
        ]
        return [_moved(back, home) for home in schedules_home(there, way, arrivals)]

    def _can_be_offered(self, then: Schedule) -> bool:
        """By day at the origin, with what was a window still a window."""
        asked, depart = self._plan.request.depart, _departure(then)
        is_in_the_dark = asked.earliest < asked.latest and depart.earliest == depart.latest
        return not (is_in_the_dark or then.waits_at_origin)

    def _is_in_time(self, then: Schedule) -> bool:
        """At the slow pace by the hour asked for, or no later than as planned where that is late already."""
        by = self._plan.request.arrive_by
        planned = self._plan.options[0].slow.times[-1]
        return by is None or then.slow.pace.times[-1] <= max(by, planned)

    def _driven(self, one: _Try, then: Schedule, back: Route | None) -> Run | None:
        """Run as it was driven; None where it is what was planned."""
        option = self._plan.options[one.option]
        route = replace(_moved(option, then), back=back)
        if one.stand is None:
            change = Change(one.option, one.shift_min, cut_min=one.cut_min)
            return Run(one.least, change, route)
        is_night = one.stand.is_night
        is_as_planned = (route.fast, route.slow) == (option.fast, option.slow)
        if is_as_planned or (is_night and not _sleeps_at(then, one.halt_id)):
            return None
        late_min = round((route.slow.times[-1] - option.slow.times[-1]) / _MINUTE)
        wait_min = 0 if is_night else one.stand.minutes
        size = one.least + max(late_min - wait_min, 0)
        return Run(size, Change(one.option, 0, one.halt_id, wait_min), route)

    def _shift_min(self, start: datetime) -> int:
        if not round((start - self._planned) / _MINUTE):
            return 0
        return (start - self._plan.request.depart.earliest) // _MINUTE


def _standing(situation: Situation, stand: Stand) -> Situation:
    """Movement that also stops where it stands, beside the stops that it asks for."""
    request, place = situation.request, stand.place_id
    others = tuple(stop for stop in request.stops if stop.place_id != place)
    minutes = stand.minutes + sum(stop.minutes for stop in request.stops if stop.place_id == place)
    stops = (*others, Stop(place_id=place, minutes=minutes))
    return replace(situation, request=replace(request, stops=stops))


def _departure(then: Schedule) -> TimeSpan:
    return TimeSpan(earliest=then.fast.pace.times[0], latest=then.slow.pace.times[0])


def _sleeps_at(then: Schedule, place_id: str) -> bool:
    """Whether both paces spend one and the same night at a place, and no other there."""
    there = [halt for halt in then.halts if halt.place_id == place_id]
    return [halt.pace for halt in there] == ["both"]


def _moved(option: Route, then: Schedule) -> Route:
    """Option at other times; what is said of patrols on it is still that of its own."""
    return replace(
        option,
        legs=then.legs,
        fast=then.fast.pace,
        slow=then.slow.pace,
        halts=then.halts,
        days=then.days,
    )
