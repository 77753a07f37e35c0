"""Nodes along a walk: every node once, every open arc in the row of its place."""

from __future__ import annotations

import numpy as np
from routing.oracles import random_case, road_case

from cmcoord_geo.routing import ArcGraph
from cmcoord_geo.routing.layout import laid_out


def sides(graph: ArcGraph) -> tuple[tuple[np.ndarray, ...], ...]:
    return (graph.indptr, graph.outgoing, graph.head), (
        graph.in_indptr,
        graph.incoming,
        graph.tail,
    )


def test_rows_hold_the_open_arcs_of_each_place_in_their_order() -> None:
    for seed in range(300):
        case = random_case(seed, 1)
        is_open = np.random.default_rng(seed).random(len(case.tail)) < 0.8
        graph = case.graph.keeping(is_open)
        layout = graph.layout
        assert sorted(layout.node.tolist()) == list(range(case.n_nodes))
        assert (layout.place[layout.node] == np.arange(case.n_nodes)).all()
        assert layout.node[layout.tail].tolist() == case.tail.tolist()
        assert layout.node[layout.head].tolist() == case.head.tolist()
        near, far = (case.tail, case.head), (case.head, case.tail)
        for rows, (here, there) in zip((layout.ahead, layout.back), (near, far), strict=True):
            for place, node in enumerate(layout.node.tolist()):
                row = slice(rows.first[place], rows.first[place + 1])
                arcs = np.flatnonzero(is_open & (here == node))
                assert rows.arc[row].tolist() == arcs.tolist(), f"seed {seed}"
                assert layout.node[rows.end[row]].tolist() == there[arcs].tolist()


def test_a_road_lies_in_one_piece() -> None:
    """A chain in random numbers: each node next to its neighbour."""
    order = np.random.default_rng(1).permutation(50)
    tail, head = order[:-1], order[1:]
    graph = ArcGraph.from_arcs(50, np.r_[tail, head], np.r_[head, tail])
    steps = np.abs(graph.layout.place[tail].astype(int) - graph.layout.place[head])
    assert np.count_nonzero(steps != 1) <= 1


def test_plain_and_compiled_walks_are_the_same() -> None:
    for seed in range(40):
        graph = road_case(seed).graph
        plain, fast = laid_out(*sides(graph)), laid_out(*sides(graph), small=0)
        assert plain.node.tobytes() == fast.node.tobytes(), f"seed {seed}"
        assert plain.back.arc.tobytes() == fast.back.arc.tobytes(), f"seed {seed}"


def test_it_is_made_once() -> None:
    graph = ArcGraph.from_arcs(2, [0], [1])
    assert graph.layout is graph.layout
    assert graph.keeping([False]).layout is not graph.layout
