"""Graphs keep the caller's arcs, parallel ones and loops included."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import ArcGraph

ENDS = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=15),
    )
)


@unhurried
@given(ENDS)
def test_rows_hold_every_arc_at_both_of_its_ends(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    n_nodes, ends = drawn
    tail, head = [a for a, _ in ends], [b for _, b in ends]
    graph = ArcGraph.from_arcs(n_nodes, tail, head)
    assert graph.n_arcs == len(ends)
    for node in range(n_nodes):
        leaving = graph.outgoing[graph.indptr[node] : graph.indptr[node + 1]]
        entering = graph.incoming[graph.in_indptr[node] : graph.in_indptr[node + 1]]
        assert leaving.tolist() == [arc for arc, end in enumerate(tail) if end == node]
        assert entering.tolist() == [arc for arc, end in enumerate(head) if end == node]


@unhurried
@given(ENDS, st.data())
def test_closing_arcs_keeps_numbers_and_adds_up(
    drawn: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    n_nodes, ends = drawn
    graph = ArcGraph.from_arcs(n_nodes, [a for a, _ in ends], [b for _, b in ends])
    masks = st.lists(st.booleans(), min_size=len(ends), max_size=len(ends))
    one, two = (np.array(data.draw(masks), dtype=bool) for _ in range(2))
    closed = graph.keeping(one).keeping(two)
    assert closed.n_arcs == graph.n_arcs
    for arcs in (closed.outgoing, closed.incoming):
        assert sorted(arcs.tolist()) == np.flatnonzero(one & two).tolist()
    assert closed.tail[closed.outgoing].tolist() == sorted(closed.tail[closed.outgoing].tolist())


def test_a_graph_does_not_change_with_the_callers_array() -> None:
    tail = np.array([0, 1])
    graph = ArcGraph.from_arcs(3, tail, [1, 2])
    tail[:] = 2
    assert graph.tail.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("n_nodes", "tail", "head", "says"),
    [
        (2, [0], [2], "head 2"),
        (2, [-1], [0], "tail -1"),
        (2, [0, 1], [1], "2 tails and 1 heads"),
        (2, [0.5], [1], "node number"),
        (2, [[0]], [[1]], "flat array"),
        (2, [True], [False], "node number"),
        (-1, [], [], "number of nodes"),
        (1.5, [], [], "number of nodes"),
    ],
)
def test_refuses_what_is_no_graph(n_nodes: int, tail: list, head: list, says: str) -> None:
    with pytest.raises(DataError, match=says):
        ArcGraph.from_arcs(n_nodes, tail, head)


@pytest.mark.parametrize("mask", [[True], [1, 0], np.ones((2, 1), dtype=bool)])
def test_closing_needs_one_truth_value_for_each_arc(mask: object) -> None:
    with pytest.raises(DataError, match="2 truth values"):
        ArcGraph.from_arcs(2, [0, 1], [1, 0]).keeping(mask)


@pytest.mark.parametrize("node", [-1, 2, 0.0, True, None, "0"])
def test_refuses_what_is_no_node(node: object) -> None:
    with pytest.raises(DataError, match=r"The start .* is no node"):
        ArcGraph.from_arcs(2, [0], [1]).check_node(node, "start")
