"""Searches with labels: room for the loops of `label_setting`, what they are asked, and their answers."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from typing_extensions import override

from cmcoord_geo.routing.graph import IntArray
from cmcoord_geo.routing.label_setting import (
    FAR,
    FULL,
    NONE,
    PAUSED,
    STOPPED,
    Asked,
    Counts,
    Fronts,
    Pool,
    Queue,
    Rows,
    settle_many,
    settle_merged,
    settle_pairs,
    unfold,
)  # fmt: skip
from cmcoord_geo.routing.lower_bounds import Question

#: Bytes that labels, queue and fronts may take together.
MEMORY = 1_500_000_000
#: Labels up to which plain Python goes on, and rows are exact where epsilon would let others in.
PATIENCE = 1 << 16
#: Labels after which a search from the other end may overtake.
PILOT = 1 << 18
#: Bits of a key.
KEY_BITS = 62
#: Labels to settle before the keyboard is heard.
SLICE = 500_000
#: Labels that there is room for at first, compiled or not.
FIRST_ROOM: Final = 1 << 20
FIRST_SMALL_ROOM = 1 << 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is asked of a search.

    Attributes
    ----------
    bound : tuple of int, optional
        Highest cost allowed in each criterion.
    widening : Fraction
        1 + epsilon.
    max_labels : int
    """

    bound: tuple[int, ...] | None
    widening: Fraction
    max_labels: int


class Labels(ABC):
    """
    Partial paths from the source on.

    Parameters
    ----------
    question : Question
        Its lower bounds are known.
    limits : list of int
        Highest costs that matter.
    wanted : Wanted
    patience : int
        Labels after which a larger attempt should be made.
    """

    #: Bytes of a label, its entry in the queue and its answer.
    bytes_each: int = 24

    def __init__(
        self, question: Question, limits: list[int], wanted: Wanted, patience: int
    ) -> None:
        storage = self.storage = question.storage
        self.question, leaving = question, question.leaving
        self.patience = patience
        self.room = min(FIRST_ROOM, patience) if storage.is_compiled else FIRST_SMALL_ROOM
        first, stop, ends = map(storage.form, (leaving.first, leaving.stop, leaving.end))
        self.rows: Rows = first, stop, ends, question.cost
        self.ahead = storage.form(question.ahead())
        self.queue: Queue = storage.empty(self.room), storage.empty(self.room, np.int32)
        node_of, via, before = (storage.empty(self.room, np.int32) for _ in range(3))
        self.pool: Pool = node_of, via, before
        self.queue[0][0] = self.queue[1][0] = 0
        node_of[0], via[0], before[0] = question.source, NONE, NONE
        self.counts: Counts = (1, 1, 0, 0)
        over, under = _widening(wanted.widening, max(1, *limits))
        self.asked: Asked = (question.target, wanted.max_labels, SLICE, over, under)

    @property
    def n_labels(self) -> int:
        """Labels so far."""
        return self.counts[1]

    def run(self) -> int:
        """
        Settle labels, in slices between which the keyboard is heard.

        Returns
        -------
        int
            FINISHED; STOPPED by the limit on labels or on memory; FULL where patience is at its end.
        """
        while True:
            status, self.counts = self._settle()
            if status == FULL:
                if 2 * self.room > self.patience:
                    return FULL
                if 2 * self.room * self.bytes_each > MEMORY:
                    return STOPPED
                self._enlarge()
            elif status != PAUSED:
                return status

    @abstractmethod
    def _settle(self) -> tuple[int, Counts]:
        """One slice."""

    def answers(self, *, is_complete: bool) -> tuple[IntArray, list[IntArray]]:
        """Costs and arcs of each proven answer, by rising costs."""
        labels, costs = self._proven(is_complete=is_complete)
        return costs, self._paths(labels)

    @abstractmethod
    def _proven(self, *, is_complete: bool) -> tuple[IntArray, IntArray]:
        """Label and costs of each proven answer, shapes (k,) and (k, criteria), by rising costs."""

    def _paths(self, labels: IntArray) -> list[IntArray]:
        """Arcs of the graph on the path of each label."""
        storage, roads = self.storage, self.question.roads
        found = storage.form(labels)
        arc_at, loop = storage.form(self.question.leaving.arc), storage.loop(unfold)
        shortcuts = roads.graph.n_arcs, storage.form(roads.part_first), storage.form(roads.parts)
        first, arcs = storage.full(len(labels) + 1, 0), storage.empty(0)
        is_reversed = int(self.question.is_reversed)
        for _ in range(2):  # how many, then which
            size = loop(self.pool, found, arc_at, shortcuts, is_reversed, first, arcs)
            arcs = arcs if len(arcs) == size else storage.empty(size)
        all_arcs = np.asarray(arcs, np.int64)
        return np.split(all_arcs, np.asarray(first)[1:-1]) if len(labels) else []

    def _enlarge(self) -> None:
        """Make room for twice as many labels."""
        twice = self.storage.twice
        self.room *= 2
        self.queue = twice(self.queue[0]), twice(self.queue[1])
        self.pool = twice(self.pool[0]), twice(self.pool[1]), twice(self.pool[2])


