"""Why a departure is out, and what one that is in meets: each with the place where it is first met."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.planning.journeys import NOWHERE, ORIGIN
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.planning.course import Course, Step
    from cmcoord_geo.planning.journeys import Journeys, Stage
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.stages import Driver, Moments, Obstacle

_TOLD = frozenset({"tell", "unknown"})


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


@dataclass(slots=True, kw_only=True)
class Met:
    """What stands in the way of a slot that drives on without a night, with the step, by pace."""

    fast: list[tuple[int, Reason]] = field(default_factory=list)
    whole: list[tuple[int, Reason]] = field(default_factory=list)


class SlotReasons:
    """
    Reasons of the departures along a course.

    Parameters
    ----------
    situation : Situation
    course : Course
    journeys : Journeys
    """

    def __init__(self, situation: Situation, course: Course, journeys: Journeys) -> None:
        self._situation = situation
        self._course = course
        self._journeys = journeys

    def met(self, driver: Driver, departs: Moments) -> list[Met]:
        """What each departure meets on the way."""
        drives = driver.start(0, departs)
        for _ in driver.ahead(0, drives, to_the_end=True):
            pass
        found = [Met() for _ in departs]
        for obstacle, (fast, whole) in drives.met.items():
            if obstacle.kind in _TOLD:
                continue
            step = obstacle.step, self._reason(obstacle)
            for i in np.flatnonzero(whole).tolist():
                found[i].whole.append(step)
            for i in np.flatnonzero(fast).tolist():
                found[i].fast.append(step)
        return found

    def why(self, i: int, which: int, met: Sequence[tuple[int, Reason]]) -> tuple[Reason, ...]:
        """
        Reasons of a slot; where a halt is reached by day, that nothing beyond it is.

        Where no halt is reached, what lies beyond the first is met at hours at which nobody is there.
        """
        reached = self._journeys.reached(i, which)
        if reached == NOWHERE:
            first = next(n for n, step in enumerate(self._course.steps) if self._ends_day(n, step))
            return tuple(dict.fromkeys(reason for at, reason in met if at <= first))
        others = (reason for _, reason in met if reason.kind not in {"late", "rest", "early"})
        return tuple(dict.fromkeys([self._beyond(reached, which), *others]))

    def told(self, stages: Sequence[Stage], which: int) -> Iterator[Reason]:
        """What stops nobody, met on the days on which the journey is there; each once."""
        met = (
            self._reason(obstacle)
            for stage in stages
            for obstacle, flags in self._journeys.drives(stage.start).met.items()
            if obstacle.kind in _TOLD and obstacle.step <= stage.end and flags[which][stage.row]
        )
        yield from dict.fromkeys(met)

    def waits(self, stages: Sequence[Stage]) -> Iterator[Reason]:
        """Waits of some hours at an agreed halt, until the road beyond is free."""
        for stage, then in pairwise(stages):
            until = self.leaves(then)
            if until.date() == self.leaves(stage).date():
                name = self._situation.network.node_names[self._course.steps[stage.end].node]
                words = said("departures.wait", place=name, hour=f"{until:%H:%M}")
                yield Reason(kind="tell", said=words)

    def leaves(self, stage: Stage) -> datetime:
        """When a drive of a journey begins."""
        return to_datetime(float(self._journeys.drives(stage.start).departs[stage.row]))

    def _reason(self, obstacle: Obstacle) -> Reason:
        return Reason(kind=obstacle.kind, said=self._words(obstacle))

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
