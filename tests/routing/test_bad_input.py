"""Every public search is asked what no search can answer, and what has the least of answers (issue 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing import (
    UNREACHABLE,
    ArcGraph,
    EndTrees,
    Landmarks,
    WeightedGraph,
    cost_matrix,
    distances,
    loss_costs,
    min_cut,
    option_figures,
    pareto_paths,
    path_between,
    path_tree,
    replacement_costs,
    shortest_path,
    single_via_paths,
)

Search = Callable[[ArcGraph, Any, int, int], Any]


def trees(graph: ArcGraph, cost: Any, source: int, target: int) -> EndTrees:
    return EndTrees.between(graph, cost, source, target)


def of(graph: ArcGraph, cost: Any) -> WeightedGraph:
    return WeightedGraph.of(graph, cost)


#: Searches for paths: each gives the paths that it found.
PATHS: dict[str, Search] = {
    "shortest_path": lambda *asked: [shortest_path(*asked)],
    "path_between": lambda g, c, s, t: [path_between(of(g, c), s, t)],
    "path_between compiled": lambda g, c, s, t: [
        path_between(WeightedGraph.of(g, c, small=0), s, t)
    ],
    "path_tree": lambda g, c, s, t: [path_tree(of(g, c), s).path(t)],
    "path_tree to one": lambda g, c, s, t: [path_tree(of(g, c), s, targets=[t]).path(t)],
    "path_tree reverse": lambda g, c, s, t: [path_tree(of(g, c), t, reverse=True).path(s)],
    "Landmarks": lambda g, c, s, t: [Landmarks.of(of(g, c)).path(s, t)],
    "EndTrees": lambda *asked: [trees(*asked).path],
    "single_via_paths": lambda *asked: [
        found.arcs for found in single_via_paths(trees(*asked), max_stretch=1.5)
    ],
    "pareto_paths, 1": lambda g, c, s, t: pareto_paths(g, np.reshape(c, (-1, 1)), s, t).paths,
    "pareto_paths, 2": lambda g, c, s, t: (
        pareto_paths(g, np.reshape([c, c], (2, -1)).T, s, t).paths
    ),
    "pareto_paths, 3": lambda g, c, s, t: (
        pareto_paths(g, np.reshape([c] * 3, (3, -1)).T, s, t).paths
    ),
}
#: Searches for costs: each gives the cost from source to target.
COSTS: dict[str, Search] = {
    "distances": lambda g, c, s, t: distances(g, c, s)[t],
    "distances reverse": lambda g, c, s, t: distances(g, c, t, reverse=True)[s],
    "cost_matrix": lambda g, c, s, t: cost_matrix(of(g, c), [s], [t])[0, 0],
    "loss_costs": lambda g, c, s, t: loss_costs(g, c, s, [t], []).whole[t],
}
#: The others: what they give is looked at one by one.
OTHERS: dict[str, Search] = {
    "replacement_costs": lambda g, c, s, t: replacement_costs(
        trees(g, c, s, t), groups=np.arange(g.n_arcs)
    ),
    "option_figures": lambda *asked: option_figures(trees(*asked), trees(*asked).path),
    "min_cut": lambda g, c, s, t: min_cut(of(g, c), [s], [t], groups=np.arange(g.n_arcs)),
}
EVERY = {**PATHS, **COSTS, **OTHERS}
LINE = ArcGraph.from_arcs(3, [0, 1], [1, 2])
BARE = ArcGraph.from_arcs(3, [], [])


def each(searches: dict[str, Search]) -> Any:
    return pytest.mark.parametrize("search", searches.values(), ids=searches.keys())


@each(EVERY)
@pytest.mark.parametrize(
    "cost",
    [
        [1, -1],
        [1, np.nan],
        [1, np.inf],
        [1, None],
        [1, 0.5],
        [2**61, 2**61],
        [2**70, 1],
        [1e300, 1],
    ],
    ids=str,
)
def test_costs_that_are_none(search: Search, cost: list) -> None:
    """Negative, not finite, missing, not whole, too large to be added up."""
    with pytest.raises(DataError):
        search(LINE, cost, 0, 2)


@each({key: search for key, search in EVERY.items() if "pareto" not in key})
def test_a_cost_too_few(search: Search) -> None:
    with pytest.raises(DataError, match="shape"):
        search(LINE, [1], 0, 2)


@each({key: search for key, search in EVERY.items() if "distances" not in key})
@pytest.mark.parametrize(("source", "target"), [(3, 2), (0, 3), (-1, 2), (0, -1)])
def test_nodes_that_are_none(search: Search, source: int, target: int) -> None:
    with pytest.raises(DataError, match="is no node"):
        search(LINE, [1, 1], source, target)


@pytest.mark.parametrize("node", [3, -1])
def test_distances_from_a_node_that_is_none(node: int) -> None:
    for reverse in (False, True):
        with pytest.raises(DataError, match="is no node"):
            distances(LINE, [1, 1], node, reverse=reverse)


@each(PATHS)
@pytest.mark.parametrize("graph", [LINE, BARE], ids=["line", "no arcs"])
def test_from_a_node_to_itself_nothing_is_driven(search: Search, graph: ArcGraph) -> None:
    (path,) = search(graph, [1] * graph.n_arcs, 1, 1)
    assert path.tolist() == []


@each(PATHS)
@pytest.mark.parametrize("graph", [LINE, BARE], ids=["line", "no arcs"])
def test_where_nothing_leads_there_is_no_path(search: Search, graph: ArcGraph) -> None:
    with pytest.raises(NoRouteError) as caught:
        search(graph, [1] * graph.n_arcs, 2, 0)
    assert (caught.value.origin, caught.value.destination) == ("2", "0")


@each(COSTS)
@pytest.mark.parametrize("graph", [LINE, BARE], ids=["line", "no arcs"])
def test_costs_to_the_node_itself_and_to_where_nothing_leads(
    search: Search, graph: ArcGraph
) -> None:
    cost = [1] * graph.n_arcs
    assert search(graph, cost, 1, 1) == 0
    assert search(graph, cost, 2, 0) == UNREACHABLE


@pytest.mark.parametrize("graph", [LINE, BARE], ids=["line", "no arcs"])
def test_what_lies_on_no_way_cannot_be_lost(graph: ArcGraph) -> None:
    cost = [1] * graph.n_arcs
    assert OTHERS["replacement_costs"](graph, cost, 1, 1).groups.tolist() == []
    assert OTHERS["option_figures"](graph, cost, 1, 1).stretch == 1.0
    assert len(OTHERS["min_cut"](graph, cost, 2, 0)) == 0
    with pytest.raises(DataError, match="a source and a target"):
        OTHERS["min_cut"](graph, cost, 1, 1)
    for name in ("replacement_costs", "option_figures"):
        with pytest.raises(NoRouteError):
            OTHERS[name](graph, cost, 2, 0)


@pytest.mark.parametrize("n_criteria", [1, 2, 3, 4])
@pytest.mark.parametrize("below", [1, 0, -5])
def test_no_path_within_a_bound_below_the_best(n_criteria: int, below: int) -> None:
    """The line costs 2: no path for 1, and the one row for 2."""
    costs = np.ones((2, n_criteria), dtype=np.int64)
    free = [None] * (n_criteria - 1)
    with pytest.raises(NoRouteError, match="within the bound"):
        pareto_paths(LINE, costs, 0, 2, bound=[below, *free])
    with pytest.raises(NoRouteError, match="within the bound"):
        pareto_paths(LINE, costs, 0, 2, bound=[*free, below])
    assert pareto_paths(LINE, costs, 0, 2, bound=[2, *free]).costs.tolist() == [[2] * n_criteria]