class PairLabels(Labels):
    """Labels with two criteria whose keys hold both."""

    bytes_each = 48

    def __init__(
        self, question: Question, limits: list[int], wanted: Wanted, patience: int
    ) -> None:
        super().__init__(question, limits, wanted, patience)
        (from_1, from_2), (most_1, most_2) = question.start, limits
        self.frame = from_1, from_2, most_1, most_2, (most_2 - from_2).bit_length()
        self.lowest = self.storage.full(len(self.rows[0]), FAR)
        self.found = self.storage.empty(3 * self.room)

    @property
    def progress(self) -> int:
        """How far the first criterion of all labels to come is above the best."""
        return self.queue[0][0] >> self.frame[-1]

    @staticmethod
    def fit(start: list[int], limits: list[int]) -> bool:
        """Whether keys can hold the criteria."""
        spans = [most - least for most, least in zip(limits, start, strict=True)]
        return len(spans) == 2 and sum(span.bit_length() for span in spans) <= KEY_BITS

    @override
    def _settle(self) -> tuple[int, Counts]:
        return self.storage.loop(settle_pairs)(
            self.queue, self.pool, self.found, self.lowest, self.rows, self.ahead, self.frame, self.asked,
            self.counts,
        )  # fmt: skip

    @override
    def _proven(self, *, is_complete: bool) -> tuple[IntArray, IntArray]:
        """Label and costs of each answer."""
        table = np.array(self.found[: 3 * self.counts[2]], np.int64).reshape(-1, 3)
        return table[:, 0].copy(), table[:, 1:]

    @override
    def _enlarge(self) -> None:
        super()._enlarge()
        self.found = self.storage.twice(self.found)


class ManyLabels(Labels):
    """Labels with any number of criteria."""

    def __init__(
        self, question: Question, limits: list[int], wanted: Wanted, patience: int
    ) -> None:
        super().__init__(question, limits, wanted, patience)
        storage, start = self.storage, question.start
        self.width = len(start)
        self.bytes_each = 28 + 24 * self.width
        self.radix = _radix([most - least + 1 for most, least in zip(limits, start, strict=True)])
        base, most, radix = (
            storage.form(np.array(each, np.int64)) for each in (start, limits, self.radix)
        )
        self.frame = base, most, radix
        self.f = storage.empty(self.room * self.width)
        self.f[: self.width] = base
        begin, count, room = (storage.full(len(self.rows[0]), 0, np.int32) for _ in range(3))
        kept = storage.empty(2 * self.room * (self.width - 1))
        self.fronts: Fronts = begin, count, room, kept
        self.found = storage.empty(self.room, np.int32)

    @override
    def _settle(self) -> tuple[int, Counts]:
        return self.storage.loop(settle_many)(
            self.queue, self.pool, self.f, self.found, self.fronts, self.rows, self.ahead, self.frame,
            self.asked, self.counts,
        )  # fmt: skip

    @override
    def _proven(self, *, is_complete: bool) -> tuple[IntArray, IntArray]:
        """Label and costs of each answer that no other can dominate any more."""
        labels = np.array(self.found[: self.counts[2]], np.int64)
        costs = np.asarray(self.f, np.int64)[: self.n_labels * self.width].reshape(-1, self.width)
        costs = costs[labels]
        lead = costs[:, : len(self.radix)] - np.array(self.question.start[: len(self.radix)])
        keys = np.zeros(len(labels), np.int64)
        for column, span in zip(lead.T, self.radix, strict=True):
            keys = keys * span + column
        is_kept = keys < (FAR if is_complete else self.queue[0][0])
        is_kept &= ~_dominated_beside(keys, costs)
        labels, costs = labels[is_kept], costs[is_kept]
        order = np.lexsort(costs.T[::-1])
        return labels[order], costs[order]

    @override
    def _enlarge(self) -> None:
        super()._enlarge()
        twice = self.storage.twice
        begin, count, room, kept = self.fronts
        self.f, self.found = twice(self.f), twice(self.found)
        self.fronts = begin, count, room, twice(kept)


