"""
The roads that decide: chains of nodes without a choice become one arc each, dead ends go.

What depends on topology is found once for a graph, sums of costs once for a table of costs. A question from
or to a node that is not there any more opens its chain, or its way out of the dead end, so that answers are
exact for every pair of nodes.
"""

from __future__ import annotations

from collections.abc import Callable, MutableSequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.compiled import compiled
from cmcoord_geo.routing.costs import check_costs
from cmcoord_geo.routing.graph import ArcGraph, IntArray

Ints32: TypeAlias = NDArray[np.int32]
#: An array where compiled, a list where not.
Numbers: TypeAlias = MutableSequence[int]
#: First place of each node, and the other end of each arc there.
Rows: TypeAlias = tuple[Numbers, Numbers]

#: Arcs up to which plain Python answers sooner than a compiler starts.
SMALL = 4_000
_NONE: Final = -1
_PASSED: Final = -2
_KEPT_COSTS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filed:
    """
    Arcs by one of their ends: those between nodes that are left, then those of opened chains.

    Attributes
    ----------
    first, stop, last : ndarray of int32, shape (nodes,)
        Row of each node, ``stop`` where the arcs that always count end.
    arc : ndarray of int32, shape (k,)
        From the number of arcs of the graph on, a shortcut.
    end : ndarray of int32, shape (k,)
        The other end.
    """

    first: Ints32
    stop: Ints32
    last: Ints32
    arc: Ints32
    end: Ints32

    def opened(self, nodes: list[int], shortcuts: list[int]) -> Filed:
        """Rows with those of some nodes whole, and with some shortcuts that lead nowhere."""
        if not nodes:
            return self
        stop, end = self.stop.copy(), self.end
        stop[nodes] = self.last[nodes]
        if shortcuts:
            end = end.copy()
            places = np.flatnonzero(np.isin(self.arc, shortcuts))
            end[places] = (
                np.searchsorted(self.first, places, side="right") - 1
            )  # to where it starts
        return Filed(first=self.first, stop=stop, last=self.last, arc=self.arc, end=end)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """
    Checked costs of arcs and of shortcuts.

    Attributes
    ----------
    costs : ndarray of int64, shape (arcs, criteria)
    table : ndarray of int64, shape (arcs + shortcuts, criteria)
        With one criterion a second one that costs nothing.
    total : list of int
        What all arcs cost together, for each criterion.
    """

    costs: IntArray
    table: IntArray
    total: list[int]
    _beside: dict[str, IntArray] = field(default_factory=dict)
    _apart: dict[str, IntArray] = field(default_factory=dict)

    def beside(self, way: str, filed: Filed) -> IntArray:
        """Costs of each place in rows, criteria side by side; rows of a way are always the same."""
        if way not in self._beside:
            self._beside[way] = self.table[filed.arc].ravel()
        return self._beside[way]

    def apart(self, way: str, filed: Filed) -> IntArray:
        """Costs of each place in rows, shape (criteria, places)."""
        if way not in self._apart:
            self._apart[way] = self.table[filed.arc].T.copy()
        return self._apart[way]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contraction:
    """
    A graph without chains and dead ends, and the way back.

    Attributes
    ----------
    graph : ArcGraph
    leaving, entering : Filed
        Arcs and shortcuts by their tail, and by their head.
    tail, head : ndarray of int64, shape (arcs + shortcuts,)
    parent : ndarray of int32, shape (nodes,)
        Next node on the way out of a dead end; the node itself where it is in none.
    chain : ndarray of int32, shape (nodes,)
        Chain that a node is inside of, or -1.
    chain_first, chain_nodes : ndarray of int32
        Nodes of each chain, with both ends.
    part_first, parts : ndarray of int64
        Arcs of each shortcut, in the order they are driven.
    shortcut_chain : ndarray of int64
        Chain of each shortcut.
    """

    graph: ArcGraph
    leaving: Filed
    entering: Filed
    tail: IntArray
    head: IntArray
    parent: Ints32
    chain: Ints32
    chain_first: Ints32
    chain_nodes: Ints32
    part_first: IntArray
    parts: IntArray
    shortcut_chain: IntArray
    _recent: list[tuple[IntArray, Weights]] = field(default_factory=list)

    def opened(self, *nodes: int) -> tuple[Filed, Filed]:
        """Rows in which given nodes can be reached and left."""
        wanted: list[int] = []
        shortcuts: list[int] = []
        for start in nodes:
            node, up = start, int(self.parent[start])
            while up != node:
                wanted.append(node)
                node, up = up, int(self.parent[up])
            chain = int(self.chain[node])
            if chain != _NONE:
                wanted += self.chain_nodes[slice(*self.chain_first[chain : chain + 2])].tolist()
                own = np.flatnonzero(self.shortcut_chain == chain)
                shortcuts += (own + self.graph.n_arcs).tolist()
            elif node != start:
                wanted.append(node)
        return self.leaving.opened(wanted, shortcuts), self.entering.opened(wanted, shortcuts)

    def weights(self, costs: ArrayLike) -> Weights:
        """
        Costs of arcs and shortcuts; those of the last tables are at hand.

        Raises
        ------
        DataError
            As in :func:`~cmcoord_geo.routing.costs.check_costs`.
        """
        asked = np.asarray(costs)
        for table, weights in list(self._recent):
            if table.dtype == asked.dtype and np.array_equal(table, asked):
                return weights
        weights = self._weighted(check_costs(self.graph, asked))
        self._recent[:] = [(asked.copy(), weights), *self._recent[: _KEPT_COSTS - 1]]
        return weights

    def _weighted(self, costs: IntArray) -> Weights:
        table, total = costs, costs.sum(axis=0).tolist()
        if len(self.part_first) > 1:
            sums = np.add.reduceat(costs[self.parts], self.part_first[:-1], axis=0)
            table = np.concatenate((costs, sums))
        if costs.shape[1] == 1:  # two criteria, of which the second costs nothing
            table, total = np.column_stack((table, np.zeros_like(table))), [*total, 0]
        return Weights(costs=costs, table=table, total=total)


