"""
Loops of the searches, over rows of numbers: plain Python on lists, or compiled on arrays.

An entry of a queue is one number, ``cost << bits | node``: entries are compared at once, and of equal costs
the node with the lower number comes first, so that the order does not depend on the queue. Who calls sees to
it that entries fit 64 bits where they must (:class:`~cmcoord_geo.routing.weighted.WeightedGraph`).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

from numpy.typing import NDArray

#: An array of whole numbers, or a list that stands for one.
Numbers: TypeAlias = NDArray[Any]

#: Arcs up to which plain Python answers sooner than a compiler starts.
SMALL: Final = 20_000
#: Cost of what cannot be reached: above every real cost, so that no comparison takes it for near.
#: Compare with it, never add to it.
UNREACHABLE: Final = 2**63 - 1
NO_ARC: Final = -1
#: Bound of a node from which the target cannot be reached.
_NEVER: Final = -1
#: Nodes that one side settles before it is asked whether the other should go on.
_AT_ONCE: Final = 16


class Rows(NamedTuple):
    """
    Arcs that leave, or that enter, each node: those of node ``v`` are ``first[v]`` to ``first[v + 1]``.

    Attributes
    ----------
    first, end, weight, arc
        Where each row begins; node at the far end, cost, and number of each arc, row by row.
    """

    first: Numbers
    end: Numbers
    weight: Numbers
    arc: Numbers


class Labels(NamedTuple):
    """Cost of the cheapest path known to each node, and the last arc of that path."""

    distance: Numbers
    arc: Numbers


class Queue(NamedTuple):
    """
    Entries by their cost: a heap for the bucket at hand, chains of entries for those to come.

    Attributes
    ----------
    heap
        Room for one entry more than there are arcs.
    bucket
        Last entry filed in each bucket, -1 where there is none; as many as a power of two.
    entry, before
        Filed entries, and the one filed before each in its bucket.
    """

    heap: Numbers
    bucket: Numbers
    entry: Numbers
    before: Numbers


class Bounds(NamedTuple):
    """
    Costs between landmarks and nodes, node by node, -1 where there is no path.

    Attributes
    ----------
    table
        ``table[v * columns + c]``: for the even ``c`` of a landmark the cost from it to ``v``, for ``c + 1``
        the cost from ``v`` to it.
    columns : int
        Twice as many as there are landmarks.
    chosen
        Even columns of the landmarks to be asked.
    """

    table: Numbers
    columns: int
    chosen: Numbers


def push(heap: Numbers, size: int, entry: int) -> int:
    """Put an entry on a heap in which four lie below each; the new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 2
        if heap[above] <= entry:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = entry
    return size + 1


def pop(heap: Numbers, size: int) -> int:
    """Take the first entry off a heap; the new size."""
    size -= 1
    entry, at = heap[size], 0
    while True:
        first = 4 * at + 1
        if first >= size:
            break
        least = first
        for below in range(first + 1, min(first + 4, size)):
            if heap[below] < heap[least]:
                least = below
        if heap[least] >= entry:
            break
        heap[at] = heap[least]
        at = least
    heap[at] = entry
    return size


def grow(
    rows: Rows,
    root: int,
    is_wanted: Numbers,
    missing: int,
    bits: int,
    width: int,
    labels: Labels,
    queue: Queue,
) -> None:
    """
    Dijkstra's algorithm (Numerische Mathematik 1, 1959) until nothing, or nothing wanted, is missing.

    The queue is that of Cherkassky, Goldberg and Silverstein (SIAM Journal on Computing 28, 1999): buckets of
    ``2**width`` of cost each, and a heap for the one that is being emptied. No arc spans all buckets.
    """
    first, ends, weights, arcs = rows
    distance, last = labels
    heap, bucket, entries, before = queue
    mask, around = (1 << bits) - 1, len(bucket) - 1
    distance[root] = 0
    size, now, filed, waiting = push(heap, 0, root), 0, 0, 0
    while True:
        while size > 0:
            entry = heap[0]
            size = pop(heap, size)
            node, cost = entry & mask, entry >> bits
            if cost > distance[node]:
                continue
            if is_wanted[node]:
                missing -= 1
                if missing == 0:
                    return
            for i in range(first[node], first[node + 1]):
                end, reached = ends[i], cost + weights[i]
                if reached >= distance[end]:
                    continue
                distance[end], last[end] = reached, arcs[i]
                place = reached >> width
                if place == now:
                    size = push(heap, size, (reached << bits) | end)
                else:
                    entries[filed], before[filed] = (reached << bits) | end, bucket[place & around]
                    bucket[place & around] = filed
                    filed, waiting = filed + 1, waiting + 1
        if waiting == 0:
            return
        while bucket[now & around] < 0:
            now += 1
        at, bucket[now & around] = bucket[now & around], -1
        while at >= 0:
            size, waiting, at = push(heap, size, entries[at]), waiting - 1, before[at]


