"""A directed graph as arrays, searched from either end."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.layout import Layout, laid_out

IntArray = NDArray[np.int64]
_BITS, _LOW = 16, 0xFFFF


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ArcGraph:
    """
    Directed graph in compressed rows, with the arc order of the caller kept.

    Parallel arcs and loops are kept. Build it with :meth:`from_arcs`. It holds topology only, so
    one graph serves any number of cost arrays.

    Attributes
    ----------
    n_nodes : int
        Nodes are numbered ``0 .. n_nodes - 1``.
    tail, head : ndarray of int64, shape (arcs,)
        Where each arc starts and ends, in the caller's order.
    indptr, outgoing : ndarray of int64, shapes (n_nodes + 1,) and (open arcs,)
        ``outgoing[indptr[v]:indptr[v + 1]]`` are the open arcs that leave node ``v``.
    in_indptr, incoming : ndarray of int64, shapes (n_nodes + 1,) and (open arcs,)
        The same for the open arcs that enter node ``v``.
    """

    n_nodes: int
    tail: IntArray
    head: IntArray
    indptr: IntArray
    outgoing: IntArray
    in_indptr: IntArray
    incoming: IntArray
    _kept: dict[str, Layout] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def from_arcs(cls, n_nodes: int, tail: ArrayLike, head: ArrayLike) -> ArcGraph:
        """
        Build a graph from the two ends of every arc.

        Parameters
        ----------
        n_nodes : int
            Number of nodes.
        tail, head : array_like of int, shape (arcs,)
            Node numbers.

        Raises
        ------
        DataError
            The ends are not whole numbers, differ in length, or name a node that does not exist.

        Examples
        --------
        >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
        >>> graph.outgoing[graph.indptr[0] : graph.indptr[1]].tolist()
        [0, 2]
        """
        size = _check_size(n_nodes)
        start, end = _check_ends(size, tail, "tail"), _check_ends(size, head, "head")
        if len(start) != len(end):
            message = f"An arc has two ends, but there are {len(start)} tails and {len(end)} heads."
            raise DataError(message)
        arcs = np.arange(len(start), dtype=np.int64)
        indptr, outgoing = _rows(size, start, arcs)
        in_indptr, incoming = _rows(size, end, arcs)
        return cls(
            n_nodes=size,
            tail=start,
            head=end,
            indptr=indptr,
            outgoing=outgoing,
            in_indptr=in_indptr,
            incoming=incoming,
        )

    @property
    def n_arcs(self) -> int:
        """Number of arcs, the closed ones included."""
        return len(self.tail)

    @property
    def layout(self) -> Layout:
        """The rows as searches read them: made at the first use, and kept."""
        if "layout" not in self._kept:
            self._kept["layout"] = laid_out(
                (self.indptr, self.outgoing, self.head), (self.in_indptr, self.incoming, self.tail)
            )
        return self._kept["layout"]

    def keeping(self, is_open: ArrayLike) -> ArcGraph:
        """
        Close some arcs; arcs and nodes keep their numbers.

        An arc that was closed before stays closed.

        Parameters
        ----------
        is_open : array_like of bool, shape (arcs,)
            False closes an arc.

        Raises
        ------
        DataError
            Not one truth value for each arc.

        Examples
        --------
        >>> ArcGraph.from_arcs(2, [0, 0], [1, 1]).keeping([False, True]).outgoing.tolist()
        [1]
        """
        mask = np.asarray(is_open)
        if mask.dtype != np.bool_ or mask.shape != (self.n_arcs,):
            message = f"Closing arcs needs {self.n_arcs} truth values, one for each arc."
            raise DataError(message)
        arcs = np.sort(self.outgoing[mask[self.outgoing]])
        indptr, outgoing = _rows(self.n_nodes, self.tail, arcs)
        in_indptr, incoming = _rows(self.n_nodes, self.head, arcs)
        return replace(
            self, indptr=indptr, outgoing=outgoing, in_indptr=in_indptr, incoming=incoming
        )

    def check_node(self, node: int, name: str) -> int:
        """
        Return the number of a node as a plain ``int``.

        Raises
        ------
        DataError
            No such node; the message calls it ``name``.
        """
        try:
            number = operator.index(node)
        except TypeError:
            number = -1
        if isinstance(node, bool) or not 0 <= number < self.n_nodes:
            message = f"The {name} {node!r} is no node; nodes are numbered 0 to {self.n_nodes - 1}."
            raise DataError(message)
        return number


def _rows(n_nodes: int, ends: IntArray, arcs: IntArray) -> tuple[IntArray, IntArray]:
    """Arcs grouped by one of their ends, and where the group of each node starts."""
    indptr = np.zeros(n_nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(ends[arcs], minlength=n_nodes), out=indptr[1:])
    return indptr, arcs[_in_order(ends[arcs])]


def _in_order(nodes: IntArray) -> IntArray:
    """Places of nodes in rising order, equal ones as they came: by 16 bits at a time, which numpy counts."""
    order = np.argsort((nodes & _LOW).astype(np.uint16), kind="stable")
    above = nodes >> _BITS
    while above.any():
        part = (above & _LOW).astype(np.uint16)
        order = order[np.argsort(part[order], kind="stable")]
        above >>= _BITS
    return order.astype(np.int64, copy=False)


def _check_size(n_nodes: int) -> int:
    """Return the number of nodes as a plain ``int``, or raise."""
    try:
        size = operator.index(n_nodes)
    except TypeError:
        size = -1
    if size < 0:
        message = f"The number of nodes must be a whole number from 0 up, not {n_nodes!r}."
        raise DataError(message)
    return size


def _check_ends(n_nodes: int, ends: ArrayLike, name: str) -> IntArray:
    """One end of every arc as int64, or raise."""
    array = np.asarray(ends)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
        message = f"The {name} of every arc must be a node number, as one flat array of integers."
        raise DataError(message)
    wrong = np.flatnonzero((array < 0) | (array >= n_nodes)) if array.size else array[:0]
    if len(wrong):
        arc = int(wrong[0])
        message = (
            f"Arc {arc} has the {name} {array[arc]}, which is no node; "
            f"nodes are numbered 0 to {n_nodes - 1}."
        )
        raise DataError(message)
    return array.astype(np.int64)