@lru_cache(maxsize=1)
def contracted(graph: ArcGraph, *, keep_all: bool = False) -> Contraction:
    """
    Contract a graph by its open arcs; the last one is remembered, as it takes 100 MB on a country.

    Parameters
    ----------
    graph : ArcGraph
    keep_all : bool, optional
        Contract nothing.
    """
    n = graph.n_nodes
    parent, chain = np.arange(n, dtype=np.int32), np.full(n, _NONE, np.int32)
    nodes, fore, back = (np.full(3 * n + 1, _NONE, np.int32) for _ in range(3))
    first = np.zeros(n + 1, np.int32)
    room = parent, chain, nodes, fore, back, first
    n_chains = 0 if keep_all else _run(_contract, graph, *_topology(graph), *room)
    first = first[: n_chains + 1]
    arc_at = np.append(graph.outgoing, _NONE)
    ends, part_first, parts, shortcut_chain = _shortcuts(
        first, nodes, arc_at[fore[: first[-1]]], arc_at[back[: first[-1]]]
    )
    tail, head = np.concatenate((graph.tail, ends[0])), np.concatenate((graph.head, ends[1]))
    arcs = np.concatenate((np.sort(graph.outgoing), np.arange(graph.n_arcs, len(tail))))
    arcs = arcs[tail[arcs] != head[arcs]]
    is_gone = (parent != np.arange(n)) | (chain != _NONE)
    is_hidden = is_gone[tail[arcs]] | is_gone[head[arcs]]
    return Contraction(
        graph=graph,
        leaving=_filed(graph, arcs, tail[arcs], head[arcs], is_hidden),
        entering=_filed(graph, arcs, head[arcs], tail[arcs], is_hidden),
        tail=tail,
        head=head,
        parent=parent,
        chain=chain,
        chain_first=first,
        chain_nodes=nodes[: first[-1]],
        part_first=part_first,
        parts=parts,
        shortcut_chain=shortcut_chain,
    )


