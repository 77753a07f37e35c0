"""
The way back: the same road the other way, from when the convoy has unloaded on.

Of the departures from then on the one that is home first is taken, at which both paces leave together. Where
none gets home by the rules, each pace is driven as far as it gets, so that it is looked at all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.course import course_of
from cmcoord_geo.planning.journeys import Journeys, grid_of
from cmcoord_geo.planning.paces import TAIL_DAYS, both_paces, free_paces
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.schedule import schedule_of
from cmcoord_geo.planning.stages import Daylight, Driver
from cmcoord_geo.units import BANGUI, HOUR_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.stages import Moments
    from cmcoord_geo.planning.timetable import Timetable
    from cmcoord_geo.planning.ways import Way


def way_home(situation: Situation, way: Way) -> tuple[Situation, Way]:
    """
    Return the movement back, and its way.

    Parameters
    ----------
    situation : Situation
        Of the movement there.
    way : sequence of (segment, is_forward)
    """
    there = situation.request
    asked = replace(
        there,
        origin=there.destination,
        destination=there.origin,
        via=there.via[::-1],
        stops=(),
        arrive_by=None,
    )
    back = tuple((segment, not is_forward) for segment, is_forward in reversed(way))
    return replace(situation, request=asked), back


def first_home(arrives: Moments, grid: Moments, ready_s: Moments) -> NDArray[np.int64]:
    """
    Departure that is home first of those not before each moment, the earliest of equals; -1 for none.

    Parameters
    ----------
    arrives : ndarray of float64, shape (m,)
        At home, infinite where there is no journey.
    grid : ndarray of float64, shape (m,)
        Departures.
    ready_s : ndarray of float64, shape (n,)
    """
    best = np.full(len(grid) + 1, -1, dtype=np.int64)
    for row in range(len(grid) - 1, -1, -1):
        later = best[row + 1]
        is_first = np.isfinite(arrives[row]) and (later < 0 or arrives[row] <= arrives[later])
        best[row] = row if is_first else later
    found: NDArray[np.int64] = best[np.searchsorted(grid, ready_s)]
    return found


def with_returns(
    situation: Situation, routes: Sequence[Route], ways: Sequence[Way]
) -> tuple[Route, ...]:
    """
    Options with their ways back, where the request asks for one.

    Parameters
    ----------
    situation : Situation
    routes : sequence of Route
    ways : sequence of Way
        Of each of them.
    """
    if not situation.request.is_return:
        return tuple(routes)
    return tuple(
        _with_return(route, _route_home(situation, way, route))
        for route, way in zip(routes, ways, strict=True)
    )


def _with_return(route: Route, back: Route) -> Route:
    """Option with its way back, and with whom it meets there."""
    met = (*route.conflicts, *(one.on_the_way_back() for one in back.conflicts))
    ordered = sorted(met, key=lambda one: (one.window.earliest, one.conflict_id))
    return replace(route, back=back, conflicts=tuple(ordered))


def _route_home(situation: Situation, way: Way, route: Route) -> Route:
    there, back = way_home(situation, way)
    arrival = TimeSpan(earliest=route.fast.times[-1], latest=route.slow.times[-1])
    (times,) = schedules_home(situation, way, [arrival])
    depart = TimeSpan(earliest=times.fast.pace.times[0], latest=times.slow.pace.times[0])
    there = replace(there, request=replace(there.request, depart=depart))
    return build_route(there, back, letter=route.letter, times=times)


def schedules_home(situation: Situation, way: Way, arrivals: Sequence[TimeSpan]) -> list[Schedule]:
    """
    Ways back after some arrivals.

    Parameters
    ----------
    situation : Situation
        Of the movement there.
    way : sequence of (segment, is_forward)
        There.
    arrivals : sequence of TimeSpan
        At least one: first at the fast pace, last at the slow one.
    """
    there, back = way_home(situation, way)
    return [schedule_of(there, back, *paces) for paces in _paces(there, back, arrivals)]


def _paces(
    there: Situation, back: Way, arrivals: Sequence[TimeSpan]
) -> Iterator[tuple[Timetable, Timetable]]:
    """Both paces of the way back after each arrival."""
    unloads = timedelta(seconds=there.config.rules.unload_h * HOUR_S)
    ready = [one.latest + unloads for one in arrivals]
    rows, grid = _chosen(there, back, np.array([moment.timestamp() for moment in ready]))
    leaves = sorted({to_datetime(float(grid[row])) for row in rows.tolist() if row >= 0})
    departs = [TimeSpan(earliest=moment, latest=moment) for moment in leaves]
    led = dict(zip(leaves, both_paces(there, back, departs), strict=True)) if departs else {}
    for arrival, row in zip(arrivals, rows.tolist(), strict=True):
        if row >= 0:
            yield led[to_datetime(float(grid[row]))]
        else:
            window = TimeSpan(earliest=arrival.earliest + unloads, latest=arrival.latest + unloads)
            yield free_paces(there, back, window)


def _chosen(there: Situation, back: Way, ready_s: Moments) -> tuple[NDArray[np.int64], Moments]:
    """For each moment the departure that is home first, as a place in a grid; -1 for none."""
    first, last = (
        to_datetime(moment).astimezone(BANGUI).date() for moment in (ready_s.min(), ready_s.max())
    )
    days = (last - first).days + 1 + TAIL_DAYS
    grid = grid_of(first, days)
    course = course_of(there, back, first=first, days=days + TAIL_DAYS)
    light = Daylight(there.network, course, there.config)
    journeys = Journeys(course, Driver(course, light, there.config.rules), light, grid)
    return first_home(journeys.arrives(1), grid, ready_s), grid
