"""What changes with time on the arcs of a graph: speed, costs, opening; and where one may wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.costs import check_cost, check_costs
from cmcoord_geo.routing.graph import ArcGraph, IntArray
from cmcoord_geo.routing.timed_setting import WHOLE

if TYPE_CHECKING:
    from cmcoord_geo.routing.storage import Storage
    from cmcoord_geo.routing.timed_setting import Clock, Windows

#: Criteria beside the arrival.
MAX_COSTS = 2
#: Seconds that can be searched: 31 days.
MAX_HORIZON_S = 31 * 86_400
#: Highest speed, in thousandths, and highest factor on costs.
MAX_FACTOR = 1_000_000
#: What a path may cost with the highest factors all along.
MAX_COST = 2**58


class WindowClass(NamedTuple):
    """
    When arcs may be driven.

    Attributes
    ----------
    opens, closes : sequence of int, shape (m,)
        Seconds; an arc is entered at ``opens <= t < closes``. Rising, none overlaps another; none at all
        closes the arcs for good.
    is_whole : bool
        Whether the drive must also end by ``closes``: daylight, a curfew; not a ferry's last crossing.
    """

    opens: Sequence[int]
    closes: Sequence[int]
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedArcs:
    """
    Arcs whose speed, costs and opening change with time, in profiles that arcs share.

    Time is counted in whole seconds from 0 to the horizon, the end of the last slot. An arc that takes
    ``seconds`` at speed 1000 is driven at the speed of each slot on the way and left at the next whole
    second: who enters it later never leaves it earlier. Its costs are those of the slot in which it is
    entered. Build it with :meth:`of`.

    Attributes
    ----------
    graph : ArcGraph
    step_s : int
        Seconds of a slot.
    seconds : ndarray of int64, shape (arcs,)
    speeds : ndarray of int64, shape (speed profiles, slots)
        In thousandths.
    speed_of : ndarray of int64, shape (arcs,)
    costs : ndarray of int64, shape (arcs, criteria)
        One or two.
    factors : ndarray of int64, shape (cost profiles, slots)
        What costs are multiplied by.
    factor_of : ndarray of int64, shape (arcs, criteria)
    windows : tuple of WindowClass
    window_of : ndarray of int64, shape (arcs,)
        -1 where an arc is always open.
    halts : ndarray of int64
        Nodes at which one may wait for any number of seconds.
    wait_costs : ndarray of int64, shape (halts, criteria)
        For each second.
    """

    graph: ArcGraph
    step_s: int
    seconds: IntArray
    speeds: IntArray
    speed_of: IntArray
    costs: IntArray
    factors: IntArray
    factor_of: IntArray
    windows: tuple[WindowClass, ...]
    window_of: IntArray
    halts: IntArray
    wait_costs: IntArray
    _kept: dict[bool, tuple[Clock, Windows]] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(  # noqa: PLR0913 - each says something else about the arcs
        cls,
        graph: ArcGraph,
        seconds: ArrayLike,
        costs: ArrayLike,
        *,
        step_s: int,
        n_slots: int,
        speeds: ArrayLike | None = None,
        speed_of: ArrayLike | None = None,
        factors: ArrayLike | None = None,
        factor_of: ArrayLike | None = None,
        windows: Sequence[WindowClass] = (),
        window_of: ArrayLike | None = None,
        halts: ArrayLike = (),
        wait_costs: ArrayLike | None = None,
    ) -> TimedArcs:
        """
        Check and keep; what is left out does not change with time, and waiting costs nothing.

        Raises
        ------
        DataError
            A shape, a number or a window cannot be used; the message names it.
        """
        step, slots = _check_grid(step_s, n_slots)
        driven = check_cost(graph, seconds)
        if driven.size and driven.min() < 1:
            arc = int(np.argmin(driven))
            message = f"Arc {arc} takes no time; an arc takes a second or more."
            raise DataError(message)
        table = check_costs(graph, costs)
        if table.shape[1] > MAX_COSTS:
            message = f"A search over time takes 1 or {MAX_COSTS} costs, not {table.shape[1]}."
            raise DataError(message)
        pace = _check_profiles(speeds, slots, "speed", unit=WHOLE, least=1)
        factor = _check_profiles(factors, slots, "factor", unit=1, least=0)
        if float(table.astype(float).sum(axis=0).max(initial=0)) * int(factor.max()) > MAX_COST:
            message = "Costs and factors are too large to be added up; measure in a larger unit."
            raise DataError(message)
        classes = tuple(_check_windows(number, each) for number, each in enumerate(windows))
        nodes = _check_halts(graph, halts)
        return cls(
            graph=graph,
            step_s=step,
            seconds=driven,
            speeds=pace,
            speed_of=_check_numbers(speed_of, (graph.n_arcs,), 0, len(pace), "speed_of"),
            costs=table,
            factors=factor,
            factor_of=_check_numbers(factor_of, table.shape, 0, len(factor), "factor_of"),
            windows=classes,
            window_of=_check_numbers(window_of, (graph.n_arcs,), -1, len(classes), "window_of"),
            halts=nodes,
            wait_costs=_check_numbers(
                wait_costs, (len(nodes), table.shape[1]), 0, MAX_FACTOR, "wait_costs"
            ),
        )

    @property
    def n_slots(self) -> int:
        """Slots up to the horizon."""
        return int(self.speeds.shape[1])

    @property
    def horizon(self) -> int:
        """Seconds that are known."""
        return self.n_slots * self.step_s

    @property
    def fastest(self) -> IntArray:
        """Seconds on each arc at the most favourable time, shape (arcs,)."""
        best = self.speeds.max(axis=1)[self.speed_of]
        quickest: IntArray = -(-self.seconds * WHOLE // best)
        return quickest

    @property
    def least(self) -> IntArray:
        """Costs of each arc at the most favourable times, shape (arcs, criteria)."""
        lowest: IntArray = self.costs * self.factors.min(axis=1)[self.factor_of]
        return lowest

    def until(self, second: int) -> TimedArcs:
        """The same with a horizon that is no earlier than a second."""
        n_slots = min(self.n_slots, max(1, -(-second // self.step_s)))
        return replace(self, speeds=self.speeds[:, :n_slots], factors=self.factors[:, :n_slots])

    def tables(self, storage: Storage) -> tuple[Clock, Windows]:
        """Profiles and windows as loops read them; made at the first use, and kept."""
        if storage.is_compiled not in self._kept:
            self._kept[storage.is_compiled] = self._clock(storage), self._windows(storage)
        return self._kept[storage.is_compiled]

    def _clock(self, storage: Storage) -> Clock:
        form = storage.form
        falls = next_falls(self.factors, self.step_s)
        return (
            self.n_slots, self.step_s, form(self.speeds.ravel()), form(self.factors.ravel()),
            form(falls.ravel()),
        )  # fmt: skip

    def _windows(self, storage: Storage) -> Windows:
        never = np.array([np.iinfo(np.int64).max // 4])
        begin, ends, hints, size = [never[:0]], [never[:0]], [never[:0]], 0
        starts = np.arange(self.n_slots) * self.step_s
        for each in self.windows:
            closes = np.array(each.closes, np.int64)
            begin += [np.array(each.opens, np.int64), never]
            ends += [closes, never]
            hints.append(size + np.searchsorted(closes, starts, side="right"))
            size += len(closes) + 1
        whole = np.array([each.is_whole for each in self.windows], np.int64)
        form = storage.form
        joined = np.concatenate
        return form(joined(begin)), form(joined(ends)), form(whole), form(joined(hints))


def next_falls(profiles: IntArray, step_s: int) -> IntArray:
    """When a profile next falls after the begin of each slot, far away where it does not any more."""
    falls = np.full(profiles.shape, np.iinfo(np.int64).max // 4)
    for slot in range(profiles.shape[1] - 2, -1, -1):
        is_fall = profiles[:, slot + 1] < profiles[:, slot]
        falls[:, slot] = np.where(is_fall, (slot + 1) * step_s, falls[:, slot + 1])
    return falls


def _check_grid(step_s: int, n_slots: int) -> tuple[int, int]:
    """Seconds of a slot, and how many slots."""
    for name, value in (("step_s", step_s), ("n_slots", n_slots)):
        if isinstance(value, bool) or not hasattr(value, "__index__") or value < 1:
            message = f"{name} must be a whole number from 1 up, not {value!r}."
            raise DataError(message)
    if step_s * n_slots > MAX_HORIZON_S:
        message = f"A search looks {MAX_HORIZON_S} s ahead at most, not {step_s * n_slots} s."
        raise DataError(message)
    return int(step_s), int(n_slots)


def _check_profiles(
    given: ArrayLike | None, n_slots: int, name: str, *, unit: int, least: int
) -> IntArray:
    """Rows of whole numbers, one for each slot; one row that changes nothing where none is given."""
    if given is None:
        return np.full((1, n_slots), unit, np.int64)
    rows = np.asarray(given)
    if rows.ndim != 2 or rows.shape[1] != n_slots or not len(rows) or rows.dtype.kind not in "iu":
        message = f"A {name} profile needs {n_slots} whole numbers, one for each slot."
        raise DataError(message)
    wrong = np.argwhere((rows < least) | (rows > MAX_FACTOR))
    if len(wrong):
        row, slot = wrong[0].tolist()
        message = (
            f"The {name} {rows[row, slot]} of profile {row} in slot {slot} lies outside "
            f"{least} to {MAX_FACTOR}."
        )
        raise DataError(message)
    return rows.astype(np.int64)


def _check_numbers(
    given: ArrayLike | None, shape: tuple[int, ...], least: int, end: int, name: str
) -> IntArray:
    """Whole numbers of a shape from ``least`` to below ``end``; the lowest where none are given."""
    if given is None:
        return np.full(shape, least, np.int64)
    values = np.asarray(given)
    if values.shape != shape or (values.size and values.dtype.kind not in "iu"):
        message = f"{name} must be whole numbers of the shape {shape}, not {values.shape}."
        raise DataError(message)
    wrong = np.argwhere((values < least) | (values >= end))
    if len(wrong):
        place = wrong[0].tolist()
        message = f"{name} holds {values[tuple(place)]} at {place}, outside {least} to {end - 1}."
        raise DataError(message)
    return values.astype(np.int64)


def _check_windows(number: int, given: WindowClass) -> WindowClass:
    """Windows of one class, in order."""
    opens, closes = np.asarray(given.opens), np.asarray(given.closes)
    is_whole = all(not each.size or each.dtype.kind in "iu" for each in (opens, closes))
    if opens.ndim != 1 or opens.shape != closes.shape or not is_whole:
        message = f"Window class {number} needs as many whole seconds that open as close."
        raise DataError(message)
    if (opens < 0).any() or (opens >= closes).any() or (closes[:-1] > opens[1:]).any():
        message = (
            f"Window class {number} must open at 0 or later, each window before it closes "
            "and after the one before."
        )
        raise DataError(message)
    if closes.size and closes.max() > 2 * MAX_HORIZON_S:
        message = f"Window class {number} closes {closes.max()} s ahead; count from the first slot."
        raise DataError(message)
    return WindowClass(opens.tolist(), closes.tolist(), bool(given.is_whole))


def _check_halts(graph: ArcGraph, halts: ArrayLike) -> NDArray[np.int64]:
    """Nodes, each once."""
    nodes = np.asarray(halts)
    if nodes.ndim != 1 or (nodes.size and nodes.dtype.kind not in "iu"):
        message = "Halts are node numbers in one flat array."
        raise DataError(message)
    for node in nodes.tolist():
        graph.check_node(node, "halt")
    if len(np.unique(nodes)) < len(nodes):
        message = "A halt is given twice; give each node once, with its cost of waiting."
        raise DataError(message)
    return nodes.astype(np.int64)
