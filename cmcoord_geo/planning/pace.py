"""Where a pace is when: the moments at which it reaches, and leaves, a km of its route, or many km."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import TimeSpan

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Pace

#: Kilometres closer than this are one: sums of lengths in a different order differ in the last digits.
SAME_KM = 1e-9


def passing_window(fast: Pace, slow: Pace, *, km_low: float, km_high: float) -> TimeSpan:
    """When a movement may be between two km: first there at the fast pace, last out at the slow one."""
    return TimeSpan(earliest=first_at(fast, km_low), latest=last_at(slow, km_high))


def first_at(pace: Pace, km: float) -> datetime:
    """First moment at which a pace, once on its way, reaches a km; a wait at the origin is not counted."""
    i = bisect_left(pace.km, km - SAME_KM, lo=1)
    return _between(pace, i, km) if i < len(pace.km) else pace.times[-1]


def last_at(pace: Pace, km: float) -> datetime:
    """Last moment at which a pace is at a km, a halt there included."""
    i = min(bisect_right(pace.km, km + SAME_KM), len(pace.km) - 1)
    return _between(pace, i, km) if i else pace.times[0]


def _between(pace: Pace, i: int, km: float) -> datetime:
    """Moment of a km on the stretch that ends at point ``i``; the end of a level one."""
    low, high = pace.km[i - 1], pace.km[i]
    part = 1.0 if high <= low else min(max((km - low) / (high - low), 0.0), 1.0)
    return pace.times[i - 1] + (pace.times[i] - pace.times[i - 1]) * part


def reaching(pace: Pace, km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds at which a pace first is at each km."""
    times, at_km = np.asarray(pace.seconds, float), np.asarray(pace.km, float)
    i = np.clip(np.searchsorted(at_km, km - SAME_KM, side="left"), 1, len(at_km) - 1)
    return _moments(times, at_km, i, km)


def leaving(pace: Pace, km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds at which a pace last is at each km, a halt there included."""
    times, at_km = np.asarray(pace.seconds, float), np.asarray(pace.km, float)
    i = np.clip(np.searchsorted(at_km, km + SAME_KM, side="right"), 1, len(at_km) - 1)
    found = _moments(times, at_km, i, km)
    return np.where(km + SAME_KM >= at_km[-1], times[-1], found)


def _moments(
    times: NDArray[np.float64],
    at_km: NDArray[np.float64],
    i: NDArray[np.int64],
    km: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Moment of each km on the stretch that ends at point ``i``."""
    low, high = at_km[i - 1], at_km[i]
    span = np.where(high > low, high - low, 1.0)
    part = np.where(high > low, np.clip((km - low) / span, 0.0, 1.0), 1.0)
    return np.asarray(times[i - 1] + (times[i] - times[i - 1]) * part, dtype=np.float64)
