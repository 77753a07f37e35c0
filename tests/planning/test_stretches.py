"""Drives and waits of a segment in turn, with the hours of its crossings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.worlds import MORNING, ROW, ROW_WAY

from cmcoord_geo.model import Stop
from cmcoord_geo.planning.stretches import (
    closing_slack,
    end_of,
    next_opening,
    parts_along,
    stops_along,
    whole,
)
from cmcoord_geo.planning.waits import Wait

HOUR = timedelta(hours=1)
SIX = MORNING.replace(hour=6)
FERRY = Wait(share=0.5, low_s=600.0, high_s=3600.0, hours=(8 * 60, 16 * 60))


def parts(pace: str = "slow", wait: Wait = FERRY):
    (found,) = parts_along([7200.0], [[wait]], name=pace)
    return found


@pytest.mark.parametrize(("pace", "wait_s"), [("fast", 600), ("slow", 3600)])
def test_waits_lie_between_drives(pace: str, wait_s: int) -> None:
    first, wait, then = parts(pace)
    assert (first.share, wait.share, then.share) == (0.5, 0.5, 1.0)
    assert wait.duration == timedelta(seconds=wait_s)
    assert whole(parts(pace)) == 2 * HOUR + wait.duration


def test_whoever_comes_early_waits_until_it_opens() -> None:
    end, is_shut = end_of(parts(), SIX)
    assert (end, is_shut) == (SIX + 2 * HOUR + 2 * HOUR, False)
    assert end_of(parts(), SIX + 6 * HOUR) == (SIX + 9 * HOUR, False)


def test_nobody_is_taken_after_it_shuts_however_early_he_came() -> None:
    assert not end_of(parts(), SIX + 8 * HOUR)[1]  # there at 15:00, an hour to wait
    assert end_of(parts(), SIX + 8 * HOUR + timedelta(minutes=1))[1]
    assert not end_of(parts("fast"), SIX + 8 * HOUR + timedelta(minutes=50))[1]
    long = Wait(share=0.5, low_s=600.0, high_s=9 * 3600.0, hours=(8 * 60, 16 * 60))
    assert end_of(parts(wait=long), SIX)[1]
    overnight = Wait(share=0.5, low_s=600.0, high_s=3600.0, hours=(18 * 60, 6 * 60))
    assert not end_of(parts(wait=overnight), SIX)[1]


def test_whoever_comes_late_passes_on_the_day_after() -> None:
    assert end_of(parts(), SIX + 10 * HOUR)[1]
    assert next_opening(parts()[1], SIX + 11 * HOUR) == SIX + 26 * HOUR


def test_the_slack_is_what_is_left_until_it_shuts() -> None:
    assert closing_slack(parts(), SIX) == 8 * HOUR  # of nine hours one is waited
    assert closing_slack(parts(), SIX + 10 * HOUR) is None  # shut by then whoever hurries
    always = Wait(share=0.5, low_s=600.0, high_s=3600.0)
    assert closing_slack(parts(wait=always), SIX) is None


def test_a_crossing_that_a_pace_need_not_find_open_delays_it_by_nothing() -> None:
    somewhere = Wait(
        share=0.0,
        low_s=0.0,
        high_s=600.0,
        hours=(480, 960),
        opens=(False, True),
        closes=(False, False),
    )
    assert end_of(parts("fast", somewhere), SIX) == (SIX + 2 * HOUR, False)
    assert end_of(parts("slow", somewhere), SIX)[0] == SIX + 4 * HOUR + timedelta(minutes=10)


def test_stops_are_made_once_and_never_at_the_end() -> None:
    stops = (Stop(place_id="B", minutes=30.0), Stop(place_id="D", minutes=60.0))
    assert stops_along(ROW, ROW_WAY, stops) == (1800.0, 0.0, 0.0)
    assert stops_along(ROW, ROW_WAY, ()) == (0.0, 0.0, 0.0)
