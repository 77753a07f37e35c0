"""
Drives along a course from many departures at once, between one agreed halt and the next.

A drive goes on without a night. Both paces leave together; on the way the fast one arrives first and the slow
one last, and whatever lies between them may happen. A drive is good at the fast pace where that one meets no
obstacle, and good for the whole range where nothing is met between the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.planning.waits import rest_share
from cmcoord_geo.units import DAY_S, HOUR_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.config import Config, RulesConfig
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.bars import Bar
    from cmcoord_geo.planning.course import Course, Gate, Step

    Moments = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_HALF_DAY_S = DAY_S / 2
#: Seconds by which sums of lengths in another order may differ.
_SAME_S = 1e-3


class Daylight:
    """
    First light and last arrival at the places of a course, on each of its days; looked up when asked for.

    Parameters
    ----------
    network : RoadNetwork
    course : Course
    config : Config

    Attributes
    ----------
    midnight : ndarray of float64, shape (days,)
        Seconds since the epoch.
    """

    def __init__(self, network: RoadNetwork, course: Course, config: Config) -> None:
        days = range(course.days)
        self.midnight = np.array([midnight_s(course.first + timedelta(days=n)) for n in days])
        self._network = network
        self._config = config
        self._known: dict[int, tuple[Moments, Moments]] = {}

    def at(self, node: int) -> tuple[Moments, Moments]:
        """First light and last arrival at a node, shape (days,) each, seconds since the epoch."""
        if node not in self._known:
            lon, lat = float(self._network.lon[node]), float(self._network.lat[node])
            found = [
                day_at(lon, lat, to_datetime(noon_s), config=self._config.day)
                for noon_s in (self.midnight + _HALF_DAY_S).tolist()
            ]
            self._known[node] = (
                np.array([day.start.timestamp() for day in found]),
                np.array([day.end.timestamp() for day in found]),
            )
        return self._known[node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """
    Why a drive does not go through.

    Attributes
    ----------
    kind : str
        ``early`` or ``late`` (daylight), ``gate``, ``ban``, ``closure``, ``rest``, ``arrive_by``; or, of what
        stops nobody, ``tell`` and ``unknown``.
    step : int
        Where on the course; -1 at the origin.
    name : str
        What tells two of a kind at one step apart.
    bar : Bar or None
    """

    kind: str
    step: int
    name: str = ""
    bar: Bar | None = field(default=None, compare=False)


class Passage(NamedTuple):
    """
    When the fast and the slow pace are on a step, each shape (2, n).

    Attributes
    ----------
    enter : ndarray of float64
        Moments at which they begin it.
    reach : ndarray of float64
        Moments at which they come to its end.
    leave : ndarray of float64
        Moments at which they are through what makes them wait there.
    """

    enter: Moments
    reach: Moments
    leave: Moments


@dataclass(slots=True, kw_only=True, eq=False)
class Drives:
    """
    Drives from one point of a course, a column for each departure.

    Attributes
    ----------
    departs : ndarray of float64, shape (n,)
    day : ndarray of int64, shape (n,)
        Day of the course of each departure.
    fast, slow : ndarray of float64, shape (n,)
        Moment at which each pace is where the drives stand now.
    is_fast, is_whole : ndarray of bool, shape (n,)
        Whether the fast pace, and whether the whole range, has met nothing so far.
    met : mapping
        Obstacle to the drives that meet it: at the fast pace, and anywhere in the range. Only the first of a
        kind that a drive meets.
    edge : ndarray of int64, shape (n,)
        Of the course's edges the one that holds at each departure: a drive is made on the roads of then.
    passages : mapping
        Place in the course to when both paces are on that step.
    driven_s : tuple of ndarray of float64, shape (n,)
        Seconds that each pace has driven.
    """

    departs: Moments
    day: NDArray[np.int64]
    edge: NDArray[np.int64]
    fast: Moments
    slow: Moments
    is_fast: Flags
    is_whole: Flags
    met: dict[Obstacle, tuple[Flags, Flags]]
    passages: dict[int, Passage]
    driven_s: tuple[Moments, Moments]
    seen: dict[str, tuple[Flags, Flags]]

    def hit(self, obstacle: Obstacle, fast: Flags, whole: Flags) -> None:
        """Note who meets an obstacle; it stops them unless it is only told."""
        whole = whole | fast
        if not whole.any():
            return
        if obstacle.kind not in {"tell", "unknown"}:
            self.is_fast &= ~fast
            self.is_whole &= ~whole
        key = f"{obstacle.kind} {obstacle.name}"
        none = np.zeros_like(fast)
        before = self.seen.get(key, (none, none))
        new = fast & ~before[0], whole & ~before[1]
        self.seen[key] = before[0] | fast, before[1] | whole
        if new[0].any() or new[1].any():
            self.met[obstacle] = new


class Driver:
    """
    Drives along a course.

    Parameters
    ----------
    course : Course
    light : Daylight
    rules : RulesConfig
    arrive_by_s : float
        Infinite where nobody waits.
    watched : frozenset of int
        Steps of which the passages are kept.
    """

    def __init__(
        self,
        course: Course,
        light: Daylight,
        rules: RulesConfig,
        *,
        arrive_by_s: float = np.inf,
        watched: frozenset[int] = frozenset(),
    ) -> None:
        self._course = course
        self._light = light
        self.rules = rules
        self._arrive_by_s = arrive_by_s
        self._watched = watched
        self._rest_share = rest_share(rules)

    def start(self, first_step: int, departs: Moments, *, until: Moments | None = None) -> Drives:
        """
        Drives that leave the begin of a step at some moments, by day there.

        With ``until`` the fast pace leaves at the one moment and the slow one at the other.
        """
        last = departs if until is None else until
        day = self._day_of(departs)
        edge = np.searchsorted(self._course.edges, departs, side="right") - 1
        none = np.zeros(len(departs), dtype=bool)
        drives = Drives(
            departs=departs, day=day, edge=np.maximum(edge, 0),
            fast=departs.copy(), slow=last.copy(),
            is_fast=~none, is_whole=~none, met={}, passages={}, seen={},
            driven_s=(np.zeros(len(departs)), np.zeros(len(departs))),
        )  # fmt: skip
        node, bars = self._course.place_before(first_step)
        first_light, last_arrival = self._light.at(node)
        early = departs < first_light[day]
        dusk = last_arrival[day]
        drives.hit(Obstacle(kind="early", step=first_step - 1), early, early)
        drives.hit(Obstacle(kind="late", step=first_step - 1), departs > dusk, last > dusk)
        for bar in bars:
            self._meet(first_step - 1, bar, drives, (departs, departs, last))
        return drives

    def ahead(self, first_step: int, drives: Drives, *, to_the_end: bool = False) -> Iterator[int]:
        """
        Drive on from a step; yields each halt that is reached, and the destination, as places in the course.

        It ends where nobody goes on, unless it is driven to the end to learn what stands in the way.
        """
        last = len(self._course.steps) - 1
        for i in range(first_step, last + 1):
            step = self._course.steps[i]
            self._drive(i, step, drives)
            if i == last:
                by = self._arrive_by_s
                drives.hit(Obstacle(kind="arrive_by", step=i), drives.fast > by, drives.slow > by)
            if step.is_halt or i == last:
                yield i
            drives.fast = drives.fast + step.stop_s
            drives.slow = drives.slow + step.stop_s
            if not to_the_end and not drives.is_fast.any():
                return

    def _day_of(self, moments: Moments) -> NDArray[np.int64]:
        place = np.searchsorted(self._light.midnight, moments, side="right") - 1
        return np.clip(place, 0, len(self._light.midnight) - 1).astype(np.int64)

    def _drive(self, i: int, step: Step, drives: Drives) -> None:
        """One step, with everything that may be met on it and at its end."""
        enter_fast, enter_slow = drives.fast, drives.slow
        drives.fast = self._moved(enter_fast, step.low_s, drives, pace=0)
        drives.slow = self._moved(enter_slow, step.high_s, drives, pace=1)
        reach_fast, reach_slow = drives.fast, drives.slow
        longest_s = self.rules.drive_h * HOUR_S + _SAME_S
        tired = drives.driven_s[0] > longest_s, drives.driven_s[1] > longest_s
        drives.hit(Obstacle(kind="rest", step=i), *tired)
        if step.gate is not None:
            self._pass(i, step.gate, drives)
        for bar in step.bars:  # who waits at a crossing is still on the road
            self._meet(i, bar, drives, (enter_fast, drives.fast, drives.slow))
        if step.node >= 0:
            self._arrive(i, step, drives)
        if i in self._watched:
            drives.passages[i] = Passage(
                np.array([enter_fast, enter_slow]),
                np.array([reach_fast, reach_slow]),
                np.array([drives.fast + step.stop_s, drives.slow + step.stop_s]),
            )

    def _moved(self, moments: Moments, seconds: Moments, drives: Drives, *, pace: int) -> Moments:
        """Moments at the end of a step; the slow pace has its rests, spread over its driving."""
        moving = seconds[drives.edge]
        both = list(drives.driven_s)
        both[pace] = both[pace] + moving
        drives.driven_s = both[0], both[1]
        return moments + moving * (1 + self._rest_share * pace)

    def _meet(
        self, i: int, bar: Bar, drives: Drives, when: tuple[Moments, Moments, Moments]
    ) -> None:
        """Whether a step is driven while something holds there."""
        enter, fast, slow = when
        kind = bar.kind if bar.effect == "stop" else {"tell": "tell", "ask": "unknown"}[bar.effect]
        drives.hit(
            Obstacle(kind=kind, step=i, name=bar.key, bar=bar),
            bar.spans.meet(enter, fast),
            bar.spans.meet(enter, slow),
        )

    def _pass(self, i: int, gate: Gate, drives: Drives) -> None:
        """Wait until a crossing opens, and for one's turn; who comes after it closes does not pass."""
        for edge in np.unique(drives.edge).tolist():
            wait = gate.waits[edge]
            if wait is None:
                continue
            here = drives.edge == edge
            fast, is_fast_late = wait.passed_s(drives.fast, pace=0)
            slow, is_slow_late = wait.passed_s(drives.slow, pace=1)
            drives.hit(Obstacle(kind="gate", step=i), is_fast_late & here, is_slow_late & here)
            drives.fast = np.where(here, fast, drives.fast)
            drives.slow = np.where(here, slow, drives.slow)

    def _arrive(self, i: int, step: Step, drives: Drives) -> None:
        """At a place: by day there on that date, and outside the hours in which it is barred."""
        first_light, last_arrival = self._light.at(step.node)
        dusk = last_arrival[drives.day]
        early = drives.fast < first_light[drives.day]
        drives.hit(Obstacle(kind="early", step=i), early, early)
        drives.hit(Obstacle(kind="late", step=i), drives.fast > dusk, drives.slow > dusk)
        for bar in step.place_bars:
            leave = drives.fast + step.stop_s, drives.slow + step.stop_s
            self._meet(i, bar, drives, (drives.fast, *leave))
