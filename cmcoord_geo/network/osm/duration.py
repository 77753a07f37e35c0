"""How long a ferry takes, as the map says it."""

from __future__ import annotations

import re

from cmcoord_geo.units import DAY_S, HOUR_S, MINUTE_S

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")
_MINUTES = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?)(?:\s*(?:min|minutes?|mn))?")
_HOURS = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s*(?:h|hours?|heures?)")
_ISO = re.compile(r"pt(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?")


def duration_s(text: str) -> float | None:
    """
    Seconds; a bare number is minutes. None where it cannot be read, is nothing, or lasts longer than a day.

    Examples
    --------
    >>> duration_s("00:20"), duration_s("PT1H30M"), duration_s("15"), duration_s("soon")
    (1200.0, 5400.0, 900.0, None)
    """
    words = text.strip().casefold()
    seconds = _seconds(words)
    return seconds if seconds is not None and 0 < seconds <= DAY_S else None


def _seconds(words: str) -> float | None:
    if found := _CLOCK.fullmatch(words):
        return int(found[1]) * HOUR_S + int(found[2]) * MINUTE_S + float(found[3] or 0)
    if found := _ISO.fullmatch(words):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return hours * HOUR_S + minutes * MINUTE_S + seconds
    if found := _HOURS.fullmatch(words):
        return float(found[1]) * HOUR_S
    found = _MINUTES.fullmatch(words)
    return float(found[1]) * MINUTE_S if found else None
