"""Sunrise and sunset at each place (DOMAIN.md 2.8): never one hour for the whole country."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import numpy as np
import pytest

from cmcoord_geo.config import DayConfig
from cmcoord_geo.errors import ConfigError
from cmcoord_geo.facts import places
from cmcoord_geo.planning import sunrise_sunset
from cmcoord_geo.planning.daylight import common_day, day_at
from cmcoord_geo.units import BANGUI

TOLERANCE_MIN = 3
YEAR = 2026
#: Place id: sunrise and sunset on four dates, then earliest and latest of the year (DOMAIN.md 2.8).
TABLE = {
    "BLK": ("06:05-18:12 05:49-18:17 05:51-17:57 06:06-17:52", "05:45-06:19 17:41-18:20"),
    "BGF": ("05:50-17:56 05:36-17:58 05:35-17:41 05:47-17:39", "05:30-06:01 17:27-18:02"),
    "BIV": ("05:36-17:42 05:18-17:48 05:21-17:27 05:37-17:22", "05:15-05:50 17:11-17:51"),
    "IRO": ("05:33-17:39 05:09-17:52 05:18-17:24 05:41-17:12", "05:06-05:52 17:02-17:54"),
    "OBO": ("05:18-17:24 05:02-17:28 05:03-17:09 05:17-17:06", "04:59-05:30 16:54-17:32"),
}
DATES = (date(YEAR, 3, 20), date(YEAR, 6, 21), date(YEAR, 9, 22), date(YEAR, 12, 21))


def minutes(clock: str | datetime) -> float:
    """Minutes since midnight on the clock in Bangui."""
    if isinstance(clock, str):
        hour, minute = clock.split(":")
        return 60 * int(hour) + int(minute)
    local = clock.astimezone(BANGUI)
    return 60 * local.hour + local.minute + local.second / 60


def at(place_id: str, day: date) -> tuple[datetime, datetime]:
    place = places()[place_id]
    return sunrise_sunset(place.lon, place.lat, day)


@pytest.mark.parametrize("place_id", TABLE)
def test_sun_agrees_with_the_table(place_id: str) -> None:
    for day, pair in zip(DATES, TABLE[place_id][0].split(), strict=True):
        for moment, expected in zip(at(place_id, day), pair.split("-"), strict=True):
            assert minutes(moment) == pytest.approx(minutes(expected), abs=TOLERANCE_MIN)
            assert moment.date() == day


@pytest.mark.parametrize("place_id", TABLE)
def test_range_of_the_year_agrees_with_the_table(place_id: str) -> None:
    year = [at(place_id, date(YEAR, 1, 1) + timedelta(days=n)) for n in range(365)]
    for which, pair in enumerate(TABLE[place_id][1].split()):
        found = [minutes(day[which]) for day in year]
        ends = [minutes(clock) for clock in pair.split("-")]
        assert [min(found), max(found)] == pytest.approx(ends, abs=TOLERANCE_MIN)


def test_sunset_in_the_east_is_an_hour_before_a_fixed_hour() -> None:
    """A rule of 18:00 is wrong by over an hour in Obo, and by less in Béloko: it is no constant."""
    obo = min(minutes(at("OBO", date(YEAR, 11, n))[1]) for n in range(1, 29))
    beloko = min(minutes(at("BLK", date(YEAR, 11, n))[1]) for n in range(1, 29))
    assert minutes("18:00") - obo > 60
    assert beloko - obo > 40


def test_day_keeps_the_margins_of_the_configuration() -> None:
    moment = datetime(2026, 12, 21, 12, tzinfo=BANGUI)
    rise, fall = at("BGF", moment.date())
    place = places()["BGF"]
    config = DayConfig(after_sunrise_min=45, before_sunset_min=90)
    day = day_at(place.lon, place.lat, moment, config=config)
    assert day.start - rise == timedelta(minutes=45)
    assert fall - day.end == timedelta(minutes=90)


def test_date_is_the_one_in_bangui() -> None:
    """23:30 UTC is the next day in Bangui."""
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert day_at(18.5, 4.4, late, config=DayConfig()).start.date() == date(2026, 12, 2)


def test_margins_that_leave_no_day_are_refused() -> None:
    nothing = DayConfig(after_sunrise_min=400, before_sunset_min=400)
    with pytest.raises(ConfigError, match="400 min"):
        day_at(18.5, 4.4, datetime(2026, 12, 1, tzinfo=BANGUI), config=nothing)


@pytest.mark.parametrize("day", [*DATES, date(YEAR, 3, 17), date(YEAR, 9, 26)])
@pytest.mark.parametrize(
    "box", [(14.0, 2.0, 27.5, 11.0), (14.1, 35.7, 14.6, 36.1), (0.0, -45.0, 9.0, 45.0)]
)
def test_common_day_is_day_everywhere_in_the_box(
    day: date, box: tuple[float, float, float, float]
) -> None:
    moment, config = datetime(day.year, day.month, day.day, 12, tzinfo=BANGUI), DayConfig()
    common = common_day(box, moment, config=config)
    west, south, east, north = box
    days = [
        day_at(lon, lat, moment, config=config)
        for lon, lat in product(np.linspace(west, east, 3), np.linspace(south, north, 13))
    ]
    start, end = max(one.start for one in days), min(one.end for one in days)
    assert timedelta(0) <= common.start - start <= timedelta(minutes=4)
    assert timedelta(0) <= end - common.end <= timedelta(minutes=4)
