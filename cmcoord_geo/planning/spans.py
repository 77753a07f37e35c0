"""Spans of time that lie apart, asked for many moments at once; and the spans of a curfew or a local ban."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.config import WEEKDAYS
from cmcoord_geo.network.hours import parse_hours
from cmcoord_geo.units import BANGUI, DAY_S, MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.config import Ban

_DAY_MIN = DAY_S // MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spans:
    """
    Spans of time in rising order, none of which touches another.

    Attributes
    ----------
    start, end : ndarray of float64, shape (n,)
        Seconds since the epoch; the start belongs to a span, the end does not.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]

    @classmethod
    def of(cls, pairs: Iterable[tuple[float, float]]) -> Spans:
        """Spans of pairs in any order, those that touch joined; an empty pair is none."""
        joined: list[list[float]] = []
        for start, end in sorted(pair for pair in pairs if pair[0] < pair[1]):
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        table = np.array(joined, dtype=np.float64).reshape(-1, 2)
        return cls(start=table[:, 0], end=table[:, 1])

    def meet(self, first: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.bool_]:
        """
        Whether a span is met between two moments, both counted, for each pair of them.

        Parameters
        ----------
        first, last : ndarray of float64, shape (m,)

        Returns
        -------
        ndarray of bool, shape (m,)
        """
        if not len(self.start):
            return np.zeros(len(first), dtype=bool)
        place = np.searchsorted(self.end, first, side="right")
        start = np.append(self.start, np.inf)[place]
        found: NDArray[np.bool_] = start <= last
        return found


def midnight_s(day: date) -> float:
    """Seconds since the epoch at which a day begins in Bangui."""
    return datetime.combine(day, time(), tzinfo=BANGUI).timestamp()


def ban_spans(ban: Ban, *, first: date, days: int) -> Spans:
    """
    Spans of a ban over some days.

    Parameters
    ----------
    ban : Ban
    first : date
        The hours that began on the day before reach into it.
    days : int
    """
    opens, closes = parse_hours(ban.hours) or (0, _DAY_MIN)
    lasts_s = ((closes - opens) % _DAY_MIN or _DAY_MIN) * MINUTE_S

    def pairs() -> Iterator[tuple[float, float]]:
        for n in range(-1, days + 1):
            day = first + timedelta(days=n)
            if _holds_on(ban, day):
                start = midnight_s(day) + opens * MINUTE_S
                yield start, start + lasts_s

    return Spans.of(pairs())


def _holds_on(ban: Ban, day: date) -> bool:
    """Whether the hours of a ban begin on a day."""
    if ban.weekdays and WEEKDAYS[day.weekday()] not in ban.weekdays:
        return False
    written = day.isoformat()
    return (not ban.first or written >= ban.first) and (not ban.last or written <= ban.last)