class MergedLabels(ManyLabels):
    """
    Labels with three or more criteria that stand for others within epsilon.

    Where a bound limits a criterion, the path that is kept is never higher in it.
    """

    def __init__(
        self, question: Question, limits: list[int], wanted: Wanted, patience: int
    ) -> None:
        super().__init__(question, limits, wanted, patience)
        self.bytes_each += 4 + 8 * self.width
        over, under = self.asked[3:]
        overs = [
            1 << under if most < total else over
            for most, total in zip(limits, question.total, strict=True)
        ]
        storage = self.storage
        self.merging = *self.frame, storage.form(np.array(overs, np.int64))
        self.own = storage.empty(self.room * self.width)
        self.own[: self.width] = self.frame[0]
        self.waiting = (
            storage.full(len(self.rows[0]), NONE, np.int32), storage.empty(self.room, np.int32)
        )  # fmt: skip
        self.waiting[0][question.source], self.waiting[1][0] = 0, NONE

    @override
    def _settle(self) -> tuple[int, Counts]:
        return self.storage.loop(settle_merged)(
            self.queue, self.pool, self.f, self.own, self.waiting, self.found, self.fronts, self.rows,
            self.ahead, self.merging, self.asked, self.counts,
        )  # fmt: skip

    @override
    def answers(self, *, is_complete: bool) -> tuple[IntArray, list[IntArray]]:
        """Costs and arcs of each answer that no other one dominates."""
        labels = np.array(self.found[: self.counts[2]], np.int64)
        graph, table = self.question.roads.graph, self.question.table
        paths = [
            _without_loops(arcs, graph.head[arcs], self.question.source)
            for arcs in self._paths(labels)
        ]
        rows = np.array([table[arcs].sum(axis=0) for arcs in paths], np.int64).reshape(
            -1, self.width
        )
        _, first = np.unique(rows, axis=0, return_index=True)  # by rising costs
        rows, paths = rows[first], [paths[i] for i in first]
        is_kept = ~_dominated_beside(np.zeros(len(rows), np.int64), rows)
        return rows[is_kept], [path for path, kept in zip(paths, is_kept, strict=True) if kept]

    @override
    def _enlarge(self) -> None:
        super()._enlarge()
        self.own = self.storage.twice(self.own)
        self.waiting = self.waiting[0], self.storage.twice(self.waiting[1])


def _without_loops(arcs: IntArray, heads: IntArray, source: int) -> IntArray:
    """Arcs of a path less those between two visits to a node: merged labels may come back to one."""
    nodes = [source, *heads.tolist()]
    if len(set(nodes)) == len(nodes):
        return arcs
    last = {node: place for place, node in enumerate(nodes)}
    kept, place = [], last[source]
    while place < len(arcs):
        kept.append(int(arcs[place]))
        place = last[nodes[place + 1]]
    return np.array(kept, np.int64)


def _dominated_beside(keys: IntArray, costs: IntArray) -> NDArray[np.bool_]:
    """Which rows another one with the same key dominates; keys rise."""
    is_dominated = np.zeros(len(keys), dtype=bool)
    starts = np.flatnonzero(np.diff(keys, prepend=NONE - 1))
    for first, last in pairwise([*starts.tolist(), len(keys)]):
        if last - first > 1:
            rows = costs[first:last]
            is_dominated[first:last] = [
                bool(((rows <= row).all(axis=1) & (rows < row).any(axis=1)).any()) for row in rows
            ]
    return is_dominated


def _radix(spans: list[int]) -> list[int]:
    """Spans of as many leading criteria as fit into one key."""
    leading = spans[:1]
    for span in spans[1:]:
        if math.prod([*leading, span]) > 1 << KEY_BITS:
            break
        leading.append(span)
    return leading


def _widening(ratio: Fraction, most: int) -> tuple[int, int]:
    """Numerator and shift of a ratio, never above it, such that no cost times it overflows."""
    for shift in range(30, -1, -1):
        over = math.floor(ratio * (1 << shift))
        if over * most < 1 << 62:
            return over, shift
    return 1, 0