def _run(loop: Callable[..., int], graph: ArcGraph, *arrays: NDArray[np.int32]) -> int:
    """Result of a loop that fills arrays, compiled for a large graph."""
    if graph.n_arcs > SMALL:
        return int(compiled(loop)(*arrays))
    lists = [array.tolist() for array in arrays]
    result = loop(*lists)
    for array, values in zip(arrays, lists, strict=True):
        array[:] = values
    return result


def _topology(graph: ArcGraph) -> tuple[Ints32, Ints32, Ints32, Ints32]:
    """Rows of the open arcs that leave each node, and that enter it."""
    return (
        graph.indptr.astype(np.int32),
        graph.head[graph.outgoing].astype(np.int32),
        graph.in_indptr.astype(np.int32),
        graph.tail[graph.incoming].astype(np.int32),
    )


def _shortcuts(
    first: Ints32, nodes: Ints32, fore: IntArray, back: IntArray
) -> tuple[tuple[IntArray, IntArray], IntArray, IntArray, IntArray]:
    """Ends, parts and chain of the shortcuts: both ways along each chain, where arcs lead all along."""
    lengths = np.diff(first) - 1
    start, end = nodes[first[:-1]].astype(np.int64), nodes[first[1:] - 1].astype(np.int64)
    is_link = np.ones(first[-1], dtype=bool)
    is_link[first[1:] - 1] = False
    chains = np.arange(len(lengths))
    ways = [
        (fore[is_link], lengths, start, end, chains),
        (back[is_link][::-1], lengths[::-1], end[::-1], start[::-1], chains[::-1]),
    ]
    tails: list[IntArray] = []
    heads: list[IntArray] = []
    owners: list[IntArray] = []
    sizes, parts = [np.zeros(1, np.int64)], []
    for arcs, length, tail, head, owner in ways:
        is_broken = (
            np.bincount(np.repeat(np.arange(len(length)), length), arcs < 0, len(length)) > 0
        )
        is_way = ~is_broken & (tail != head)
        tails, heads = [*tails, tail[is_way]], [*heads, head[is_way]]
        sizes, owners = [*sizes, length[is_way]], [*owners, owner[is_way]]
        parts.append(arcs[np.repeat(is_way, length)])
    both = np.concatenate(tails), np.concatenate(heads)
    return both, np.cumsum(np.concatenate(sizes)), np.concatenate(parts), np.concatenate(owners)


def _filed(
    graph: ArcGraph, arcs: IntArray, by: IntArray, ends: IntArray, is_hidden: NDArray[np.bool_]
) -> Filed:
    """Arcs in rows by one end, the hidden ones last."""
    key = (2 * by + is_hidden).astype(np.int32)
    first = np.zeros(2 * graph.n_nodes + 1, np.int32)
    order = np.zeros(len(arcs), np.int32)
    np.cumsum(np.bincount(key, minlength=len(first) - 1), out=first[1:])
    _run(_file, graph, key, first.copy(), order)
    return Filed(
        first=first[:-1:2].copy(),
        stop=first[1::2].copy(),
        last=first[2::2].copy(),
        arc=arcs[order].astype(np.int32),
        end=ends[order].astype(np.int32),
    )


def _file(key: Numbers, free: Numbers, order: Numbers) -> int:
    """Order by key, stable, given the first place of each key; returns how many."""
    for i in range(len(key)):
        order[free[key[i]]] = i
        free[key[i]] += 1
    return len(key)


