"""Fronts over time equal a time-expanded programme; every plan can be driven."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from routing.timed_cases import TimedCase, alike_case, check_plan, expanded_front, timed_case

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import (
    ArcGraph,
    TimedArcs,
    TimedPaths,
    WindowClass,
    calm,
    timed_paths,
    timed_search,
    timed_setting,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: Networks that are searched, each for some departures; set CMCOORD_CAMPAIGN for more.
CASES = int(os.environ.get("CMCOORD_CAMPAIGN", "250"))
WAITING = pytest.mark.parametrize("waiting", ["forbidden", "free", "costly"])


def rows_of(found: TimedPaths, number: int) -> list[tuple[int, ...]]:
    """Arrival and costs of each row of one departure."""
    mine = np.flatnonzero(found.departure == number)
    return [(int(found.arrivals[row]), *found.costs[row].tolist()) for row in mine.tolist()]


def searched(case: TimedCase, **options: object) -> list[list[tuple[int, ...]]]:
    """Fronts of all departures, every plan driven by the checker."""
    found = timed_paths(case.arcs, case.source, case.target, case.departures, **options)
    fronts = [rows_of(found, number) for number in range(len(case.departures))]
    row = 0
    for departure, front in zip(case.departures, fronts, strict=True):
        for promised in front:
            arcs, enters = found.plan(row)
            assert check_plan(case, departure, arcs.tolist(), enters.tolist()) == promised
            row += 1
    return fronts


def differences(case: TimedCase) -> list[str]:
    """How the search and the programme differ."""
    fronts = searched(case, keep_all=True)
    return [
        f"seed {case.seed} at {departure}: found {front}, expected {expected}"
        for departure, front in zip(case.departures, fronts, strict=True)
        if front != (expected := expanded_front(case, departure))
    ]


@WAITING
def test_equals_the_time_expanded_programme(waiting: str) -> None:
    """Issue 6: curfew, wet closure, ferry, patrol windows; waiting forbidden, free or costly."""
    found = [differences(timed_case(seed, waiting=waiting)) for seed in range(CASES // 3 + 1)]
    assert [each for each in found if each] == []


@WAITING
def test_three_criteria_equal_the_time_expanded_programme(waiting: str) -> None:
    """Arrival, exposure, exposure without presence; 1,200 cases in a campaign of 3,600."""
    cases = (
        timed_case(10_000 + seed, n_costs=2, waiting=waiting) for seed in range(CASES // 9 + 1)
    )
    assert [each for each in map(differences, cases) if each] == []


def test_days_that_are_alike_equal_the_programme() -> None:
    found = [differences(alike_case(seed)) for seed in range(CASES // 3 + 1)]
    assert [each for each in found if each] == []


def test_contracted_roads_lose_only_driving_about() -> None:
    """What is found there can be driven, and is as good as any way that only leads on."""
    losses = asked = 0
    for seed in range(CASES // 4):
        case = stretched(timed_case(seed))
        ahead = one_way(case)
        for departure, front in zip(case.departures, searched(case), strict=True):
            whole = expanded_front(case, departure)
            assert all(any(covers(best, row) for best in whole) for row in front), seed
            straight = expanded_front(ahead, departure) if ahead.tail else []
            assert all(any(covers(row, best) for row in front) for best in straight), seed
            losses += front != whole
            asked += 1
    assert losses <= asked // 8, (losses, asked)


def test_nobody_is_moved_along_a_shortcut_that_is_opened_at_a_halt() -> None:
    """It leads nowhere; taken for a way to come back later it broke a plan in two."""
    case = timed_case(51_110, n_costs=2)
    best = {row for departure in case.departures for row in expanded_front(case, departure)}
    assert {row for front in searched(case) for row in front} <= best


def stretched(case: TimedCase) -> TimedCase:
    """The same roads with a node more on every arc: chains all over."""
    tail, head, middle = list(case.tail), list(case.head), case.n_nodes
    for arc in range(len(case.tail)):
        tail.append(middle + arc)
        head.append(head[arc])
        head[arc] = middle + arc

    def twice(values: list) -> list:
        return [*values, *values]

    return replace(
        case, n_nodes=middle + len(case.tail), tail=tail, head=head, seconds=twice(case.seconds),
        speed_of=twice(case.speed_of), costs=twice(case.costs), factor_of=twice(case.factor_of),
        window_of=twice(case.window_of),
    )  # fmt: skip


def one_way(case: TimedCase) -> TimedCase:
    """Only arcs that lead on, as the nodes of the first road are numbered: nobody drives about."""
    half = len(case.tail) // 2
    kept = [arc for arc in range(half) if case.tail[arc] < case.head[arc + half]]
    kept += [arc + half for arc in kept]

    def of(values: list) -> list:
        return [values[arc] for arc in kept]

    return replace(
        case, tail=of(case.tail), head=of(case.head), seconds=of(case.seconds),
        speed_of=of(case.speed_of), costs=of(case.costs),
        factor_of=of(case.factor_of), window_of=of(case.window_of),
    )  # fmt: skip


def covers(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a row is nowhere worse than another."""
    return all(a <= b for a, b in zip(one, other, strict=True))


