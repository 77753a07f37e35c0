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
