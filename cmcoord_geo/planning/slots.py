"""
Every quarter of an hour of the days ahead as a departure on one option: in, in at the fast pace only, or out.

All reasons why a slot is out are told, each with the place where it is first met.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.planning.course import course_of, is_halt
from cmcoord_geo.planning.journeys import NOWHERE, ORIGIN, SLOT_S, Journeys
from cmcoord_geo.planning.patrols import OnTheWay, coverage
from cmcoord_geo.planning.schedule import covered_km
from cmcoord_geo.planning.slot_exposures import SlotExposures
from cmcoord_geo.planning.slot_meetings import SlotMeetings
from cmcoord_geo.planning.slot_reports import SlotReports
from cmcoord_geo.planning.slot_times import SlotTimes
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import BANGUI, DAY_S, HOUR_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Exposure, Leg, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.course import Course, Step
    from cmcoord_geo.planning.journeys import Stage
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.stages import Moments, Obstacle
    from cmcoord_geo.planning.ways import Way

Verdict = Literal["in", "fast_only", "out"]
#: Days after the last slot in which a journey may still arrive.
TAIL_DAYS = 14
MOST_DAYS = 14
_TOLD = frozenset({"tell", "unknown"})
_KM_SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """
    Why a slot is out, or what it meets.

    Attributes
    ----------
    kind : str
        ``past``, ``early``, ``late``, ``gate``, ``ban``, ``closure``, ``rest``, ``arrive_by``, ``halt``;
        of what stops nobody ``tell``, ``unknown``, ``no_return``.
    said : Said
    """

    kind: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """
    One departure.

    Attributes
    ----------
    depart : datetime
    verdict : str
        ``in``: whatever lies between the two paces arrives; ``fast_only``: the slow one does not; ``out``.
    reasons : tuple of Reason
        Why it is out; of a slot that is in at the fast pace only, what the slow one meets.
    notes : tuple of Reason
        What stops nobody: market days, states that nobody knows.
    arrive : TimeSpan or None
        At the fast pace only, both are its arrival.
    halts : tuple of str
        Places at which the nights are spent.
    meetings, unknown_meetings : int or None
        Patrols that may be met, and those of which nobody can tell; None at the fast pace only, where nobody
        knows how late the convoy is.
    closures, unknown_closures : int or None
        Announced operations and closures that are met, and those of which nobody can tell.
    unpatrolled_km : float or None
        Length without presence that is fresh at passage.
    exposure_with_patrols, exposure_confirmed : Exposure or None
        With offers too, and with what was reported alone.
    back_by : datetime or None
        Latest arrival back home; None where no way back is asked for, or there is none.
    """

    depart: datetime
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    arrive: TimeSpan | None = None
    halts: tuple[str, ...] = ()
    meetings: int | None = None
    unknown_meetings: int | None = None
    closures: int | None = None
    unknown_closures: int | None = None
    unpatrolled_km: float | None = None
    exposure_with_patrols: Exposure | None = None
    exposure_confirmed: Exposure | None = None
    back_by: datetime | None = None

    @property
    def hours(self) -> Span | None:
        """Hours from departure to arrival, nights and waits included."""
        if self.arrive is None:
            return None
        first, last = self.arrive.earliest - self.depart, self.arrive.latest - self.depart
        return Span(low=first / timedelta(hours=1), high=last / timedelta(hours=1))


@dataclass(slots=True, kw_only=True)
class _Met:
    """What stands in the way of a slot that drives on without a night, with the step, by pace."""

    fast: list[tuple[int, Reason]] = field(default_factory=list)
    whole: list[tuple[int, Reason]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the patrols on the way: its leg, and the steps that it spans."""

    row: int
    leg: Leg
    fraction: Span
    km: Span
    first: int
    last: int


def slots_of(situation: Situation, option: Route, *, days: int) -> tuple[Slot, ...]:
    """
    Slots of an option, from midnight of the day of the earliest departure on.

    Parameters
    ----------
    situation : Situation
        Of the request that the option answers.
    option : Route
    days : int
        1 to 14.
    """
    return _Table(situation, option, days).slots()


