"""Costs of arcs: whole numbers from 0 up, small enough to be added along any path."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.graph import ArcGraph

MAX_CRITERIA = 4
#: What all arcs together may cost: twice as much (a path and a bound on its rest) still fits int64.
MAX_TOTAL = 2**61


def check_cost(graph: ArcGraph, cost: ArrayLike) -> NDArray[np.int64]:
    """
    One cost for each arc as int64.

    Parameters
    ----------
    graph : ArcGraph
        The graph that the arcs belong to.
    cost : array_like, shape (arcs,)
        Whole numbers from 0 up; floats without a fraction will do.

    Raises
    ------
    DataError
        Wrong shape, missing, infinite, negative, fractional, or too large to be added up.
    """
    array = np.asarray(cost)
    if array.ndim != 1 or len(array) != graph.n_arcs:
        message = f"Costs must have the shape ({graph.n_arcs},), not {array.shape}."
        raise DataError(message)
    return _whole(array)


def check_costs(graph: ArcGraph, costs: ArrayLike) -> NDArray[np.int64]:
    """
    One row of costs for each arc as int64.

    Parameters
    ----------
    graph : ArcGraph
        The graph that the arcs belong to.
    costs : array_like, shape (arcs, criteria)
        One to four criteria, otherwise as in :func:`check_cost`.

    Raises
    ------
    DataError
        Wrong shape, missing, infinite, negative, fractional, or too large to be added up.
    """
    array = np.asarray(costs)
    if array.ndim != 2 or len(array) != graph.n_arcs:
        message = f"Costs must have the shape ({graph.n_arcs}, criteria), not {array.shape}."
        raise DataError(message)
    if not 1 <= array.shape[1] <= MAX_CRITERIA:
        message = f"A search takes 1 to {MAX_CRITERIA} criteria, not {array.shape[1]}."
        raise DataError(message)
    return _whole(array)


def _whole(array: NDArray[Any]) -> NDArray[np.int64]:
    """Values as int64, or raise and name the first arc that is at fault."""
    if array.size == 0:
        return np.zeros(array.shape, dtype=np.int64)
    if array.dtype.kind not in "iuf":
        message = f"Costs must be whole numbers that fit 64 bits, not {array.dtype}."
        raise DataError(message)
    for fault, is_at_fault in (
        ("is missing or infinite", ~np.isfinite(array)),
        ("is negative", array < 0),
        ("is no whole number", array != np.trunc(array)),
    ):
        if is_at_fault.any():
            arc = int(np.argwhere(is_at_fault)[0][0])
            message = f"The cost of arc {arc} {fault}; a cost is a whole number from 0 up."
            raise DataError(message)
    if array.astype(np.float64).sum(axis=0).max() > MAX_TOTAL:
        message = "Costs are too large to be added up; measure them in a larger unit."
        raise DataError(message)
    return array.astype(np.int64)
