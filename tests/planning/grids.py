"""Random small towns with every way through them enumerated, as an oracle for the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
from ascii_town import Road
from hypothesis import strategies as st
from planning.worlds import AS_OF, CONFIG, MORNING
from towns import town

from cmcoord_geo.model import VehicleCount
from cmcoord_geo.network import Passability, RoadNetwork, convoy_of, passability
from cmcoord_geo.planning.ways import Way

GRID = """
A-B-C
| | |
D-E-F
| | |
G-H-I
"""
#: Two roads that the drawing cannot show: beside A-B, and the long way round from A to I.
MORE = (Road("A", "B", 1.0), Road("A", "I", 1.0))
NAMES = town(GRID, more=MORE).segment_ids
N_ROADS = len(NAMES)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One random town: lengths in km, exposure of each road, which roads are closed."""

    km: tuple[int, ...]
    exposure: tuple[int, ...]
    closed: frozenset[int] = frozenset()

    @cached_property
    def network(self) -> RoadNetwork:
        return town(
            GRID,
            more=MORE,
            roads={
                key: {
                    "length_m": 1000.0 * self.km[i],
                    "length_low_m": 900.0 * self.km[i],
                    "length_high_m": 1100.0 * self.km[i],
                    "max_vehicle_dry": "motorbike" if i in self.closed else "tanker",
                }
                for i, key in enumerate(NAMES)
            },
        )

    @cached_property
    def passable(self) -> Passability:
        convoy = convoy_of([VehicleCount(vehicle_id="truck_6x6", count=2)])
        return passability(
            self.network, convoy, at=MORNING, as_of=AS_OF, status=(), config=CONFIG.status
        )

    @cached_property
    def costs(self) -> np.ndarray:
        """Driving seconds and exposure of each road, whole numbers, shape (m, 2)."""
        passable = self.passable
        seconds = np.rint(np.where(passable.is_open, passable.mid_s, 0)).astype(np.int64)
        return np.column_stack([seconds, self.exposure])

    @property
    def ends(self) -> tuple[int, int]:
        index = self.network.node_index
        return index["A"], index["I"]

    def ways(self) -> Iterator[tuple[int, ...]]:
        """Roads of every way from A to I that is open and passes no place twice."""
        network, graph = self.network, nx.MultiGraph()
        for i in set(range(N_ROADS)) - self.closed:
            graph.add_edge(int(network.start[i]), int(network.end[i]), key=i)
        if all(node in graph for node in self.ends):
            for path in nx.all_simple_edge_paths(graph, *self.ends):
                yield tuple(key for *_, key in path)

    def cost(self, roads: Iterator[int] | Way | tuple[int, ...]) -> tuple[int, int]:
        """Seconds and exposure of a way."""
        of = [road if isinstance(road, int) else road[0] for road in roads]
        seconds, exposure = self.costs[of].sum(axis=0)
        return int(seconds), int(exposure)

    def front(self, stretch: float) -> set[tuple[int, int]]:
        """Cost vectors within a stretch of the fastest that no other way beats or equals."""
        found = {self.cost(way) for way in self.ways()}
        limit = stretch * min(found)[0]
        return {
            a
            for a in found
            if a[0] <= limit and not any(b != a and b[0] <= a[0] and b[1] <= a[1] for b in found)
        }


_COUNTS = {"min_size": N_ROADS, "max_size": N_ROADS}
GRIDS = st.builds(
    Grid,
    km=st.lists(st.integers(5, 120), **_COUNTS).map(tuple),
    exposure=st.lists(st.integers(0, 40), **_COUNTS).map(tuple),
    closed=st.frozensets(st.integers(0, N_ROADS - 1), max_size=5),
)