def halts_needed(situation: Situation, option: Route, *, days: int) -> tuple[str, ...]:
    """
    Places beyond the agreed halts at which a night would let the slow pace arrive; empty where none does.

    Parameters
    ----------
    situation : Situation
    option : Route
    days : int
    """
    network, config = situation.network, situation.config
    first = first_day(situation)
    course = course_of(
        situation, way_of(network, option), first=first, days=days + TAIL_DAYS, halts_anywhere=True
    )
    light = Daylight(network, course, config)
    grid = grid_of(first, days)
    by = situation.request.arrive_by
    by_s = math.inf if by is None else by.timestamp()
    journeys = Journeys(course, Driver(course, light, config.rules, arrive_by_s=by_s), light, grid)
    arrives = np.where(grid < situation.picture.as_of.timestamp(), np.inf, journeys.arrives(1))
    best = int(np.argmin(arrives))
    if not np.isfinite(arrives[best]):
        return ()
    nodes = dict.fromkeys(course.steps[stage.end].node for stage in journeys.stages(best, 1)[:-1])
    return tuple(
        network.node_ids[node] for node in nodes if not is_halt(network, node, config.rules)
    )


def way_of(network: RoadNetwork, option: Route) -> Way:
    """Segments of an option with their direction."""
    return tuple((network.segment_index[leg.segment_id], leg.is_forward) for leg in option.legs)


