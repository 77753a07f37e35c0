"""Every best compromise between arrival and costs for many departures, where roads change with time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.calm import DriveTimes, calm_from, drive_times
from cmcoord_geo.routing.contraction import SMALL, Contraction, Filed, contracted
from cmcoord_geo.routing.dijkstra import UNREACHABLE
from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.label_setting import FAR, FINISHED, FULL, NONE, PAUSED, Numbers
from cmcoord_geo.routing.labels import FIRST_SMALL_ROOM, MEMORY
from cmcoord_geo.routing.lower_bounds import Tree
from cmcoord_geo.routing.storage import Storage
from cmcoord_geo.routing.timed_arcs import TimedArcs
from cmcoord_geo.routing.timed_setting import (
    COST_BITS,
    SECOND_BITS,
    VALUES,
    WIDTH,
    Ahead,
    Asked,
    Clock,
    Counts,
    Epochs,
    entered,
    rank_rests,
    settle_timed,
    unfold_timed,
)
from cmcoord_geo.routing.within import arcs_within

#: Most seconds from departure to arrival, and highest costs.
_Limits: TypeAlias = tuple[int, int, int]
#: Labels that there is room for at first, where loops are compiled.
FIRST_ROOM = 1 << 18
#: Labels to settle before the keyboard is heard: one that waits at a halt may try many seconds.
SLICE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedPaths:
    """
    Non-dominated ways for each departure.

    Attributes
    ----------
    departure : ndarray of int64, shape (k,)
        Which of the departures asked for each row belongs to, rising.
    arrivals : ndarray of int64, shape (k,)
        Seconds; rising within a departure.
    costs : ndarray of int64, shape (k, criteria)
    is_complete : ndarray of bool, shape (departures,)
        False where ``max_labels`` or memory stopped the search: then rows may be missing, none is wrong.
    n_labels : int
        Partial ways that the search kept for all departures: its effort.
    """

    departure: IntArray
    arrivals: IntArray
    costs: IntArray
    is_complete: NDArray[np.bool_]
    n_labels: int
    _driven: tuple[_Driven, ...] = field(repr=False)

    def plan(self, row: int) -> tuple[IntArray, IntArray]:
        """
        Arcs of the way of a row, and the second at which each is entered.

        Where an arc is entered later than the one before is left, the convoy waits, at a halt.
        """
        number = int(self.departure[row])
        of_departure = self._driven[number]
        return of_departure.plan(row - int(np.searchsorted(self.departure, number)))


def timed_paths(
    arcs: TimedArcs,
    source: int,
    target: int,
    departures: ArrayLike,
    *,
    bound: Sequence[float | None] | ArrayLike | None = None,
    max_labels: int | None = None,
    keep_all: bool = False,
) -> TimedPaths:
    """
    Find, for each departure, every non-dominated vector of arrival and costs, and one way for each.

    Label setting by the earliest possible arrival at the target, with the rule of
    :mod:`~cmcoord_geo.routing.calm` for the labels that need not be kept, and least costs and driving
    times to the target at the most favourable times as bounds. A convoy leaves the source at the departure
    itself, later waits at halts only, and may come through a node twice. It turns round at junctions and
    halts only, and drives into no dead end without a halt, unless ``keep_all``.

    Parameters
    ----------
    arcs : TimedArcs
    source, target : int
        Nodes that differ.
    departures : array_like of int, shape (departures,)
        Seconds.
    bound : array_like of float or None, shape (1 + criteria,) or (departures, 1 + criteria), optional
        Most seconds from departure to arrival, and highest costs (inclusive); None and infinity are no limit.
    max_labels : int, optional
        Give up a departure once more partial ways than this are kept for it.
    keep_all : bool, optional
        Contract no chains and dead ends: also who drives about there only to pass the time is found.

    Raises
    ------
    DataError
        Nodes, departures, bound or max_labels cannot be used.

    Examples
    --------
    >>> from cmcoord_geo.routing import ArcGraph
    >>> graph = ArcGraph.from_arcs(3, [0, 1, 0], [1, 2, 2])
    >>> arcs = TimedArcs.of(graph, [60, 60, 300], [[1], [1], [0]], step_s=900, n_slots=4)
    >>> found = timed_paths(arcs, 0, 2, [0, 900])
    >>> found.departure.tolist(), found.arrivals.tolist(), found.costs.tolist()
    ([0, 0, 1, 1], [120, 300, 1020, 1200], [[2], [0], [2], [0]])
    >>> found.plan(0)
    (array([0, 1]), array([ 0, 60]))
    """
    start, end = arcs.graph.check_node(source, "source"), arcs.graph.check_node(target, "target")
    if start == end:
        message = f"Source and target are the same node {start}; name two."
        raise DataError(message)
    seconds = _check_departures(departures, arcs.horizon)
    limits = _check_bound(bound, arcs, len(seconds))
    most = _check_max_labels(max_labels)
    is_large = arcs.graph.n_arcs > SMALL
    roads = arcs if bound is None else _within(arcs, (start, end), seconds, limits)
    search = _Search(roads, (start, end), Storage(is_compiled=is_large), keep_all=keep_all)
    found = [
        search.run(run, departure, limit, most)
        for run, (departure, limit) in enumerate(zip(seconds.tolist(), limits, strict=True), 1)
    ]
    rows = np.concatenate([each.rows for each in found]) if found else np.zeros((0, 3), np.int64)
    return TimedPaths(
        departure=np.repeat(np.arange(len(found)), [len(each.rows) for each in found]),
        arrivals=rows[:, 0],
        costs=rows[:, 1 : 1 + arcs.costs.shape[1]],
        is_complete=np.array([each.is_complete for each in found], bool),
        n_labels=sum(each.n_labels for each in found),
        _driven=tuple(found),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Driven:
    """Answers of one departure: rows of arrival and two costs, and the places each drives in the rows."""

    rows: IntArray
    first: IntArray
    places: IntArray
    seconds: IntArray
    is_complete: bool
    n_labels: int
    roads: _Roads

    def plan(self, row: int) -> tuple[IntArray, IntArray]:
        own = slice(int(self.first[row]), int(self.first[row + 1]))
        return self.roads.driven(self.places[own].tolist(), self.seconds[own].tolist())


class _Roads:
    """Rows of a contracted graph and the parts of each place in them."""

    def __init__(self, arcs: TimedArcs, filed: Filed, roads: Contraction, storage: Storage) -> None:
        self.storage, self.tables = storage, arcs.tables(storage)
        part, self.arc = _parts_of(filed, roads)
        over = arcs.graph.head[self.arc[part[:-1]]]
        columns = [arcs.seconds * 1000, arcs.speed_of * arcs.n_slots, arcs.window_of]
        for number in range(2):
            is_there = number < arcs.costs.shape[1]
            columns.append(arcs.costs[:, number] if is_there else np.zeros_like(arcs.seconds))
            profiles = arcs.factor_of[:, number] if is_there else np.zeros_like(arcs.seconds)
            columns.append(profiles * arcs.n_slots)
        records = np.empty((len(self.arc), WIDTH), np.int64)
        for number, column in enumerate(columns):
            records[:, number] = column[self.arc]
        form = storage.form
        self.records = form(records.ravel())
        self.parts = form(part), form(over), self.records
        self.rows = form(filed.first), form(filed.stop), form(filed.end)

    def driven(self, places: list[int], seconds: list[int]) -> tuple[IntArray, IntArray]:
        """Arcs and the seconds at which they are entered, for places in the rows."""
        drive, enters, arcs = self.storage.loop(entered), [], []
        for k, start in zip(places, seconds, strict=True):
            now = start
            for part in range(self.parts[0][k], self.parts[0][k + 1]):
                arcs.append(int(self.arc[part]))
                enters.append(int(now))
                now = drive(*self.tables, self.records, part, now)
        return np.array(arcs, np.int64), np.array(enters, np.int64)


def _parts_of(filed: Filed, roads: Contraction) -> tuple[IntArray, IntArray]:
    """Where the arcs of each place of the rows begin, and the arcs."""
    n_arcs = roads.graph.n_arcs
    is_short = filed.arc >= n_arcs
    shortcut = np.where(is_short, filed.arc - n_arcs, 0)
    lengths = np.diff(roads.part_first)
    size = np.ones(len(filed.arc), np.int64)
    size[is_short] = lengths[shortcut[is_short]]
    first = np.concatenate(([0], np.cumsum(size)))
    owner = np.repeat(np.arange(len(size)), size)
    arcs = filed.arc[owner].astype(np.int64)
    inner = is_short[owner]
    rank = np.arange(len(owner)) - first[owner]
    arcs[inner] = roads.parts[roads.part_first[shortcut[owner[inner]]] + rank[inner]]
    return first, arcs


class _Search:
    """What all departures share, and room for labels."""

    def __init__(
        self, arcs: TimedArcs, pair: tuple[int, int], storage: Storage, *, keep_all: bool
    ) -> None:
        self.arcs, self.storage, (self.source, self.target) = arcs, storage, pair
        graph = contracted(arcs.graph, keep_all=keep_all)
        leaving, entering = graph.opened(*pair, *arcs.halts.tolist())
        self.roads = _Roads(arcs, leaving, graph, storage)
        self.times: DriveTimes = drive_times(arcs)
        self.epochs: Epochs = self.times.tables(arcs, storage)
        self.clock: Clock = self.roads.tables[0]
        back = _Roads(arcs, entering, graph, storage)
        epoch = _one_epoch(self.times, self.epochs)
        self.ahead = _bounds(arcs, graph, entering, back, epoch, pair[1], storage)
        calm = calm_from(arcs, self.times, pair[1], storage)
        self.halts = *_waiting(arcs, storage), storage.form(calm.ravel())
        n_nodes = arcs.graph.n_nodes
        self.room = FIRST_ROOM if storage.is_compiled else FIRST_SMALL_ROOM
        self.queue = storage.empty(self.room), storage.empty(self.room)
        self.pool = storage.empty(self.room), storage.empty(self.room), storage.empty(self.room)
        self.values, self.found = storage.empty(VALUES * self.room), storage.empty(self.room)
        self.stairs = (
            storage.full(n_nodes, 0), storage.full(n_nodes, 0), storage.full(n_nodes, 0),
            storage.empty(4 * self.room), storage.full(n_nodes, 0), storage.full(n_nodes, 0),
            storage.full(n_nodes, 0),
        )  # fmt: skip
        self.n_kept = 0

    def run(self, run: int, departure: int, limits: _Limits, most: int) -> _Driven:
        """All answers of one departure, with ``most`` labels."""
        status, counts, asked = FINISHED, (0, 0, 0, self.n_kept, NONE, 0, 0), None
        if len(self.times.begin) and self.ahead[0][3 * self.source] < FAR:
            asked = self._asked(run, departure, limits, most)
            status, counts = self._settled(departure, asked)
        self.n_kept = counts[3]
        is_complete = status == FINISHED
        rows, order = self._answers(counts, asked, is_complete=is_complete)
        chosen = self.storage.form(order)
        first, places, seconds = (
            self.storage.full(len(order) + 1, 0),
            *(self.storage.empty(0) for _ in range(2)),
        )
        for _ in range(2):  # how many, then which
            size = self.storage.loop(unfold_timed)(
                self.pool, self.values, chosen, first, places, seconds
            )
            places, seconds = (
                each if len(each) == size else self.storage.empty(size)
                for each in (places, seconds)
            )
        return _Driven(
            rows=rows,
            first=np.array(first, np.int64),
            places=np.array(places, np.int64),
            seconds=np.array(seconds, np.int64),
            is_complete=is_complete,
            n_labels=counts[1],
            roads=self.roads,
        )

    def _asked(self, run: int, departure: int, limits: _Limits, most: int) -> Asked:
        shift = max(0, int(self.arcs.costs[:, 0].sum()).bit_length() - COST_BITS)
        latest = min(self.arcs.horizon, departure + limits[0])
        return self.target, run, most, SLICE, latest, limits[1], limits[2], shift

    def _settled(self, departure: int, asked: Asked) -> tuple[int, Counts]:
        """Labels of one departure, settled."""
        for table, value in zip(self.pool, (self.source, NONE, NONE), strict=True):
            table[0] = value
        for number, value in enumerate((departure, departure, 0, 0, NONE)):
            self.values[number] = value
        self.queue[0][0] = self.queue[1][0] = 0
        counts: Counts = (1, 1, 0, self.n_kept, NONE, 0, 0)
        while True:
            status, counts = self.storage.loop(settle_timed)(
                self.queue, self.pool, self.values, self.found, self.stairs, self.roads.rows,
                (*self.roads.tables, self.roads.parts), self.epochs, self.halts, self.ahead, asked, counts,
            )  # fmt: skip
            if status == FULL:
                if 2 * self.room * 8 * (2 + 3 + VALUES + 1 + 4) > MEMORY:
                    return status, counts
                self._enlarge()
            elif status != PAUSED:
                return status, counts

    def _answers(
        self, counts: Counts, asked: Asked | None, *, is_complete: bool
    ) -> tuple[IntArray, IntArray]:
        """Arrival and costs, and label, of each proven answer that no other dominates."""
        labels = np.array(self.found[: counts[2]], np.int64)
        table = np.array(self.values[: VALUES * counts[1]], np.int64).reshape(-1, VALUES)
        rows = table[labels][:, [0, 2, 3]]
        order = np.lexsort(rows.T[::-1])
        rows, labels = rows[order], labels[order]
        is_kept = _undominated(rows)
        if not is_complete and asked is not None and counts[0]:
            is_kept &= rows[:, 0] < int(self.queue[0][0]) >> (SECOND_BITS + COST_BITS)
        return rows[is_kept], labels[is_kept]

    def _enlarge(self) -> None:
        """Make room for twice as many labels."""
        twice = self.storage.twice
        self.room *= 2
        self.queue = twice(self.queue[0]), twice(self.queue[1])
        self.pool = twice(self.pool[0]), twice(self.pool[1]), twice(self.pool[2])
        self.values, self.found = twice(self.values), twice(self.found)
        self.stairs = *self.stairs[:3], twice(self.stairs[3]), *self.stairs[4:]


def _undominated(rows: IntArray) -> NDArray[np.bool_]:
    """Which rows, sorted, none before dominates or equals."""
    stairs: list[tuple[int, int]] = []
    kept = np.zeros(len(rows), bool)
    for number, (_, cost, other) in enumerate(rows.tolist()):
        if not any(a <= cost and b <= other for a, b in stairs):
            stairs = [(a, b) for a, b in stairs if a < cost or b < other] + [(cost, other)]
            kept[number] = True
    return kept


def _one_epoch(times: DriveTimes, epochs: Epochs) -> tuple[int, int, int]:
    """Begin and end of an epoch, 1 where all are alike; else of the longest. Nothing where nobody rests."""
    if len(times.begin) < 2:
        return 0, 0, 0
    number = int(np.argmax(times.end - times.begin))
    is_alike = all(int(each) for each in list(epochs[4])[:-1])
    return int(times.begin[number]), int(times.end[number]), int(is_alike)


def _bounds(
    arcs: TimedArcs, roads: Contraction, entering: Filed, back: _Roads, epoch: tuple[int, int, int],
    target: int, storage: Storage,
) -> Ahead:  # fmt: skip
    """Least driving time and costs from each node to the target, and the halts that it can rest at."""
    columns = np.column_stack(
        (arcs.fastest, arcs.least, np.zeros((arcs.graph.n_arcs, 1), np.int64))
    )
    weights = roads.weights(columns[:, :3]).apart("entering", entering)
    form = storage.form
    rows = form(entering.first), form(entering.stop), form(entering.end)
    n_nodes = arcs.graph.n_nodes
    table = np.empty((n_nodes, 3), np.int64)
    for number, cost in enumerate(weights):
        tree = Tree(storage, (rows[0], rows[1], rows[2], storage.form(cost)), target)
        tree.grow(NONE, FAR - 1)
        table[:, number] = tree.distance
    drive = storage.form(table.ravel())
    is_halt = np.zeros(n_nodes, np.int64)
    is_halt[arcs.halts] = epoch[1] > epoch[0]
    count, room, found = NONE, n_nodes, (rows[0], rows[1], rows[2])
    while count == NONE:
        room *= 2
        found = storage.empty(room), storage.empty(room), storage.empty(room)
        queues = [storage.empty(n_nodes + 1) for _ in range(2)]
        queues += [storage.empty(len(entering.end) + 1) for _ in range(2)]
        count = storage.loop(rank_rests)(
            (*rows, form(weights[0])), (*back.tables, back.parts), drive, form(is_halt), epoch,
            (queues[0], queues[1]), (queues[2], queues[3]),
            storage.full(n_nodes, FAR), storage.full(n_nodes, FAR), found,
        )  # fmt: skip
    node, rank, seconds = (np.array(each[:count], np.int64) for each in found)
    order = np.argsort(node, kind="stable")
    first = np.searchsorted(node[order], np.arange(n_nodes + 1))
    return drive, storage.form(first), storage.form(rank[order]), storage.form(seconds[order])


def _waiting(arcs: TimedArcs, storage: Storage) -> tuple[Numbers, Numbers]:
    """Row of wait costs of each node, 0 where free and -1 where nobody waits; the rows, dearest last."""
    costs = np.zeros((len(arcs.halts) + 2, 2), np.int64)
    costs[1:-1, : arcs.wait_costs.shape[1]] = arcs.wait_costs
    costs[-1] = costs.max(axis=0)
    of_node = np.full(arcs.graph.n_nodes, NONE, np.int64)
    numbers = np.arange(1, len(arcs.halts) + 1)
    of_node[arcs.halts] = np.where(arcs.wait_costs.any(axis=1), numbers, 0)
    return storage.form(of_node), storage.form(costs.ravel())


def _check_departures(given: ArrayLike, horizon: int) -> IntArray:
    """Departures as int64."""
    seconds = np.asarray(given)
    if seconds.ndim != 1 or (seconds.size and seconds.dtype.kind not in "iu"):
        message = "Departures are whole seconds in one flat array."
        raise DataError(message)
    wrong = np.flatnonzero((seconds < 0) | (seconds >= horizon))
    if len(wrong):
        number = int(wrong[0])
        message = f"Departure {number} is at {seconds[number]} s, outside 0 to {horizon - 1} s."
        raise DataError(message)
    return seconds.astype(np.int64)


def _check_bound(
    bound: Sequence[float | None] | ArrayLike | None, arcs: TimedArcs, n_departures: int
) -> list[_Limits]:
    """Most seconds and highest costs that matter, for each departure."""
    n_wanted = 1 + arcs.costs.shape[1]
    most = np.array([arcs.horizon, FAR // 2, FAR // 2], np.int64)
    rows = np.tile(most, (n_departures, 1))
    if bound is not None:
        given = np.array(bound, dtype=np.float64)  # None becomes not a number
        words = np.array(bound, dtype=object)
        is_none = np.array([each is None for each in words.ravel()], bool).reshape(words.shape)
        is_known = given.shape in {(n_wanted,), (n_departures, n_wanted)}
        if not is_known or np.isnan(given[~is_none]).any():
            message = f"A bound needs {n_wanted} numbers (None for no limit), not {bound!r}."
            raise DataError(message)
        limits = np.where(is_none, np.inf, given)
        floors = np.floor(np.clip(limits, -1, most[:n_wanted].astype(np.float64)))
        rows[:, :n_wanted] = np.where(limits >= most[:n_wanted], most[:n_wanted], floors)
    return [(latest, first, second) for latest, first, second in rows.tolist()]


def _within(
    arcs: TimedArcs, pair: tuple[int, int], departures: IntArray, limits: Sequence[_Limits]
) -> TimedArcs:
    """The same up to the last arrival within limits, with those arcs open that some departure may use."""
    if not limits:
        return arcs
    most = np.max(limits, axis=0)[: 1 + arcs.costs.shape[1]].tolist()
    last = int((departures + [latest for latest, _, _ in limits]).max())
    known = arcs.until(last)
    costs = (known.fastest, *known.least.T)
    return replace(known, graph=arcs.graph.keeping(arcs_within(arcs.graph, costs, pair, most)))


def _check_max_labels(max_labels: int | None) -> int:
    """The limit on labels as a number."""
    if max_labels is None:
        return UNREACHABLE
    if isinstance(max_labels, bool) or not hasattr(max_labels, "__index__") or max_labels < 1:
        message = f"max_labels must be a whole number from 1 up, not {max_labels!r}."
        raise DataError(message)
    return int(max_labels)
