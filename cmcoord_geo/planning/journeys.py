"""
Whole journeys from every slot: drives joined by nights at agreed halts, the earliest arrival first.

Where a convoy may wait or spend the night, whoever arrives earlier may do whatever a later one does: the
earliest arrival alone counts there. A journey for the whole range leaves each halt at one moment that both
paces can keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.units import DAY_S, HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.stages import Daylight, Driver, Drives, Moments

SLOT_S = 15 * MINUTE_S
ORIGIN, NOWHERE = -1, -2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaving:
    """
    What the drives from one point lead to, a row for each of two: the fast pace, and the whole range.

    Attributes
    ----------
    drives : Drives
        As they stand after the last step driven.
    arrives : ndarray of float64, shape (2, n)
        Earliest arrival at the destination (of the fast pace; of the slow one for the whole range), nights
        included; infinite where there is none.
    then : ndarray of int64, shape (2, n)
        Halt of the next night as a place in the course, the last step for the destination, or nowhere.
    reached : ndarray of int64, shape (2, n)
        Farthest halt, or the last step, that is reached at all, nights included.
    ends : mapping
        Halt, or the last step, to the moments at which both paces reach it.
    next_row : ndarray of int64, shape (2, n)
        Departure from that halt, as a place among the drives from there.
    today_s : ndarray of float64, shape (2, n)
        Seconds driven on the day of the departure, on further drives of that day too.
    farthest : ndarray of int64, shape (2, n + 1)
        Farthest that is reached from the departures not before each.
    best : ndarray of int64, shape (2, n + 1)
        Departure that arrives first of those not before each, the earliest of equals; -1 for none.
    """

    drives: Drives
    arrives: Moments
    then: NDArray[np.int64]
    reached: NDArray[np.int64]
    ends: dict[int, tuple[Moments, Moments]]
    next_row: NDArray[np.int64]
    today_s: Moments
    farthest: NDArray[np.int64]
    best: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One drive of a journey: from where, which departure, and where it ends."""

    start: int
    row: int
    end: int


