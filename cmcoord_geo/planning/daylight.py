"""Day at a place: first departure and last arrival, from sunrise and sunset there on that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.config import DayConfig


@dataclass(frozen=True, slots=True)
class Day:
    """First departure and last arrival at one place on one date (DOMAIN.md 2.5)."""

    start: datetime
    end: datetime


@lru_cache(maxsize=4096)
def sunrise_sunset(lon: float, lat: float, day: date) -> tuple[datetime, datetime]:
    """
    Sunrise and sunset at a position on a date, in Bangui time.

    Never a constant of the country: sunset at its earliest is 16:54 in Obo and 17:41 at Béloko.
    """
    from astral import Observer
    from astral.sun import sunrise, sunset

    here = Observer(latitude=lat, longitude=lon)
    return (
        sunrise(here, date=day, tzinfo=BANGUI),
        sunset(here, date=day, tzinfo=BANGUI),
    )


def day_at(lon: float, lat: float, day: date, *, config: DayConfig) -> Day:
    """Daylight for movement at a position on a date, with the margins of the configuration."""
    rise, fall = sunrise_sunset(lon, lat, day)
    return Day(
        start=rise + timedelta(minutes=config.after_sunrise_min),
        end=fall - timedelta(minutes=config.before_sunset_min),
    )
