"""
Whole journeys from every slot: drives joined by nights at agreed halts, the earliest arrival first.

Where a convoy may wait or spend the night, whoever arrives earlier may do whatever a later one does: the
earliest arrival alone counts there. A journey for the whole range leaves each halt at one moment that both
paces can keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.units import DAY_S, HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from datetime import date

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
        Departures from the origin, seconds since the epoch.
    until : ndarray of float64, shape (n,), optional
        Moments at which the slow pace leaves, where the departure is a window.
    """

    def __init__(
        self,
        course: Course,
        driver: Driver,
        light: Daylight,
        slots: Moments,
        *,
        until: Moments | None = None,
    ) -> None:
        self._course = course
        self._driver = driver
        self._light = light
        self._midnight = np.append(light.midnight, light.midnight[-1] + DAY_S)
        self._last = len(course.steps) - 1
        self._stop_s = [step.stop_s for step in course.steps]
        self._leaving: dict[int, Leaving] = {}
        self._leaving[ORIGIN] = self._from(ORIGIN, slots, until)

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

    def _at(self, halt: int) -> Leaving:
        """Drives from a halt, made when they are first asked for."""
        if halt not in self._leaving:
            departs = _by_day(self._light, self._course.steps[halt].node)
            self._leaving[halt] = self._from(halt, departs)
        return self._leaving[halt]

    def _from(self, start: int, departs: Moments, until: Moments | None = None) -> Leaving:
        """Drive from a point to every halt in reach and to the destination, and choose the best of them."""
        drives = self._driver.start(start + 1, departs, until=until)
        found = _Choice.of(len(departs))
        met = [_reached(end, drives) for end in self._driver.ahead(start + 1, drives)]
        met.sort(key=lambda at: at.end != self._last)  # whoever drives on to the end needs no halt
        for at in met:
            for which in (0, 1):
                if not found.is_there[which].all():
                    self._add(found, at, which)
        return Leaving(
            drives=drives, arrives=found.arrives, then=found.then, reached=found.reached,
            ends={at.end: at.moments for at in met}, next_row=found.next_row, today_s=found.today_s,
            farthest=np.array([_farthest_from(found.reached[which]) for which in (0, 1)]),
            best=np.array([_best_from(found.arrives[which]) for which in (0, 1)]),
        )  # fmt: skip

    def _add(self, found: _Choice, at: _Reached, which: int) -> None:
        """Add what the drives that end somewhere lead to, where that is earlier."""
        is_good = at.is_good[which]
        arrives, rows, driven_s = self._onward(at, which)
        farthest = self._farthest(at, which)
        is_beyond = (farthest == self._last) & ~np.isfinite(arrives)
        farthest[is_beyond] = at.end  # the end is reached from there, but not by these drives
        found.reached[which][is_good] = np.maximum(farthest, found.reached[which])[is_good]
        better = is_good & (arrives < found.arrives[which])
        found.arrives[which][better] = arrives[better]
        found.then[which][better] = at.end
        found.next_row[which][better] = rows[better]
        found.today_s[which][better] = driven_s[better]
        if at.end == self._last:
            found.is_there[which] |= is_good

    def _ready(self, at: _Reached, which: int) -> NDArray[np.int64]:
        """First departure from a halt after the stop asked for there and a rest, for each drive to it."""
        rules = self._driver.rules
        rest_s = rules.rest_min * MINUTE_S if rules.rest_every_h else 0.0
        departs = self._at(at.end).drives.departs
        return np.searchsorted(departs, at.moments[which] + (self._stop_s[at.end] + rest_s))

    def _farthest(self, at: _Reached, which: int) -> NDArray[np.int64]:
        """Farthest halt or end that is reached by way of a halt, or the last step, itself included."""
        if at.end == self._last:
            return np.full(len(at.day), at.end, dtype=np.int64)
        beyond = self._at(at.end).farthest[which][self._ready(at, which)]
        farthest: NDArray[np.int64] = np.maximum(beyond, at.end)
        return farthest

    def _onward(self, at: _Reached, which: int) -> tuple[Moments, NDArray[np.int64], Moments]:
        """
        Arrival at the destination of drives that end somewhere: there, or after a wait or a night.

        Also the departure from there, and the seconds driven on the day. Who waits goes on that day only
        within the driving hours of a day, after the stop asked for there and a rest, and where no ban on the
        place begins meanwhile; else in the morning.
        """
        moments, driven_s = at.moments[which], at.driven_s[which]
        if at.end == self._last:
            return moments, np.full(len(moments), NOWHERE), driven_s
        later, rules = self._at(at.end), self._driver.rules
        departs = later.drives.departs
        soon = later.best[which][self._ready(at, which)]
        morning = np.searchsorted(departs, self._midnight[at.day + 1])
        is_today = (soon >= 0) & (np.append(later.drives.day, -1)[soon] == at.day)
        both_s = driven_s + np.where(is_today, np.append(later.today_s[which], 0.0)[soon], 0.0)
        stays = is_today & (both_s > rules.drive_h * HOUR_S + 1.0)
        until = np.append(departs, np.inf)[soon]
        for bar in self._course.steps[at.end].place_bars:
            if bar.effect == "stop":
                stays |= is_today & bar.spans.meet(at.moments[0], until)
        rows = np.where(stays, later.best[which][morning], soon)
        found = np.where(rows >= 0, np.append(later.arrives[which], np.inf)[rows], np.inf)
        return found, rows, np.where(stays, driven_s, both_s)


class _Reached(NamedTuple):
    """Drives as they stood at a halt or at the destination: moments, flags and seconds driven, by pace."""

    end: int
    day: NDArray[np.int64]
    moments: tuple[Moments, Moments]
    is_good: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    driven_s: tuple[Moments, Moments]


def _reached(end: int, drives: Drives) -> _Reached:
    return _Reached(
        end=end, day=drives.day, moments=(drives.fast, drives.slow),
        is_good=(drives.is_fast.copy(), drives.is_whole.copy()), driven_s=drives.driven_s,
    )  # fmt: skip


class _Choice(NamedTuple):
    """Best that was found so far for each departure, see :class:`Leaving`; whether the end is reached."""

    arrives: Moments
    then: NDArray[np.int64]
    reached: NDArray[np.int64]
    next_row: NDArray[np.int64]
    today_s: Moments
    is_there: NDArray[np.bool_]

    @classmethod
    def of(cls, count: int) -> _Choice:
        nowhere = np.full((2, count), NOWHERE, dtype=np.int64)
        return cls(
            np.full((2, count), np.inf), nowhere, nowhere.copy(), nowhere.copy(),
            np.zeros((2, count)), np.zeros((2, count), dtype=bool),
        )  # fmt: skip


def grid_of(first: date, days: int) -> Moments:
    """Every quarter of an hour of some days, seconds since the epoch."""
    return midnight_s(first) + SLOT_S * np.arange(int(days * DAY_S // SLOT_S), dtype=np.float64)


def _by_day(light: Daylight, node: int) -> Moments:
    """Slots of every day between first light and last arrival at a place."""
    found = [
        np.arange(np.ceil(start / SLOT_S) * SLOT_S, end + 1.0, SLOT_S)
        for start, end in zip(*light.at(node), strict=True)
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