def test_compiled_and_plain_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [timed_case(seed) for seed in range(12)]
    plain = [searched(case) for case in cases]
    monkeypatch.setattr(timed_search, "SMALL", -1)
    assert [searched(case) for case in cases] == plain


def test_cases_hold_what_they_promise() -> None:
    """Many have answers, several answers, waits, and roads where early and late differ."""
    cases = [timed_case(seed) for seed in range(100)]
    fronts = [front for case in cases for front in searched(case)]
    assert sum(len(front) > 1 for front in fronts) >= 33
    assert sum(not front for front in fronts) >= 20
    waits = 0
    for case in cases:
        found = timed_paths(case.arcs, case.source, case.target, case.departures)
        for row in range(len(found.departure)):
            arcs, enters = found.plan(row)
            leaves = [
                case.passage(*each) for each in zip(arcs.tolist(), enters.tolist(), strict=True)
            ]
            waits += leaves[:-1] != enters[1:].tolist()
    assert waits >= 20


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("_last_events", lambda arcs, begin, end: np.full(arcs.graph.n_arcs, begin)),
        ("drive_times", lambda arcs: timed_search.DriveTimes(
            begin=np.array([0]), end=np.array([arcs.horizon // 2])
        )),
    ],
)  # fmt: skip
def test_the_programme_notices_a_wrong_rule(
    monkeypatch: pytest.MonkeyPatch, step: str, fault: Callable[..., object]
) -> None:
    """Planted: nothing counts as getting better; half of the time is forgotten."""
    monkeypatch.setattr(timed_search if step == "drive_times" else calm, step, fault)
    assert any(differences(timed_case(seed)) for seed in range(60))


def test_sampling_the_leaves_turns_the_comparison_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: who waits leaves at every fifth second only."""
    honest = timed_setting._next_leave

    def coarse(*given: object) -> int:
        later = honest(*given)
        return later if later < 0 else -(-later // 5) * 5

    monkeypatch.setattr(timed_setting, "_next_leave", coarse)
    assert any(differences(timed_case(seed, waiting="free")) for seed in range(120))


def test_a_dusk_too_early_turns_the_comparison_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: roads to a halt have to be entered a second sooner than they must."""
    honest = timed_setting.last_entered
    monkeypatch.setattr(timed_setting, "last_entered", lambda *given: honest(*given) - 1)
    assert any(differences(alike_case(seed)) for seed in range(80, 110))


def line(**options: object) -> TimedArcs:
    """Three nodes in a row, ten seconds each."""
    graph = ArcGraph.from_arcs(3, [0, 1], [1, 2])
    return TimedArcs.of(graph, [10, 10], [[1], [1]], step_s=60, n_slots=3, **options)


