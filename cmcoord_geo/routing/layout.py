"""
Where a graph lies in memory: nodes numbered along a walk, so that neighbours on a road are neighbours there.

A search that jumps about in memory waits for it. On a network of a country's size numbering depth first takes
a third off a whole search; the numbers never leave this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cmcoord_geo.compiled import compiled
from cmcoord_geo.routing.kernels import SMALL, walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Int32s = NDArray[np.int32]


class Adjacency(NamedTuple):
    """
    Open arcs that leave, or that enter, each place.

    Attributes
    ----------
    first : ndarray of int32, shape (n_nodes + 1,)
        Where the row of each place begins.
    end, arc : ndarray of int32, shape (open arcs,)
        Place at the far end, and number of each arc in the caller's order.
    """

    first: Int32s
    end: Int32s
    arc: Int32s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """
    Nodes by their place in memory, and the rows of the graph in that order.

    Attributes
    ----------
    node, place : ndarray of int32, shape (n_nodes,)
        Node at each place, and place of each node.
    ahead, back : Adjacency
        Arcs that leave, and that enter, each place.
    tail, head : ndarray of int32, shape (arcs,)
        Places where each arc starts and ends, in the caller's order.
    """

    node: Int32s
    place: Int32s
    ahead: Adjacency
    back: Adjacency
    tail: Int32s
    head: Int32s


class _Rows(NamedTuple):
    """Rows of a graph in the numbers of its caller: begin of each, arcs, and the far end of every arc."""

    indptr: NDArray[np.int64]
    arcs: NDArray[np.int64]
    far: NDArray[np.int64]


def laid_out(
    leaving: tuple[NDArray[np.int64], ...],
    entering: tuple[NDArray[np.int64], ...],
    *,
    small: int = SMALL,
) -> Layout:
    """
    Place the nodes of a graph along a walk over its arcs.

    Parameters
    ----------
    leaving, entering : tuple of ndarray of int64
        Begin of the row of each node, arcs row by row, and the node at the far end of every arc.
    small : int, optional
        Most arcs that are walked without the compiler.
    """
    out, into = _Rows(*leaving), _Rows(*entering)
    node = _walked(out, is_plain=len(out.arcs) <= small)
    place = np.empty_like(node)
    place[node] = np.arange(len(node), dtype=np.int32)
    return Layout(
        node=node,
        place=place,
        ahead=_placed(out, node, place),
        back=_placed(into, node, place),
        tail=place[into.far],
        head=place[out.far],
    )


def _walked(rows: _Rows, *, is_plain: bool) -> Int32s:
    """Nodes in the order of a walk."""
    count, ends = len(rows.indptr) - 1, rows.far[rows.arcs]
    if is_plain:
        order: Any = [0] * count
        scratch: Any = [0] * count, [0] * (len(ends) + 1)
        walk(rows.indptr.tolist(), ends.tolist(), order, *scratch)
        return np.array(order, dtype=np.int32)
    scratch = (
        np.empty(count, np.int32),
        np.zeros(count, np.uint8),
        np.empty(len(ends) + 1, np.int32),
    )
    compiled(walk)(rows.indptr, ends, *scratch)
    found: Int32s = scratch[0]
    return found


def _placed(rows: _Rows, node: Int32s, place: Int32s) -> Adjacency:
    """Rows in the order of the places."""
    begin, sizes = rows.indptr[node], np.diff(rows.indptr)[node]
    first = np.zeros(len(node) + 1, dtype=np.int64)
    np.cumsum(sizes, out=first[1:])
    arcs = rows.arcs[np.repeat(begin - first[:-1], sizes) + np.arange(len(rows.arcs))]
    return Adjacency(first.astype(np.int32), place[rows.far[arcs]], arcs.astype(np.int32))
