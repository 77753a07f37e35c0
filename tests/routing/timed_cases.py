"""Independent answers over time for small graphs: a time-expanded programme, a checker, and random cases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from cmcoord_geo.routing import ArcGraph
from cmcoord_geo.routing.timed_arcs import TimedArcs, WindowClass


@dataclass(frozen=True)
class TimedCase:
    """One question; everything that changes with time is written out second by second."""

    seed: int
    n_nodes: int
    tail: list[int]
    head: list[int]
    seconds: list[int]
    step_s: int
    n_slots: int
    speeds: list[list[int]]
    speed_of: list[int]
    costs: list[list[int]]
    factors: list[list[int]]
    factor_of: list[list[int]]
    windows: list[WindowClass]
    window_of: list[int]
    halts: dict[int, list[int]]
    source: int
    target: int
    departures: list[int]

    @property
    def horizon(self) -> int:
        return self.step_s * self.n_slots

    @property
    def arcs(self) -> TimedArcs:
        width = len(self.costs[0]) if self.costs else 1
        return TimedArcs.of(
            ArcGraph.from_arcs(self.n_nodes, self.tail, self.head),
            self.seconds,
            np.array(self.costs, np.int64).reshape(-1, width),
            step_s=self.step_s,
            n_slots=self.n_slots,
            speeds=self.speeds,
            speed_of=self.speed_of,
            factors=self.factors,
            factor_of=np.array(self.factor_of, np.int64).reshape(-1, width),
            windows=self.windows,
            window_of=self.window_of,
            halts=np.array(list(self.halts), np.int64),
            wait_costs=np.array(list(self.halts.values()), np.int64).reshape(-1, width),
        )

    def passage(self, arc: int, start: int) -> int | None:
        """When an arc entered at a second is left, driven second by second; None where it is closed."""
        need, now = 1000 * self.seconds[arc], start
        while need > 0:
            if now >= self.horizon:
                return None
            need -= self.speeds[self.speed_of[arc]][now // self.step_s]
            now += 1
        if self.window_of[arc] >= 0:
            opens, closes, is_whole = self.windows[self.window_of[arc]]
            if not any(
                a <= start < b and (now <= b or not is_whole)
                for a, b in zip(opens, closes, strict=True)
            ):
                return None
        return now

    def price(self, arc: int, start: int) -> tuple[int, ...]:
        """What an arc costs that is entered at a second."""
        slot = start // self.step_s
        return tuple(
            cost * self.factors[profile][slot]
            for cost, profile in zip(self.costs[arc], self.factor_of[arc], strict=True)
        )


Vector = tuple[int, ...]


def expanded_front(case: TimedCase, departure: int) -> list[Vector]:
    """Non-dominated arrivals and costs by a programme over every node and every second."""
    leaving: dict[int, list[int]] = defaultdict(list)
    for arc, (tail, head) in enumerate(zip(case.tail, case.head, strict=True)):
        if tail != head:
            leaving[tail].append(arc)
    at: list[dict[int, set[Vector]]] = [defaultdict(set) for _ in range(case.horizon + 1)]
    width = len(case.costs[0])

    def drive(node: int, now: int, costs: Vector) -> None:
        for arc in leaving[node] if now < case.horizon else ():
            there = case.passage(arc, now)
            if there is not None:
                more = case.price(arc, now)
                added = tuple(a + b for a, b in zip(costs, more, strict=True))
                at[there][case.head[arc]].add(added)

    drive(case.source, departure, (0,) * width)
    answers: set[Vector] = set()
    for now in range(departure + 1, case.horizon + 1):
        for node, vectors in at[now].items():
            for costs in _front(vectors):
                if node == case.target:
                    answers.add((now, *costs))
                    continue
                drive(node, now, costs)
                if node in case.halts and now < case.horizon:
                    wait = case.halts[node]
                    at[now + 1][node].add(tuple(a + b for a, b in zip(costs, wait, strict=True)))
    return sorted(_front(answers))


def _front(vectors: set[Vector]) -> list[Vector]:
    """Vectors that no other one is as good as."""
    kept: list[Vector] = []
    for vector in sorted(vectors):
        if not any(all(a <= b for a, b in zip(other, vector, strict=True)) for other in kept):
            kept.append(vector)
    return kept


def check_plan(case: TimedCase, departure: int, arcs: list[int], enters: list[int]) -> Vector:
    """Drive a plan second by second and say what it brings; an assertion where it cannot be driven."""
    where = f"seed {case.seed}, departure {departure}"
    assert len(arcs) == len(enters) > 0, where
    assert enters[0] == departure, f"{where}: leaves at {enters[0]}"
    node, now, costs = case.source, departure, [0] * len(case.costs[0])
    for arc, start in zip(arcs, enters, strict=True):
        assert case.tail[arc] == node, f"{where}: broken at arc {arc}"
        assert start >= now, f"{where}: enters before it is there"
        if start > now:
            assert node in case.halts, f"{where}: waits at {node}, which is no halt"
            for number, wait in enumerate(case.halts[node]):
                costs[number] += (start - now) * wait
        there = case.passage(arc, start)
        assert there is not None, f"{where}: arc {arc} is closed at {start}"
        for number, more in enumerate(case.price(arc, start)):
            costs[number] += more
        node, now = case.head[arc], there
    assert node == case.target, f"{where}: ends at {node}"
    return (now, *costs)


def timed_case(seed: int, *, n_costs: int = 0, waiting: str = "") -> TimedCase:
    """
    Draw a small network with a curfew, wet roads, closures, a ferry and patrols, some of them or none.

    ``waiting`` is ``forbidden``, ``free``, ``costly`` or drawn.
    """
    rng = np.random.default_rng([seed, 6])
    width = n_costs or int(rng.integers(1, 3))
    n_nodes = int(rng.integers(2, 8))
    step, slots = int(rng.integers(3, 9)), int(rng.integers(6, 14))
    horizon = step * slots
    tail, head = _roads(rng, n_nodes)
    n_arcs = len(tail)
    speeds = rng.choice([1000, 1000, 700, 500, 1500], size=(3, slots))
    speeds[0] = 1000
    factors = rng.choice([0, 1, 1, 2, 5], size=(3, slots))
    factors[0] = 1
    kinds = [
        _curfew(rng, horizon), _closure(rng, horizon), _ferry(rng, horizon), _closure(rng, horizon)
    ]  # fmt: skip
    is_day = rng.random() < 0.6
    if rng.random() < 0.4:  # every day alike
        slots = max(slots, 12)
        period = slots // 3
        speeds, factors = (np.tile(each[:, :period], 4)[:, :slots] for each in (speeds, factors))
        if speeds.shape[1] < slots:
            speeds, factors = (
                np.pad(each, ((0, 0), (0, slots - each.shape[1])), mode="edge")
                for each in (speeds, factors)
            )
        day = period * step
        kinds = [_daily(rng, day, slots * step), _daily(rng, day, slots * step)] * 2
    window_of = np.where(rng.random(n_arcs) < 0.25, rng.integers(0, 4, n_arcs), 0 if is_day else -1)
    mode = waiting or str(rng.choice(["forbidden", "free", "costly", "free"]))
    halts = [] if mode == "forbidden" else np.flatnonzero(rng.random(n_nodes) < 0.5).tolist()
    most = 1 if mode == "free" else 3
    high = int(rng.choice([1, 4, 30]))
    return TimedCase(
        seed=seed,
        n_nodes=n_nodes,
        tail=tail,
        head=head,
        seconds=rng.integers(1, rng.choice([3, 12]), n_arcs, endpoint=True).tolist(),
        step_s=step,
        n_slots=slots,
        speeds=speeds.tolist(),
        speed_of=(rng.integers(0, 3, n_arcs) * (rng.random() < 0.6)).tolist(),
        costs=rng.integers(0, high + 1, (n_arcs, width)).tolist(),
        factors=factors.tolist(),
        factor_of=(rng.integers(0, 3, (n_arcs, width)) * (rng.random() < 0.6)).tolist(),
        windows=kinds,
        window_of=window_of.tolist(),
        halts={node: rng.integers(0, most, width).tolist() for node in halts},
        source=0,
        target=n_nodes - 1,
        departures=np.unique(rng.integers(0, horizon, 3)).tolist(),
    )


def alike_case(seed: int) -> TimedCase:
    """Three days that are alike, with a night after each; all roads are closed then, waiting is free."""
    case = timed_case(seed, waiting="free")
    rng = np.random.default_rng([seed, 66])
    day = case.horizon
    dawn, dusk = int(rng.integers(0, day // 3)), int(rng.integers(day // 2, day))
    late = int(rng.integers(dawn, dusk))
    windows = [
        WindowClass([begin + n * day for n in range(3)], [dusk + n * day for n in range(3)])
        for begin in (dawn, late)
    ]
    return replace(
        case, n_slots=3 * case.n_slots + 1,
        speeds=[row * 3 + row[:1] for row in case.speeds],
        factors=[row * 3 + row[:1] for row in case.factors],
        windows=windows, window_of=(rng.random(len(case.tail)) < 0.2).astype(int).tolist(),
        halts={node: [0] * len(case.costs[0]) for node in range(case.n_nodes) if rng.random() < 0.5},
        departures=np.unique(rng.integers(dawn, dusk, 3)).tolist(),
    )  # fmt: skip


def _roads(rng: np.random.Generator, n_nodes: int) -> tuple[list[int], list[int]]:
    """Two-way road through all nodes in most cases, and arcs between any of them."""
    tail = rng.integers(0, n_nodes, 2 * n_nodes).tolist()
    head = rng.integers(0, n_nodes, 2 * n_nodes).tolist()
    if rng.random() < 0.7:
        along = list(range(n_nodes - 1))
        tail, head = along + tail[:n_nodes], [node + 1 for node in along] + head[:n_nodes]
    back = rng.random(len(tail)) < 0.5
    both = list(zip(tail, head, strict=True))
    both += [(b, a) for (a, b), is_back in zip(both, back.tolist(), strict=True) if is_back]
    return [a for a, _ in both], [b for _, b in both]


def _curfew(rng: np.random.Generator, horizon: int) -> WindowClass:
    """Days between nights."""
    day, night = int(rng.integers(5, 25)), int(rng.integers(1, 10))
    opens = list(range(int(rng.integers(0, night + 1)), horizon, day + night))
    return WindowClass(opens, [second + day for second in opens], is_whole=True)


def _daily(rng: np.random.Generator, day: int, horizon: int) -> WindowClass:
    """The same hours every day."""
    begin, end = np.sort(rng.choice(np.arange(1, day), 2, replace=False)).tolist()
    opens = list(range(begin, horizon, day))
    return WindowClass(opens, [second + end - begin for second in opens], rng.random() < 0.7)


def _closure(rng: np.random.Generator, horizon: int) -> WindowClass:
    """A road that is closed for a while, or for good."""
    begin, end = np.sort(rng.integers(0, horizon, 2)).tolist()
    opens, closes = [0, end + 1], [begin, horizon + 1]
    spans = [(a, b) for a, b in zip(opens, closes, strict=True) if a < b]
    spans = spans[: int(rng.integers(0, 3))]
    return WindowClass([a for a, _ in spans], [b for _, b in spans], is_whole=rng.random() < 0.5)


def _ferry(rng: np.random.Generator, horizon: int) -> WindowClass:
    """Short crossings at intervals."""
    gap = int(rng.integers(4, 15))
    opens = list(range(int(rng.integers(0, gap)), horizon, gap))
    return WindowClass(opens, [second + 2 for second in opens], is_whole=False)
