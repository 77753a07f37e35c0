"""Presence that one movement wants on one segment, in bins of time: who is behind it never goes farther."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.units import HOUR_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import TimeSpan

#: Kind of presence that is meant where none is named.
AREA_PRESENCE = "area_presence"
#: Bins are counted from six in the morning in Bangui.
_ORIGIN_S = 5 * HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """
    What one movement wants on one segment.

    Attributes
    ----------
    party : str
        Organisation: only counted.
    movement_id : str
        For the word to its owner; never in a corridor.
    segment : int
        Index in the network.
    bins : frozenset of int
        Bins of time, as :func:`bins_of` counts them.
    presence : str
    priority : int
    accepts_mixed : bool
    """

    party: str
    movement_id: str
    segment: int
    bins: frozenset[int]
    presence: str
    priority: int
    accepts_mixed: bool


def bins_of(start: datetime, end: datetime, *, hours: int) -> frozenset[int]:
    """
    Bins that a window touches, at least one.

    Examples
    --------
    >>> from cmcoord_geo.units import BANGUI
    >>> from datetime import datetime
    >>> day = datetime(1970, 1, 1, tzinfo=BANGUI)
    >>> sorted(bins_of(day.replace(hour=7), day.replace(hour=12), hours=3))
    [0, 1]
    """
    width = hours * HOUR_S
    first = (utc_seconds(start) - _ORIGIN_S) // width
    last = -((_ORIGIN_S - utc_seconds(end)) // width)
    return frozenset(range(first, max(last, first + 1)))


def bins_of_window(window: TimeSpan, *, hours: int) -> frozenset[int]:
    """Bins that a window touches, as :func:`bins_of`."""
    return bins_of(window.earliest, window.latest, hours=hours)


def windows_of(
    bins: frozenset[int], *, hours: int
) -> Iterator[tuple[frozenset[int], datetime, datetime]]:
    """Bins in a row as windows, in order: the bins, start and end."""
    row: list[int] = []
    for one in sorted(bins):
        if row and one != row[-1] + 1:
            yield _window(row, hours)
            row = []
        row.append(one)
    if row:
        yield _window(row, hours)


def _window(row: list[int], hours: int) -> tuple[frozenset[int], datetime, datetime]:
    start, end = (_ORIGIN_S + one * hours * HOUR_S for one in (row[0], row[-1] + 1))
    return frozenset(row), to_datetime(start), to_datetime(end)
