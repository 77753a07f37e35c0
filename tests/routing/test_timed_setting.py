"""The steps of the loops over time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.routing import ArcGraph, TimedArcs, WindowClass
from cmcoord_geo.routing.storage import Storage
from cmcoord_geo.routing.timed_setting import (
    _is_covered,
    _stand,
    _timed_pop,
    _timed_push,
    arrival,
    entered,
    last_entered,
)

SPEEDS = st.lists(st.integers(1, 2000), min_size=2, max_size=6)


@unhurried
@given(SPEEDS, st.integers(1, 40), st.integers(0, 30))
def test_arcs_are_driven_at_the_speed_of_each_slot(
    speeds: list[int], need: int, start: int
) -> None:
    """Second by second; who enters later never leaves earlier."""
    clock = (len(speeds), 7, speeds, [], [])
    left, now = 1000 * need, start
    while left > 0 and now < 7 * len(speeds):
        left, now = left - speeds[now // 7], now + 1
    expected = now if left <= 0 else -1
    assert arrival(clock, 0, 1000 * need, start) == expected
    later = arrival(clock, 0, 1000 * need, start + 1)
    assert later == -1 or expected <= later


@unhurried
@given(
    SPEEDS,
    st.integers(1, 20),
    st.sets(st.integers(0, 40)),
    st.sampled_from([True, False]),
    st.integers(0, 42),
)
def test_the_last_entry_is_the_last_that_is_driven_by_then(
    speeds: list[int], need: int, drawn: set[int], is_whole: object, end: int
) -> None:
    """As every second tried says: slots, windows, and drives that must end in one."""
    edges, size = sorted(drawn)[: len(drawn) // 2 * 2], len(speeds)
    end = min(end, 7 * size)
    windows = [WindowClass([50], [51]), WindowClass(edges[::2], edges[1::2], bool(is_whole))]
    arcs = TimedArcs.of(
        ArcGraph.from_arcs(2, [0], [1]), [need], [[1]], step_s=7, n_slots=size, speeds=[speeds],
        windows=windows, window_of=[1 if edges else -1],
    )  # fmt: skip
    clock, opening = arcs.tables(Storage(is_compiled=False))
    record = [1000 * need, 0, int(arcs.window_of[0]), 0, 0, 0, 0]
    driven = {start: entered(clock, opening, record, 0, start) for start in range(7 * size)}
    expected = max((start for start, by in driven.items() if 0 <= by <= end), default=-1)
    assert last_entered(clock, opening, record, 0, end) == expected


@unhurried
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=20))
def test_stairs_cover_what_full_comparison_covers(vectors: list[tuple[int, int]]) -> None:
    stairs = [0, 0], [0, 0], [0, 0], [0] * 400, [0, 0], [0, 0], [0, 0]
    stood: list[tuple[int, int]] = []
    n_kept = 0
    for a, b in vectors:
        is_covered = any(x <= a and y <= b for x, y in stood)
        assert _is_covered(stairs, 1, 7, a, b, False) == is_covered  # noqa: FBT003
        if not is_covered:
            n_kept = _stand(stairs, 1, 7, a, b, n_kept)
            stood.append((a, b))
            assert not _is_covered(stairs, 1, 7, a, b, True), "not by itself"  # noqa: FBT003
        assert not _is_covered(stairs, 1, 8, a, b, False), "nor under another mark"  # noqa: FBT003
    front = [
        v for v in set(stood) if not any(o != v and o[0] <= v[0] and o[1] <= v[1] for o in stood)
    ]
    kept = stairs[3][2 * stairs[0][1] : 2 * (stairs[0][1] + stairs[1][1])]
    assert kept == [number for vector in sorted(front) for number in vector]


@given(st.lists(st.integers(0, 9), max_size=30))
def test_the_queue_gives_the_lowest_key(keys: list[int]) -> None:
    queue, size = ([0] * 31, [0] * 31), 0
    for label, key in enumerate(keys):
        size = _timed_push(queue, size, key, label)
    found = []
    while size:
        found.append(queue[0][0])
        size = _timed_pop(queue, size)
    assert found == sorted(keys)