def meet(  # noqa: PLR0913, PLR0917 - both sides of a search, as the compiler wants them
    ahead: Rows,
    back: Rows,
    source: int,
    target: int,
    bits: int,
    behind: Labels,
    before: Labels,
    heap: Numbers,
    other_heap: Numbers,
) -> int:
    """
    Search from both ends (Pohl, Machine Intelligence 6, 1971): node where the halves of a cheapest path meet.

    -1 where there is no path. No path that is still unknown costs less than what both sides have settled; the
    side whose queue is shorter goes on.
    """
    behind.distance[source], before.distance[target] = 0, 0
    size, other_size = push(heap, 0, source), push(other_heap, 0, target)
    best, meeting = UNREACHABLE, -1
    while size > 0 and other_size > 0 and (heap[0] >> bits) + (other_heap[0] >> bits) < best:
        if size <= other_size:
            size, best, meeting = _advance(
                ahead, bits, behind, before, heap, size, other_heap[0] >> bits, best, meeting
            )
        else:
            other_size, best, meeting = _advance(
                back, bits, before, behind, other_heap, other_size, heap[0] >> bits, best, meeting
            )
    return meeting


def _advance(  # noqa: PLR0913, PLR0917 - one side of a search, as the compiler wants it
    rows: Rows,
    bits: int,
    labels: Labels,
    other: Labels,
    heap: Numbers,
    size: int,
    settled: int,
    best: int,
    meeting: int,
) -> tuple[int, int, int]:
    """Settle a few nodes of a side; size of its queue, cost of the best path and where that meets."""
    first, ends, weights, arcs = rows
    distance, last = labels
    mask, across = (1 << bits) - 1, other.distance
    for _ in range(_AT_ONCE):
        if size == 0 or (heap[0] >> bits) + settled >= best:
            break
        node, cost = heap[0] & mask, heap[0] >> bits
        size = pop(heap, size)
        if cost > distance[node]:
            continue
        for i in range(first[node], first[node + 1]):
            end, reached = ends[i], cost + weights[i]
            if reached >= distance[end]:
                continue
            distance[end], last[end] = reached, arcs[i]
            if across[end] < best - reached:
                best, meeting = reached + across[end], end
            if reached + settled < best:
                size = push(heap, size, (reached << bits) | end)
    return size, best, meeting


def steer(
    rows: Rows,
    source: int,
    target: int,
    bits: int,
    bounds: Bounds,
    labels: Labels,
    rest: Numbers,
    heap: Numbers,
) -> None:
    """
    Search towards a target by bounds on the rest of the way (Hart, Nilsson and Raphael, IEEE TSSC 4, 1968).

    The bounds are consistent, so a node that was settled is final. ``rest`` keeps those that were asked for.
    """
    first, ends, weights, arcs = rows
    distance, last = labels
    mask = (1 << bits) - 1
    distance[source], rest[source] = 0, bound(bounds, source, target)
    size = push(heap, 0, (rest[source] << bits) | source) if rest[source] >= 0 else 0
    while size > 0:
        node, whole = heap[0] & mask, heap[0] >> bits
        if node == target:
            return
        size, cost = pop(heap, size), distance[node]
        if whole > cost + rest[node]:
            continue
        for i in range(first[node], first[node + 1]):
            end, reached = ends[i], cost + weights[i]
            if reached >= distance[end]:
                continue
            if distance[end] == UNREACHABLE:
                rest[end] = bound(bounds, end, target)
            if rest[end] >= 0:
                distance[end], last[end] = reached, arcs[i]
                size = push(heap, size, ((reached + rest[end]) << bits) | end)


def bound(bounds: Bounds, node: int, target: int) -> int:
    """
    Lower bound on the cost from a node to a target by the triangle inequality; -1 where no way leads there.

    For a landmark ``L``: ``d(v, t) >= d(L, t) - d(L, v)`` and ``d(v, t) >= d(v, L) - d(t, L)``.
    """
    table, columns, chosen = bounds
    best = 0
    for k in range(len(chosen)):
        here, there = node * columns + chosen[k], target * columns + chosen[k]
        if table[there] >= 0 and table[here] >= 0:
            best = max(best, table[there] - table[here])
        elif table[here] >= 0:
            return _NEVER
        here, there = here + 1, there + 1
        if table[there] >= 0:
            if table[here] < 0:
                return _NEVER
            best = max(best, table[here] - table[there])
    return best


