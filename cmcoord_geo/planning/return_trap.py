"""
The last departure that still gets back: beyond it a season, closure or ban shuts the road behind the convoy.

It is asked on the road of today; whether another road is left then, a plan of that day says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.planning.conditions import cheapest_trip
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.paces import TAIL_DAYS
from cmcoord_geo.planning.parts import felt_seconds
from cmcoord_geo.planning.slots import first_day
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import DAY_S, HOUR_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

    Moments = NDArray[np.float64]

#: Whoever waits longer than this on the way, or there for the way back, is trapped.
MOST_DAYS_AWAY = TAIL_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTrap:
    """
    Last departure that still gets back.

    Attributes
    ----------
    depart : datetime or None
        None: no departure gets back, from the first day on.
    back_by : datetime or None
    because : Said or None
        What shuts the road there then; None where it is not shut: the season is slower and no halt in reach
        by day, or the way back alone is shut.
    """

    depart: datetime | None
    back_by: datetime | None
    because: Said | None


def return_trap(situation: Situation, *, days: int) -> ReturnTrap | None:
    """
    Find the last departure there and back on the roads of today, each the fastest.

    Parameters
    ----------
    situation : Situation
        Of the request there.
    days : int
        How far ahead is looked.

    Returns
    -------
    ReturnTrap or None
        None: whoever leaves on the last of the days still gets back.

    Raises
    ------
    NoRouteError
        No road leads there, or none back, today.
    """
    request = situation.request
    way = _fastest(situation, request.origin, request.destination)
    back = _fastest(situation, request.destination, request.origin)
    first = first_day(situation)
    out, grid, arrives = _arrivals(situation, way, first, days)
    _, later, home = _arrivals(situation, back, first, days + MOST_DAYS_AWAY)
    home = np.append(np.minimum.accumulate(home[::-1])[::-1], np.inf)
    ready = arrives + situation.config.rules.unload_h * HOUR_S
    home_s = home[np.searchsorted(later, ready)]
    away_s = MOST_DAYS_AWAY * DAY_S
    is_late = grid < situation.picture.as_of.timestamp()
    is_back: NDArray[np.bool_] = np.isfinite(home_s) & ~is_late
    is_back &= (arrives <= grid + away_s) & (home_s <= ready + away_s)
    per_day = len(grid) // days
    bad_days = [n for n in range(1, days) if not is_back[n * per_day : (n + 1) * per_day].any()]
    if not bad_days:
        return None
    end = bad_days[0]
    rows = np.flatnonzero(is_back[: end * per_day])
    if not len(rows):
        return ReturnTrap(depart=None, back_by=None, because=None)
    last = int(rows[-1])
    return ReturnTrap(
        depart=to_datetime(float(grid[last])),
        back_by=to_datetime(math.ceil(float(home_s[last]))),
        because=_because(out, float(grid[last])),
    )


def _fastest(situation: Situation, origin: str, destination: str) -> Way:
    asked = replace(
        situation, request=replace(situation.request, origin=origin, destination=destination)
    )
    return cheapest_trip(asked, felt_seconds(situation.network, situation.passable))


def _arrivals(
    situation: Situation, way: Way, first: date, days: int
) -> tuple[Course, Moments, Moments]:
    course = course_of(situation, way, first=first, days=days + MOST_DAYS_AWAY)
    light = Daylight(situation.network, course, situation.config)
    grid = grid_of(first, days)
    driver = Driver(course, light, situation.config.rules)
    return course, grid, Journeys(course, driver, light, grid).arrives(1)


def _because(course: Course, after_s: float) -> Said | None:
    """What begins first of all that stops people on the way, after a moment, and lasts for days."""

    def begins() -> Iterator[tuple[float, Said]]:
        for step in course.steps:
            for bar in (*step.bars, *step.place_bars):
                is_long = bar.spans.end - bar.spans.start >= DAY_S
                ahead = is_long & (bar.spans.end > after_s)
                if bar.effect == "stop" and ahead.any():
                    yield float(bar.spans.start[ahead][0]), bar.said

    return min(begins(), key=lambda found: found[0], default=(0.0, None))[1]


def trap_or_none(situation: Situation, *, days: int) -> tuple[bool, ReturnTrap | None]:
    """Whether roads lead there and back today, and the trap on them."""
    try:
        return True, return_trap(situation, days=days)
    except NoRouteError:
        return False, None