def test_waits_at_a_halt_for_a_window() -> None:
    windows = [WindowClass([100], [130])]
    closed = line(windows=windows, window_of=[-1, 0])
    assert len(timed_paths(closed, 0, 2, [0]).arrivals) == 0
    found = timed_paths(line(windows=windows, window_of=[-1, 0], halts=[1]), 0, 2, [0, 115, 121])
    assert found.arrivals.tolist() == [110]
    assert found.plan(0)[1].tolist() == [0, 100]
    late = [WindowClass([100], [130], is_whole=False)]
    found = timed_paths(line(windows=late, window_of=[-1, 0], halts=[1]), 0, 2, [115])
    assert found.arrivals.tolist() == [135]


def test_bound_limits_hours_and_costs() -> None:
    graph = ArcGraph.from_arcs(2, [0, 0], [1, 1])
    arcs = TimedArcs.of(graph, [10, 20], [[5], [1]], step_s=60, n_slots=3)
    assert timed_paths(arcs, 0, 1, [0, 7], bound=(15, None)).arrivals.tolist() == [10, 17]
    assert timed_paths(arcs, 0, 1, [0], bound=(None, 4)).arrivals.tolist() == [20]
    assert len(timed_paths(arcs, 0, 1, [0], bound=(15, 4)).arrivals) == 0


def test_bounds_of_each_departure_keep_the_rows_within_them() -> None:
    """Arcs that lie on no way within them are closed first: the rows are those of the whole front."""
    asked = 0
    for seed in range(30):
        case = timed_case(seed, n_costs=2)
        fronts = [expanded_front(case, departure) for departure in case.departures]
        middle = [front[len(front) // 2] if front else (0, 0, 0) for front in fronts]
        bounds = [
            (row[0] - departure, *row[1:])
            for departure, row in zip(case.departures, middle, strict=True)
        ]
        found = searched(case, bound=bounds, keep_all=True)
        for departure, front, bound, rows in zip(
            case.departures, fronts, bounds, found, strict=True
        ):
            within = [(row[0] - departure, *row[1:]) for row in front]
            assert rows == [
                row for row, own in zip(front, within, strict=True) if covers(own, bound)
            ]
            asked += len(front) > 1
    assert asked > 12


def test_a_limit_on_labels_says_so() -> None:
    case = next(c for c in map(timed_case, range(99)) if len(searched(c)[0]) > 2)
    whole = searched(case)[0]
    for most in range(1, 40):
        found = timed_paths(case.arcs, case.source, case.target, case.departures, max_labels=most)
        rows = rows_of(found, 0)
        assert set(rows) <= set(whole)
        assert rows == whole or not found.is_complete[0]
    assert not timed_paths(
        case.arcs, 0, case.target, case.departures, max_labels=1
    ).is_complete.any()


def test_a_budget_of_memory_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_search, "MEMORY", 1)
    monkeypatch.setattr(timed_search, "FIRST_SMALL_ROOM", 8)
    cases = [timed_case(seed) for seed in range(40)]
    stopped = 0
    for case in cases:
        found = timed_paths(case.arcs, case.source, case.target, case.departures)
        for number, departure in enumerate(case.departures):
            assert set(rows_of(found, number)) <= set(expanded_front(case, departure))
        stopped += not found.is_complete.all()
    assert stopped > 5


def test_room_for_labels_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [timed_case(seed) for seed in range(30)]
    usual = [searched(case) for case in cases]
    monkeypatch.setattr(timed_search, "FIRST_SMALL_ROOM", 8)
    monkeypatch.setattr(timed_search, "SLICE", 3)
    assert [searched(case) for case in cases] == usual


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"target": 0}, "same node"),
        ({"target": 9}, "target 9 is no node"),
        ({"departures": [180]}, "Departure 0 is at 180 s"),
        ({"departures": [0.5]}, "whole seconds"),
        ({"bound": (1,)}, "A bound needs 2 numbers"),
        ({"bound": (float("nan"), 1)}, "A bound needs 2 numbers"),
        ({"max_labels": 0}, "max_labels must be"),
    ],
)
def test_bad_questions_are_refused(given: dict[str, object], words: str) -> None:
    asked = {"source": 0, "target": 2, "departures": [0], **given}
    with pytest.raises(DataError, match=words):
        timed_paths(line(), **asked)
