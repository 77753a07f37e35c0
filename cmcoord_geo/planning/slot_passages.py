"""
Passage of a departure as its plan has it: each pace halts for the night where it must, agreed or not.

A journey of `depart` puts both paces to bed at one halt; the plan lets the fast one go on. Meetings are
counted where either may be, so that no departure is offered with fewer than `plan` and `deconflict` find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.planning.pace import passing_window
from cmcoord_geo.planning.schedule import Paces
from cmcoord_geo.planning.waits import waits_along

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Pace, Span
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


class SlotPassages:
    """
    Passages of departures along a way as their plans have them.

    Parameters
    ----------
    situation : Situation
    way : tuple
    course : Course
        Of that way.
    """

    def __init__(self, situation: Situation, way: Way, course: Course) -> None:
        self._situation = situation
        self._ahead = course.ahead
        index = self._ahead.network.segment_index
        keys = situation.network.segment_ids
        self._way = tuple((index[keys[segment]], is_forward) for segment, is_forward in way)
        self._rows = [row for row, _ in self._way]
        self._paces: dict[int, Paces] = {}

    def paces(self, depart: datetime) -> tuple[Pace, Pace]:
        """Both paces of a departure, on the roads as they are then."""
        edge = int(np.searchsorted(self._ahead.edges, depart.timestamp(), side="right")) - 1
        edge = max(edge, 0)
        if edge not in self._paces:
            self._paces[edge] = self._between(edge)
        fast, slow = self._paces[edge].at(TimeSpan(earliest=depart, latest=depart))
        return fast.pace, slow.pace

    def _between(self, edge: int) -> Paces:
        """Paces on the roads as they are between two edges of the course."""
        ahead, situation = self._ahead, self._situation
        waits = waits_along(
            ahead.network, self._way, ahead.roads[edge],
            convoy=situation.convoy, rules=situation.config.rules,
        )  # fmt: skip
        return Paces(
            ahead.network, self._way, waits=waits, situation=situation,
            low_s=ahead.low_s[edge, self._rows], high_s=ahead.high_s[edge, self._rows],
        )  # fmt: skip


def widened(passage: TimeSpan, km: Span, paces: tuple[Pace, Pace]) -> TimeSpan:
    """Passage of a stretch that holds both a journey's and its plan's."""
    planned = passing_window(*paces, km_low=km.low, km_high=km.high)
    return TimeSpan(
        earliest=min(passage.earliest, planned.earliest),
        latest=max(passage.latest, planned.latest),
    )
