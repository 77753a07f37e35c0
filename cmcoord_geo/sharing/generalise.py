"""
Generalisations, deterministic: named areas and binned windows, no noise (repeated releases average it away).

Each takes the exact value and gives the coarse one; the exact value goes no farther.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cmcoord_geo.facts import places
from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.model import Route

#: Hours of the day, in Bangui, in which presence is asked for when a movement takes several days.
DAY_START_H, DAY_END_H = 6, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Where a movement may be, without who, what, or which way: a whole segment and a binned window."""

    segment_id: str
    start: datetime
    end: datetime


def bin_window(start: datetime, end: datetime, *, hours: int) -> tuple[datetime, datetime]:
    """
    Smallest window of whole bins, counted from six in the morning in Bangui, that holds a window.

    Examples
    --------
    >>> day = datetime(2026, 12, 1, tzinfo=BANGUI)
    >>> low, high = bin_window(day.replace(hour=7, minute=5), day.replace(hour=10), hours=3)
    >>> low.hour, high.hour
    (6, 12)
    """
    first, last = start.astimezone(BANGUI), end.astimezone(BANGUI)
    anchor = day_of(first) + timedelta(hours=DAY_START_H)
    width = timedelta(hours=hours)
    low = anchor + ((first - anchor) // width) * width
    high = anchor + -((anchor - last) // width) * width
    return low, max(high, low + width)


def daily_windows(start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """
    Parts of a window by day, without the nights, in which nobody drives.

    What lies before six in the morning or after six in the evening only is kept as it is: presence is
    never asked for at another time than that of the movement.
    """
    found = []
    day = day_of(start)
    while day < end:
        low = max(start, day + timedelta(hours=DAY_START_H))
        high = min(end, day + timedelta(hours=DAY_END_H))
        if low < high:
            found.append((low, high))
        day += timedelta(days=1)
    return tuple(found) or ((start, end),)


def corridor(options: tuple[Route, ...], *, hours: int) -> tuple[Stretch, ...]:
    """Segments and binned windows by day of the option kept; empty without an option."""
    if not options:
        return ()
    return tuple(
        Stretch(
            segment_id=leg.segment_id,
            start=start,
            end=end,
        )
        for leg in options[0].legs
        for low, high in daily_windows(leg.enter.earliest, leg.leave.latest)
        for start, end in (bin_window(low, high, hours=hours),)
    )


def bin_start(moment: datetime | None, *, hours: int) -> datetime | None:
    """
    Start of the bin that a moment lies in: never later, so that nothing speaks longer than it was said to.

    Examples
    --------
    >>> bin_start(datetime(2026, 12, 1, 7, 5, tzinfo=BANGUI), hours=3).hour
    6
    """
    return None if moment is None else bin_window(moment, moment, hours=hours)[0]


def week(window: TimeSpan) -> datetime:
    """Monday of the week in which a window begins, at midnight in Bangui."""
    day = window.earliest.astimezone(BANGUI).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def month(moment: datetime) -> datetime:
    """First of the month, at midnight in Bangui."""
    return day_of(moment).replace(day=1)


def day_of(moment: datetime) -> datetime:
    """Midnight in Bangui of the day."""
    return moment.astimezone(BANGUI).replace(hour=0, minute=0, second=0, microsecond=0)


def prefecture(place_id: str) -> str:
    """Prefecture (2021) of a place; empty where the gazetteer does not know it."""
    known = places().get(place_id)
    return known.prefecture_2021.partition(" (")[0] if known else ""


def bin_span(window: TimeSpan, *, hours: int) -> TimeSpan:
    """Smallest window of whole bins that holds a window."""
    start, end = bin_window(window.earliest, window.latest, hours=hours)
    return TimeSpan(earliest=start, latest=end)


def whole_segments(stretches: tuple[tuple[str, Span], ...]) -> tuple[tuple[str, Span], ...]:
    """Segments of some stretches, each once and whole: where on them, nobody is told."""
    return tuple(
        (key, Span(low=0.0, high=1.0)) for key in dict.fromkeys(key for key, _ in stretches)
    )


#: Every generalisation that the table may name: the exact value and the width of bins in, the coarse one out.
GENERALISATIONS: Mapping[str, Callable[[Any, int], Any]] = {
    "corridor": lambda options, hours: corridor(options, hours=hours),
    "window": lambda moment, hours: bin_start(moment, hours=hours),
    "bins": lambda window, hours: bin_span(window, hours=hours),
    "whole_segments": lambda stretches, _: whole_segments(stretches),
    "week": lambda window, _: week(window),
    "month": lambda moment, _: month(moment),
    "day": lambda moment, _: day_of(moment),
    "prefecture": lambda place_id, _: prefecture(place_id),
}
