"""A way cut where its course has a step and where a segment ends: what lies between is driven evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.planning.pace import SAME_KM
from cmcoord_geo.planning.waits import rest_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_times import SlotTimes
    from cmcoord_geo.planning.stages import Moments
    from cmcoord_geo.planning.ways import Way


class Piece(NamedTuple):
    """
    Part of a segment on one step of the course, or a point at the end of one, where the convoy may stand.

    Attributes
    ----------
    place : int
        In the way.
    step : int
        Steps before it.
    km : tuple of float
        Both ends, equal for a point.
    fast_s, slow_s : tuple of ndarray of float64, shape (e,)
        Seconds from the begin of the step to both ends, for each of the course's edges.
    """

    place: int
    step: int
    km: tuple[float, float]
    fast_s: tuple[Moments, Moments]
    slow_s: tuple[Moments, Moments]

    def times(self, times: SlotTimes) -> tuple[Moments, Moments]:
        """When each departure is at both ends, at the fast and at the slow pace, shape (n, 2) each."""
        _, (fast, slow) = times.at(self.step)
        edge = times.edges(self.step)
        return (
            np.column_stack([fast + seconds[edge] for seconds in self.fast_s]),
            np.column_stack([slow + seconds[edge] for seconds in self.slow_s]),
        )


def ends_of_way(network: RoadNetwork, way: Way) -> Moments:
    """Km of a way at the end of each of its segments."""
    return np.cumsum([network.length_km(segment) for segment, _ in way])


def pieces_on(
    situation: Situation, way: Way, course: Course, wanted: frozenset[int]
) -> Iterator[Piece]:
    """
    Parts of some segments of a way, each on one step of its course.

    Parameters
    ----------
    situation : Situation
    way : sequence of (segment, is_forward)
    course : Course
    wanted : frozenset of int
        Segments.
    """
    ahead, network = course.ahead, situation.network
    slower = 1 + rest_share(situation.config.rules)
    ends_km = ends_of_way(situation.network, way)
    low_km, place = 0.0, 0
    for number, step in enumerate(course.steps):
        fast_s = slow_s = np.zeros(len(ahead.edges))
        while low_km < step.km - SAME_KM:
            segment, _ = way[place]
            high_km = min(float(ends_km[place]), step.km)
            part = (high_km - low_km) / max(network.length_km(segment), SAME_KM)
            row = ahead.network.segment_index[network.segment_ids[segment]]
            fast, slow = fast_s, slow_s
            fast_s = fast_s + ahead.low_s[:, row] * part
            slow_s = slow_s + ahead.high_s[:, row] * part * slower
            if segment in wanted:
                yield Piece(place, number, (low_km, high_km), (fast, fast_s), (slow, slow_s))
            low_km = high_km
            place += low_km >= ends_km[place] - SAME_KM


def points_on(way: Way, course: Course, wanted: frozenset[int]) -> Iterator[Piece]:
    """
    Points of some segments at which a convoy may stand: the origin, and the ends of steps.

    Parameters
    ----------
    way : sequence of (segment, is_forward)
    course : Course
    wanted : frozenset of int
        Segments.
    """
    none = np.zeros(len(course.ahead.edges))
    ends = [(0, 0.0), *((step.place, step.km) for step in course.steps)]
    for point, (place, km) in enumerate(ends):
        if way[place][0] in wanted:
            yield Piece(place, point, (km, km), (none, none), (none, none))
