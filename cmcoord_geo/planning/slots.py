"""
Every quarter of an hour of the days ahead as a departure on one option: in, in at the fast pace only, or out.

All reasons why a slot is out are told, each with the place where it is first met.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.planning.course import course_of, is_halt
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.paces import TAIL_DAYS
from cmcoord_geo.planning.patrols import coverage
from cmcoord_geo.planning.schedule import covered_km
from cmcoord_geo.planning.slot_conflicts import SlotConflicts
from cmcoord_geo.planning.slot_exposures import SlotExposures
from cmcoord_geo.planning.slot_patrols import SlotPatrols
from cmcoord_geo.planning.slot_reasons import Reason, SlotReasons
from cmcoord_geo.planning.slot_returns import SlotReturns
from cmcoord_geo.planning.slot_times import SlotTimes
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Exposure, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.journeys import Stage
    from cmcoord_geo.planning.patrols import OnTheWay
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_reasons import Met
    from cmcoord_geo.planning.ways import Way

Verdict = Literal["in", "fast_only", "out"]
MOST_DAYS = 14


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
        Conflicts C1 of the week, on the way there and back, and those of which something is not known; None
        at the fast pace only, where nobody knows how late the convoy is.
    closures, unknown_closures : int or None
        Operations and closed areas that are met, with reports that end on a road closed without them; and
        those of which nobody can tell.
    unpatrolled_km : float or None
        Length without presence that is fresh at passage.
    exposure, exposure_with_patrols, exposure_confirmed : Exposure or None
        Without presence, with offers too, and with what was reported alone.
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
    exposure: Exposure | None = None
    exposure_with_patrols: Exposure | None = None
    exposure_confirmed: Exposure | None = None
    back_by: datetime | None = None

    @property
    def met(self) -> int | None:
        """Patrols that may be met, sure or not."""
        return _added(self.meetings, self.unknown_meetings)

    @property
    def announced(self) -> int | None:
        """Operations, closed areas and reports that end on the way, sure or not."""
        return _added(self.closures, self.unknown_closures)

    @property
    def hours(self) -> Span | None:
        """Hours from departure to arrival, nights and waits included."""
        if self.arrive is None:
            return None
        first, last = self.arrive.earliest - self.depart, self.arrive.latest - self.depart
        return Span(low=first / timedelta(hours=1), high=last / timedelta(hours=1))


def _added(sure: int | None, unknown: int | None) -> int | None:
    return None if sure is None or unknown is None else sure + unknown


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


def first_day(situation: Situation) -> date:
    """Day of the earliest departure; that of the data cut-off where it lies later."""
    moment = max(situation.request.depart.earliest, situation.picture.as_of)
    return moment.astimezone(BANGUI).date()


class _Table:
    """Slots of one option."""

    def __init__(self, situation: Situation, option: Route, days: int) -> None:
        self._situation = situation
        way, first = way_of(situation.network, option), first_day(situation)
        self._patrols = SlotPatrols(situation, option)
        self._course = course = course_of(
            situation, way, first=first, days=days + TAIL_DAYS, cuts=self._patrols.cuts
        )
        self._conflicts = SlotConflicts(situation, way, course)
        light = Daylight(situation.network, course, situation.config)
        by = situation.request.arrive_by
        self._driver = Driver(
            course, light, situation.config.rules,
            arrive_by_s=math.inf if by is None else by.timestamp(),
            watched=self._patrols.watched(course) | self._conflicts.watched,
        )  # fmt: skip
        self._grid = grid_of(first, days)
        self._journeys = Journeys(course, self._driver, light, self._grid)
        self._exposures = SlotExposures(situation, option, way, course, self._journeys)
        self._reasons = SlotReasons(situation, course, self._journeys)
        self._back: SlotReturns | None = None
        if situation.request.is_return:
            self._back = SlotReturns(situation, way, first=first, days=days + TAIL_DAYS)

    def slots(self) -> tuple[Slot, ...]:
        """All slots, in order."""
        every = [self._journeys.stages(i, 1) for i in range(len(self._grid))]
        inside = {i: stages for i, stages in enumerate(every) if stages and not self._is_past(i)}
        whole = dict(zip(inside, self._inside(inside), strict=True))
        met = self._reasons.met(self._driver, self._grid)
        return tuple(whole.get(i) or self._not_whole(i, one) for i, one in enumerate(met))

    def _is_past(self, i: int) -> bool:
        return to_datetime(float(self._grid[i])) < self._situation.picture.as_of

    def _not_whole(self, i: int, met: Met) -> Slot:
        """Slot that is out, or in at the fast pace only."""
        depart = to_datetime(float(self._grid[i]))
        if self._is_past(i):
            past = Reason(kind="past", said=said("departures.past"))
            return Slot(depart=depart, verdict="out", reasons=(past,))
        stages = self._journeys.stages(i, 0)
        if not stages:
            return Slot(depart=depart, verdict="out", reasons=self._reasons.why(i, 0, met.fast))
        first, _ = self._journeys.window(stages[-1])
        arrive = to_datetime(first)
        return Slot(
            depart=depart, verdict="fast_only", reasons=self._reasons.why(i, 1, met.whole),
            notes=tuple(self._reasons.told(stages, 0)),
            arrive=TimeSpan(earliest=arrive, latest=arrive), halts=self._halts(stages),
        )  # fmt: skip

    def _inside(self, inside: Mapping[int, tuple[Stage, ...]]) -> Iterator[Slot]:
        """Slots that are in, in order."""
        if not inside:
            return
        times = SlotTimes(self._course, self._journeys, list(inside.values()))
        counts = self._conflicts.counts(times)
        home_s = np.full(times.count, np.inf)
        if self._back is not None:
            last = [self._journeys.window(stages[-1])[1] for stages in inside.values()]
            home_s, on_the_way_back = self._back.after(np.array(last))
            counts = counts + on_the_way_back
        for number, (i, stages) in enumerate(inside.items()):
            met = self._patrols.passed(times, number)
            yield self._whole(i, stages, met, counts[:, number].tolist(), float(home_s[number]))

    def _whole(
        self,
        i: int,
        stages: Sequence[Stage],
        met: Sequence[OnTheWay],
        counts: Sequence[int],
        home_s: float,
    ) -> Slot:
        """Slot that is in."""
        first_s, last_s = self._journeys.window(stages[-1])
        situation = self._situation
        cover = coverage(
            situation.picture.patrols, met, as_of=situation.picture.as_of,
            accepts_mixed=situation.accepts_mixed, config=situation.config.patrol,
        )  # fmt: skip
        told = [*self._reasons.told(stages, 1), *self._reasons.waits(stages)]
        if situation.request.is_return and not math.isfinite(home_s):
            told.append(Reason(kind="no_return", said=said("departures.no_return")))
        return Slot(
            depart=to_datetime(float(self._grid[i])), verdict="in", notes=tuple(told),
            halts=self._halts(stages),
            arrive=TimeSpan(earliest=to_datetime(first_s), latest=to_datetime(math.ceil(last_s))),
            meetings=counts[0], unknown_meetings=counts[1],
            closures=counts[2], unknown_closures=counts[3],
            unpatrolled_km=self._course.km - covered_km(cover),
            exposure=self._exposures.of(stages, ()),
            exposure_with_patrols=self._exposures.of(stages, cover),
            exposure_confirmed=self._exposures.of(
                stages, [one for one in cover if one.is_confirmed]
            ),
            back_by=to_datetime(math.ceil(home_s)) if math.isfinite(home_s) else None,
        )  # fmt: skip

    def _halts(self, stages: Sequence[Stage]) -> tuple[str, ...]:
        """Places of the nights."""
        leaves = self._reasons.leaves
        return tuple(
            self._situation.network.node_ids[self._course.steps[stage.end].node]
            for stage, then in pairwise(stages)
            if leaves(then).date() != leaves(stage).date()
        )
