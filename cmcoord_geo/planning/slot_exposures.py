"""Exposure of a journey: the roads as they are on each of its days, with the presence met there."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.routes import drives_of, plain_drives
from cmcoord_geo.risk import Drive, exposure_along, exposure_with_presence
from cmcoord_geo.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.model import Coverage, Exposure, Route
    from cmcoord_geo.planning.course import Course
    from cmcoord_geo.planning.journeys import Journeys, Stage
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

_Edges = tuple[int, ...]


class SlotExposures:
    """
    Exposures of the journeys along a way; few differ, so each is computed once.

    The hazard stays that of the date asked for; a road takes as long as on the day on which it is driven.

    Parameters
    ----------
    situation : Situation
    option : Route
    way : tuple
    course : Course
    journeys : Journeys
    """

    def __init__(
        self, situation: Situation, option: Route, way: Way, course: Course, journeys: Journeys
    ) -> None:
        self._situation = situation
        self._option = option
        self._way = way
        self._course = course
        self._journeys = journeys
        rows = dict.fromkeys(segment for segment, _ in way)
        self._row = {segment: row for row, segment in enumerate(rows)}
        ahead = course.ahead
        self._is_steady = all(
            bool((seconds == seconds[0]).all())
            for seconds in (ahead.low_s, ahead.mid_s, ahead.high_s)
        )
        km = np.cumsum([0.0, *(situation.network.length_km(segment) for segment, _ in way)])
        self._middle_km = (km[1:] + km[:-1]) / 2
        self._plain: dict[_Edges, tuple[tuple[Drive, ...], Exposure]] = {}
        self._known: dict[tuple[object, ...], Exposure] = {}

    def of(self, stages: Sequence[Stage], cover: Sequence[Coverage]) -> Exposure:
        """
        Exposure with cover; credit in hundredths, rounded towards none, so that few differ.

        Parameters
        ----------
        stages : sequence of Stage
            Of one journey.
        cover : sequence of Coverage
        """
        rounded = [
            replace(presence, credit=min(1.0, math.ceil(presence.credit * 100) / 100))
            for presence in cover
        ]
        edges = self._edges(stages)
        key = (
            edges, *((one.segment_id, one.km.low, one.km.high, one.credit) for one in rounded)
        )  # fmt: skip
        if key not in self._known:
            self._known[key] = self._computed(edges, rounded)
        return self._known[key]

    def _computed(self, edges: _Edges, cover: Sequence[Coverage]) -> Exposure:
        if edges not in self._plain:
            self._plain[edges] = self._without(edges)
        plain, whole = self._plain[edges]
        if not cover:
            return whole
        drives = drives_of(plain, self._option.legs, cover)
        config = self._situation.config.hazard
        return exposure_with_presence(self._situation.hazard, drives, whole=whole, config=config)

    def _without(self, edges: _Edges) -> tuple[tuple[Drive, ...], Exposure]:
        """Drives without presence, and their exposure."""
        situation, ahead = self._situation, self._course.ahead
        if not edges:
            return plain_drives(situation.passable, self._way), self._option.exposure
        plain = tuple(
            Drive(
                segment=segment, is_forward=is_forward,
                low_h=float(ahead.low_s[edge, self._row[segment]]) / HOUR_S,
                mid_h=float(ahead.mid_s[edge, self._row[segment]]) / HOUR_S,
                high_h=float(ahead.high_s[edge, self._row[segment]]) / HOUR_S,
            )
            for edge, (segment, is_forward) in zip(edges, self._way, strict=True)
        )  # fmt: skip
        return plain, exposure_along(situation.hazard, plain, config=situation.config.hazard)

    def _edges(self, stages: Sequence[Stage]) -> _Edges:
        """For each segment which of the roads ahead it is driven on; empty where they stay as they are."""
        if self._is_steady:
            return ()
        ends_km = [self._course.steps[stage.end].km for stage in stages]
        leaves = [self._journeys.drives(stage.start).departs[stage.row] for stage in stages]
        edge = np.searchsorted(self._course.edges, leaves, side="right") - 1
        stage = np.minimum(np.searchsorted(ends_km, self._middle_km), len(stages) - 1)
        return tuple(int(one) for one in np.maximum(edge, 0)[stage])
