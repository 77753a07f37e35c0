"""
Loops of the search for best compromises, over arrays of whole numbers.

Each is plain Python for a small network and compiled for a large one (:mod:`cmcoord_geo.compiled`); in plain
Python the arrays are lists. Nothing here allocates: a loop that runs out of room says so, and is called again
with more.

Notation of the papers: ``g`` is the cost of a label, ``h`` the lower bound on the rest (``ahead``), ``f = g + h``.
At one node a lower ``f`` is a lower ``g``, so that ``f`` alone is carried.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Final, TypeAlias

#: An array where compiled, a list where not.
Numbers: TypeAlias = MutableSequence[int]
#: Queue: key and label of each entry; labels with the same key come by their rows of ``f``, then by age.
Queue: TypeAlias = tuple[Numbers, Numbers, Numbers, int]
#: Arcs by node: begin and end of the row of each node, other end of each arc, costs side by side.
Rows: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: Labels: node, place in ``Rows`` of the arc that led there, label before.
Pool: TypeAlias = tuple[Numbers, Numbers, Numbers]
#: Fronts: begin, count and room of each node, and the vectors of all.
Fronts: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: Entries in the queue, labels, answers, vectors in the fronts (with their room).
Counts: TypeAlias = tuple[int, int, int, int]
#: Target, most labels to keep, labels to settle before a pause, numerator and shift of 1 + epsilon.
Asked: TypeAlias = tuple[int, int, int, int, int]

FINISHED, PAUSED, FULL, STOPPED = 0, 1, 2, 3
#: Lower bound where the target is out of reach: added to any cost it still fits 64 bits.
FAR: Final = 2**62 - 1
NONE: Final = -1


def grow_bounds(
    queue: Queue, size: int, rows: Rows, distance: Numbers, toward: Numbers, until: int, within: int,
    other: Numbers, other_within: int,
) -> int:  # fmt: skip
    """
    Dijkstra's algorithm backwards, to one node or to all within a cost; called again, it goes on.

    Nodes whose ``other`` lower bound is above ``other_within`` lie on no path of interest.

    Returns
    -------
    int
        Entries left in the queue. Distances up to ``within`` are exact, higher ones only not too low.
    """
    keys, nodes, _, _ = queue
    first, stop, tails, cost = rows
    while size > 0 and keys[0] <= within:
        key, node = keys[0], nodes[0]
        size = _pop(queue, size)
        if key > distance[node] or other[node] > other_within:
            continue
        for k in range(first[node], stop[node]):
            tail, reached = tails[k], key + cost[k]
            if reached < distance[tail]:
                distance[tail] = reached
                toward[tail] = k
                size = _push(queue, size, reached, tail)
        if node == until:
            break
    return size


def settle_pairs(
    queue: Queue, pool: Pool, found: Numbers, lowest: Numbers, rows: Rows, ahead: Numbers,
    frame: tuple[int, int, int, int, int], asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Bi-objective search with dominance in constant time: BOA* (Hernandez et al., AIJ 314, 2023).

    Labels come in lexicographic order, so the lowest second ``f`` settled at a node says all: what follows
    has no lower first one. A key holds both, each counted from that of the source.

    Parameters
    ----------
    lowest : array of int
        Lowest second ``f`` settled at each node.
    ahead : array of int
        Both lower bounds of each node, one beside the other.
    frame : five int
        Both ``f`` of the source, the highest allowed of each, and the bits that the second takes in a key.

    Returns
    -------
    int
        FINISHED, PAUSED after so many labels, FULL when the pool needs room, STOPPED at the limit on labels.
    Counts
        To be handed in again.
    """
    keys, labels, _, _ = queue
    node_of, via, before = pool
    first, stop, ends, cost = rows
    from_1, from_2, most_1, most_2, bits = frame
    target, most_labels, left, over, under = asked
    size, n_labels, n_found, n_kept = counts
    while size > 0:
        if n_labels > most_labels:
            return STOPPED, (size, n_labels, n_found, n_kept)
        key, label = keys[0], labels[0]
        node = node_of[label]
        if n_labels + stop[node] - first[node] > len(node_of):
            return FULL, (size, n_labels, n_found, n_kept)
        if left == 0:
            return PAUSED, (size, n_labels, n_found, n_kept)
        left -= 1
        size = _pop(queue, size)
        f_1, f_2 = from_1 + (key >> bits), from_2 + (key & ((1 << bits) - 1))
        if _is_matched(lowest, node, f_2) or _is_matched(lowest, target, (f_2 * over) >> under):
            continue
        lowest[node] = f_2
        if node == target:
            found[n_found] = label
            n_found += 1
            continue
        g_1, g_2 = f_1 - ahead[2 * node], f_2 - ahead[2 * node + 1]
        for k in range(first[node], stop[node]):
            end = ends[k]
            f_1 = g_1 + cost[2 * k] + ahead[2 * end]
            f_2 = g_2 + cost[2 * k + 1] + ahead[2 * end + 1]
            if f_1 > most_1 or f_2 > most_2:
                continue
            if _is_matched(lowest, end, f_2) or _is_matched(lowest, target, (f_2 * over) >> under):
                continue
            node_of[n_labels], via[n_labels], before[n_labels] = end, k, label
            size = _push(queue, size, ((f_1 - from_1) << bits) | (f_2 - from_2), n_labels)
            n_labels += 1
    return FINISHED, (size, n_labels, n_found, n_kept)


