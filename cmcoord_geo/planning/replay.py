"""
Regret replay: for past months, the road that the tool would have advised against the fastest one.

Each month's advice knows only what was recorded before it. Both roads are then scored by what was recorded on
them in that month: records on the fastest less records on the advised one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.network import passability
from cmcoord_geo.risk.forward import Forecaster, Model, middle_s
from cmcoord_geo.risk.memory import shipped_memories
from cmcoord_geo.routing import ArcGraph, pareto_paths, stretch_limit
from cmcoord_geo.units import HOUR_S, to_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network import Convoy, RoadNetwork
    from cmcoord_geo.risk.forward import Past
    from cmcoord_geo.risk.memory import Memories

#: Whole numbers of the search: billionths of a record expected on a way.
_PARTS = 1e9
_DRAWS, _SEED = 4_000, 20_261_126
#: With fewer records on both roads together, where they differ, nothing can be told.
FEWEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayMonth:
    """
    One month of replay, over all pairs of places.

    Attributes
    ----------
    month : int
    pairs : int
        Pairs that a road joins.
    differing : int
        Pairs for which the advised road is not the fastest.
    on_fastest, on_advised : int
        Records of the month on the roads of the differing pairs; one on both counts in both.
    more_h : float
        Driving hours that the advised roads cost more, all differing pairs together.
    """

    month: int
    pairs: int
    differing: int
    on_fastest: int
    on_advised: int
    more_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """
    What the advice of past months was worth.

    Attributes
    ----------
    months : tuple of ReplayMonth
    less : tuple of float
        Records on the fastest less those on the advised road, a differing pair and month: mean and the
        bounds of its 95 % bootstrap interval over months.
    """

    months: tuple[ReplayMonth, ...]
    less: tuple[float, float, float]

    @property
    def on_fastest(self) -> int:
        """Records on the fastest roads, where the advised ones differ."""
        return sum(month.on_fastest for month in self.months)

    @property
    def on_advised(self) -> int:
        """Records on the advised roads, where they differ."""
        return sum(month.on_advised for month in self.months)

    @property
    def differing(self) -> int:
        """Pairs and months in which the advised road was not the fastest."""
        return sum(month.differing for month in self.months)

    @property
    def more_h(self) -> float:
        """Driving hours more on an advised road, in the mean; 0 where none differed."""
        return sum(month.more_h for month in self.months) / max(self.differing, 1)

    @property
    def is_enough(self) -> bool:
        """Whether there are records enough to tell anything."""
        return self.on_fastest + self.on_advised >= FEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """
    What is driven in every month.

    Attributes
    ----------
    network : RoadNetwork
    convoy : Convoy
    nodes : tuple of int
        Places: each pair of them is a trip.
    stretch : float
        An advised road takes at most this many times as long as the fastest.
    """

    network: RoadNetwork
    convoy: Convoy
    nodes: tuple[int, ...]
    stretch: float


def replay(
    past: Past,
    trips: Trips,
    *,
    first: int,
    last: int,
    memories: Memories | None = None,
    on_month: Callable[[int, int], None] | None = None,
) -> Replay:
    """
    Replay months one after the other, for all pairs of some places.

    Parameters
    ----------
    past : Past
        Records on pieces of the network of the trips.
    trips : Trips
    first, last : int
        Months, see :func:`~cmcoord_geo.risk.forward.month_of`.
    memories : Memories, optional
        Of the model; the shipped ones by default.
    on_month : callable, optional
        Called with the months done and those in all.
    """
    chosen = memories or shipped_memories()
    model = Model(name="shipped", memories=chosen.memories, prior=chosen.prior, is_share=False)
    forecaster = Forecaster(past, model, last=last)
    months = range(max(first, past.first), last + 1)
    done = []
    for count, month in enumerate(months, start=1):
        done.append(_month(past, trips, forecaster, month))
        if on_month:
            on_month(count, len(months))
    return Replay(months=tuple(done), less=_less(done))


def _month(past: Past, trips: Trips, forecaster: Forecaster, month: int) -> ReplayMonth:
    network = trips.network
    at = to_datetime(middle_s(month))
    roads = passability(network, trips.convoy, at=at, as_of=at, status=(), config=StatusConfig())
    weights = forecaster.weights(month)
    expected = forecaster.total(month, weights) * forecaster.everywhere(month, weights)
    segment = past.filing.pieces.segment
    by_segment = np.bincount(segment, expected, minlength=len(network))
    low, high = np.searchsorted(past.month, [month, month + 1])
    recorded = np.bincount(segment[past.piece[low:high]], minlength=len(network))
    seconds = np.where(np.isfinite(roads.mid_s), roads.mid_s, 0.0)
    costs = np.column_stack([np.rint(seconds), np.rint(by_segment * _PARTS)]).astype(np.int64)
    ways = list(_ways(trips, roads.is_arc_open, np.repeat(costs, 2, axis=0)))
    differing = [(a, b) for a, b in ways if set(a.tolist()) != set(b.tolist())]
    return ReplayMonth(
        month=month,
        pairs=len(ways),
        differing=len(differing),
        on_fastest=sum(int(recorded[fastest].sum()) for fastest, _ in differing),
        on_advised=sum(int(recorded[advised].sum()) for _, advised in differing),
        more_h=sum(float(seconds[b].sum() - seconds[a].sum()) for a, b in differing) / HOUR_S,
    )


def _ways(
    trips: Trips, is_open: NDArray[np.bool_], costs: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Segments of the fastest and of the advised road, for each pair that a road joins."""
    network, arcs = trips.network, np.flatnonzero(is_open)
    graph = ArcGraph.from_arcs(len(network.node_ids), network.tail[arcs], network.head[arcs])
    for start, end in combinations(trips.nodes, 2):
        try:
            fastest = int(pareto_paths(graph, costs[arcs, :1], start, end).costs[0, 0])
        except NoRouteError:
            continue
        limit = stretch_limit(fastest, trips.stretch)
        front = pareto_paths(graph, costs[arcs], start, end, bound=(limit, None))
        yield arcs[front.paths[0]] // 2, arcs[front.paths[-1]] // 2


def _less(months: Sequence[ReplayMonth]) -> tuple[float, float, float]:
    differing = np.array([month.differing for month in months], dtype=float)
    less = np.array([month.on_fastest - month.on_advised for month in months], dtype=float)
    if not differing.sum():
        return (0.0, 0.0, 0.0)
    random = np.random.default_rng(_SEED)
    draws = random.integers(0, len(months), (_DRAWS, len(months)))
    means = less[draws].sum(axis=1) / np.maximum(differing[draws].sum(axis=1), 1.0)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(less.sum() / differing.sum()), float(low), float(high)