class Journeys:
    """
    All journeys along a course.

    Parameters
    ----------
    course : Course
    driver : Driver
    light : Daylight
    slots : ndarray of float64, shape (n,)
        Departures from the origin, seconds since the epoch, rising.
    """

    def __init__(self, course: Course, driver: Driver, light: Daylight, slots: Moments) -> None:
        self._driver = driver
        self._midnight = np.append(light.midnight, light.midnight[-1] + DAY_S)
        self._last = len(course.steps) - 1
        self._stop_s = [step.stop_s for step in course.steps]
        self._leaving: dict[int, Leaving] = {}
        halts = [i for i, step in enumerate(course.steps) if step.is_halt]
        for halt in reversed(halts):
            node = course.steps[halt].node
            self._leaving[halt] = self._from(halt, _by_day(light, node))
        self._leaving[ORIGIN] = self._from(ORIGIN, slots)

    def arrives(self, which: int) -> Moments:
        """Earliest arrival of each slot: 0 at the fast pace, 1 for the whole range."""
        found: Moments = self._leaving[ORIGIN].arrives[which]
        return found

    def reached(self, slot: int, which: int) -> int:
        """Farthest halt that a slot reaches, nights included; ``NOWHERE`` where it reaches none."""
        return int(self._leaving[ORIGIN].reached[which, slot])

    def stages(self, slot: int, which: int) -> tuple[Stage, ...]:
        """Drives of the journey of a slot, empty where there is none."""
        found: list[Stage] = []
        start, row = ORIGIN, slot
        while True:
            leaving = self._leaving[start]
            end = int(leaving.then[which, row])
            if end == NOWHERE:
                return ()
            found.append(Stage(start=start, row=row, end=end))
            if end == self._last:
                return tuple(found)
            start, row = end, int(leaving.next_row[which, row])

    def window(self, stage: Stage) -> tuple[float, float]:
        """Moments at which both paces end a drive."""
        fast, slow = self._leaving[stage.start].ends[stage.end]
        return float(fast[stage.row]), float(slow[stage.row])

    def drives(self, start: int) -> Drives:
        """Drives from a halt, or from the origin."""
        return self._leaving[start].drives

    def _from(self, start: int, departs: Moments) -> Leaving:
        """Drive from a point to every halt in reach and to the destination, and choose the best of them."""
        drives = self._driver.start(start + 1, departs)
        arrives = np.full((2, len(departs)), np.inf)
        then = np.full((2, len(departs)), NOWHERE, dtype=np.int64)
        reached, next_row = then.copy(), then.copy()
        today_s = np.zeros((2, len(departs)))
        ends: dict[int, tuple[Moments, Moments]] = {}
        for end in self._driver.ahead(start + 1, drives):
            ends[end] = drives.fast, drives.slow
            for which, is_good in enumerate((drives.is_fast, drives.is_whole)):
                found, rows, driven_s = self._onward(end, which, drives)
                farthest = self._farthest(end, which, drives)
                is_beyond = (farthest == self._last) & ~np.isfinite(found)
                farthest[is_beyond] = end  # the end is reached from there, but not by these drives
                reached[which][is_good] = np.maximum(farthest, reached[which])[is_good]
                better = is_good & (found < arrives[which])
                arrives[which][better] = found[better]
                then[which][better] = end
                next_row[which][better] = rows[better]
                today_s[which][better] = driven_s[better]
        return Leaving(
            drives=drives, arrives=arrives, then=then, reached=reached, ends=ends,
            next_row=next_row, today_s=today_s,
            farthest=np.array([_farthest_from(reached[which]) for which in (0, 1)]),
            best=np.array([_best_from(arrives[which]) for which in (0, 1)]),
        )  # fmt: skip

    def _ready(self, end: int, which: int, drives: Drives) -> NDArray[np.int64]:
        """First departure from a halt after the stop asked for there and a rest, for each drive to it."""
        rules = self._driver.rules
        rest_s = rules.rest_min * MINUTE_S if rules.rest_every_h else 0.0
        moments = drives.slow if which else drives.fast
        departs = self._leaving[end].drives.departs
        return np.searchsorted(departs, moments + (self._stop_s[end] + rest_s))

    def _farthest(self, end: int, which: int, drives: Drives) -> NDArray[np.int64]:
        """Farthest halt or end that is reached by way of a halt, or the last step, itself included."""
        if end == self._last:
            return np.full(len(drives.departs), end, dtype=np.int64)
        beyond = self._leaving[end].farthest[which][self._ready(end, which, drives)]
        farthest: NDArray[np.int64] = np.maximum(beyond, end)
        return farthest

    def _onward(
        self, end: int, which: int, drives: Drives
    ) -> tuple[Moments, NDArray[np.int64], Moments]:
        """
        Arrival at the destination of drives that end somewhere: there, or after a wait or a night.

        Also the departure from there, and the seconds driven on the day. Who waits goes on that day only
        within the driving hours of a day, after the stop asked for there and a rest; else in the morning.
        """
        moments, driven_s = (drives.slow if which else drives.fast), drives.driven_s[which]
        if end == self._last:
            return moments, np.full(len(moments), NOWHERE), driven_s
        later, rules = self._leaving[end], self._driver.rules
        departs = later.drives.departs
        soon = later.best[which][self._ready(end, which, drives)]
        morning = np.searchsorted(departs, self._midnight[drives.day + 1])
        is_today = (soon >= 0) & (np.append(later.drives.day, -1)[soon] == drives.day)
        both_s = driven_s + np.where(is_today, np.append(later.today_s[which], 0.0)[soon], 0.0)
        is_tired = is_today & (both_s > rules.drive_h * HOUR_S + 1.0)
        rows = np.where(is_tired, later.best[which][morning], soon)
        found = np.where(rows >= 0, np.append(later.arrives[which], np.inf)[rows], np.inf)
        return found, rows, np.where(is_tired, driven_s, both_s)


def _by_day(light: Daylight, node: int) -> Moments:
    """Slots of every day between first light and last arrival at a place."""
    found = [
        np.arange(np.ceil(start / SLOT_S) * SLOT_S, end + 1.0, SLOT_S)
        for start, end in zip(light.first_light[node], light.last_arrival[node], strict=True)
    ]
    return np.concatenate(found) if found else np.zeros(0)


def _farthest_from(reached: NDArray[np.int64]) -> NDArray[np.int64]:
    """Farthest of the departures not before each, and of none after the last."""
    rising: NDArray[np.int64] = np.maximum.accumulate(np.append(reached, NOWHERE)[::-1])[::-1]
    return rising


def _best_from(arrives: Moments) -> NDArray[np.int64]:
    """Of the departures not before each, the one that arrives first, the earliest of equals; -1 for none."""
    found = np.full(len(arrives) + 1, -1, dtype=np.int64)
    best, value = -1, np.inf
    for row in range(len(arrives) - 1, -1, -1):
        if arrives[row] < np.inf and arrives[row] <= value:
            best, value = row, float(arrives[row])
        found[row] = best
    return found
