"""
Reports that end before the road is behind a movement: :mod:`.conflicts.reports` for many departures.

Which report speaks changes only at the edges of a course, so each pair of them is looked at once.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.planning.pace import SAME_KM
from cmcoord_geo.planning.slot_pieces import ends_of_way, pieces_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network import KnownState, RoadNetwork
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_pieces import Piece
    from cmcoord_geo.planning.slot_times import SlotTimes
    from cmcoord_geo.planning.stages import Flags, Moments
    from cmcoord_geo.planning.ways import Way


class _Ended(NamedTuple):
    """Departures that a report does not outlast on a segment, and when it ends."""

    report_id: str
    segment: int
    end_s: float
    here: Flags


class SlotReports:
    """
    Reports on a way, against the departures along it.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    course : Course
        Of that way.
    """

    def __init__(self, situation: Situation, way: Way, course: Course) -> None:
        self._course = course
        self._subjects = _subjects(course.ahead.network, situation.network, way, course)
        told = frozenset(way[place][0] for place in self._subjects)
        ends_km = ends_of_way(situation.network, way)
        self._ends = {
            piece.place: piece
            for piece in pieces_on(situation, way, course, told)
            if piece.km[1] >= ends_km[piece.place] - SAME_KM
        }
        index = course.ahead.network.segment_index
        self._rows = [index[situation.network.segment_ids[segment]] for segment, _ in way]

    @property
    def watched(self) -> frozenset[int]:
        """Steps of which the times are needed."""
        return frozenset(piece.step - 1 for piece in self._ends.values() if piece.step)

    def met(self, times: SlotTimes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Reports that end on a road closed without them, and those that end elsewhere, shape (n,) each."""
        reports: defaultdict[str, list[_Ended]] = defaultdict(list)
        for place, piece in self._ends.items():
            for one in self._ended(place, piece, times):
                reports[one.report_id].append(one)
        sure, unknown = (np.zeros(times.count, np.int64) for _ in range(2))
        for ended in reports.values():
            is_met = np.any([one.here for one in ended], axis=0)
            is_sure = self._is_closed(ended, times.count) & is_met
            sure += is_sure
            unknown += is_met & ~is_sure
        return sure, unknown

    def _ended(self, place: int, piece: Piece, times: SlotTimes) -> Iterator[_Ended]:
        """Reports on a segment and its crossings that end before a departure has left it."""
        leave_s = piece.times(times)[1][:, 1]
        departs = times.at(0)[1][0]
        before, then = (self._edges(moments) for moments in (departs, leave_s))
        for subject in self._subjects[place]:
            for first, last in np.unique(np.column_stack([before, then]), axis=0).tolist():
                known, later = (self._known(place, subject, edge) for edge in (first, last))
                if known.basis != "report" or known.report is None or known.expires_at is None:
                    continue
                if later.basis == "report" and later.state == known.state:
                    continue
                end_s = known.expires_at.timestamp()
                here = (before == first) & (then == last) & (end_s <= leave_s)
                yield _Ended(known.report.report_id, self._rows[place], end_s, here)

    def _edges(self, moments: Moments) -> NDArray[np.int64]:
        found = np.searchsorted(self._course.edges, moments, side="right") - 1
        return np.maximum(found, 0).astype(np.int64)

    def _known(self, place: int, subject: str, edge: int) -> KnownState:
        """State of a crossing, or of the road itself where no crossing is named, from an edge on."""
        roads = self._course.ahead.roads[edge]
        if subject:
            return roads.crossing_states.get(subject, NOTHING)
        return roads.known[self._rows[place]]

    def _is_closed(self, ended: list[_Ended], count: int) -> Flags:
        """Whether any of the segments of a report is closed once it has ended on the last of them."""
        last_s = np.full(count, -np.inf)
        for one in ended:
            last_s[one.here] = np.maximum(last_s[one.here], one.end_s)
        edge = self._edges(last_s)
        is_open = np.array([roads.is_open for roads in self._course.ahead.roads])
        closed: Flags = np.any([one.here & ~is_open[edge, one.segment] for one in ended], axis=0)
        return closed


def _subjects(
    ahead: RoadNetwork, network: RoadNetwork, way: Way, course: Course
) -> Mapping[int, tuple[str, ...]]:
    """For each place in the way of which a report speaks: the road itself (empty), and crossings."""
    roads = course.ahead.roads
    first_on: dict[str, str] = {}
    found: dict[int, tuple[str, ...]] = {}
    for segment, _ in way:
        key = network.segment_ids[segment]
        for crossing in ahead.crossings:
            if key in crossing.at_km:
                first_on.setdefault(crossing.crossing_id, key)
    for place, (segment, _) in enumerate(way):
        key = network.segment_ids[segment]
        row = ahead.segment_index[key]
        told = [""] if any(each.known[row].basis == "report" for each in roads) else []
        told += [
            one
            for one, on in first_on.items()
            if on == key
            and any(each.crossing_states.get(one, NOTHING).basis == "report" for each in roads)
        ]
        if told:
            found[place] = tuple(told)
    return found