def _contract(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    out_first: Numbers, ends: Numbers, in_first: Numbers, tails: Numbers, parent: Numbers,
    chain: Numbers, nodes: Numbers, fore: Numbers, back: Numbers, first: Numbers,
) -> int:  # fmt: skip
    """
    Peel dead ends off, then find the chains of what is left; returns the number of chains.

    ``fore[i]`` and ``back[i]`` become the places of the arcs from ``nodes[i]`` to ``nodes[i + 1]`` and back.
    """
    out, into = (out_first, ends), (in_first, tails)
    for node in range(len(parent)):
        _peel(out, into, node, parent)
    for node in range(len(parent)):
        if _is_passed_through(out, into, node, parent):
            chain[node] = _PASSED
    n_chains = 0
    for node in range(len(parent)):
        if parent[node] == node and chain[node] == _NONE:
            n_chains = _link(out, into, node, parent, chain, nodes, first, n_chains)
    for i in range(first[n_chains] - 1):
        fore[i] = _place(out, nodes[i], nodes[i + 1])
        back[i] = _place(out, nodes[i + 1], nodes[i])
    for node in range(len(parent)):
        if chain[node] == _PASSED:  # a ring that nothing leads to
            chain[node] = _NONE
    return n_chains


def _link(
    out: Rows, into: Rows, node: int, parent: Numbers, chain: Numbers, nodes: Numbers, first: Numbers,
    n_chains: int,
) -> int:  # fmt: skip
    """Write down the chains that begin at a node and are not there yet; returns how many there are then."""
    for starts, ends in (out, into):
        for k in range(starts[node], starts[node + 1]):
            if chain[ends[k]] == _PASSED:
                at = first[n_chains]
                at = _walk(out, into, node, ends[k], parent, chain, nodes, at, n_chains)
                n_chains += 1
                first[n_chains] = at
    return n_chains


def _peel(out: Rows, into: Rows, node: int, parent: Numbers) -> None:
    """Take a dead end off, and what becomes one by that."""
    while parent[node] == node:
        count, only, _ = _around(out, into, node, parent)
        if count != 1:
            break
        parent[node] = only
        node = only


def _walk(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    out: Rows, into: Rows, start: int, node: int, parent: Numbers, chain: Numbers, nodes: Numbers,
    at: int, number: int,
) -> int:  # fmt: skip
    """Write down the nodes of a chain, both ends included; returns the place behind them."""
    nodes[at] = before = start
    while chain[node] == _PASSED:
        at += 1
        chain[node] = number
        nodes[at] = node
        _, a, b = _around(out, into, node, parent)
        before, node = node, (b if a == before else a)
    nodes[at + 1] = node
    return at + 2


def _is_passed_through(out: Rows, into: Rows, node: int, parent: Numbers) -> bool:
    """Whether a node has two neighbours and no second arc from or to one of them: no choice."""
    if parent[node] != node:
        return False
    count, a, b = _around(out, into, node, parent)
    return count == 2 and _has_no_twins(out, node, a, b) and _has_no_twins(into, node, a, b)


def _around(out: Rows, into: Rows, node: int, parent: Numbers) -> tuple[int, int, int]:
    """How many neighbours a node has among those left (3 is three or more), and the first two."""
    count, a, b = 0, _NONE, _NONE
    for first, ends in (out, into):
        for k in range(first[node], first[node + 1]):
            end = ends[k]
            is_new = end != node and end != a and end != b  # noqa: PLR1714 - the compiler knows no `in`
            if not is_new or parent[end] != end:
                continue
            if count == 2:
                return 3, a, b
            a, b = (end, b) if count == 0 else (a, end)
            count += 1
    return count, a, b


def _has_no_twins(rows: Rows, node: int, a: int, b: int) -> bool:
    """Whether at most one arc joins a node with either of two others."""
    first, ends = rows
    n_a, n_b = 0, 0
    for k in range(first[node], first[node + 1]):
        n_a += ends[k] == a
        n_b += ends[k] == b
    return n_a <= 1 and n_b <= 1


def _place(out: Rows, tail: int, head: int) -> int:
    """Place of the arc between two nodes, or -1."""
    first, ends = out
    for k in range(first[tail], first[tail + 1]):
        if ends[k] == head:
            return k
    return _NONE
