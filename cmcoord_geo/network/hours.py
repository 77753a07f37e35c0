"""Hours of the day between which a road or a ferry lets people pass, in Bangui time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from cmcoord_geo.units import BANGUI, HOUR_S, MINUTE_S

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import TimeSpan

_DAY_MIN = 24 * 60
_CLOCK = r"([01]?[0-9]|2[0-4])(?:\s*(?:[:hH.])\s*([0-5][0-9])?)?"
_HOURS = re.compile(
    rf"\s*(?:de\s+|from\s+)?{_CLOCK}\s*(?:-|–|—|à|to|/)\s*{_CLOCK}\s*", re.IGNORECASE
)


def parse_hours(words: str) -> tuple[int, int] | None:
    """
    Minutes of the day at which passage opens and closes; None where the words are no hours of a day.

    Past midnight the second is the smaller one. Hours that are equal are none.

    Examples
    --------
    >>> parse_hours("06:00-18:00"), parse_hours("6h à 17h30"), parse_hours("18:00-05:00")
    ((360, 1080), (360, 1050), (1080, 300))
    """
    match = _HOURS.fullmatch(words)
    if match is None:
        return None
    opens, closes = (60 * int(match[i]) + int(match[i + 1] or 0) for i in (1, 3))
    if max(opens, closes) > _DAY_MIN or opens % _DAY_MIN == closes:
        return None
    return opens % _DAY_MIN, closes


def written(opens: int, closes: int) -> str:
    """
    Hours as every product writes them.

    Examples
    --------
    >>> written(360, 1080)
    '06:00-18:00'
    """
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (opens, closes))


def is_within(span: TimeSpan, hours: tuple[int, int]) -> bool:
    """
    Whether a whole span of time lies within the hours of one day.

    Parameters
    ----------
    span : TimeSpan
    hours : tuple of int
        From :func:`parse_hours`.
    """
    opens, closes = hours
    open_min = (closes - opens) % _DAY_MIN or _DAY_MIN
    since = (_minute(span.earliest) - opens) % _DAY_MIN
    lasts = (span.latest - span.earliest) / timedelta(seconds=MINUTE_S)
    return since + lasts <= open_min


def _minute(moment: datetime) -> float:
    """Minute of the day in Bangui."""
    local = moment.astimezone(BANGUI)
    return (local.hour * HOUR_S + local.minute * MINUTE_S + local.second) / MINUTE_S