def inside(  # noqa: PLR0913, PLR0917 - two trees and what is lost, as the compiler wants them
    rows: Rows,
    back: Rows,
    behind: Labels,
    ahead: Labels,
    leaves: Numbers,
    joins: Numbers,
    group: Numbers,
    lost: int,
    at: int,
    members: Numbers,
    bits: int,
    best: int,
    labels: Labels,
    heap: Numbers,
) -> tuple[int, int, int]:
    """
    Cheapest way round one arc of a path through nodes whose paths to both ends hold it.

    Only one-way roads, and roads that cost nothing, make such nodes: they are reached from others whose cost
    stands, and left for others from which it stands. Below ``best``: cost, last node and last arc; else -1.
    """
    first, ends, weights, arcs = rows
    distance, last = labels
    mask, leaving, over = (1 << bits) - 1, -1, -1
    size = enter(back, behind, leaves, group, lost, at, members, bits, labels, heap)
    while size > 0 and heap[0] >> bits < best:
        node, reached = heap[0] & mask, heap[0] >> bits
        size = pop(heap, size)
        if reached > distance[node]:
            continue
        for i in range(first[node], first[node + 1]):
            end, total = ends[i], reached + weights[i]
            if group[arcs[i]] == lost:
                continue
            if joins[end] > at:
                if total + ahead.distance[end] < best:
                    best, leaving, over = total + ahead.distance[end], node, arcs[i]
            elif joins[end] >= 0 and leaves[end] > at and total < distance[end]:
                distance[end], last[end] = total, arcs[i]
                size = push(heap, size, (total << bits) | end)
    return best, leaving, over


def enter(  # noqa: PLR0913, PLR0917 - a tree and what is lost, as the compiler wants them
    back: Rows,
    behind: Labels,
    leaves: Numbers,
    group: Numbers,
    lost: int,
    at: int,
    members: Numbers,
    bits: int,
    labels: Labels,
    heap: Numbers,
) -> int:
    """Put nodes on a heap by what they cost from those around whose cost stands; how many."""
    first, starts, weights, arcs = back
    distance, last = labels
    size = 0
    for k in range(len(members)):
        node = members[k]
        distance[node], last[node] = UNREACHABLE, -1
        for i in range(first[node], first[node + 1]):
            start = starts[i]
            if not 0 <= leaves[start] <= at or group[arcs[i]] == lost:
                continue
            reached = behind.distance[start] + weights[i]
            if reached < distance[node]:
                distance[node], last[node] = reached, arcs[i]
        if distance[node] < UNREACHABLE:
            size = push(heap, size, (distance[node] << bits) | node)
    return size


def around(  # noqa: PLR0913, PLR0917 - a search and what is lost, as the compiler wants them
    rows: Rows,
    source: int,
    target: int,
    bits: int,
    rest: Numbers,
    group: Numbers,
    lost: int,
    labels: Labels,
    heap: Numbers,
) -> None:
    """
    Search towards a target without one group (Hart, Nilsson and Raphael, IEEE TSSC 4, 1968).

    ``rest`` is what the way on costs with nothing lost: a loss only makes it longer, so it stays a bound.
    """
    first, ends, weights, arcs = rows
    distance, last = labels
    mask = (1 << bits) - 1
    distance[source] = 0
    size = push(heap, 0, (rest[source] << bits) | source)
    while size > 0:
        node, whole = heap[0] & mask, heap[0] >> bits
        if node == target:
            return
        size, cost = pop(heap, size), distance[node]
        if whole > cost + rest[node]:
            continue
        for i in range(first[node], first[node + 1]):
            end, reached = ends[i], cost + weights[i]
            if group[arcs[i]] == lost or rest[end] == UNREACHABLE or reached >= distance[end]:
                continue
            distance[end], last[end] = reached, arcs[i]
            size = push(heap, size, ((reached + rest[end]) << bits) | end)


