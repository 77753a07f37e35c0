"""The steps of the loops: queue, fronts, merging."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.routing.label_setting import (
    MERGED,
    NONE,
    _covers,
    _has_room,
    _merge,
    _pop,
    _push,
    _put_first,
    _settle,
)

VECTORS = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.tuples(*[st.integers(0, 4)] * k), min_size=1, max_size=25)
)


@given(st.lists(st.tuples(st.sampled_from(["push", "pop", "instead"]), st.integers(0, 9))))
def test_the_queue_gives_the_lowest_key(steps: list[tuple[str, int]]) -> None:
    """Whatever the order of steps, and each key keeps its label."""
    queue, size = ([0] * len(steps), [0] * len(steps)), 0
    held: list[int] = []
    for label, (step, key) in enumerate(steps):
        if step == "push" or not held:
            size = _push(queue, size, key, label)
        else:
            held.remove(min(held))
            size = _pop(queue, size) if step == "pop" else _put_first(queue, size, key, label)
        held += [key] * (size - len(held))
        assert sorted(queue[0][:size]) == sorted(held)
        assert not held or queue[0][0] == min(held)
        assert all(
            steps[at][1] == kept for kept, at in zip(*(p[:size] for p in queue), strict=True)
        )


@unhurried
@given(VECTORS)
def test_a_front_covers_what_full_comparison_covers(vectors: list[tuple[int, ...]]) -> None:
    """Labels in lexicographic order: the front without the first criterion says the same."""
    width, ordered = len(vectors[0]), sorted(vectors)
    f = [value for vector in ordered for value in vector]
    fronts = [0, 0], [0, 0], [0, 0], [0] * (4 * len(vectors) * width)
    settled: list[tuple[int, ...]] = []
    n_kept = 0
    for label, vector in enumerate(ordered):
        is_covered = any(
            all(a <= b for a, b in zip(other, vector, strict=True)) for other in settled
        )
        assert _covers(fronts, 1, f, label, width, 1, 0) == is_covered
        if not is_covered:
            assert _has_room(fronts, 1, n_kept, width)
            n_kept = _settle(fronts, 1, f, label, width, n_kept)
            settled.append(vector)
    assert not _covers(fronts, 0, f, 0, width, 1, 0), "nodes do not mix"


def test_a_front_looks_within_epsilon() -> None:
    """5 quarters of 4 is 5."""
    fronts = [0], [0], [0], [0] * 8
    _settle(fronts, 0, [1, 5, 5], 0, 3, 0)
    assert not _covers(fronts, 0, [1, 4, 4], 0, 3, 1, 0)
    assert _covers(fronts, 0, [1, 4, 4], 0, 3, 5, 2)


def test_a_label_stands_for_another_only_within_epsilon() -> None:
    """Of (10, 11) and (11, 10) either path is within a tenth; of (10, 11) and (12, 8) neither."""
    for other, is_merged in (((11, 10), True), ((12, 8), False)):
        pool = [0, 0], [7, 8], [NONE, NONE]
        f, own = [10, 11, *other], [10, 11, *other]
        waiting = [0], [NONE, NONE]
        _merge(pool, f, own, waiting, 1, [11, 11], 0)  # 1 + epsilon is 11: all fit
        assert waiting[1][0] == MERGED
        f, own, waiting = [10, 11, *other], [10, 11, *other], ([0], [NONE, NONE])
        _merge(pool, f, own, waiting, 1, [1127, 1127], 10)
        assert (waiting[1][0] == MERGED) == is_merged
        assert f[2:] == ([10, 10] if is_merged else list(other))
