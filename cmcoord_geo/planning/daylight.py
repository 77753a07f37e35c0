"""Day at a place: first departure and last arrival, from sunrise and sunset there on that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.i18n import problem
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.config import DayConfig

#: By which the day common to a box is shortened. Between its corners, up to 45 degrees from the equator,
#: sunrise is at most 82 s later than at the latest of them, and sunset as much earlier (refraction).
_BETWEEN_CORNERS = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """First departure and last arrival at one place on one date (DOMAIN.md 2.5)."""

    start: datetime
    end: datetime


@lru_cache(maxsize=4096)
def sunrise_sunset(lon: float, lat: float, day: date) -> tuple[datetime, datetime]:
    """
    Sunrise and sunset at a position on a date, in Bangui time.

    Never a constant of the country: sunset at its earliest is 16:54 in Obo and 17:41 at Béloko.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    day : date
        In Bangui.
    """
    from astral import Observer
    from astral.sun import sunrise, sunset

    here = Observer(latitude=lat, longitude=lon)
    return (
        sunrise(here, date=day, tzinfo=BANGUI),
        sunset(here, date=day, tzinfo=BANGUI),
    )


def day_at(lon: float, lat: float, moment: datetime, *, config: DayConfig) -> Day:
    """
    Daylight for movement at a position on the day of a moment, with the margins of the configuration.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    moment : datetime
        Aware; its date in Bangui counts.
    config : DayConfig

    Raises
    ------
    ConfigError
        The margins leave nothing of the day.
    """
    rise, fall = sunrise_sunset(lon, lat, moment.astimezone(BANGUI).date())
    start = rise + timedelta(minutes=config.after_sunrise_min)
    end = fall - timedelta(minutes=config.before_sunset_min)
    if start >= end:
        raise problem(
            ConfigError,
            "plan.no_day",
            after=config.after_sunrise_min,
            before=config.before_sunset_min,
        )
    return Day(start=start, end=end)


def common_day(
    box: tuple[float, float, float, float], moment: datetime, *, config: DayConfig
) -> Day:
    """
    Daylight for movement that all positions of a box surely have on the day of a moment.

    It ends before it starts where they have none in common.

    Parameters
    ----------
    box : tuple of float
        West, south, east, north, in degrees.
    moment : datetime
        Aware; its date in Bangui counts.
    config : DayConfig
    """
    west, south, east, north = box
    day = moment.astimezone(BANGUI).date()
    suns = [sunrise_sunset(lon, lat, day) for lon in (west, east) for lat in (south, north)]
    after, before = (
        timedelta(minutes=minutes) + _BETWEEN_CORNERS
        for minutes in (config.after_sunrise_min, config.before_sunset_min)
    )
    return Day(
        start=max(rise for rise, _ in suns) + after, end=min(fall for _, fall in suns) - before
    )
