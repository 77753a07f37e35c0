"""Best compromises through points in order: the parts between them joined, and what is dominated left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cmcoord_geo.errors import DataError, NoRouteError
from cmcoord_geo.routing.graph import IntArray

#: So many sums are looked at together.
_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JoinedFront:
    """
    Non-dominated sums of one row of each part.

    Attributes
    ----------
    costs : ndarray of int64, shape (k, criteria)
        Each sum once, sorted lexicographically.
    picks : ndarray of int64, shape (k, parts)
        Row of each part that the sum is made of; of several that give one sum, the first ones.
    """

    costs: IntArray
    picks: IntArray


def joined_front(
    fronts: Sequence[ArrayLike], bound: Sequence[int | None] | None = None
) -> JoinedFront:
    """
    Join the Pareto sets of parts that are driven one after the other.

    Costs add up, so a row that is dominated in its part is dominated in every sum: the sums of the parts'
    Pareto sets hold the Pareto set of the whole, whatever the parts share.

    Parameters
    ----------
    fronts : sequence of array_like of int, each shape (rows, criteria)
        Costs from 0 up.
    bound : sequence of int or None, length criteria, optional
        Highest sum allowed in each criterion (inclusive); None is no limit.

    Raises
    ------
    NoRouteError
        No sum is within the bound.
    DataError
        There is no part, or the parts differ in their criteria.

    Examples
    --------
    >>> joined_front([[[1, 5], [4, 1]], [[2, 2], [3, 1]]]).costs.tolist()
    [[3, 7], [4, 6], [6, 3], [7, 2]]
    """
    parts = [np.asarray(front, dtype=np.int64) for front in fronts]
    if not parts or any(part.ndim != 2 or part.shape[1] != parts[0].shape[1] for part in parts):
        message = "Parts to join need costs of shape (rows, criteria), the same criteria in each."
        raise DataError(message)
    n_criteria = parts[0].shape[1]
    most = [np.iinfo(np.int64).max if value is None else value for value in bound or ()]
    limit = np.array(most or [np.iinfo(np.int64).max] * n_criteria, dtype=np.int64)
    is_whole = all(map(len, parts))
    least = [part.min(axis=0) for part in parts if is_whole]
    costs = np.zeros((1, n_criteria), dtype=np.int64)
    picks = np.zeros((1, 0), dtype=np.int64)
    for i, part in enumerate(parts if is_whole else ()):
        rest = np.sum(least[i + 1 :], axis=0, dtype=np.int64)
        costs, picks = _joined(costs, picks, part, limit - rest)
    if not (is_whole and len(costs)):
        message = "No path leads through all points within the bound."
        raise NoRouteError(message)
    return JoinedFront(costs=costs, picks=picks)


def _joined(
    costs: IntArray, picks: IntArray, part: IntArray, limit: IntArray
) -> tuple[IntArray, IntArray]:
    """Rows so far, each with each row of one part more; only those within the limit that none dominates."""
    kept = np.zeros((0, costs.shape[1]), dtype=np.int64)
    rows = np.zeros(0, dtype=np.int64)
    step = max(1, _BLOCK // max(1, len(part)))
    for first in range(0, len(costs), step):
        block = costs[first : first + step]
        sums = (block[:, None, :] + part[None, :, :]).reshape(-1, costs.shape[1])
        is_within = (sums <= limit).all(axis=1)
        number = first * len(part) + np.flatnonzero(is_within)
        kept, rows = np.concatenate([kept, sums[is_within]]), np.concatenate([rows, number])
        best = undominated(kept)
        kept, rows = kept[best], rows[best]
    before, last = np.divmod(rows, max(1, len(part)))
    return kept, np.column_stack([picks[before], last])


def undominated(costs: IntArray) -> IntArray:
    """
    Rows that no other row dominates, each vector once, sorted lexicographically; the first of equals.

    Examples
    --------
    >>> undominated(np.array([[3, 1], [2, 2], [3, 3], [2, 2]])).tolist()
    [1, 0]
    """
    left: IntArray = np.lexsort(costs.T[::-1])
    if costs.shape[1] == 2 and len(left):
        second = costs[left, 1]
        before = np.minimum.accumulate(second)
        is_better = np.append(True, second[1:] < before[:-1])
        found: IntArray = left[is_better]
        return found
    kept: list[int] = []
    while len(left):
        first = int(left[0])
        kept.append(first)
        left = left[(costs[left] < costs[first]).any(axis=1)]
    return np.array(kept, dtype=np.int64)
