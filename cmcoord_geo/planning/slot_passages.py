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
from cmcoord_geo.planning.schedule import both_paces
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
        self._waits = [
            waits_along(
                self._ahead.network, self._way, roads,
                convoy=situation.convoy, rules=situation.config.rules,
            )
            for roads in self._ahead.roads
        ]  # fmt: skip

    def paces(self, depart: datetime) -> tuple[Pace, Pace]:
        """Both paces of a departure, on the roads as they are then."""
        edge = int(np.searchsorted(self._ahead.edges, depart.timestamp(), side="right")) - 1
        edge = max(edge, 0)
        fast, slow = both_paces(
            self._ahead.network, self._way,
            low_s=self._ahead.low_s[edge, self._rows], high_s=self._ahead.high_s[edge, self._rows],
            waits=self._waits[edge], depart=TimeSpan(earliest=depart, latest=depart),
            situation=self._situation,
        )  # fmt: skip
        return fast.pace, slow.pace


def widened(passage: TimeSpan, km: Span, paces: tuple[Pace, Pace]) -> TimeSpan:
    """Passage of a stretch that holds both a journey's and its plan's."""
    planned = passing_window(*paces, km_low=km.low, km_high=km.high)
    return TimeSpan(
        earliest=min(passage.earliest, planned.earliest),
        latest=max(passage.latest, planned.latest),
    )
