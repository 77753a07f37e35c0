"""
Whom each departure of a table meets: the test of the week's conflicts (C1, C2), for all departures at once.

Only road near anybody's is looked at, so that a long way costs little where nobody else is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.planning.conflicts.copresence import announced, count_conflicts
from cmcoord_geo.planning.conflicts.meetings import find_meetings
from cmcoord_geo.planning.conflicts.nearby import segments_near
from cmcoord_geo.planning.conflicts.occupancy import Occupancies, patrol_occupancies
from cmcoord_geo.planning.slot_pieces import ends_of_way, pieces_on, points_on
from cmcoord_geo.units import KM_M, MINUTE_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_pieces import Piece
    from cmcoord_geo.planning.slot_times import SlotTimes
    from cmcoord_geo.planning.stages import Moments
    from cmcoord_geo.planning.ways import Way

    _Numbers = NDArray[np.int64]


class Met(NamedTuple):
    """Conflicts of each departure: sure ones, and those of which something is not known."""

    sure: _Numbers
    unknown: _Numbers


class SlotMeetings:
    """
    Test of the departures along a way.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    course : Course
        Of that way.
    """

    def __init__(self, situation: Situation, way: Way, course: Course) -> None:
        self._situation = situation
        self._way = way
        self._course = course
        network, picture = situation.network, situation.picture
        self._patrols = patrol_occupancies(network, picture.patrols, as_of=picture.as_of)
        self._announced = announced(picture)
        ours = sorted({segment for segment, _ in way})
        near = frozenset[int]()
        for others, separation_m in (
            (self._patrols, situation.config.conflict.separation_m),
            (self._announced, 0.0),
        ):
            theirs = np.unique(others.segment).tolist()
            near |= segments_near(network, ours, theirs, separation_m)
        self._ends_km = ends_of_way(network, way)
        self._pieces = tuple(pieces_on(situation, way, course, near))
        self._points = tuple(points_on(way, course, near))

    @property
    def watched(self) -> frozenset[int]:
        """Steps of which the times are needed."""
        return frozenset(piece.step - 1 for piece in (*self._pieces, *self._points) if piece.step)

    def patrols(self, times: SlotTimes) -> Met:
        """C1 of each departure."""
        rule = self._situation.config.conflict
        return self._met(times, self._patrols, rule.separation_m)

    def closures(self, times: SlotTimes) -> Met:
        """C2 of each departure, but for reports that end on the way."""
        return self._met(times, self._announced, 0.0)

    def _met(self, times: SlotTimes, others: Occupancies, separation_m: float) -> Met:
        ours = self._occupancies(times)
        buffer_s = self._situation.config.conflict.buffer_min * MINUTE_S
        found = find_meetings(
            self._situation.network, ours, others, separation_m=separation_m, buffer_s=buffer_s
        )
        return Met(*count_conflicts(ours, others, found))

    def _occupancies(self, times: SlotTimes) -> Occupancies:
        """Where each departure may be, on the segments near anybody's: a party is a departure."""
        rows = [*(self._drives(times, piece) for piece in self._pieces),
                *(self._stands(times, point) for point in self._points)]  # fmt: skip
        joined = Occupancies.joined(rows)
        return replace(joined, parties=tuple(map(str, range(times.count))))

    def _drives(self, times: SlotTimes, piece: Piece) -> Occupancies:
        """Every departure on a piece: first at the fast pace, last at the slow one."""
        first_s, last_s = piece.times(times)
        return self._rows(piece, np.arange(times.count), first_s, last_s)

    def _stands(self, times: SlotTimes, point: Piece) -> Occupancies:
        """Departures that stand at a point: from the first arrival at the fast pace to the last departure."""
        reach, leave = times.at(point.step)
        is_end = point.step in {0, len(self._course.steps)}
        rows = np.flatnonzero((leave > reach).any(axis=0) | is_end)
        first_s, last_s = reach[0, rows], leave[1, rows]
        return self._rows(
            point, rows, np.column_stack([first_s, first_s]), np.column_stack([last_s, last_s])
        )

    def _rows(
        self, piece: Piece, party: _Numbers, first_s: Moments, last_s: Moments
    ) -> Occupancies:
        """Rows on a piece, the lower chainage first."""
        segment, is_forward = self._way[piece.place]
        length_m = float(self._situation.network.length_m[segment])
        begin_km = float(self._ends_km[piece.place]) - length_m / KM_M
        at_m = np.clip((np.array(piece.km) - begin_km) * KM_M, 0.0, length_m)
        if not is_forward:
            at_m, first_s, last_s = length_m - at_m[::-1], first_s[:, ::-1], last_s[:, ::-1]
        return Occupancies(
            parties=(),
            party=party,
            segment=np.full(len(party), segment, np.int64),
            at_m=np.tile(at_m, (len(party), 1)),
            first_s=np.minimum(first_s, last_s),
            last_s=np.maximum(first_s, last_s),
            is_void=np.zeros(len(party), np.bool_),
        )
