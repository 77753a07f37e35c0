"""Every best compromise between two places: exact Pareto sets of paths."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from operator import index

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.contraction import SMALL, Contraction, Weights, contracted
from cmcoord_geo.routing.dijkstra import UNREACHABLE, refuse_route
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.label_setting import FINISHED, FULL
from cmcoord_geo.routing.labels import (
    PATIENCE,
    PILOT,
    Labels,
    ManyLabels,
    MergedLabels,
    PairLabels,
    Wanted,
)
from cmcoord_geo.routing.lower_bounds import Question
from cmcoord_geo.routing.storage import Storage
from cmcoord_geo.routing.stretch import decimal_fraction

Bound = Sequence[float | None] | NDArray[np.generic]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ParetoPaths:
    """
    Non-dominated paths between two nodes.

    Attributes
    ----------
    costs : ndarray of int64, shape (k, criteria)
        Non-dominated cost vectors, each once, sorted lexicographically.
    paths : tuple of ndarray of int64
        For each row, the arcs of one path that costs exactly that; no node is visited twice.
    is_complete : bool
        False only when ``max_labels`` or memory stopped the search: then rows are missing, and what
        ``epsilon`` promises does not hold.
    epsilon : float
        What was asked for; 0 means, where the search was complete, that every non-dominated vector is there.
    is_undominated : bool
        False where ``epsilon`` let rows in that some path which is left out may dominate; where the search
        was complete, such a path is better by 1 + epsilon at most in one criterion at least. Else every row
        is non-dominated, whether the search was complete or not.
    n_labels : int
        Partial paths that the search kept: its effort.
    """

    costs: IntArray
    paths: tuple[IntArray, ...]
    is_complete: bool
    epsilon: float
    is_undominated: bool
    n_labels: int


def pareto_paths(
    graph: ArcGraph,
    costs: ArrayLike,
    source: int,
    target: int,
    bound: Bound | None = None,
    epsilon: float = 0.0,
    max_labels: int | None = None,
) -> ParetoPaths:
    """
    Find every non-dominated cost vector from source to target, and one path for each.

    Label setting in lexicographic order of cost so far plus a lower bound on the rest, one backward
    Dijkstra for each criterion (BOA* and LTMOA*: Hernandez et al., AIJ 314, 2023, and IJCAI 2023),
    on a graph without chains and dead ends. Whole numbers throughout, so that ties and arcs that
    cost nothing are exact. Of several paths with the same costs the one that the search settles
    first stands for them: the same for the same arcs in the same order, compiled or not. A large
    question with two criteria goes on from the end where the search gets on better.

    The first call on a graph finds its chains; later ones find them there. A large graph, or a
    small one with a large answer, is searched compiled. Labels take 24 to 160 bytes each, 1.5 GB
    together: what would take more stops as ``max_labels`` does. Across a country that is what becomes
    of three criteria without a bound or epsilon. Ctrl-C works.

    Parameters
    ----------
    graph : ArcGraph
        Graph to search.
    costs : array_like of int, shape (arcs, criteria)
        One to four criteria, each 0 or more.
    source, target : int
        Nodes; where they are the same, the answer is one row of zeros with an empty path.
    bound : sequence of float or None, length criteria, optional
        Highest cost allowed in each criterion (inclusive); None or infinity is no limit.
    epsilon : float, optional
        Leave out what hardly differs: for every non-dominated vector ``c`` within the bound some
        row ``r`` has ``r <= (1 + epsilon) * c`` in every criterion. No row is dominated, unless
        there are three criteria or more and the search is large: then labels are merged (A*pex:
        Zhang et al., ICAPS 2022), no row is dominated by another one but may be by a path that is
        left out, and ``is_undominated`` is False. The promise holds where the search is complete.
    max_labels : int, optional
        Stop once more partial paths than this are kept. The rows found until then are
        non-dominated, there may be none, and ``is_complete`` is False.

    Raises
    ------
    NoRouteError
        No path leads from source to target, or none within the bound.
    DataError
        Costs, nodes, bound, epsilon or max_labels cannot be used.

    Examples
    --------
    >>> graph = ArcGraph.from_arcs(2, [0, 0, 0], [1, 1, 1])
    >>> found = pareto_paths(graph, [[3, 1], [2, 2], [3, 3]], 0, 1)
    >>> found.costs.tolist(), [path.tolist() for path in found.paths]
    ([[2, 2], [3, 1]], [[1], [0]])
    """
    roads = contracted(graph)
    weights = roads.weights(costs)
    start, end = graph.check_node(source, "source"), graph.check_node(target, "target")
    limit = _check_bound(bound, weights.costs.shape[1])
    max_kept = _check_max_labels(max_labels)
    widening = decimal_fraction(epsilon, "epsilon", least=0.0) + 1
    asked = Wanted(limit, widening, max_kept)
    status, search = _searched(roads, weights, (start, end), asked, is_last=False)
    if status == FULL:
        status, search = _searched(roads, weights, (start, end), asked, is_last=True)
    rows, paths = search.answers(is_complete=status == FINISHED)
    if status == FINISHED and not paths:
        refuse_route(start, end, " within the bound")
    return ParetoPaths(
        costs=rows[:, : weights.costs.shape[1]],
        paths=tuple(paths),
        is_complete=status == FINISHED,
        epsilon=float(epsilon),
        is_undominated=not isinstance(search, MergedLabels),
        n_labels=search.n_labels,
    )


def _searched(
    roads: Contraction, weights: Weights, pair: tuple[int, int], asked: Wanted, *, is_last: bool
) -> tuple[int, Labels]:
    """
    Labels that have been settled, of the kind that suits the question.

    What proves large at the first attempt is given up, and searched compiled and merged at the last.
    """
    storage = Storage(is_compiled=is_last or roads.graph.n_arcs > SMALL)
    question = Question(roads, weights, pair, storage)
    limits = question.limits(asked.bound)
    may_merge = len(limits) > 2 and asked.widening > 1
    if PairLabels.fit(question.start, limits):
        if storage.is_compiled:
            return _from_either_end(question, limits, weights, asked)
        labels: Labels = PairLabels(question, limits, asked, PATIENCE)
    else:
        is_patient = is_last or (storage.is_compiled and not may_merge)
        kind = MergedLabels if may_merge and is_last else ManyLabels
        labels = kind(question, limits, asked, UNREACHABLE if is_patient else PATIENCE)
    return labels.run(), labels


def _from_either_end(
    question: Question, limits: list[int], weights: Weights, asked: Wanted
) -> tuple[int, Labels]:
    """
    Labels from the source, or from the target where these get on better: either may be many times as many.

    Both find the same costs in the same order, so that the first criterion says how far each has come.
    """
    ahead = PairLabels(question, limits, asked, PILOT)
    status = ahead.run()
    if status != FULL:
        return status, ahead
    pair, storage = (question.source, question.target), question.storage
    other = Question(question.roads, weights, pair, storage, is_reversed=True)
    back = PairLabels(other, other.limits(asked.bound), asked, PILOT)
    status = back.run()
    best = back if status != FULL or back.progress > ahead.progress else ahead
    best.patience = UNREACHABLE
    return best.run() if status == FULL else status, best


def _check_bound(bound: Bound | None, n_criteria: int) -> tuple[int, ...] | None:
    """Highest whole cost allowed in each criterion; None without any limit."""
    if bound is None:
        return None
    limits = np.asarray(bound, dtype=object).ravel().tolist()
    limits = [math.inf if value is None else value for value in limits]
    if len(limits) != n_criteria or not all(map(_is_limit, limits)):
        message = f"A bound needs {n_criteria} numbers (None for no limit), not {bound!r}."
        raise DataError(message)
    return tuple(UNREACHABLE if value == math.inf else math.floor(value) for value in limits)


def _is_limit(value: object) -> bool:
    """Whether a value can be compared with costs: a number, infinite upwards at most."""
    return isinstance(value, Real) and not math.isnan(value) and value != -math.inf


def _check_max_labels(max_labels: int | None) -> int:
    """Return the limit on labels as a number."""
    if max_labels is None:
        return UNREACHABLE
    if isinstance(max_labels, bool) or not hasattr(max_labels, "__index__") or max_labels < 1:
        message = f"max_labels must be a whole number from 1 up, not {max_labels!r}."
        raise DataError(message)
    return index(max_labels)
