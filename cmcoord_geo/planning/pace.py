"""Where a pace is when: the moments at which it reaches, and leaves, a km of its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.model import TimeSpan

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Pace

#: Kilometres closer than this are one: sums of lengths in a different order differ in the last digits.
_SAME_KM = 1e-9


def passing_window(fast: Pace, slow: Pace, *, km_low: float, km_high: float) -> TimeSpan:
    """When a movement may be between two km: first there at the fast pace, last out at the slow one."""
    return TimeSpan(earliest=first_at(fast, km_low), latest=last_at(slow, km_high))


def first_at(pace: Pace, km: float) -> datetime:
    """First moment at which a pace, once on its way, reaches a km; a wait at the origin is not counted."""
    for i in range(1, len(pace.km)):
        if pace.km[i] >= km - _SAME_KM:
            return _between(pace, i, km)
    return pace.times[-1]


def last_at(pace: Pace, km: float) -> datetime:
    """Last moment at which a pace is at a km, a halt there included."""
    for i in range(len(pace.km) - 1, 0, -1):
        if pace.km[i - 1] <= km + _SAME_KM:
            return _between(pace, i, km)
    return pace.times[0]


def _between(pace: Pace, i: int, km: float) -> datetime:
    """Moment of a km on the stretch that ends at point ``i``; the end of a level one."""
    low, high = pace.km[i - 1], pace.km[i]
    part = 1.0 if high <= low else min(max((km - low) / (high - low), 0.0), 1.0)
    return pace.times[i - 1] + (pace.times[i] - pace.times[i - 1]) * part
