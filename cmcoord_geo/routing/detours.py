"""
Loops for detours round one lost part of a cheapest path, read from the trees at both of its ends.

The path lies in both trees. Where a node's path from the source leaves it, and where its path to the target
joins it, say which losses leave the node its cost: those before it leaves, those after it joins.
"""

from __future__ import annotations

from cmcoord_geo.routing.kernels import Labels, Numbers, Rows

#: A node that is not looked at yet.
_UNKNOWN = -1


def branch(arc: Numbers, near: Numbers, mark: Numbers, waiting: Numbers) -> None:
    """
    Give each node of a tree the mark of the first node with one on its way to the root.

    ``mark`` is -1 where there is none yet, ``arc`` and ``near`` lead towards the root, which has a mark;
    nodes out of the tree keep -1.
    """
    for node in range(len(mark)):
        size, at = 0, node
        while mark[at] == _UNKNOWN and arc[at] >= 0:
            waiting[size] = at
            size, at = size + 1, near[arc[at]]
        for i in range(size):
            mark[waiting[i]] = mark[at]


def cross(  # noqa: PLR0913, PLR0917 - two trees and what is lost, as the compiler wants them
    rows: Rows,
    behind: Labels,
    ahead: Labels,
    leaves: Numbers,
    joins: Numbers,
    group: Numbers,
    lost: Numbers,
    cost: Numbers,
    arc: Numbers,
) -> None:
    """
    For each arc of a path the cheapest way round it: one tree, one arc, the other tree.

    As Malik, Mittal and Gupta (Operations Research Letters 8, 1989). An arc counts between the place where
    the path to it leaves and the one where the path from it joins: an entry of the right size at both ends
    of that stretch, in ``cost`` and ``arc`` by size (a power of two) and first place, handed down to the
    smaller sizes in the end. The first ``len(lost)`` entries are the answer; of equal costs the lower arc
    counts.
    """
    first, ends, weights, arcs = rows
    count = len(lost)
    for node in range(len(leaves)):
        low, reached = leaves[node], behind.distance[node]
        if low < 0:
            continue
        for i in range(first[node], first[node + 1]):
            end = ends[i]
            high = joins[end]
            if high <= low or (high == low + 1 and lost[low] >= 0 and group[arcs[i]] == lost[low]):
                continue
            total, size = reached + weights[i] + ahead.distance[end], 0
            while 2 << size <= high - low:
                size += 1
            note(cost, arc, size * count + low, total, arcs[i])
            note(cost, arc, size * count + high - (1 << size), total, arcs[i])
    size = 0
    while 2 << size <= count:
        size += 1
    while size > 0:
        half = 1 << (size - 1)
        for start in range(count - 2 * half + 1):
            at = size * count + start
            below = (size - 1) * count + start
            note(cost, arc, below, cost[at], arc[at])
            note(cost, arc, below + half, cost[at], arc[at])
        size -= 1


def note(cost: Numbers, arc: Numbers, at: int, total: int, over: int) -> None:
    """Keep the cheaper of two, of equal costs the lower arc."""
    if total < cost[at] or (total == cost[at] and over < arc[at]):
        cost[at], arc[at] = total, over
