"""When the journeys of many departures are at the ends of the steps of their course, at both paces."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.journeys import Journeys, Stage
    from cmcoord_geo.planning.stages import Moments

    _Rows = NDArray[np.int64]


class SlotTimes:
    """
    Journeys of some departures.

    Parameters
    ----------
    course : Course
    journeys : Journeys
        That watch the steps asked for.
    stages : sequence of sequence of Stage
        Of each departure; none of them empty.

    Attributes
    ----------
    count : int
        Departures, n below.
    """

    def __init__(
        self, course: Course, journeys: Journeys, stages: Sequence[Sequence[Stage]]
    ) -> None:
        self.count = len(stages)
        self._journeys = journeys
        self._last = len(course.steps) - 1
        self._legs: defaultdict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        self._departs = np.zeros(self.count)
        for number, one in enumerate(stages):
            self._departs[number] = journeys.drives(one[0].start).departs[one[0].row]
            later = [stage.row for stage in one[1:]] + [-1]
            for stage, then in zip(one, later, strict=True):
                self._legs[stage.start, stage.end].append((number, stage.row, then))
        self._known: dict[int, tuple[Moments, Moments]] = {}

    def at(self, point: int) -> tuple[Moments, Moments]:
        """
        When both paces come to a point of the course and when they leave it, shape (2, n) each.

        Parameters
        ----------
        point : int
            So many steps lie before it; 0 is the origin.
        """
        if point not in self._known:
            self._known[point] = self._looked_up(point)
        return self._known[point]

    def edges(self, step: int) -> NDArray[np.int64]:
        """For each departure which of the course's edges a step is driven on, shape (n,)."""
        edges = np.zeros(self.count, np.int64)
        for start, number, row, _ in self._on(step):
            edges[number] = self._journeys.drives(start).edge[row]
        return edges

    def _looked_up(self, point: int) -> tuple[Moments, Moments]:
        if point == 0:
            both = np.array([self._departs, self._departs])
            return both, both
        reach, leave = np.zeros((2, self.count)), np.zeros((2, self.count))
        for start, number, row, leaves in self._on(point - 1):
            passage = self._journeys.drives(start).passages[point - 1]
            reach[:, number] = passage.reach[:, row]
            leave[:, number] = passage.leave[:, row] if leaves is None else leaves
        return reach, leave

    def _on(self, step: int) -> Iterator[tuple[int, _Rows, _Rows, Moments | None]]:
        """Drives with a step: begin, departures, their rows, and when a halt at its end is left."""
        for (start, end), legs in self._legs.items():
            if start < step <= end:
                number, row, then = np.array(legs, np.int64).T
                is_halt = end == step != self._last
                leaves = self._journeys.drives(end).departs[then] if is_halt else None
                yield start, number, row, leaves
