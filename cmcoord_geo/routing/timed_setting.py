"""
Loops of the search over time, over arrays of whole numbers: drive an arc, wait at a halt, settle labels.

Plain Python for a small network and compiled for a large one, as in
:mod:`~cmcoord_geo.routing.label_setting`. Why the labels that are dropped may be dropped is said in
:mod:`~cmcoord_geo.routing.calm`.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from cmcoord_geo.routing.label_setting import (
    FAR,
    FINISHED,
    FULL,
    NONE,
    PAUSED,
    STOPPED,
    Numbers,
    Pool,
    Queue,
)

#: Slots, their seconds; and by profile and slot the speed, the factor on costs, when that next falls.
Clock: TypeAlias = tuple[int, int, Numbers, Numbers, Numbers]
#: Begin and end of all windows class by class, whether a drive must end inside, first to look at in a slot.
Windows: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: First part of each place in the rows, node behind that part, and `WIDTH` numbers for each part.
Parts: TypeAlias = tuple[Numbers, Numbers, Numbers]
#: Begin and end of each epoch, the last one that began before each slot, whose labels stand for whose,
#: whether the next one is alike, and whether labels stand by the time since their epoch began.
Epochs: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, int]
#: Least driving time and costs to the target by node; begin of the rests of each node, their ranks, times.
Ahead: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers]
#: For each node row of wait costs or -1, those costs two by two, and when it is calm, epoch by epoch.
Halts: TypeAlias = tuple[Numbers, Numbers, Numbers]
#: Begin, count and room by node, vectors of all, mark by node, last label settled there and its run.
Stairs: TypeAlias = tuple[Numbers, Numbers, Numbers, Numbers, Numbers, Numbers, Numbers]
#: Target, run, most labels, pops before a pause, latest arrival, most of both costs, shift of the first.
Asked: TypeAlias = tuple[int, int, int, int, int, int, int, int]
#: Entries in the queue, labels, answers, vectors; label that is being left, the place and second reached.
Counts: TypeAlias = tuple[int, int, int, int, int, int, int]

#: Numbers of a part: need, speeds, window class, and twice a cost with its factors.
WIDTH: Final = 7
#: Numbers of a label: when it is there, when it left the place before, both costs, label settled before.
VALUES: Final = 5
WAITED: Final = -2
#: Speed of an arc driven in its own seconds.
WHOLE: Final = 1000
#: Bits of a key for a second, and for the first cost.
SECOND_BITS: Final = 22
COST_BITS: Final = 18


def settle_timed(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    queue: Queue, pool: Pool, values: Numbers, found: Numbers, stairs: Stairs,
    rows: tuple[Numbers, Numbers, Numbers], drive: tuple[Clock, Windows, Parts], epochs: Epochs,
    halts: Halts, ahead: Ahead, asked: Asked, counts: Counts,
) -> tuple[int, Counts]:  # fmt: skip
    """
    Settle labels of one departure by the earliest they can arrive at the target, then by their own time.

    Returns
    -------
    int
        FINISHED, PAUSED after so many labels, FULL when there is no room, STOPPED at the limit on labels.
    Counts
        To be handed in again.
    """
    labels, node_of, kept = queue[1], pool[0], stairs[3]
    first, stop, ends = rows
    target, most_labels, left = asked[0], asked[2], asked[3]
    size, n_labels, n_found, n_kept, label, k, x = counts
    while size > 0 or label != NONE:
        if label == NONE:
            node = node_of[labels[0]]
            n_free = min(
                len(node_of) - n_labels - 2, len(kept) // 2 - n_kept - 2 * stairs[2][node] - 2
            )
            status = _timed_status(n_labels, n_free, most_labels, left)
            if status != FINISHED:
                return status, (size, n_labels, n_found, n_kept, label, k, x)
            left -= 1
            label = labels[0]
            size = _timed_pop(queue, size)
            is_open, n_kept = _settled(
                pool, values, stairs, drive[0], epochs, halts, ahead, asked, label, n_kept
            )
            if is_open and node == target:
                found[n_found] = label
                n_found += 1
            if not is_open or node == target:
                label = NONE
                continue
            k, x = first[node], values[VALUES * label]
        node = node_of[label]
        while k < stop[node]:
            if ends[k] == node:  # a shortcut that was opened: it leads nowhere
                k += 1
                continue
            if n_labels + 1 >= len(node_of):
                return FULL, (size, n_labels, n_found, n_kept, label, k, x)
            if _driven(pool, values, drive, halts, ends[k], label, n_labels, k, x):
                key = _promise(
                    pool, values, stairs, drive[0], epochs, halts, ahead, asked, n_labels
                )
                size = _queued(queue, size, key, n_labels)
                n_labels += key != NONE
            x = _next_leave(pool, drive, epochs, halts, target, label, k, x)
            if x == NONE:
                k, x = k + 1, values[VALUES * label]
        if _waits_on(pool, values, drive[0], epochs, halts, label, n_labels):
            key = _promise(pool, values, stairs, drive[0], epochs, halts, ahead, asked, n_labels)
            size = _queued(queue, size, key, n_labels)
            n_labels += key != NONE
        label = NONE
    return FINISHED, (size, n_labels, n_found, n_kept, label, k, x)


def _timed_status(n_labels: int, n_free: int, most: int, left: int) -> int:
    """Whether the loop may go on with another label (FINISHED), or why not."""
    if n_labels > most:
        return STOPPED
    if n_free <= 0:
        return FULL
    return PAUSED if left == 0 else FINISHED


def _queued(queue: Queue, size: int, key: int, label: int) -> int:
    """Queue a label that has a key; returns the new size."""
    return size if key == NONE else _timed_push(queue, size, key, label)


def arrival(clock: Clock, speeds: int, need: int, start: int) -> int:
    """Second at which an arc entered at another is driven, at the speed of each slot; -1 behind the last."""
    n_slots, step, speed = clock[0], clock[1], clock[2]
    slot = start // step
    while slot < n_slots:
        pace, end = speed[speeds + slot], (slot + 1) * step
        if need <= (end - start) * pace:
            return start + (need + pace - 1) // pace
        need -= (end - start) * pace
        start, slot = end, slot + 1
    return NONE


def entered(clock: Clock, windows: Windows, records: Numbers, part: int, start: int) -> int:
    """Second at which a part entered at another is driven; -1 where it is closed then."""
    at = WIDTH * part
    if start >= clock[0] * clock[1]:
        return NONE
    end, kind = arrival(clock, records[at + 1], records[at], start), records[at + 2]
    if kind == NONE or end == NONE:  # noqa: PLR1714 - the compiler knows no `in`
        return end
    place = _window(clock, windows, kind, start)
    if windows[0][place] > start or (windows[2][kind] == 1 and end > windows[1][place]):
        return NONE
    return end


def _window(clock: Clock, windows: Windows, kind: int, start: int) -> int:
    """Place of the first window of a class that ends after a second; one at `FAR` ends each class."""
    place = windows[3][kind * clock[0] + start // clock[1]]
    while windows[1][place] <= start:
        place += 1
    return place


def last_start(clock: Clock, speeds: int, need: int, end: int) -> int:
    """Last second at which an arc is entered to be driven by another, in a slot; -1 before the first one."""
    step, speed = clock[1], clock[2]
    slot = (end - 1) // step
    while slot >= 0:
        pace, begin = speed[speeds + slot], slot * step
        if need <= (end - begin) * pace:
            return end - (need + pace - 1) // pace
        need -= (end - begin) * pace
        end, slot = begin, slot - 1
    return NONE


def last_entered(clock: Clock, windows: Windows, records: Numbers, part: int, end: int) -> int:
    """Last second at which a part may be entered to be driven by another; -1 where there is none."""
    at = WIDTH * part
    need, speeds, kind = records[at], records[at + 1], records[at + 2]
    start = last_start(clock, speeds, need, end)
    if kind == NONE or start == NONE:  # noqa: PLR1714 - the compiler knows no `in`
        return start
    place = _window(clock, windows, kind, start)
    if windows[0][place] > start:
        place -= 1
    while place >= 0 and windows[0][place] <= start:
        closes = windows[1][place]
        if windows[2][kind] == 1:
            found = last_start(clock, speeds, need, min(end, closes))
        else:
            found = min(start, closes - 1)
        if found >= windows[0][place]:
            return found
        place -= 1
    return NONE


def _driven(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    pool: Pool, values: Numbers, drive: tuple[Clock, Windows, Parts], halts: Halts, end: int,
    label: int, new: int, k: int, start: int,
) -> bool:  # fmt: skip
    """Write down the label at the end of a place in the rows that is entered at a second, if it is open."""
    clock, windows, parts = drive
    node_of, via, before = pool
    factors, step, records = clock[3], clock[1], parts[2]
    old, at, now = VALUES * label, VALUES * new, start
    cost_1, cost_2 = values[old + 2], values[old + 3]
    if start > values[old]:
        row, stay = 2 * halts[0][node_of[label]], start - values[old]
        cost_1, cost_2 = cost_1 + stay * halts[1][row], cost_2 + stay * halts[1][row + 1]
    for part in range(parts[0][k], parts[0][k + 1]):
        here, slot = WIDTH * part, now // step
        now = entered(clock, windows, records, part, now)
        if now == NONE:
            return False
        cost_1 += records[here + 3] * factors[records[here + 4] + slot]
        cost_2 += records[here + 5] * factors[records[here + 6] + slot]
    node_of[new], via[new], before[new] = end, k, label
    values[at], values[at + 1], values[at + 2], values[at + 3] = now, start, cost_1, cost_2
    return True


def _next_leave(
    pool: Pool, drive: tuple[Clock, Windows, Parts], epochs: Epochs, halts: Halts, target: int,
    label: int, k: int, start: int,
) -> int:  # fmt: skip
    """Next second of this epoch at which leaving a halt may be worth while; -1 where none is."""
    node = pool[0][label]
    if halts[0][node] == NONE or pool[2][label] == NONE:
        return NONE
    clock, windows, parts = drive
    epoch = _epoch(epochs, clock, start)
    if epoch == NONE:
        return NONE
    later, part, over = start + 1, parts[0][k], parts[1][k]
    if not _is_costly(halts):
        there = entered(clock, windows, parts[2], part, start)
        calm = halts[2][epoch * len(halts[0]) + over]
        if there == NONE or over == target or halts[0][over] == 0 or there >= calm:
            later = _change(clock, windows, parts[2], part, start)
    return later if later <= epochs[1][epoch] else NONE


def _change(clock: Clock, windows: Windows, records: Numbers, part: int, start: int) -> int:
    """When a part next opens, or its cost next falls."""
    at, slot, soonest = WIDTH * part, start // clock[1], FAR
    if slot >= clock[0]:
        return FAR
    if records[at + 2] != NONE:
        place = _window(clock, windows, records[at + 2], start)
        soonest = windows[0][place]
        if soonest <= start:
            soonest = windows[0][place + 1]
    for column in (3, 5):
        if records[at + column] > 0:
            soonest = min(soonest, clock[4][records[at + column + 1] + slot])
    return soonest


def _waits_on(
    pool: Pool, values: Numbers, clock: Clock, epochs: Epochs, halts: Halts, label: int, new: int
) -> bool:
    """Write down the label that waits for the next epoch, if there is one and it may."""
    node_of, via, before = pool
    node, old, at = node_of[label], VALUES * label, VALUES * new
    row = halts[0][node]
    if row == NONE or before[label] == NONE:
        return False
    now = values[old]
    epoch = _epoch(epochs, clock, now) + 1
    if epoch >= len(epochs[0]) or (epochs[4][epoch - 1] == 1 and now <= epochs[0][epoch - 1]):
        return False
    node_of[new], via[new], before[new] = node, WAITED, label
    values[at] = values[at + 1] = epochs[0][epoch]
    stay = values[at] - now
    values[at + 2] = values[old + 2] + stay * halts[1][2 * row]
    values[at + 3] = values[old + 3] + stay * halts[1][2 * row + 1]
    return True


def _is_costly(halts: Halts) -> bool:
    """Whether waiting costs something anywhere; the last row holds the dearest of each."""
    return halts[1][len(halts[1]) - 2] + halts[1][len(halts[1]) - 1] > 0


def _epoch(epochs: Epochs, clock: Clock, now: int) -> int:
    """Last epoch that has begun; -1 before the first."""
    begin, place = epochs[0], epochs[2][min(now // clock[1], clock[0])]
    while place + 1 < len(begin) and begin[place + 1] <= now:
        place += 1
    return place


def _earliest(epochs: Epochs, clock: Clock, ahead: Ahead, node: int, now: int) -> int:
    """
    Earliest arrival at the target from a node, at the most favourable speeds, resting at halts only.

    Who cannot arrive in this epoch has to reach a halt in it; the rests of a node are by rising rank (epochs,
    then seconds of the last one, from a halt to the target) and falling driving time.
    """
    drive, first, ranks, times = ahead
    epoch, direct = _epoch(epochs, clock, now), drive[3 * node]
    if epoch == NONE:
        return now + direct
    left = epochs[1][epoch] - now
    if direct <= left:
        return now + direct
    low, high = first[node], first[node + 1]
    while low < high:
        middle = (low + high) >> 1
        if times[middle] <= left:
            high = middle
        else:
            low = middle + 1
    if low == first[node + 1]:
        return FAR
    epoch += 1 + (ranks[low] >> SECOND_BITS)
    if epoch >= len(epochs[0]):
        return FAR
    return epochs[0][epoch] + (ranks[low] & ((1 << SECOND_BITS) - 1))


def _promise(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    pool: Pool, values: Numbers, stairs: Stairs, clock: Clock, epochs: Epochs, halts: Halts,
    ahead: Ahead, asked: Asked, label: int,
) -> int:  # fmt: skip
    """Key of a label that was written down; -1 where it leads to nothing new."""
    target, _, _, _, latest, most_1, most_2, shift = asked
    node, at = pool[0][label], VALUES * label
    f_1, f_2 = values[at + 2] + ahead[0][3 * node + 1], values[at + 3] + ahead[0][3 * node + 2]
    if f_1 > most_1 or f_2 > most_2:
        return NONE
    mark = _mark(epochs, clock, halts, asked, target, 0)
    if _is_covered(stairs, target, mark, f_1, f_2, False):  # noqa: FBT003 - the compiler's words
        return NONE
    if _is_known(pool, values, stairs, clock, epochs, halts, asked, label):
        return NONE
    least = _earliest(epochs, clock, ahead, node, values[at])
    if least > latest:
        return NONE
    key = (least << SECOND_BITS) | values[at]
    return (key << COST_BITS) | min(f_1 >> shift, (1 << COST_BITS) - 1)


def _settled(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    pool: Pool, values: Numbers, stairs: Stairs, clock: Clock, epochs: Epochs, halts: Halts,
    ahead: Ahead, asked: Asked, label: int, n_kept: int,
) -> tuple[bool, int]:  # fmt: skip
    """Whether a label is worth leaving from; then it stands against later ones."""
    node, at, run = pool[0][label], VALUES * label, asked[1]
    if pool[2][label] == NONE:
        return True, n_kept
    target = asked[0]
    mark = _mark(epochs, clock, halts, asked, target, 0)
    f_1, f_2 = values[at + 2] + ahead[0][3 * node + 1], values[at + 3] + ahead[0][3 * node + 2]
    if _is_covered(stairs, target, mark, f_1, f_2, False):  # noqa: FBT003
        return False, n_kept
    if _is_known(pool, values, stairs, clock, epochs, halts, asked, label):
        return False, n_kept
    values[at + 4] = stairs[5][node] if stairs[6][node] == run else NONE
    stairs[5][node], stairs[6][node] = label, run
    now = values[at]
    is_free = node == target or halts[0][node] == 0
    epoch = _epoch(epochs, clock, now)
    if is_free or (epoch != NONE and now >= halts[2][epoch * len(halts[0]) + node]):
        mark = _mark(epochs, clock, halts, asked, node, now)
        a, b = _standing(values, halts, epochs, clock, label, is_free)
        n_kept = _stand(stairs, node, mark, a, b, n_kept)
    return True, n_kept


def _is_known(
    pool: Pool, values: Numbers, stairs: Stairs, clock: Clock, epochs: Epochs, halts: Halts,
    asked: Asked, label: int,
) -> bool:  # fmt: skip
    """Whether a settled label does as well: one that may stand for it, or one at the same time."""
    node, at = pool[0][label], VALUES * label
    now, is_copy = values[at], pool[1][label] == WAITED
    is_free = node == asked[0] or halts[0][node] == 0
    mark = _mark(epochs, clock, halts, asked, node, now)
    a, b = _standing(values, halts, epochs, clock, label, is_free)
    if _is_covered(stairs, node, mark, a, b, is_copy and is_free):
        return True
    other = stairs[5][node] if stairs[6][node] == asked[1] else NONE
    while other != NONE and values[VALUES * other] == now:
        there = VALUES * other
        if values[there + 2] <= values[at + 2] and values[there + 3] <= values[at + 3]:
            return True
        other = values[there + 4]
    return False


def _standing(
    values: Numbers,
    halts: Halts,
    epochs: Epochs,
    clock: Clock,
    label: int,
    is_free: bool,  # noqa: FBT001
) -> tuple[int, int]:
    """Costs with which a label stands against later ones: where waiting costs, being early costs as much."""
    at, last = VALUES * label, len(halts[1])
    if is_free:
        return values[at + 2], values[at + 3]
    now = values[at]
    if epochs[5] == 1:
        epoch = _epoch(epochs, clock, now)
        return values[at + 2], now - (epochs[0][epoch] if epoch != NONE else 0)
    return (
        values[at + 2] - now * halts[1][last - 2],
        values[at + 3] - now * halts[1][last - 1],
    )


def _mark(epochs: Epochs, clock: Clock, halts: Halts, asked: Asked, node: int, now: int) -> int:
    """Which labels of a node stand against one there: all of this run, or those of epochs that are alike."""
    base = asked[1] * (len(epochs[0]) + 2)
    if node == asked[0] or halts[0][node] == 0:
        return base
    epoch = _epoch(epochs, clock, now)
    return base + 1 if epoch == NONE else base + 2 + epochs[3][epoch]


def _is_covered(stairs: Stairs, node: int, mark: int, a: int, b: int, is_strict: bool) -> bool:  # noqa: FBT001
    """Whether a vector that stands at a node is nowhere higher, and lower somewhere if so asked."""
    begin, count, _, kept, marks = stairs[:5]
    if marks[node] != mark:
        return False
    low, high = begin[node], begin[node] + count[node]
    while low < high:
        middle = (low + high) >> 1
        if kept[2 * middle] <= a:
            low = middle + 1
        else:
            high = middle
    if low == begin[node]:
        return False
    last = 2 * (low - 1)
    if kept[last + 1] > b:
        return False
    return not is_strict or kept[last] < a or kept[last + 1] < b


def _stand(stairs: Stairs, node: int, mark: int, a: int, b: int, n_kept: int) -> int:
    """Put a vector in its place on the stairs of a node, instead of those that are nowhere lower."""
    begin, count, room, kept, marks = stairs[:5]
    if marks[node] != mark:
        marks[node], count[node] = mark, 0
    size = count[node]
    if size == room[node]:
        for i in range(2 * size):
            kept[2 * n_kept + i] = kept[2 * begin[node] + i]
        begin[node], room[node] = n_kept, 2 * size + 1
        n_kept += room[node]
    here = begin[node]
    place = 0
    while place < size and kept[2 * (here + place)] < a:
        place += 1
    over = place
    while over < size and kept[2 * (here + over) + 1] >= b:
        over += 1
    shift = place + 1 - over
    if shift > 0:
        for i in range(2 * (here + size) - 1, 2 * (here + over) - 1, -1):
            kept[i + 2] = kept[i]
    elif shift < 0:
        for i in range(2 * (here + over), 2 * (here + size)):
            kept[i + 2 * shift] = kept[i]
    kept[2 * (here + place)], kept[2 * (here + place) + 1] = a, b
    count[node] = size + shift
    return n_kept


def unfold_timed(
    pool: Pool, values: Numbers, found: Numbers, first: Numbers, places: Numbers, seconds: Numbers
) -> int:
    """
    Write down the places in the rows that each answer drives, and when it enters them; how many in all.

    Without room for them, only where each answer begins.
    """
    _, via, before = pool
    for answer in range(len(first) - 1):
        count, label = 0, found[answer]
        while before[label] != NONE:
            if via[label] != WAITED:
                count += 1
                if len(places) > 0:
                    at = first[answer + 1] - count
                    places[at], seconds[at] = via[label], values[VALUES * label + 1]
            label = before[label]
        first[answer + 1] = first[answer] + count
    return first[len(first) - 1]


def spread_calm(
    into: tuple[Numbers, Numbers, Numbers], passed: Numbers, fastest: Numbers, calm: Numbers,
    begin: int, queue: Queue, held: Numbers,
) -> int:  # fmt: skip
    """
    Carry events back along the arcs, each earlier by the quickest drive, down to the begin of an epoch.

    Parameters
    ----------
    into : three arrays of int
        Begin of the row of each node, arcs that enter it, and where these start.
    passed : array of int
        0 for nodes at which a drive ends or may rest free of cost: nothing is carried back over them.
    calm : array of int
        Last event of the arcs that leave each node; changed in place.
    held : array of int
        1 for nodes in the queue; zeros.
    """
    first, arcs, tails = into
    size = 0
    for start in range(len(calm)):
        if passed[start] == 1 and calm[start] > begin:
            for i in range(first[start], first[start + 1]):
                if calm[start] - fastest[arcs[i]] > calm[tails[i]] and held[start] == 0:
                    held[start] = 1
                    size = _timed_push(queue, size, -calm[start], start)
    count = size
    while size > 0:
        node = queue[1][0]
        size = _timed_pop(queue, size)
        held[node] = 0
        for i in range(first[node], first[node + 1]):
            tail, event = tails[i], calm[node] - fastest[arcs[i]]
            if event <= calm[tail] or event <= begin:
                continue
            calm[tail] = event
            if passed[tail] == 1 and held[tail] == 0:
                held[tail] = 1
                size = _timed_push(queue, size, -event, tail)
                count += 1
    return count


def rank_rests(  # noqa: PLR0913, PLR0917 - arrays, as the compiler wants them
    into: tuple[Numbers, Numbers, Numbers, Numbers], back: tuple[Clock, Windows, Parts], drive: Numbers,
    is_halt: Numbers, epoch: tuple[int, int, int], halts: Queue, queue: Queue, rank: Numbers, best: Numbers,
    found: tuple[Numbers, Numbers, Numbers],
) -> int:  # fmt: skip
    """
    Halts that can be reached in one epoch from each node: how near, and how soon the target is from there.

    Halts come by rising rank, and each looks back only where none before it is as near.

    Parameters
    ----------
    into : four arrays of int
        Begin and end of the row of each node, where the arcs that enter it start, and their quickest drives.
    back : tuple
        What the same arcs take at which time.
    drive : array of int
        Quickest drive to the target, every third number.
    epoch : three ints
        Begin and end of one; 1 where all others are alike, so that arcs are driven as they are then.
    rank, best : array of int
        `FAR` for every node.
    found : three arrays of int
        Filled: node, rank and seconds before the end of an epoch by which the node has to be left.

    Returns
    -------
    int
        How many there are; -1 where there is no room for them.
    """
    first, stop, tails, cost = into
    nodes, ranks, times = found
    count, n_halts, longest = 0, 0, epoch[1] - epoch[0]
    for node in range(len(rank)):
        if is_halt[node] == 1 and drive[3 * node] <= longest:
            rank[node] = drive[3 * node]
            n_halts = _timed_push(halts, n_halts, rank[node], node)
    while n_halts > 0:
        key, halt = halts[0][0], halts[1][0]
        n_halts = _timed_pop(halts, n_halts)
        size = _timed_push(queue, 0, 0, halt) if best[halt] > 0 else 0
        while size > 0:
            time, node = queue[0][0], queue[1][0]
            size = _timed_pop(queue, size)
            if time >= best[node]:
                continue
            if count == len(nodes):
                return NONE
            best[node] = time
            nodes[count], ranks[count], times[count] = node, key, time
            count += 1
            if is_halt[node] == 1 and rank[node] == FAR:
                rank[node] = key + (1 << SECOND_BITS)
                n_halts = _timed_push(halts, n_halts, rank[node], node)
            for k in range(first[node], stop[node]):
                reached = time + cost[k]
                if reached <= longest and reached < best[tails[k]]:
                    reached = _time_before(back, epoch, k, time, reached)
                    if reached <= longest and reached < best[tails[k]]:
                        size = _timed_push(queue, size, reached, tails[k])
    return count


def _time_before(
    back: tuple[Clock, Windows, Parts], epoch: tuple[int, int, int], k: int, time: int, least: int
) -> int:
    """Seconds before the end of an epoch by which a place has to be entered, to be driven by another."""
    if epoch[2] == 0:
        return least
    clock, windows, parts = back
    now = epoch[1] - time
    for part in range(parts[0][k + 1] - 1, parts[0][k] - 1, -1):
        now = last_entered(clock, windows, parts[2], part, now)
        if now == NONE:
            return FAR
    return epoch[1] - now


def _timed_push(queue: Queue, size: int, key: int, label: int) -> int:
    """Queue a label (binary heap); returns the new size."""
    keys, labels = queue
    at = size
    while at > 0 and key < keys[(at - 1) >> 1]:
        above = (at - 1) >> 1
        keys[at], labels[at] = keys[above], labels[above]
        at = above
    keys[at], labels[at] = key, label
    return size + 1


def _timed_pop(queue: Queue, size: int) -> int:
    """Take the first label off; returns the new size."""
    keys, labels = queue
    size -= 1
    key, label = keys[size], labels[size]
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
