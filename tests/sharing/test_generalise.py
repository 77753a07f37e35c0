"""Generalising is coarse, deterministic, and never makes a window smaller."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week
from sharing.week import at

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.sharing.generalise import (
    GENERALISATIONS,
    bin_start,
    bin_window,
    corridor,
    daily_windows,
    day_of,
    month,
    prefecture,
)

MOMENTS = st.integers(0, 14 * 86_400).map(lambda s: at(0, 0) + timedelta(seconds=s))
HOURS = st.sampled_from([3, 12])


@given(start=MOMENTS, lasts=st.integers(0, 3 * 86_400), hours=HOURS)
def test_a_bin_holds_its_window_and_starts_on_the_grid(start, lasts, hours) -> None:
    end = start + timedelta(seconds=lasts)
    low, high = bin_window(start, end, hours=hours)
    assert low <= start
    assert high >= end
    assert low < high <= max(end, start) + timedelta(hours=hours)
    assert {(low.hour - 6) % hours, (high.hour - 6) % hours} == {0}
    assert {low.minute, low.second, high.minute, high.second} == {0}


@given(start=MOMENTS, lasts=st.integers(0, 86_400), hours=HOURS)
def test_binning_twice_is_binning_once(start, lasts, hours) -> None:
    once = bin_window(start, start + timedelta(seconds=lasts), hours=hours)
    assert bin_window(*once, hours=hours) == once


@pytest.mark.parametrize(
    ("start", "end", "hours", "expected"),
    [
        (at(1, 6), at(1, 9), 3, (at(1, 6), at(1, 9))),
        (at(1, 6, 17), at(1, 7), 3, (at(1, 6), at(1, 9))),
        (at(1, 8, 59), at(1, 9, 1), 3, (at(1, 6), at(1, 12))),
        (at(1, 6, 17), at(1, 7), 12, (at(1, 6), at(1, 18))),
        (at(1, 5), at(1, 5, 30), 12, (at(0, 18), at(1, 6))),
    ],
)
def test_bins_count_from_six(start, end, hours, expected) -> None:
    assert bin_window(start, end, hours=hours) == expected


def test_bins_are_those_of_bangui() -> None:
    assert bin_window(at(1, 7).astimezone(UTC), at(1, 8), hours=3) == (at(1, 6), at(1, 9))


@given(moment=MOMENTS)
def test_the_start_of_a_bin_is_never_later(moment: datetime) -> None:
    start = bin_start(moment, hours=3)
    assert timedelta(0) <= moment - start < timedelta(hours=3)
    assert bin_start(None, hours=3) is None


@given(start=MOMENTS, lasts=st.integers(60, 4 * 86_400))
def test_days_leave_out_nights_only(start, lasts) -> None:
    end = start + timedelta(seconds=lasts)
    parts = daily_windows(start, end)
    assert all(start <= low < high <= end for low, high in parts)
    if parts != ((start, end),):
        assert all(low.hour >= 6 and low.date() == high.date() for low, high in parts)
        assert all(high <= day_of(high) + timedelta(hours=18) for _, high in parts)


def test_two_days_are_two_windows() -> None:
    assert daily_windows(at(1, 14), at(2, 9)) == ((at(1, 14), at(1, 18)), (at(2, 6), at(2, 9)))


def test_a_night_alone_is_not_moved_to_the_day() -> None:
    assert daily_windows(at(1, 19), at(1, 21)) == ((at(1, 19), at(1, 21)),)


def test_no_option_no_corridor() -> None:
    assert corridor((), hours=3) == ()


def test_weeks_months_areas() -> None:
    sunday = TimeSpan(earliest=at(6, 23, 59), latest=at(7, 1))
    assert GENERALISATIONS["week"](sunday, 3) == at(0, 0)
    assert GENERALISATIONS["day"](at(1, 6, 17), 3) == at(1, 0)
    assert month(at(1, 6, 17)) == at(1, 0)
    assert prefecture(week.plan("M1").request.destination) == "Ouaka"
    assert prefecture("nowhere") == ""
