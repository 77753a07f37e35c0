"""
Loops of the search for best compromises, over arrays of whole numbers.

Each is plain Python for a small network and compiled for a large one (:mod:`cmcoord_geo.compiled`); in
plain Python the arrays are lists. Nothing here allocates: a loop that runs out of room says so, and is
called again with more.

Notation of the papers: ``g`` is the cost of a label, ``h`` the lower bound on the rest of its way
(``ahead``), and ``f = g + h``.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Final, TypeAlias

#: An array where compiled, a list where not.
Numbers: TypeAlias = MutableSequence[int]
#: Queue: key and label of each entry, the lowest key first.
Queue: TypeAlias = tuple[Numbers, Numbers]
#: Arcs by node: begin and end of the row of each node, other end of each arc, costs side by side.
Rows: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: Labels: node, place in ``Rows`` of the arc that led there, label before.
Pool: TypeAlias = tuple[Numbers, Numbers, Numbers]
#: Fronts: begin, count and room of each node, and the vectors of all.
Fronts: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: Target, most labels to keep, labels to settle before a pause, numerator and shift of 1 + epsilon.
Asked: TypeAlias = tuple[int, int, int, int, int]
#: Entries in the queue, labels, answers, vectors that the fronts have room for.
Counts: TypeAlias = tuple[int, int, int, int]

FINISHED: Final = 0
PAUSED: Final = 1
FULL: Final = 2
STOPPED: Final = 3
#: Lower bound where the target is out of reach: added to any cost it still fits 64 bits.
FAR: Final = 2**62 - 1
NONE: Final = -1
MERGED: Final = -2


def grow_bounds(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
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
    keys, nodes = queue
    first, stop, tails, cost = rows
    while size > 0 and keys[0] <= within:
        key, node = keys[0], nodes[0]
        is_off = False
        if key <= distance[node] and other[node] <= other_within:
            for k in range(first[node], stop[node]):
                tail, reached = tails[k], key + cost[k]
                if reached < distance[tail]:
                    distance[tail], toward[tail] = reached, k
                    size = _queue(queue, size, reached, tail, is_off)
                    is_off = True
        if not is_off:
            size = _pop(queue, size)
        if node == until:
            break
    return size


def settle_pairs(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    queue: Queue, pool: Pool, found: Numbers, lowest: Numbers, rows: Rows, ahead: Numbers,
    frame: tuple[int, int, int, int, int], asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Bi-objective search with dominance in constant time: BOA* (Hernandez et al., AIJ 314, 2023).

    Labels come in lexicographic order of ``f``, so the lowest second ``g`` settled at a node says all: what
    follows has no lower first one. A key holds both ``f``, counted from those of the source.

    Parameters
    ----------
    found : array of int
        Label and both costs of each answer.
    lowest : array of int
        Lowest second ``g`` settled at each node.
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
    keys, labels = queue
    node_of, via, before = pool
    first, stop, ends, cost = rows
    from_1, from_2, most_1, most_2, bits = frame
    target, most_labels, left, over, under = asked
    size, n_labels, n_found, n_kept = counts
    while size > 0:
        key, label = keys[0], labels[0]
        node = node_of[label]
        status = _status(n_labels, stop[node] - first[node], len(node_of), most_labels, left)
        if status != FINISHED:
            return status, (size, n_labels, n_found, n_kept)
        left -= 1
        f_1, f_2 = from_1 + (key >> bits), from_2 + (key & ((1 << bits) - 1))
        g_1, g_2 = f_1 - ahead[2 * node], f_2 - ahead[2 * node + 1]
        is_open = not (
            _is_matched(lowest, node, g_2) or _is_matched(lowest, target, (f_2 * over) >> under)
        )
        is_off = False
        if is_open:
            lowest[node] = g_2
        if is_open and node == target:
            found[3 * n_found], found[3 * n_found + 1], found[3 * n_found + 2] = label, g_1, g_2
            n_found += 1
        elif is_open:
            for k in range(first[node], stop[node]):
                end = ends[k]
                if _is_matched(lowest, end, g_2 + cost[2 * k + 1]):
                    continue
                f_1 = g_1 + cost[2 * k] + ahead[2 * end]
                f_2 = g_2 + cost[2 * k + 1] + ahead[2 * end + 1]
                if f_1 > most_1 or f_2 > most_2:
                    continue
                if _is_matched(lowest, target, (f_2 * over) >> under):
                    continue
                node_of[n_labels], via[n_labels], before[n_labels] = end, k, label
                key = ((f_1 - from_1) << bits) | (f_2 - from_2)
                size = _queue(queue, size, key, n_labels, is_off)
                is_off = True
                n_labels += 1
        if not is_off:
            size = _pop(queue, size)
    return FINISHED, (size, n_labels, n_found, n_kept)


def settle_many(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    queue: Queue, pool: Pool, f: Numbers, found: Numbers, fronts: Fronts, rows: Rows, ahead: Numbers,
    frame: tuple[Numbers, Numbers, Numbers], asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Multi-objective search with truncated dominance: LTMOA* (Hernandez et al., IJCAI 2023).

    As :func:`settle_pairs`, for any number of criteria. A key holds ``f`` of the leading criteria, as many as
    fit. Answers with the same key come in no order, and one may dominate another.

    Parameters
    ----------
    f : array of int
        Of each label, criteria side by side.
    found : array of int
        Labels of the answers.
    fronts : Fronts
        ``f`` of the labels settled at each node, without the first criterion, by rising second one.
    ahead : array of int
        All lower bounds of each node, side by side.
    frame : three arrays of int
        ``f`` of the source, the highest allowed, and how many values those of the leading criteria can take.
    """
    labels = queue[1]
    node_of, via, before = pool
    first, stop, ends, cost = rows
    start, most, radix = frame
    target, most_labels, left, over, under = asked
    size, n_labels, n_found, n_kept = counts
    width = len(start)
    while size > 0:
        label = labels[0]
        node = node_of[label]
        status = _status(n_labels, stop[node] - first[node] + 1, len(node_of), most_labels, left)
        if status == FINISHED and not _has_room(fronts, node, n_kept, width):
            status = FULL
        if status != FINISHED:
            return status, (size, n_labels, n_found, n_kept)
        left -= 1
        is_open = not (
            _covers(fronts, node, f, label, width, 1, 0)
            or _covers(fronts, target, f, label, width, over, under)
        )
        is_off = False
        if is_open:
            n_kept = _settle(fronts, node, f, label, width, n_kept)
        if is_open and node == target:
            found[n_found] = label
            n_found += 1
        elif is_open:
            for k in range(first[node], stop[node]):
                end = ends[k]
                if not _moves(f, label, n_labels, node, end, k, cost, ahead, most):
                    continue
                if _covers(fronts, end, f, n_labels, width, 1, 0):
                    continue
                if _covers(fronts, target, f, n_labels, width, over, under):
                    continue
                node_of[n_labels], via[n_labels], before[n_labels] = end, k, label
                size = _queue(queue, size, _key(f, n_labels, start, radix), n_labels, is_off)
                is_off = True
                n_labels += 1
        if not is_off:
            size = _pop(queue, size)
    return FINISHED, (size, n_labels, n_found, n_kept)


