"""Where a pace is when, halts included."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from planning.worlds import MORNING

from cmcoord_geo.model import Pace
from cmcoord_geo.planning.pace import first_at, last_at, leaving, passing_window, reaching

#: 100 km in two hours, a night of twelve hours there, 50 km in one hour.
NIGHT = Pace(
    times=tuple(MORNING + timedelta(hours=h) for h in (0, 2, 14, 15)), km=(0.0, 100.0, 100.0, 150.0)
)
#: The same after a wait of a day at the origin.
LATE = Pace(
    times=(MORNING, *(MORNING + timedelta(hours=h) for h in (24, 26))), km=(0.0, 0.0, 100.0)
)


@pytest.mark.parametrize(
    ("km", "first_h", "last_h"),
    [(0, 0, 0), (50, 1, 1), (100, 2, 14), (125, 14.5, 14.5), (150, 15, 15), (999, 15, 15)],
)
def test_first_and_last_moment_at_a_km(km: float, first_h: float, last_h: float) -> None:
    assert first_at(NIGHT, km) == MORNING + timedelta(hours=first_h)
    assert last_at(NIGHT, km) == MORNING + timedelta(hours=last_h)


def test_sums_that_differ_in_the_last_digit_are_one_km() -> None:
    assert first_at(NIGHT, 100.0 + 1e-12) == MORNING + timedelta(hours=2)
    assert last_at(NIGHT, 100.0 - 1e-12) == MORNING + timedelta(hours=14)


def test_wait_at_the_origin_is_not_on_the_road() -> None:
    assert first_at(LATE, 0.0) == last_at(LATE, 0.0) == MORNING + timedelta(hours=24)


def test_window_runs_from_the_fast_to_the_slow_pace() -> None:
    window = passing_window(NIGHT, LATE, km_low=50.0, km_high=100.0)
    assert window.earliest == MORNING + timedelta(hours=1)
    assert window.latest == MORNING + timedelta(hours=26)


@pytest.mark.parametrize("pace", [NIGHT, LATE])
def test_many_km_at_once_are_the_same_moments(pace: Pace) -> None:
    km = np.array([0.0, 50.0, 100.0 - 1e-12, 100.0, 125.0, 150.0, 999.0])
    km = km[(km <= pace.km[-1]) | (km == 999.0)]
    assert reaching(pace, km).tolist() == [first_at(pace, one).timestamp() for one in km]
    assert leaving(pace, km).tolist() == [last_at(pace, one).timestamp() for one in km]