def augment(  # noqa: PLR0913, PLR0917 - a flow, as the compiler wants it
    ahead: Rows,
    back: Rows,
    tails: Numbers,
    heads: Numbers,
    starts: Numbers,
    is_end: Numbers,
    room: Numbers,
    load: Numbers,
    last: Numbers,
    waiting: Numbers,
) -> bool:
    """
    Lead one path more from some places to others over arcs with room, or by taking another path off an arc.

    The path has the fewest arcs (Edmonds and Karp, Journal of the ACM 19, 1972). ``last`` keeps how each
    place was reached: -1 not at all, -2 a start, else twice the arc, and one more where a path was taken off.
    """
    size = 0
    for node in range(len(last)):
        last[node] = -1
    for k in range(len(starts)):
        waiting[size], last[starts[k]] = starts[k], -2
        size += 1
    at, node = 0, -1
    while at < size:
        node = waiting[at]
        if is_end[node]:
            break
        at += 1
        for i in range(back.first[node], back.first[node + 1]):
            if load[back.arc[i]] > 0 and last[back.end[i]] == -1:
                last[back.end[i]] = 2 * back.arc[i] + 1
                waiting[size] = back.end[i]
                size += 1
        for i in range(ahead.first[node], ahead.first[node + 1]):
            if load[ahead.arc[i]] < room[ahead.arc[i]] and last[ahead.end[i]] == -1:
                last[ahead.end[i]] = 2 * ahead.arc[i]
                waiting[size] = ahead.end[i]
                size += 1
    if at == size:
        return False
    while last[node] >= 0:
        arc, is_off = last[node] >> 1, last[node] & 1
        load[arc] += 1 - 2 * is_off
        node = heads[arc] if is_off else tails[arc]
    return True


def lose(  # noqa: PLR0913, PLR0917 - a tree and what is lost, as the compiler wants them
    rows: Rows,
    back: Rows,
    tree: Labels,
    first_below: Numbers,
    below: Numbers,
    heads: Numbers,
    lost: Numbers,
    is_lost: Numbers,
    side: Numbers,
    members: Numbers,
    wanted: Numbers,
    is_wanted: Numbers,
    bits: int,
    labels: Labels,
    heap: Numbers,
    found: Numbers,
) -> None:
    """
    Cost of each wanted node without some arcs of a tree: the nodes below these are searched again.

    ``side`` is 0 for a node of the tree and -1 for others; meanwhile 1 for those below. The search ends where
    all wanted nodes among these have their cost.
    """
    count, missing = sink(tree, first_below, below, heads, lost, side, members, is_wanted)
    for k in range(len(lost)):
        is_lost[lost[k]] = 1
    first, ends, weights, arcs = rows
    distance, mask = labels.distance, (1 << bits) - 1
    size = enter(back, tree, side, is_lost, 1, 0, members[:count], bits, labels, heap)
    while size > 0 and missing > 0:
        node, reached = heap[0] & mask, heap[0] >> bits
        size = pop(heap, size)
        if reached > distance[node]:
            continue
        missing -= is_wanted[node]
        for i in range(first[node], first[node + 1]):
            end, total = ends[i], reached + weights[i]
            if side[end] == 1 and total < distance[end] and not is_lost[arcs[i]]:
                distance[end] = total
                size = push(heap, size, (total << bits) | end)
    for k in range(len(wanted)):
        node = wanted[k]
        found[k] = distance[node] if side[node] == 1 else tree.distance[node]
    for k in range(len(lost)):
        is_lost[lost[k]] = 0
    for k in range(count):
        side[members[k]] = 0


def sink(
    tree: Labels,
    first_below: Numbers,
    below: Numbers,
    heads: Numbers,
    lost: Numbers,
    side: Numbers,
    members: Numbers,
    is_wanted: Numbers,
) -> tuple[int, int]:
    """Write down the nodes below some arcs of a tree and mark them; how many, and how many are wanted."""
    count, wanted, at = 0, 0, 0
    for k in range(len(lost)):
        top = heads[lost[k]]
        if tree.arc[top] == lost[k] and side[top] == 0:
            side[top], members[count] = 1, top
            count += 1
    while at < count:
        node = members[at]
        at, wanted = at + 1, wanted + is_wanted[node]
        for i in range(first_below[node], first_below[node + 1]):
            if side[below[i]] == 0:
                side[below[i]], members[count] = 1, below[i]
                count += 1
    return count, wanted


def follow(last: Numbers, far: Numbers, node: int, path: Numbers) -> int:
    """Write the arcs from a node back to the root of its labels into a path; how many there are."""
    count = 0
    while last[node] >= 0:
        path[count] = last[node]
        node = far[path[count]]
        count += 1
    return count


def walk(first: Numbers, ends: Numbers, order: Numbers, is_seen: Numbers, waiting: Numbers) -> None:
    """Nodes depth first, those that a walk from the nodes before does not reach following."""
    count = 0
    for start in range(len(order)):
        waiting[0], size = start, 1
        while size > 0:
            size -= 1
            node = waiting[size]
            if is_seen[node]:
                continue
            is_seen[node], order[count] = 1, node
            count += 1
            for i in range(first[node], first[node + 1]):
                if not is_seen[ends[i]]:
                    waiting[size] = ends[i]
                    size += 1
