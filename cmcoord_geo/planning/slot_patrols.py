"""Rows of the patrols on an option, and when its departures pass them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import Span, TimeSpan
from cmcoord_geo.planning.patrols import OnTheWay
from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from cmcoord_geo.model import Leg, Route
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_times import SlotTimes

_KM_SAME = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the patrols on the way: its leg, and the steps that it spans."""

    row: int
    leg: Leg
    fraction: Span
    km: Span
    first: int
    last: int


class SlotPatrols:
    """
    Rows of the patrols on an option.

    Parameters
    ----------
    situation : Situation
    option : Route

    Attributes
    ----------
    cuts : tuple of (place in the way, share of that segment driven)
        Where they begin and end: there the course of the option must have a step.
    """

    def __init__(self, situation: Situation, option: Route) -> None:
        found = _rows_on(situation, option)
        self.cuts = tuple(cut for _, cuts in found for cut in cuts)
        self._found = [row for row, _ in found]
        self._rows: list[_Row] = []

    def watched(self, course: Course) -> frozenset[int]:
        """Steps of the course of which the times are needed."""
        self._rows = [_with_steps(row, course) for row in self._found]
        return frozenset(step for row in self._rows for step in (row.first - 1, row.last))

    def passed(self, times: SlotTimes, number: int) -> tuple[OnTheWay, ...]:
        """Rows with the passage of one of the departures."""
        return tuple(
            OnTheWay(
                row=row.row, leg=row.leg, fraction=row.fraction, km=row.km,
                passage=TimeSpan(
                    earliest=to_datetime(float(times.at(row.first)[0][0, number])),
                    latest=to_datetime(float(times.at(row.last + 1)[1][1, number])),
                ),
            )
            for row in self._rows
        )  # fmt: skip


def _rows_on(
    situation: Situation, option: Route
) -> list[tuple[_Row, tuple[tuple[int, float], tuple[int, float]]]]:
    """Rows of the patrols on an option with the points at which they begin and end."""
    patrols = situation.picture.patrols
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, segment_id in enumerate(patrols.segment_id):
        rows[segment_id].append(row)
    found = []
    for place, leg in enumerate(option.legs):
        length = leg.km.high - leg.km.low
        for row in rows.get(leg.segment_id, ()):
            start, end = float(patrols.from_fraction[row]), float(patrols.to_fraction[row])
            low, high = (start, end) if leg.is_forward else (1 - end, 1 - start)
            km = Span(low=leg.km.low + low * length, high=leg.km.low + high * length)
            on_leg = _Row(
                row=row, leg=leg, fraction=Span(low=start, high=end), km=km, first=0, last=0
            )
            found.append((on_leg, ((place, low), (place, high))))
    return found


def _with_steps(row: _Row, course: Course) -> _Row:
    """Row with the steps that it spans; a point spans none, and its last one is that before it."""
    ends = np.array([step.km for step in course.steps])
    starts = np.concatenate([[0.0], ends[:-1]])
    first = int(np.searchsorted(ends, row.km.low + _KM_SAME, side="right"))
    last = int(np.searchsorted(starts, row.km.high - _KM_SAME, side="left")) - 1
    first = min(first, len(ends) - 1)
    return replace(row, first=first, last=last)
