"""Another departure on the same way: the nearest one that meets fewer patrols or follows more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.schedule import Trip, schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmcoord_geo.planning.schedule import Schedule
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

_DAYS = range(3)
_HOURS = range(-3, 4)
#: Days and hours by which the departure is moved, nearest first; of two as near the later one.
SHIFTS = tuple(
    sorted(
        ((day, hour) for day in _DAYS for hour in _HOURS if day or hour),
        key=lambda shift: (abs(24 * shift[0] + shift[1]), -shift[1]),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """
    Another time to start, and what it changes.

    Attributes
    ----------
    depart : TimeSpan
        By day at the origin, never before the data cut-off.
    now, then : Schedule
        As asked for, and after the change.
    """

    depart: TimeSpan
    now: Schedule
    then: Schedule


def better_departure(situation: Situation, way: Way) -> Departure | None:
    """
    Find the shift of the departure that brings most, the nearest of those that bring as much.

    It lowers possible meetings with patrols, or nights between two places, or else the road without a recent
    patrol; it adds neither meetings, nor such nights, nor days.

    Parameters
    ----------
    situation : Situation
    way : tuple

    Returns
    -------
    Departure or None
        None where no shift of up to 3 h earlier or about 2 days later does.
    """
    now = schedule(situation, way)
    segments = {leg.segment_id for leg in now.legs}
    if not now.nights_between and segments.isdisjoint(situation.picture.patrols.segment_id):
        return None
    better = [found for found in _shifted(situation, way, now) if _is_better(found)]
    return min(better, key=lambda found: _worth(found.then), default=None)


def _shifted(situation: Situation, way: Way, now: Schedule) -> Iterable[Departure]:
    """Departures that can be proposed: by day, after the cut-off, on roads that are open then too."""
    asked = situation.request.depart
    there = {day: situation.on_day(day) for day in _DAYS}
    trips = {
        day: Trip(one, way)
        for day, one in there.items()
        if all(one.passable.is_open[segment] for segment, _ in way)
    }
    for day, hour in SHIFTS:
        if day not in trips:
            continue
        then = trips[day].at(there[day].shifted(timedelta(hours=hour)).request.depart)
        depart = TimeSpan(earliest=then.fast.pace.times[0], latest=then.slow.pace.times[0])
        is_in_the_dark = asked.earliest < asked.latest and depart.earliest == depart.latest
        if depart.earliest < situation.picture.as_of or then.waits_at_origin or is_in_the_dark:
            continue
        yield Departure(depart=depart, now=now, then=then)


def _is_better(found: Departure) -> bool:
    now, then = found.now, found.then
    adds_nothing = (
        len(then.conflicts) <= len(now.conflicts)
        and then.nights_between <= now.nights_between
        and then.days.high <= now.days.high
    )
    return adds_nothing and _worth(then) < _worth(now)


def _worth(times: Schedule) -> tuple[int, int, int]:
    return len(times.conflicts), times.nights_between, round(times.unpatrolled_km)
