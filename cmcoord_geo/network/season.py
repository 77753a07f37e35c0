"""Season of a date in a zone: dry, wet, or the shoulder in which either may hold (DOMAIN.md 2.8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.units import to_datetime, utc_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.facts import SeasonZone

Season = Literal["dry", "wet", "shoulder"]


def season_of(moment: datetime, zone: SeasonZone) -> Season:
    """
    Season at a moment, by the local date in Bangui.

    Raises
    ------
    DataError
        The moment has no zone.

    Examples
    --------
    >>> from datetime import datetime
    >>> from cmcoord_geo.facts import season_zones
    >>> from cmcoord_geo.units import BANGUI
    >>> season_of(datetime(2026, 8, 15, tzinfo=BANGUI), season_zones()["centre"])
    'wet'
    >>> season_of(datetime(2026, 11, 5, tzinfo=BANGUI), season_zones()["centre"])
    'shoulder'
    """
    day = to_datetime(utc_seconds(moment)).date()
    first = date(day.year, *zone.wet_from)
    last = date(day.year, *zone.wet_to)
    margin = timedelta(days=zone.shoulder_days)
    if first <= day <= last:
        return "wet"
    if first - margin <= day <= last + margin:
        return "shoulder"
    return "dry"