def settle_many(
    queue: Queue, pool: Pool, found: Numbers, fronts: Fronts, rows: Rows, ahead: Numbers,
    frame: tuple[Numbers, Numbers, Numbers], asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Multi-objective search with truncated dominance: LTMOA* (Hernandez et al., IJCAI 2023).

    As :func:`settle_pairs`, with any number of criteria: the fronts of the nodes leave out the first one, and
    what is worse than a newcomer in all the others goes.

    Parameters
    ----------
    fronts : Fronts
        Vectors settled at each node, without the first criterion, by rising second one.
    ahead : array of int
        All lower bounds of each node, one beside the other.
    frame : three arrays of int
        ``f`` of the source, highest allowed ``f``, and for the leading criteria what their ``f`` can take in a
        key: one more than the highest, counted from the source.
    """
    keys, labels, f, width = queue
    node_of, via, before = pool
    first, stop, ends, cost = rows
    start, most, radix = frame
    target, most_labels, left, over, under = asked
    size, n_labels, n_found, n_kept = counts
    while size > 0:
        if n_labels > most_labels:
            return STOPPED, (size, n_labels, n_found, n_kept)
        label = labels[0]
        node = node_of[label]
        if n_labels + stop[node] - first[node] >= len(node_of) or not _has_room(
            fronts, node, n_kept, width
        ):
            return FULL, (size, n_labels, n_found, n_kept)
        if left == 0:
            return PAUSED, (size, n_labels, n_found, n_kept)
        left -= 1
        size = _pop(queue, size)
        if _covers(fronts, node, f, label, width, 1, 0) or _covers(
            fronts, target, f, label, width, over, under
        ):
            continue
        n_kept = _add(fronts, node, f, label, width, n_kept)
        if node == target:
            found[n_found] = label
            n_found += 1
            continue
        for k in range(first[node], stop[node]):
            end, is_within = ends[k], True
            for i in range(width):
                g = f[label * width + i] - ahead[node * width + i]
                f[n_labels * width + i] = g + cost[k * width + i] + ahead[end * width + i]
                is_within = is_within and f[n_labels * width + i] <= most[i]
            if not is_within or _covers(fronts, end, f, n_labels, width, 1, 0):
                continue
            if _covers(fronts, target, f, n_labels, width, over, under):
                continue
            key = 0
            for i in range(len(radix)):
                key = key * radix[i] + f[n_labels * width + i] - start[i]
            node_of[n_labels], via[n_labels], before[n_labels] = end, k, label
            size = _push(queue, size, key, n_labels)
            n_labels += 1
    return FINISHED, (size, n_labels, n_found, n_kept)


def _is_matched(lowest: Numbers, node: int, f_2: int) -> bool:
    """Whether a label settled at a node has no higher second ``f``, and so, being settled, no higher first."""
    return lowest[node] <= f_2


def _covers(
    fronts: Fronts, node: int, f: Numbers, label: int, width: int, over: int, under: int
) -> bool:
    """Whether a vector settled at a node is as good as a label, or as its ``f`` times 1 + epsilon."""
    begin, count, _, kept = fronts
    here, mine, rest = begin[node], label * width + 1, width - 1
    low, high = 0, count[node]
    second = (f[mine] * over) >> under
    while low < high:
        middle = (low + high) >> 1
        if kept[(here + middle) * rest] <= second:
            low = middle + 1
        else:
            high = middle
    last = low - 2 if rest <= 2 else NONE  # two numbers make a staircase: the nearest step decides
    for row in range(low - 1, max(last, NONE), -1):
        is_as_good = True
        for i in range(1, rest):
            is_as_good = (
                is_as_good and kept[(here + row) * rest + i] <= (f[mine + i] * over) >> under
            )
        if is_as_good:
            return True
    return False


def _has_room(fronts: Fronts, node: int, n_kept: int, width: int) -> bool:
    """Whether one more vector fits into the front of a node, moved if need be."""
    _, count, room, kept = fronts
    return count[node] < room[node] or (n_kept + 2 * room[node] + 2) * (width - 1) <= len(kept)


def _add(fronts: Fronts, node: int, f: Numbers, label: int, width: int, n_kept: int) -> int:
    """Settle a label that nothing at the node covers; returns the vectors that all fronts have room for."""
    begin, count, room, kept = fronts
    rest, size = width - 1, count[node]
    if size == room[node]:  # move to the end, with twice the room
        old, new = begin[node] * rest, n_kept * rest
        for i in range(size * rest):
            kept[new + i] = kept[old + i]
        begin[node], room[node] = n_kept, 2 * size + 2
        n_kept += room[node]
    here, mine = begin[node] * rest, label * width + 1
    place = 0
    while place < size and kept[here + place * rest] < f[mine]:
        place += 1
    size = _drop_worse(kept, here, place, size, f, mine, rest)
    for i in range((size - place) * rest - 1, -1, -1):
        kept[here + (place + 1) * rest + i] = kept[here + place * rest + i]
    for i in range(rest):
        kept[here + place * rest + i] = f[mine + i]
    count[node] = size + 1
    return n_kept


def _drop_worse(
    kept: Numbers, here: int, place: int, size: int, f: Numbers, mine: int, rest: int
) -> int:
    """Close up over the rows from a place on that are nowhere better than a vector; rows left."""
    left = place
    for row in range(place, size):
        is_better = False
        for i in range(rest):
            is_better = is_better or kept[here + row * rest + i] < f[mine + i]
        if is_better:
            for i in range(rest):
                kept[here + left * rest + i] = kept[here + row * rest + i]
            left += 1
    return left


def _is_before(queue: Queue, key_a: int, a: int, key_b: int, b: int) -> bool:
    """Order of the queue: key, then rows of ``f``, then age."""
    if key_a != key_b:
        return key_a < key_b
    _, _, f, width = queue
    for i in range(width):
        if f[a * width + i] != f[b * width + i]:
            return f[a * width + i] < f[b * width + i]
    return a < b


def _push(queue: Queue, size: int, key: int, label: int) -> int:
    """Queue a label (binary heap); returns the new size."""
    keys, labels, _, _ = queue
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if not _is_before(queue, key, label, keys[above], labels[above]):
            break
        keys[at], labels[at] = keys[above], labels[above]
        at = above
    keys[at], labels[at] = key, label
    return size + 1


def _pop(queue: Queue, size: int) -> int:
    """Take the first label off; returns the new size."""
    keys, labels, _, _ = queue
    size -= 1
    key, label = keys[size], labels[size]
    at, below = 0, 1
    while below < size:
        if below + 1 < size and _is_before(
            queue, keys[below + 1], labels[below + 1], keys[below], labels[below]
        ):
            below += 1
        if not _is_before(queue, keys[below], labels[below], key, label):
            break
        keys[at], labels[at] = keys[below], labels[below]
        at, below = below, 2 * below + 1
    keys[at], labels[at] = key, label
    return size


def trace(
    pool: Pool, found: Numbers, n_found: int, first: Numbers, places: Numbers, is_counting: bool
) -> int:  # fmt: skip
    """Places in ``Rows`` from the source to each answer: first the count of each, then the places."""
    _, via, before = pool
    for answer in range(n_found):
        label, n_steps = found[answer], 0
        while before[label] != NONE:
            n_steps += 1
            if not is_counting:
                places[first[answer + 1] - n_steps] = via[label]
            label = before[label]
        if is_counting:
            first[answer + 1] = first[answer] + n_steps
    return first[n_found]
