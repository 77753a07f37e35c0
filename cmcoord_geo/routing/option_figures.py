"""What Abraham, Delling, Goldberg and Werneck (ACM JEA 18, 2013) ask of an alternative, measured exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.dijkstra import labels_from
from cmcoord_geo.routing.end_trees import EndTrees
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.stretch import decimal_fraction
from cmcoord_geo.routing.weighted import WeightedGraph

#: Share of a path over which a flaw is looked for at first, and times how many more where there is none.
_NEAR, _WIDER = 16, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFigures:
    """
    How one path compares with the cheapest one.

    Attributes
    ----------
    cost : int
    stretch : Fraction
        Cost as a multiple of the best; 1 where both cost nothing.
    sharing : Fraction
        Cost of the arcs that lie on the cheapest path too, as a share of the best; 1 where that is nothing.
    local : int or None
        Cost of its cheapest part that is no cheapest path between its own ends: every part that costs less
        is one. None where no part within the limit is such a flaw.
    """

    cost: int
    stretch: Fraction
    sharing: Fraction
    local: int | None


def option_figures(
    trees: EndTrees, path: ArrayLike, *, up_to: float | None = 0.25
) -> OptionFigures:
    """
    Measure a path between the ends of two trees.

    Parameters
    ----------
    trees : EndTrees
    path : array_like of int
        Arcs from source to target.
    up_to : float or None, optional
        Look for parts that cost less than this share of the best that are no cheapest paths: Abraham et al.
        ask for a quarter. None looks for any, which takes long where a path goes round a large loop.

    Raises
    ------
    DataError
        The share is no number from 0 up, or the arcs do not lead from source to target.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph, EndTrees
    >>> graph = ArcGraph.from_arcs(4, [0, 1, 0, 2], [1, 3, 2, 3])
    >>> found = option_figures(EndTrees.between(graph, [5, 5, 6, 6], 0, 3), [2, 3], up_to=None)
    >>> found.cost, str(found.stretch), str(found.sharing), found.local
    (12, '6/5', '0', 12)
    """
    return trip_figures([(trees, path)], up_to=up_to)


def trip_figures(
    parts: Sequence[tuple[EndTrees, ArrayLike]], *, up_to: float | None = 0.25
) -> OptionFigures:
    """
    Measure a trip of several parts that are driven one after the other, against the cheapest such trip.

    A flaw lies within one part: over a stop, where a trip may turn back, no path is the cheapest.

    Parameters
    ----------
    parts : sequence of (EndTrees, array_like of int)
        Trees between the ends of each part, and its arcs.
    up_to : float or None, optional
        As for :func:`option_figures`; a share of the best of the whole trip.

    Raises
    ------
    DataError
        There is no part, the share is no number from 0 up, or arcs do not lead from source to target.
    """
    if not parts:
        message = "A trip needs at least one part."
        raise DataError(message)
    driven = [(trees, _checked(trees, path)) for trees, path in parts]
    best = sum(trees.best for trees, _ in driven)
    limit = None
    if up_to is not None:
        limit = math.ceil(decimal_fraction(up_to, "share of the best", least=0.0) * best)
    cost = shared = 0
    flaws = []
    for trees, arcs in driven:
        weights = trees.roads.cost
        own = int(weights[arcs].sum())
        cost += own
        shared += int(weights[np.intersect1d(arcs, trees.path)].sum())
        flaw = None if own == trees.best else cheapest_flaw(trees.roads, arcs, limit)
        if flaw is not None:
            flaws.append(flaw)
    return OptionFigures(
        cost=cost,
        stretch=Fraction(cost, best) if best else Fraction(1),
        sharing=Fraction(shared, best) if best else Fraction(1),
        local=min(flaws, default=None),
    )


def cheapest_flaw(roads: WeightedGraph, path: IntArray, limit: int | None = None) -> int | None:
    """
    Cost of the cheapest part of a path that is no cheapest path between its ends; None where there is none.

    A part that holds a flaw is one, so that the least flaws follow one another: from a node on, the first
    node that is reached in a cheaper way ends one, and the last one from which that node is reached in a
    cheaper way begins it. Only flaws cheaper than the cheapest known are looked for.

    Parameters
    ----------
    roads : WeightedGraph
    path : ndarray of int64
        Arcs that follow one another.
    limit : int, optional
        Look only for what costs less.
    """
    graph = roads.graph
    places = graph.layout.place[np.append(graph.tail[path[:1]], graph.head[path])].astype(np.int64)
    reached = np.append(0, np.cumsum(roads.cost[path]))
    best, start, is_found = limit, 0, False
    while start < len(path):
        most = None if best is None else int(reached[start]) + 2 * best
        end = _first_flaw(roads, places, reached, start, most)
        if end is not None:
            row = slice(start, end)
            back = labels_from(roads, int(places[end]), places[row].tolist(), reverse=True)
            to_end = _distances(back.distance, places[row])
            begin = start + int(np.flatnonzero(to_end < reached[end] - reached[row])[-1])
            flaw = int(reached[end] - reached[begin])
            is_found = is_found or best is None or flaw < best
            best, start = flaw if best is None else min(best, flaw), begin
        elif best is not None and most is not None:
            end = int(np.searchsorted(reached, most)) - 1  # no flaw up to there
        if best is None or end is None or end >= len(path):
            break
        # one that costs less than the best and ends beyond begins after this
        beyond = int(np.searchsorted(reached, reached[end + 1] - best, side="right"))
        start = max(start + 1, beyond)
    return best if is_found else None


def _first_flaw(
    roads: WeightedGraph, places: IntArray, reached: IntArray, start: int, limit: int | None
) -> int | None:
    """First node of a path that is reached from a start in a cheaper way; below a limit on the sums."""
    most = len(places) if limit is None else int(np.searchsorted(reached, limit))
    share = _NEAR
    while True:
        part = reached[start] + (reached[-1] - reached[start]) // share
        last = most if share <= 1 else min(most, int(np.searchsorted(reached, part, side="right")))
        row = slice(start + 1, last)
        if last > start + 1:
            ahead = labels_from(roads, int(places[start]), places[row].tolist(), reverse=False)
            is_flaw = _distances(ahead.distance, places[row]) < reached[row] - reached[start]
            if is_flaw.any():
                return start + 1 + int(is_flaw.argmax())
        if last >= most:
            return None
        share = max(1, share // _WIDER)


def _distances(distance: ArrayLike, places: IntArray) -> IntArray:
    """Distances of some places."""
    if isinstance(distance, list):
        return np.array([distance[place] for place in places.tolist()], dtype=np.int64)
    found: IntArray = np.asarray(distance)[places]
    return found


def _checked(trees: EndTrees, path: ArrayLike) -> IntArray:
    """Arcs from the source to the target, or raise."""
    graph, arcs = trees.roads.graph, np.asarray(path)
    is_good = arcs.ndim == 1 and (arcs.dtype.kind in "iu" or not arcs.size)
    is_good = is_good and bool(((arcs >= 0) & (arcs < graph.n_arcs)).all())
    if is_good:
        arcs = arcs.astype(np.int64)
        nodes = np.concatenate(([trees.source], graph.head[arcs]))
        is_good = nodes[-1] == trees.target and bool((graph.tail[arcs] == nodes[:-1]).all())
    if not is_good:
        message = f"The arcs must lead from node {trees.source} to node {trees.target}."
        raise DataError(message)
    return arcs
