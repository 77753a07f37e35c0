"""What changes with time is checked before it is searched."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import ArcGraph, TimedArcs, WindowClass
from cmcoord_geo.routing.timed_arcs import next_falls

GOOD: dict[str, object] = {"seconds": [10, 20], "costs": [[1], [2]], "step_s": 60, "n_slots": 3}


def of(**changes: object) -> TimedArcs:
    """Two arcs in a row."""
    given = {**GOOD, **changes}
    graph = ArcGraph.from_arcs(3, [0, 1], [1, 2])
    return TimedArcs.of(graph, given.pop("seconds"), given.pop("costs"), **given)


def test_a_nearer_horizon_forgets_what_is_beyond() -> None:
    arcs = of(speeds=[[1000, 1500, 2000]], factors=[[3, 2, 1]])
    cut = arcs.until(61)
    assert (cut.horizon, cut.fastest.tolist(), cut.least.tolist()) == (120, [7, 14], [[2], [4]])
    assert arcs.until(9999).horizon == 180
    assert arcs.until(0).horizon == 60


def test_the_most_favourable_times() -> None:
    arcs = of(
        speeds=[[1000, 1000, 1000], [500, 1500, 700]], speed_of=[0, 1],
        factors=[[3, 1, 2], [0, 4, 4]], factor_of=[[0], [1]],
    )  # fmt: skip
    assert arcs.fastest.tolist() == [10, 14]
    assert arcs.least.tolist() == [[1], [0]]
    assert arcs.horizon == 180


def test_falls_are_found_ahead() -> None:
    falls = next_falls(np.array([[3, 1, 2, 0], [1, 1, 2, 2]]), 10)
    assert falls[0].tolist()[:3] == [10, 30, 30]
    assert falls[0, 3] == falls[1, 0] > 10**12


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seconds": [10, 0]}, "Arc 1 takes no time"),
        ({"seconds": [10]}, "shape"),
        ({"costs": [[1, 2, 3], [1, 2, 3]]}, "1 or 2 costs, not 3"),
        ({"costs": [[-1], [2]]}, "negative"),
        ({"costs": [[2**59], [2]]}, "too large"),
        ({"step_s": 0}, "step_s"),
        ({"n_slots": 10**6}, "ahead at most"),
        ({"speeds": [[1000, 1000]]}, "speed profile needs 3"),
        ({"speeds": [[1000, 0, 1000]]}, "speed 0 of profile 0 in slot 1"),
        ({"factors": [[1, -1, 1]]}, "factor -1 of profile 0 in slot 1"),
        ({"speed_of": [0, 1]}, "speed_of holds 1"),
        ({"window_of": [0, -1]}, "window_of holds 0"),
        ({"windows": [WindowClass([5], [5])]}, "Window class 0 must open"),
        ({"windows": [WindowClass([0, 5], [6, 9])]}, "Window class 0 must open"),
        ({"windows": [WindowClass([0, 5], [4])]}, "as many"),
        ({"windows": [WindowClass([0], [10**9])]}, "count from the first slot"),
        ({"halts": [3]}, "halt 3 is no node"),
        ({"halts": [1, 1]}, "given twice"),
        ({"halts": [1], "wait_costs": [[-1]]}, "wait_costs holds -1"),
    ],
)
def test_bad_input_is_named(given: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words):
        of(**given)
