"""
When being early can do no harm: the rule by which labels are dropped in a search over time.

Whoever enters an arc later never leaves it earlier, so of two convoys at a node that follow the same road
the first stays first. Being first can still do harm: it may stand before a barrier that opens just before
the second comes (nobody waits outside halts), or pass a road before a patrol made it cheaper.

*Events* are the instants at which an arc gets better: a window opens, a factor on a cost falls. An event is
*ahead* of a label at node ``v`` and time ``t`` while the quickest drive that starts at ``t`` and rests
nowhere reaches its arc before it. A label without events ahead is *calm*.

*Epochs* are the stretches of time in which somewhere an arc can be on the way. Between two epochs, at
night, nobody drives, so whoever is not at a halt or at the target at the end of an epoch gets no further.

**Rule.** At a node, label A (arrival ``t``, costs ``c``) makes label B (``t' >= t``, ``c' >= c``)
superfluous if

1. waiting there costs nothing, or the node is the target; or
2. ``t' = t``; or
3. A is calm and ``t'`` lies in the same epoch; or
4. A is calm and ``t'`` lies in a later epoch, all up to that are alike but for the time at which they begin,
   and B comes no earlier in its epoch than A in its own.

*Why.* 1. and 2.: A waits until ``t'`` and then does what B does. 3.: let A drive the road of B without a
rest up to the first node ``w`` at which B rests, or to the target. B drives all of that within the epoch.
On every arc A enters at ``s`` and B at ``s' >= s``, and no event of the arc lies in ``(s, s']``, since it
would be ahead of A. So the window that B finds open is open to A; where the drive must end in it, A ends no
later. Costs in the slot of ``s`` are no higher than in that of ``s'``. A is at ``w`` no later and with no
higher costs, and may wait there for B. Nothing is carried back over nodes where waiting is free: there A
may wait in any case.

4.: B could drive the same some days earlier, in the epoch of A, where rule 3 holds against it. So a label
that has waited from the begin of an epoch need not wait for the next one that is alike. (With two costs
only this last part of rule 4 is used: the stairs of a node hold two numbers.)

*Where waiting costs* ``p`` a second at the dearest halt, rule 4 is not used, and A may have to pay for as
long as it is early. Then speeds that fall are events too, so that its lead never grows, and A stands for B
only if ``c + p (t' - t) <= c'``; and leaving a halt is tried at every second.

*Leaving a halt* at ``s``, later seconds of the same epoch are superfluous by rule 3 from the first ``s`` on
from which the next node is reached calm; but the arc itself may open, or become cheaper, later. So leaving
is tried at once, at each event of the arc, and second by second while the next node is not calm; and the
label goes on to wait for the next epoch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.storage import Storage
from cmcoord_geo.routing.timed_setting import WHOLE, Epochs, spread_calm

if TYPE_CHECKING:
    from cmcoord_geo.routing.timed_arcs import TimedArcs, WindowClass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DriveTimes:
    """
    Epochs.

    Attributes
    ----------
    begin, end : ndarray of int64, shape (epochs,)
        First second in which an arc may be entered, and last one in which one may be left.
    """

    begin: IntArray
    end: IntArray

    def tables(self, arcs: TimedArcs, storage: Storage) -> Epochs:
        """As loops read them."""
        starts = np.arange(arcs.n_slots + 1) * arcs.step_s
        hint = np.searchsorted(self.begin, starts, side="right") - 1
        is_free = not arcs.wait_costs.any()
        alike = _alike_next(arcs, self) & is_free
        is_phased = is_free and arcs.costs.shape[1] == 1
        mark = np.arange(len(alike))
        if is_phased:
            mark -= np.cumsum(np.concatenate(([0], alike[:-1])))[: len(mark)]
        form = storage.form
        return (
            form(self.begin), form(self.end), form(hint), form(mark), form(alike.astype(np.int64)),
            int(is_phased),
        )  # fmt: skip


def _alike_next(arcs: TimedArcs, times: DriveTimes) -> NDArray[np.bool_]:
    """Whether the epoch after each one is the same some seconds later, shape (epochs,)."""
    alike = np.zeros(len(times.begin), bool)
    step = arcs.step_s
    for number, (begin, end) in enumerate(zip(times.begin[:-1], times.end[:-1], strict=True)):
        shift = int(times.begin[number + 1] - begin)
        if shift % step or times.end[number + 1] - shift != end or end + shift >= arcs.horizon:
            continue
        slots, later = slice(begin // step, end // step + 1), shift // step
        beyond = slice(slots.start + later, slots.stop + later)
        alike[number] = all(
            np.array_equal(table[:, slots], table[:, beyond])
            for table in (arcs.speeds, arcs.factors)
        ) and all(
            _spans(each, begin, end, 0) == _spans(each, begin + shift, end + shift, shift)
            for each in arcs.windows
        )
    return alike


def _spans(windows: WindowClass, begin: int, end: int, shift: int) -> list[tuple[int, int]]:
    """Windows that meet an epoch, some seconds earlier; what lies outside of it does not count."""
    return [
        (max(first, begin) - shift, min(last, end + 1) - shift)
        for first, last in zip(windows.opens, windows.closes, strict=True)
        if first <= end and last > begin
    ]


def drive_times(arcs: TimedArcs) -> DriveTimes:
    """Epochs of timed arcs: the union of all times at which one can be on the way."""
    used = np.unique(arcs.window_of[arcs.graph.outgoing])
    if not len(used) or used[0] < 0:
        return DriveTimes(begin=np.array([0]), end=np.array([arcs.horizon]))
    slowest = -(-arcs.seconds * WHOLE // arcs.speeds.min(axis=1)[arcs.speed_of])
    spans: list[tuple[int, int]] = []
    for number in used.tolist():
        opens, closes, is_whole = arcs.windows[number]
        over = 0 if is_whole else int(slowest[arcs.window_of == number].max())
        spans += [(begin, end + over) for begin, end in zip(opens, closes, strict=True)]
    merged: list[list[int]] = []
    for begin, end in sorted(spans):
        if begin >= arcs.horizon:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    table = np.array(merged, np.int64).reshape(-1, 2)
    return DriveTimes(begin=table[:, 0], end=np.minimum(table[:, 1], arcs.horizon))


def calm_from(arcs: TimedArcs, times: DriveTimes, target: int, storage: Storage) -> IntArray:
    """
    When nodes are calm.

    Returns
    -------
    ndarray of int64, shape (epochs, nodes)
        From this second on a label there has no event of the epoch ahead.
    """
    graph = arcs.graph
    is_free = np.zeros(graph.n_nodes, bool)
    is_free[arcs.halts[~arcs.wait_costs.any(axis=1)]] = True
    is_free[target] = True
    passed = storage.form((~is_free).astype(np.int64))
    form = storage.form
    into = form(graph.in_indptr), form(graph.incoming), form(graph.tail[graph.incoming])
    fastest, room = storage.form(arcs.fastest), graph.n_nodes + 1
    queue = storage.empty(room), storage.empty(room)
    held, loop = storage.full(graph.n_nodes, 0), storage.loop(spread_calm)
    leaving = np.flatnonzero(np.diff(graph.indptr))
    found = np.zeros((len(times.begin), graph.n_nodes), np.int64)
    for row, begin, end in zip(found, times.begin.tolist(), times.end.tolist(), strict=True):
        events = _last_events(arcs, begin, end)
        row[:] = begin
        if len(leaving):
            row[leaving] = np.maximum(
                begin,
                np.maximum.reduceat(events[graph.outgoing], graph.indptr[leaving]),
            )
        calm = storage.form(row)
        loop(into, passed, fastest, calm, begin, queue, held)
        row[:] = calm
    return found


def _last_events(arcs: TimedArcs, begin: int, end: int) -> IntArray:
    """Last event of each arc in an epoch, its begin where there is none, shape (arcs,)."""
    opening = np.full(len(arcs.windows) + 1, begin)
    for number, each in enumerate(arcs.windows):
        within = [second for second in each.opens if begin < second <= end]
        opening[number] = max(within, default=begin)
    events = opening[arcs.window_of]  # the last one for arcs that are always open
    falling = _last_falls(arcs.factors, arcs.step_s, begin, end)
    for column, profiles in zip(arcs.costs.T, arcs.factor_of.T, strict=True):
        events = np.maximum(events, np.where(column > 0, falling[profiles], begin))
    if arcs.wait_costs.any():
        slowing = _last_falls(arcs.speeds, arcs.step_s, begin, end)
        events = np.maximum(events, slowing[arcs.speed_of])
    return events


def _last_falls(profiles: IntArray, step_s: int, begin: int, end: int) -> IntArray:
    """When each profile falls for the last time in an epoch, its begin where it does not."""
    seconds = np.arange(1, profiles.shape[1]) * step_s
    is_fall = (np.diff(profiles, axis=1) < 0) & (seconds > begin) & (seconds <= end)
    falls: IntArray = np.where(is_fall, seconds, begin).max(axis=1, initial=begin)
    return falls
