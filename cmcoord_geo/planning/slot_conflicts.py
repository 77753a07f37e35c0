"""All conflicts C1 and C2 of the departures along a way, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.slot_meetings import SlotMeetings
from cmcoord_geo.planning.slot_reports import SlotReports

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_times import SlotTimes
    from cmcoord_geo.planning.ways import Way


class SlotConflicts:
    """
    Conflicts of the departures along a way.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    course : Course
        Of that way.

    Attributes
    ----------
    watched : frozenset of int
        Steps of which the times are needed.
    """

    def __init__(self, situation: Situation, way: Way, course: Course) -> None:
        self._meetings = SlotMeetings(situation, way, course)
        self._reports = SlotReports(situation, way, course)
        self.watched = self._meetings.watched | self._reports.watched

    def counts(self, times: SlotTimes) -> NDArray[np.int64]:
        """Meetings, unknown ones, closures and unknown ones of each departure, shape (4, n)."""
        patrols, closures = self._meetings.patrols(times), self._meetings.closures(times)
        sure, unknown = self._reports.met(times)
        return np.array(
            [patrols.sure, patrols.unknown, closures.sure + sure, closures.unknown + unknown]
        )
