"""
Roads of a movement over the days ahead, as the search over time takes them.

The slow pace, with daylight, bans and closures as windows, nights at agreed halts, banned turns. Rests,
stops, hours of crossings and bans on places are left out, so that a road can only look better than it is. Of
a large network those roads are searched that lie on a way of at most 1.5 times the fastest, and those of the
options.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.planning.bars_ahead import barred_ahead
from cmcoord_geo.planning.course import is_halt, waits_ahead
from cmcoord_geo.planning.parts import whole_seconds
from cmcoord_geo.planning.roads_ahead import roads_ahead
from cmcoord_geo.planning.slots import first_day
from cmcoord_geo.planning.spans import midnight_s
from cmcoord_geo.planning.timed_cover import WHOLE, shares_ahead
from cmcoord_geo.planning.timed_layers import TimedLayers
from cmcoord_geo.planning.timed_windows import hours_of, open_windows
from cmcoord_geo.risk import search_costs
from cmcoord_geo.routing import ArcGraph, TimedArcs, timed_paths
from cmcoord_geo.routing.within import least_over
from cmcoord_geo.units import DAY_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from cmcoord_geo.planning.roads_ahead import RoadsAhead
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way
    from cmcoord_geo.routing import TimedPaths

#: Roads of the largest network that is searched as a whole; of a larger one, how many times the fastest.
MOST_SEGMENTS, STRETCH = 1000, 1.5
#: Days in which a journey that is searched may arrive.
DAYS = 7
STEP_S = 900
#: Slots of a day.
DAY_SLOTS = int(DAY_S // STEP_S)
#: Partial ways of a departure after which the search for presence gives it up: on a part, on a small network.
MOST_LABELS = {True: 20_000, False: 2_000}


class TimedRoads:
    """
    Roads of a situation, and what is found on them.

    Parameters
    ----------
    situation : Situation
    options : sequence of Way
        Their segments are searched too.

    Attributes
    ----------
    start_s : float
        Seconds since the epoch from which the search counts.
    is_part : bool
        Whether roads beyond 1.5 times the fastest way are left out.
    exposure : ndarray of int64, shape (segments,)
        Of each segment as the search counts it, 0 where it is not searched.
    """

    def __init__(self, situation: Situation, options: Sequence[Way]) -> None:
        network, first = situation.network, first_day(situation)
        self.start_s = midnight_s(first)
        self.is_part = len(network) > MOST_SEGMENTS
        segments = _near(situation, options) if self.is_part else np.arange(len(network))
        rows = segments.tolist()
        ahead = roads_ahead(situation, rows, first, DAYS)
        self._situation, self._segments = situation, segments
        self._slow_s = _slow_s(situation, ahead)
        mid_s = np.full(len(network), np.inf)
        mid_s[segments] = ahead.mid_s.min(axis=0)
        self.exposure = search_costs(situation.hazard, mid_s, config=situation.config.hazard)
        self._layers = TimedLayers(situation, ahead.network, segments, _legal(situation, ahead))
        windows, window_of = open_windows(
            ahead.network,
            hours_of(situation, ahead.network, first, DAYS),
            barred_ahead(ahead, situation.config.rules.bans, first=first, days=DAYS),
            self.start_s,
        )
        rules, part_of = situation.config.rules, self._layers.arc_of
        is_agreed = [is_halt(ahead.network, node, rules) for node in range(len(ahead.network.lon))]
        self._plain = TimedArcs.of(
            self._layers.graph, np.repeat(self._slow_s, 2)[part_of],
            np.repeat(self.exposure[segments], 2)[part_of, None], step_s=STEP_S,
            n_slots=DAYS * DAY_SLOTS, windows=windows, window_of=window_of[part_of],
            halts=self._layers.nodes_where(np.array(is_agreed)),
        )  # fmt: skip

    def found(self, departures: Sequence[int], way: Way | None = None) -> TimedPaths:
        """Best compromises of arrival and exposure, on all roads or on one way alone."""
        roads = self._plain
        if way is not None:
            roads = replace(roads, graph=roads.graph.keeping(self._layers.is_on(way)))
        return timed_paths(roads, *self._layers.ends, departures)

    def found_covered(self, departures: Sequence[int], bounds: ArrayLike) -> TimedPaths | None:
        """
        Best compromises of arrival, exposure and exposure under presence within bounds, one row a departure.

        Exposure under presence in hundredths of the unit of exposure; None where no presence counts.
        """
        roads = self._covered
        if roads is None:
            return None
        return timed_paths(
            roads, *self._layers.ends, departures, bound=bounds,
            max_labels=MOST_LABELS[self.is_part],
        )  # fmt: skip

    def way(self, arcs: NDArray[np.int64]) -> Way:
        """Way of arcs that were found."""
        return self._layers.way(arcs)

    def leads_on(self, way: Way) -> bool:
        """Whether no part of a way comes back to a node, but from an agreed halt at which it may rest."""
        network, rules = self._situation.network, self._situation.config.rules
        for nodes in self._layers.nodes(way):
            before: dict[int, int] = {}
            last_halt = -1
            for place, node in enumerate(nodes):
                if node in before and last_halt <= before[node]:
                    return False
                before[node] = place
                if is_halt(network, node, rules):
                    last_halt = place
        return True

    def cost(self, way: Way) -> int:
        """Exposure of a way as the search counts it."""
        return int(sum(self.exposure[segment] for segment, _ in way))

    @cached_property
    def _covered(self) -> TimedArcs | None:
        """The same with exposure under presence as a second cost; None where no presence counts."""
        starts_s = self.start_s + STEP_S * np.arange(DAYS * DAY_SLOTS, dtype=np.float64)
        slow_s = dict(zip(self._segments.tolist(), self._slow_s.tolist(), strict=True))
        shares = shares_ahead(self._situation, slow_s, starts_s=starts_s, step_s=STEP_S)
        if not shares:
            return None
        rows, row_of = np.unique(np.array(list(shares.values())), axis=0, return_inverse=True)
        profile = dict(zip(shares, row_of.ravel().tolist(), strict=True))
        of_segment = [2 + profile[key] if key in profile else 1 for key in slow_s]
        whole = np.full(rows.shape[1], WHOLE)
        covered = np.repeat(of_segment, 2)[self._layers.arc_of]
        plain = self._plain
        return TimedArcs.of(
            plain.graph, plain.seconds, np.repeat(plain.costs, 2, axis=1), step_s=plain.step_s,
            n_slots=plain.n_slots, windows=plain.windows, window_of=plain.window_of,
            halts=plain.halts, factors=np.vstack([np.ones_like(whole), whole, rows]),
            factor_of=np.column_stack([np.zeros_like(covered), covered]),
        )  # fmt: skip


def _near(situation: Situation, options: Iterable[Way]) -> NDArray[np.int64]:
    """Segments on a way of at most 1.5 times the fastest from stop to stop, and those of the options."""
    network, passable = situation.network, situation.passable
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail, network.head).keeping(
        passable.is_arc_open
    )
    seconds = np.repeat(whole_seconds(passable), 2)
    is_near = np.zeros(len(network), dtype=bool)
    for pair in pairwise(situation.stops):
        least = least_over(graph, seconds, pair)
        is_near |= (least <= STRETCH * least.min()).reshape(-1, 2).any(axis=1)
    is_near[[segment for way in options for segment, _ in way]] = True
    return np.flatnonzero(is_near)


def _legal(situation: Situation, ahead: RoadsAhead) -> NDArray[np.bool_]:
    """Arcs that no sign and no wish of the movement keeps the convoy off, shape (2 m,)."""
    forbidden = {key for road in situation.request.avoid for key in road.segment_ids}
    is_asked = np.array([key not in forbidden for key in ahead.network.segment_ids], dtype=bool)
    legal: NDArray[np.bool_] = ahead.roads[0].is_arc_legal & np.repeat(is_asked, 2)
    return legal


def _slow_s(situation: Situation, ahead: RoadsAhead) -> NDArray[np.int64]:
    """Least seconds on each segment at the slow pace, its crossings' waits with it, of all days."""
    least = ahead.high_s.min(axis=0)
    for row, wait_s in waits_ahead(situation, ahead).items():
        least[row] += wait_s
    return np.array([max(1, math.floor(seconds)) for seconds in least.tolist()], dtype=np.int64)
