"""Ways over another node: candidates besides the Pareto set."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from cmcoord_geo.routing.end_trees import EndTrees, is_simple
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.kernels import UNREACHABLE, Labels, Numbers
from cmcoord_geo.routing.stretch import decimal_fraction, stretch_limit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ViaPath:
    """
    A cheapest path to a node and on from there.

    Attributes
    ----------
    arcs : ndarray of int64
        Arcs from source to target; no node is visited twice.
    cost : int
        What they cost together.
    via : int
        First node of the plateau.
    plateau_cost : int
        Cost of the plateau: the stretch round ``via`` that is cheapest from the source and to the
        target alike. Every part of the path that costs less than it is itself a cheapest path.
    """

    arcs: IntArray
    cost: int
    via: int
    plateau_cost: int


def single_via_paths(
    trees: EndTrees, *, max_stretch: float, min_plateau: float = 0.0
) -> tuple[ViaPath, ...]:
    """
    Find paths that are cheapest over some node, the cheapest of all first.

    A node where the trees from both ends meet stands for the cheapest path over it (Abraham, Delling,
    Goldberg and Werneck, "Alternative routes in road networks", ACM JEA 18, 2013). All nodes of a plateau
    give the same path, so only its first node is tried. Paths that turn back on themselves are left out.
    Equal costs are broken by the arc numbers.

    Parameters
    ----------
    trees : EndTrees
        Between the ends of the paths.
    max_stretch : float
        Highest cost as a multiple of the best, 1 or more.
    min_plateau : float, optional
        Shortest plateau as a share of the best cost. Abraham et al. ask for 0.25; 0 leaves it to
        the caller to judge.

    Raises
    ------
    DataError
        Stretch or plateau cannot be used.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph, EndTrees
    >>> graph = ArcGraph.from_arcs(4, [0, 1, 0, 2], [1, 3, 2, 3])
    >>> found = single_via_paths(EndTrees.between(graph, [5, 5, 6, 6], 0, 3), max_stretch=1.5)
    >>> [(path.cost, path.arcs.tolist()) for path in found]
    [(10, [0, 1]), (12, [2, 3])]
    """
    limit = stretch_limit(trees.best, max_stretch)
    least = math.ceil(decimal_fraction(min_plateau, "plateau share", least=0.0) * trees.best)
    found = _meetings(trees, limit, least)
    return tuple(sorted(found, key=lambda path: (path.cost, path.arcs.tolist())))


def _meetings(trees: EndTrees, limit: int, least: int) -> Iterator[ViaPath]:
    """
    Yield the simple paths over the first node of each plateau, within a limit on cost.

    They are distinct: two nodes with the same path have all arcs between them in both trees.
    """
    roads, (behind, ahead) = trees.roads, trees.labels
    vias, plateaus = (roads.room(roads.graph.n_nodes) for _ in range(2))
    tail, head = roads.places_at(), roads.places_at(reverse=True)
    limits = limit, trees.best, least
    count = roads.run(meetings)(behind, ahead, tail, head, limits, vias, plateaus)
    for via, plateau in zip(vias[:count], plateaus[:count], strict=True):
        arcs = trees.over(via, via)
        if is_simple(roads.graph, arcs):
            yield ViaPath(
                arcs=arcs,
                cost=int(behind.distance[via] + ahead.distance[via]),
                via=int(roads.graph.layout.node[via]),
                plateau_cost=int(plateau),
            )


def meetings(
    behind: Labels,
    ahead: Labels,
    tail: Numbers,
    head: Numbers,
    limits: tuple[int, int, int],
    vias: Numbers,
    plateaus: Numbers,
) -> int:
    """
    Write first nodes of plateaus, and what the plateaus cost; how many there are.

    ``limits``: the highest cost, the best one, and the least cost of a plateau on any path dearer than that.
    """
    limit, best, least = limits
    count = 0
    for via in range(len(ahead.arc)):
        reached, rest = behind.distance[via], ahead.distance[via]
        if UNREACHABLE in (reached, rest) or reached + rest > limit:
            continue
        last = behind.arc[via]
        if last >= 0 and ahead.arc[tail[last]] == last:
            continue  # inside a plateau: both trees use the arc that leads here
        end, arc = via, ahead.arc[via]
        while arc >= 0:
            beyond = head[arc]
            if behind.arc[beyond] != arc:
                break
            end, arc = beyond, ahead.arc[beyond]
        plateau = rest - ahead.distance[end]
        if plateau >= least or reached + rest == best:
            vias[count], plateaus[count] = via, plateau
            count += 1
    return count
