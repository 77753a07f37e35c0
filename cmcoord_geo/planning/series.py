"""Failures in a row that do the same to every place, taken together: any one of them does it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from cmcoord_geo.planning.failures import Failure
    from cmcoord_geo.planning.isolation import Isolation

#: What one place weighs in the order of importance of a failure.
_WEIGHT = {"cut": 3, "long": 2, "detour": 1}


def whole_hours(extra_h: float) -> int:
    """Hours as they are shown: rounded up, so that none is shown as less than it is (H4)."""
    return math.ceil(extra_h - 1e-9)


def series_of(board: Isolation, *, is_surveyed: bool) -> tuple[tuple[int, ...], ...]:
    """
    Failures of a board, those together that follow one another and show the same effect in every case.

    A road that leads on from the one before it, between places that the board does not list, is one column
    with it; a crossing that several roads share stays alone.

    Parameters
    ----------
    board : Isolation
    is_surveyed : bool
        Between two streets that do the same may lie a roundabout or a double carriageway that does nothing:
        on a surveyed network they need not touch.

    Returns
    -------
    tuple of tuple of int
        Places in ``board.failures``, from the base outward.
    """
    alike: defaultdict[Hashable, list[int]] = defaultdict(list)
    for i, failure in enumerate(board.failures):
        alike[(_shown(board, i), len(failure.ends), i if not failure.ends else -1)].append(i)
    groups = list(alike.values())
    if is_surveyed:
        return tuple(sorted(map(tuple, groups)))
    rows = [row for group in groups for row in _rows(board.failures, group)]
    return tuple(sorted(rows))


def series_ends(failures: Sequence[Failure]) -> tuple[int, ...]:
    """Nodes at both ends of roads in a row, that of the first road first; empty where there are not two."""
    if len(failures) == 1:
        return failures[0].ends
    counts = Counter(node for failure in failures for node in failure.ends)
    outer = [node for node, count in counts.items() if count == 1]
    outer.sort(key=lambda node: node not in failures[0].ends)
    return tuple(outer) if len(outer) == 2 else ()


def importance(board: Isolation, failure: int) -> int:
    """How much a failure does to all places in all cases: a cut counts 3, a long detour 2, another 1."""
    return sum(_WEIGHT.get(effect, 0) for case in board.cases for effect in case.effects[failure])


def _shown(board: Isolation, failure: int) -> Hashable:
    return tuple(
        (effect, only_by_turn, whole_hours(float(extra_h)) if effect in {"detour", "long"} else 0)
        for case in board.cases
        for effect, extra_h, only_by_turn in zip(
            case.effects[failure],
            case.extra_h[failure],
            case.only_by_turn[failure].tolist(),
            strict=True,
        )
    )


def _rows(failures: Sequence[Failure], group: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Parts of a group that hang together at their ends."""
    left = list(group)
    while left:
        row = [left.pop(0)]
        nodes = set(failures[row[0]].ends)
        while found := [i for i in left if nodes & set(failures[i].ends)]:
            for i in found:
                left.remove(i)
                row.append(i)
                nodes.update(failures[i].ends)
        yield tuple(sorted(row))