def settle_merged(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    queue: Queue, pool: Pool, f: Numbers, own: Numbers, waiting: tuple[Numbers, Numbers], found: Numbers,
    fronts: Fronts, rows: Rows, ahead: Numbers, frame: tuple[Numbers, Numbers, Numbers, Numbers],
    asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Approximate search in which labels at a node are merged: A*pex (Zhang et al., ICAPS 2022).

    As :func:`settle_many`, but a label stands for several paths: its ``f`` is the lowest of theirs in each
    criterion, ``own`` is that of the one path that is kept, at most 1 + epsilon times as high.

    Parameters
    ----------
    waiting : two arrays of int
        For each node the label that joined its queue last, for each label the one before; `MERGED` for labels
        that another one stands for.
    frame : four arrays of int
        As there, and the numerator of 1 + epsilon in each criterion.
    """
    labels = queue[1]
    node_of, via, before = pool
    first, stop, ends, cost = rows
    start, most, radix, overs = frame
    target, most_labels, left, over, under = asked
    size, n_labels, n_found, n_kept = counts
    width = len(start)
    while size > 0:
        label = labels[0]
        node = node_of[label]
        status = _status(n_labels, stop[node] - first[node] + 1, len(node_of), most_labels, left)
        if status == FINISHED and not _has_room(fronts, node, n_kept, width):
            status = FULL
        if status != FINISHED:
            return status, (size, n_labels, n_found, n_kept)
        left -= 1
        is_open = waiting[1][label] != MERGED
        if is_open:
            _unlink(waiting, node, label)
            is_open = not (
                _covers(fronts, node, f, label, width, 1, 0)
                or _covers(fronts, target, f, label, width, over, under)
            )
        is_off = False
        if is_open and node == target:
            n_kept = _settle(fronts, node, own, label, width, n_kept)
            found[n_found] = label
            n_found += 1
        elif is_open:
            n_kept = _settle(fronts, node, f, label, width, n_kept)
            for k in range(first[node], stop[node]):
                end = ends[k]
                if not _moves(f, label, n_labels, node, end, k, cost, ahead, most):
                    continue
                if _covers(fronts, end, f, n_labels, width, 1, 0):
                    continue
                if _covers(fronts, target, f, n_labels, width, over, under):
                    continue
                _moves(own, label, n_labels, node, end, k, cost, ahead, most)
                node_of[n_labels], via[n_labels], before[n_labels] = end, k, label
                _merge(pool, f, own, waiting, n_labels, overs, under)
                size = _queue(queue, size, _key(f, n_labels, start, radix), n_labels, is_off)
                is_off = True
                n_labels += 1
        if not is_off:
            size = _pop(queue, size)
    return FINISHED, (size, n_labels, n_found, n_kept)


def unfold(
    pool: Pool, found: Numbers, arc_at: Numbers, shortcuts: tuple[int, Numbers, Numbers], is_reversed: int,
    first: Numbers, arcs: Numbers,
) -> int:  # fmt: skip
    """
    Arcs of the path of each answer, as they are driven, shortcuts undone.

    Parameters
    ----------
    found : array of int
        Labels of the answers.
    arc_at : array of int
        Arc or shortcut at each place of ``Rows``.
    shortcuts : int and two arrays of int
        Number of the first shortcut, first part of each one, and the parts.
    is_reversed : int
        1 where labels come from the end of the path, 0 where they come from its beginning.
    first, arcs : array of int
        Filled: first arc of each answer, and the arcs. Without room for arcs, ``first`` alone.

    Returns
    -------
    int
        All arcs together.
    """
    _, via, before = pool
    n_arcs, part_first, parts = shortcuts
    for answer in range(len(first) - 1):
        label, count = found[answer], 0
        while before[label] != NONE:
            arc = arc_at[via[label]]
            is_shortcut = arc >= n_arcs
            begin = part_first[arc - n_arcs] if is_shortcut else 0
            end = part_first[arc - n_arcs + 1] if is_shortcut else 1
            if len(arcs) > 0:
                for i in range(end - begin):
                    place = first[answer] + count + i
                    part = begin + i
                    if is_reversed == 0:
                        place = first[answer + 1] - 1 - count - i
                        part = end - 1 - i
                    arcs[place] = parts[part] if is_shortcut else arc
            count += end - begin
            label = before[label]
        first[answer + 1] = first[answer] + count
    return first[len(first) - 1]


def _status(n_labels: int, n_more: int, room: int, most: int, left: int) -> int:
    """Whether a loop may go on (FINISHED) with labels for the arcs of one node, or why not."""
    if n_labels > most:
        return STOPPED
    if n_labels + n_more > room:
        return FULL
    return PAUSED if left == 0 else FINISHED


def _is_matched(lowest: Numbers, node: int, g_2: int) -> bool:
    """Whether a label settled at a node has no higher second ``g``; its first is no higher, being settled."""
    return lowest[node] <= g_2


def _moves(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    f: Numbers, label: int, new: int, node: int, end: int, k: int, cost: Numbers, ahead: Numbers,
    most: Numbers,
) -> bool:  # fmt: skip
    """Write down ``f`` of a new label behind an arc; whether it is within the highest allowed."""
    width, is_within = len(most), True
    for i in range(width):
        g = f[label * width + i] - ahead[node * width + i] + cost[k * width + i]
        f[new * width + i] = g + ahead[end * width + i]
        is_within = is_within and f[new * width + i] <= most[i]
    return is_within


def _key(f: Numbers, label: int, start: Numbers, radix: Numbers) -> int:
    """``f`` of the leading criteria in one number, lexicographically."""
    key = 0
    for i in range(len(radix)):
        key = key * radix[i] + f[label * len(start) + i] - start[i]
    return key


def _merge(
    pool: Pool, f: Numbers, own: Numbers, waiting: tuple[Numbers, Numbers], new: int, overs: Numbers,
    under: int,
) -> None:  # fmt: skip
    """Let a new label stand for one that waits at its node, if a path of the two can; then it waits."""
    node_of, via, before = pool
    last, previous = waiting
    node, width = node_of[new], len(overs)
    old = last[node]
    while old != NONE:
        fits_new, fits_old = True, True
        for i in range(width):
            most = (min(f[new * width + i], f[old * width + i]) * overs[i]) >> under
            fits_new = fits_new and own[new * width + i] <= most
            fits_old = fits_old and own[old * width + i] <= most
        if fits_new or fits_old:
            for i in range(width):
                f[new * width + i] = min(f[new * width + i], f[old * width + i])
                if not fits_new:
                    own[new * width + i] = own[old * width + i]
            if not fits_new:
                via[new], before[new] = via[old], before[old]
            _unlink(waiting, node, old)
            previous[old] = MERGED
            break
        old = previous[old]
    previous[new] = last[node]
    last[node] = new


def _unlink(waiting: tuple[Numbers, Numbers], node: int, label: int) -> None:
    """Take a label out of those that wait at its node."""
    last, previous = waiting
    if last[node] == label:
        last[node] = previous[label]
        return
    at = last[node]
    while previous[at] != label:
        at = previous[at]
    previous[at] = previous[label]


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
    # of two numbers that are left, fronts are stairs: the nearest step decides
    for row in range(low - 1, (max(low - 2, NONE) if rest <= 2 else NONE), -1):
        is_as_good = True
        for i in range(1, rest):
            if kept[(here + row) * rest + i] > (f[mine + i] * over) >> under:
                is_as_good = False
        if is_as_good:
            return True
    return False


def _has_room(fronts: Fronts, node: int, n_kept: int, width: int) -> bool:
    """Whether one more vector fits into the front of a node, moved if need be."""
    _, count, room, kept = fronts
    return count[node] < room[node] or (n_kept + 2 * room[node] + 2) * (width - 1) <= len(kept)


def _settle(fronts: Fronts, node: int, f: Numbers, label: int, width: int, n_kept: int) -> int:
    """Add a label to the front of its node, where nothing covers it, in place of what it covers."""
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
    size = _drop_covered(kept, here, place, size, f, mine, rest)
    for i in range((size - place) * rest - 1, -1, -1):
        kept[here + (place + 1) * rest + i] = kept[here + place * rest + i]
    for i in range(rest):
        kept[here + place * rest + i] = f[mine + i]
    count[node] = size + 1
    return n_kept


def _drop_covered(
    kept: Numbers, here: int, place: int, size: int, f: Numbers, mine: int, rest: int
) -> int:
    """Close up over the vectors from a place on that are nowhere better than a label; how many are left."""
    left = place
    for row in range(place, size):
        is_better = False
        for i in range(rest):
            if kept[here + row * rest + i] < f[mine + i]:
                is_better = True
        if is_better:
            for i in range(rest):
                kept[here + left * rest + i] = kept[here + row * rest + i]
            left += 1
    return left


def _queue(queue: Queue, size: int, key: int, label: int, is_off: bool) -> int:  # noqa: FBT001
    """Queue a label, in the place of the first one unless that is off already; returns the new size."""
    return _push(queue, size, key, label) if is_off else _put_first(queue, size, key, label)


def _push(queue: Queue, size: int, key: int, label: int) -> int:
    """Queue a label (binary heap); returns the new size."""
    keys, labels = queue
    at = size
    while at > 0 and key < keys[(at - 1) >> 1]:
        above = (at - 1) >> 1
        keys[at], labels[at] = keys[above], labels[above]
        at = above
    keys[at], labels[at] = key, label
    return size + 1


def _pop(queue: Queue, size: int) -> int:
    """Take the first label off; returns the new size."""
    keys, labels = queue
    return _put_first(queue, size - 1, keys[size - 1], labels[size - 1])


def _put_first(queue: Queue, size: int, key: int, label: int) -> int:
    """Take the first label off and queue another one instead: quick where that is soon to come."""
    keys, labels = queue
    at, below = 0, 1
    while below < size:
        if below + 1 < size:
            below += keys[below + 1] < keys[below]
        if key <= keys[below]:
            break
        keys[at], labels[at] = keys[below], labels[below]
        at, below = below, 2 * below + 1
    keys[at], labels[at] = key, label
    return size
