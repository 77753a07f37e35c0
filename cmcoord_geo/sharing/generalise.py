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
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from cmcoord_geo.model import Route, TimeSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Where a movement may be, without who or what: a segment, its km, and a binned window."""

    segment_id: str
    is_forward: bool
    km: tuple[float, float]
    start: datetime
    end: datetime


def bin_window(start: datetime, end: datetime, *, hours: int) -> tuple[datetime, datetime]:
    """
    Smallest window of whole bins, counted from midnight in Bangui, that holds a window.

    Examples
    --------
    >>> day = datetime(2026, 12, 1, tzinfo=BANGUI)
    >>> low, high = bin_window(day.replace(hour=7, minute=5), day.replace(hour=10), hours=3)
    >>> low.hour, high.hour
    (6, 12)
    """
    first, last = start.astimezone(BANGUI), end.astimezone(BANGUI)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    width = timedelta(hours=hours)
    low = midnight + ((first - midnight) // width) * width
    high = midnight + -((midnight - last) // width) * width
    return low, max(high, low + width)


def corridor(options: tuple[Route, ...], *, hours: int) -> tuple[Stretch, ...]:
    """Segments and binned windows of the option kept; empty without an option."""
    if not options:
        return ()
    found = []
    for leg in options[0].legs:
        start, end = bin_window(leg.enter.earliest, leg.leave.latest, hours=hours)
        found.append(
            Stretch(
                segment_id=leg.segment_id,
                is_forward=leg.is_forward,
                km=(0.0, round(leg.km.high - leg.km.low)),
                start=start,
                end=end,
            )
        )
    return tuple(found)


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
    """Prefecture (2021) of a place."""
    return places()[place_id].prefecture_2021.partition(" (")[0]


def generalisations(*, window_h: int) -> Mapping[str, Callable[[Any], Any]]:
    """Every generalisation that the table may name."""
    return {
        "corridor": lambda options: corridor(options, hours=window_h),
        "week": week,
        "month": month,
        "day": day_of,
        "prefecture": prefecture,
    }