def grid_of(first: date, days: int) -> Moments:
    """Every quarter of an hour of some days, seconds since the epoch."""
    return midnight_s(first) + SLOT_S * np.arange(int(days * DAY_S // SLOT_S), dtype=np.float64)


def first_day(situation: Situation) -> date:
    """Day of the earliest departure; that of the data cut-off where it lies later."""
    moment = max(situation.request.depart.earliest, situation.picture.as_of)
    return moment.astimezone(BANGUI).date()


class _Table:
    """Slots of one option."""

    def __init__(self, situation: Situation, option: Route, days: int) -> None:
        self._situation = situation
        self._option = option
        self._way = way_of(situation.network, option)
        first = first_day(situation)
        on_the_way = _rows_on(situation, option)
        self._course = course_of(
            situation, self._way, first=first, days=days + TAIL_DAYS,
            cuts=[cut for _, cuts in on_the_way for cut in cuts],
        )  # fmt: skip
        self._rows = [_with_steps(row, self._course) for row, _ in on_the_way]
        self._meetings = SlotMeetings(situation, self._way, self._course)
        self._reports = SlotReports(situation, self._way, self._course)
        watched = frozenset(step for row in self._rows for step in (row.first - 1, row.last))
        light = Daylight(situation.network, self._course, situation.config)
        by = situation.request.arrive_by
        self._driver = Driver(
            self._course, light, situation.config.rules,
            arrive_by_s=math.inf if by is None else by.timestamp(),
            watched=watched | self._meetings.watched | self._reports.watched,
        )  # fmt: skip
        self._grid = grid_of(first, days)
        self._journeys = Journeys(self._course, self._driver, light, self._grid)
        self._exposures = SlotExposures(situation, option, self._way, self._course, self._journeys)
        self._stages = [self._journeys.stages(i, 1) for i in range(len(self._grid))]
        self._inside = [
            i for i, stages in enumerate(self._stages) if stages and not self._is_past(i)
        ]
        self._times = SlotTimes(
            self._course, self._journeys, [self._stages[i] for i in self._inside]
        )
        self._back = self._way_back(first, days)

    def slots(self) -> tuple[Slot, ...]:
        """All slots, in order."""
        whole = dict(zip(self._inside, self._whole(), strict=True))
        return tuple(whole.get(i) or self._not_whole(i, met) for i, met in enumerate(self._met()))

    def _is_past(self, i: int) -> bool:
        return to_datetime(float(self._grid[i])) < self._situation.picture.as_of

    # -------------------------------------------------------- one slot

    def _not_whole(self, i: int, met: _Met) -> Slot:
        """Slot that is out, or in at the fast pace only."""
        depart = to_datetime(float(self._grid[i]))
        if self._is_past(i):
            past = Reason(kind="past", said=said("departures.past"))
            return Slot(depart=depart, verdict="out", reasons=(past,))
        stages = self._journeys.stages(i, 0)
        if not stages:
            return Slot(depart=depart, verdict="out", reasons=self._why(i, 0, met.fast))
        first, _ = self._journeys.window(stages[-1])
        arrive = to_datetime(first)
        return Slot(
            depart=depart, verdict="fast_only", reasons=self._why(i, 1, met.whole),
            notes=tuple(self._told(stages, 0)), arrive=TimeSpan(earliest=arrive, latest=arrive),
            halts=self._halts(stages),
        )  # fmt: skip

    def _whole(self) -> Iterator[Slot]:
        """Slots that are in, in order."""
        if not self._inside:
            return
        patrols, closures = (
            self._meetings.patrols(self._times), self._meetings.closures(self._times)
        )  # fmt: skip
        ended = self._reports.met(self._times)
        for number, i in enumerate(self._inside):
            slot = self._in(i, self._passed(number))
            yield replace(
                slot,
                meetings=int(patrols.sure[number]),
                unknown_meetings=int(patrols.unknown[number]),
                closures=int(closures.sure[number] + ended[0][number]),
                unknown_closures=int(closures.unknown[number] + ended[1][number]),
            )

    def _in(self, i: int, met: Sequence[OnTheWay]) -> Slot:
        """Slot that is in, without whom it meets."""
        stages = self._stages[i]
        first_s, last_s = self._journeys.window(stages[-1])
        situation = self._situation
        cover = coverage(
            situation.picture.patrols, met, as_of=situation.picture.as_of,
            accepts_mixed=situation.accepts_mixed, config=situation.config.patrol,
        )  # fmt: skip
        back = self._back_by(last_s)
        told = [*self._told(stages, 1), *self._waits(stages)]
        if situation.request.is_return and back is None:
            told.append(Reason(kind="no_return", said=said("departures.no_return")))
        return Slot(
            depart=to_datetime(float(self._grid[i])), verdict="in", notes=tuple(told),
            halts=self._halts(stages),
            arrive=TimeSpan(earliest=to_datetime(first_s), latest=to_datetime(math.ceil(last_s))),
            unpatrolled_km=self._course.km - covered_km(cover),
            exposure_with_patrols=self._exposures.of(stages, cover),
            exposure_confirmed=self._exposures.of(
                stages, [one for one in cover if one.is_confirmed]
            ),
            back_by=back,
        )  # fmt: skip

    def _halts(self, stages: Sequence[Stage]) -> tuple[str, ...]:
        """Places of the nights."""
        return tuple(
            self._situation.network.node_ids[self._course.steps[stage.end].node]
            for stage, then in pairwise(stages)
            if self._leaves(then).date() != self._leaves(stage).date()
        )

    def _told(self, stages: Sequence[Stage], which: int) -> Iterator[Reason]:
        """What stops nobody, met on the days on which the journey is there; each once."""
        met = (
            self._reason(obstacle)
            for stage in stages
            for obstacle, flags in self._journeys.drives(stage.start).met.items()
            if obstacle.kind in _TOLD and obstacle.step <= stage.end and flags[which][stage.row]
        )
        yield from dict.fromkeys(met)

    def _waits(self, stages: Sequence[Stage]) -> Iterator[Reason]:
        """Waits of some hours at an agreed halt, until the road beyond is free."""
        for stage, then in pairwise(stages):
            until = self._leaves(then)
            if until.date() == self._leaves(stage).date():
                name = self._situation.network.node_names[self._course.steps[stage.end].node]
                words = said("departures.wait", place=name, hour=f"{until:%H:%M}")
                yield Reason(kind="tell", said=words)

    def _leaves(self, stage: Stage) -> datetime:
        return to_datetime(float(self._journeys.drives(stage.start).departs[stage.row]))

    # -------------------------------------------------------- patrols

    def _passed(self, number: int) -> tuple[OnTheWay, ...]:
        """Rows of the patrols with the passage of a departure, by its place among those that are in."""
        return tuple(
            OnTheWay(
                row=row.row, leg=row.leg, fraction=row.fraction, km=row.km,
                passage=TimeSpan(
                    earliest=to_datetime(float(self._times.at(row.first)[0][0, number])),
                    latest=to_datetime(float(self._times.at(row.last + 1)[1][1, number])),
                ),
            )
            for row in self._rows
        )  # fmt: skip

    # -------------------------------------------------------- the way back

    def _way_back(self, first: date, days: int) -> tuple[Moments, Moments] | None:
        """Slots of the way back, and the latest arrival home of the best of those not before each."""
        if not self._situation.request.is_return:
            return None
        there = self._situation
        ends = there.request.destination, there.request.origin
        asked = replace(
            there.request,
            origin=ends[0],
            destination=ends[1],
            via=there.request.via[::-1],
            stops=(),
            arrive_by=None,
        )
        back = tuple((segment, not is_forward) for segment, is_forward in reversed(self._way))
        situation = replace(there, request=asked)
        course = course_of(situation, back, first=first, days=days + 2 * TAIL_DAYS)
        light = Daylight(there.network, course, there.config)
        grid = grid_of(first, days + TAIL_DAYS)
        driver = Driver(course, light, there.config.rules)
        arrives = Journeys(course, driver, light, grid).arrives(1)
        return grid, np.minimum.accumulate(arrives[::-1])[::-1]

    def _back_by(self, arrival_s: float) -> datetime | None:
        if self._back is None:
            return None
        grid, home = self._back
        ready_s = arrival_s + self._situation.config.rules.unload_h * HOUR_S
        place = int(np.searchsorted(grid, ready_s))
        if place >= len(grid) or not np.isfinite(home[place]):
            return None
        return to_datetime(math.ceil(home[place]))

    # -------------------------------------------------------- reasons

    def _met(self) -> list[_Met]:
        """What each slot meets on the way."""
        drives = self._driver.start(0, self._grid)
        for _ in self._driver.ahead(0, drives, to_the_end=True):
            pass
        found = [_Met() for _ in self._grid]
        for obstacle, (fast, whole) in drives.met.items():
            if obstacle.kind in _TOLD:
                continue
            step = obstacle.step, self._reason(obstacle)
            for i in np.flatnonzero(whole).tolist():
                found[i].whole.append(step)
            for i in np.flatnonzero(fast).tolist():
                found[i].fast.append(step)
        return found

    def _reason(self, obstacle: Obstacle) -> Reason:
        return Reason(kind=obstacle.kind, said=self._words(obstacle))

    def _why(self, i: int, which: int, met: Sequence[tuple[int, Reason]]) -> tuple[Reason, ...]:
        """Reasons of a slot; where a halt is reached by day, that nothing beyond it is."""
        reached = self._journeys.reached(i, which)
        if reached == NOWHERE:
            first = next(n for n, step in enumerate(self._course.steps) if self._ends_day(n, step))
            by_day = {"early", "late", "rest"}
            return tuple(reason for at, reason in met if at <= first or reason.kind not in by_day)
        others = (reason for _, reason in met if reason.kind not in {"late", "rest", "early"})
        return tuple(dict.fromkeys([self._beyond(reached, which), *others]))

    def _beyond(self, reached: int, which: int) -> Reason:
        """Why a journey ends at a halt: too late for the hour asked for, or nothing further by day."""
        for obstacle, flags in self._journeys.drives(reached).met.items():
            if obstacle.kind == "arrive_by" and flags[which].any():
                return self._reason(obstacle)
        name = self._situation.network.node_names[self._course.steps[reached].node]
        return Reason(kind="halt", said=said("departures.out.halt", place=name))

    def _ends_day(self, n: int, step: Step) -> bool:
        """Whether a day may end at a step: at a halt, or at the destination."""
        return step.is_halt or n + 1 == len(self._course.steps)

    def _words(self, obstacle: Obstacle) -> Said:
        """Reason in words."""
        place = self._place(obstacle.step)
        if obstacle.bar is not None:
            return obstacle.bar.said
        if obstacle.kind == "gate":
            gate = self._course.steps[obstacle.step].gate
            return said("departures.out.gate", gate="" if gate is None else gate.said)
        by = self._situation.request.arrive_by
        if obstacle.kind == "arrive_by" and by is not None:
            local = by.astimezone(BANGUI)
            return said("departures.out.arrive_by", day=said_day(local), hour=f"{local:%H:%M}")
        at_home = "_home" if obstacle.step == ORIGIN else ""
        hours = f"{self._situation.config.rules.drive_h:g}"
        return said(f"departures.out.{obstacle.kind}{at_home}", place=place, hours=hours)

    def _place(self, step: int) -> str:
        """Place at the end of a step, or the next one after it."""
        course, names = self._course, self._situation.network.node_names
        if step == ORIGIN:
            return names[course.origin]
        nodes = (one.node for one in course.steps[step:] if one.node >= 0)
        return names[next(nodes, course.destination)]


def _rows_on(
    situation: Situation, option: Route
) -> list[tuple[_Row, tuple[tuple[int, float], tuple[int, float]]]]:
    """Rows of the patrols on an option with the points at which they begin and end."""
    patrols = situation.picture.patrols
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, segment_id in enumerate(patrols.segment_id):
        rows[segment_id].append(row)
    found = []
    for place, leg in enumerate(option.legs):
        length = leg.km.high - leg.km.low
        for row in rows.get(leg.segment_id, ()):
            start, end = float(patrols.from_fraction[row]), float(patrols.to_fraction[row])
            low, high = (start, end) if leg.is_forward else (1 - end, 1 - start)
            km = Span(low=leg.km.low + low * length, high=leg.km.low + high * length)
            on_leg = _Row(
                row=row, leg=leg, fraction=Span(low=start, high=end), km=km, first=0, last=0
            )
            found.append((on_leg, ((place, low), (place, high))))
    return found


def _with_steps(row: _Row, course: Course) -> _Row:
    """Row with the steps that it spans: at a point, the one that ends there."""
    ends = np.array([step.km for step in course.steps])
    starts = np.concatenate([[0.0], ends[:-1]])
    first = int(np.searchsorted(ends, row.km.low + _KM_SAME, side="right"))
    last = int(np.searchsorted(starts, row.km.high - _KM_SAME, side="left")) - 1
    first = min(first, len(ends) - 1)
    return replace(row, first=first, last=max(first, last))
