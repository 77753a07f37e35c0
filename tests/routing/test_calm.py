"""Epochs, and from when on nothing better lies ahead."""

from __future__ import annotations

import numpy as np

from cmcoord_geo.routing import ArcGraph, TimedArcs, WindowClass
from cmcoord_geo.routing.calm import calm_from, drive_times
from cmcoord_geo.routing.storage import Storage

PLAIN = Storage(is_compiled=False)


def line(**options: object) -> TimedArcs:
    """Four nodes in a row, ten seconds each; 300 seconds in five slots."""
    graph = ArcGraph.from_arcs(4, [0, 1, 2], [1, 2, 3])
    return TimedArcs.of(graph, [10] * 3, [[1]] * 3, step_s=60, n_slots=5, **options)


def test_epochs_are_the_times_at_which_somebody_may_drive() -> None:
    days = [WindowClass([0, 200], [100, 250]), WindowClass([90], [120], is_whole=False)]
    times = drive_times(line(windows=days, window_of=[0, 1, 0]))
    assert (times.begin.tolist(), times.end.tolist()) == ([0, 200], [130, 250])
    times = drive_times(line(windows=days, window_of=[0, -1, 0]))
    assert (times.begin.tolist(), times.end.tolist()) == ([0], [300])


def test_an_opening_is_ahead_of_those_who_can_be_there_before_it() -> None:
    closed = line(windows=[WindowClass([100], [200])], window_of=[-1, -1, 0])
    assert calm_from(closed, drive_times(closed), 3, PLAIN).tolist() == [[80, 90, 100, 0]]
    halt = line(windows=[WindowClass([100], [200])], window_of=[-1, -1, 0], halts=[2])
    assert calm_from(halt, drive_times(halt), 3, PLAIN).tolist() == [[0, 0, 100, 0]]


def test_a_cost_that_falls_is_ahead_and_a_speed_where_waiting_costs() -> None:
    falling = line(factors=[[1, 1, 1, 1, 1], [2, 2, 1, 1, 1]], factor_of=[[0], [1], [0]])
    assert calm_from(falling, drive_times(falling), 3, PLAIN)[0].tolist() == [110, 120, 0, 0]
    slowing = {"speeds": [[1000] * 5, [1000, 500, 500, 500, 500]], "speed_of": [0, 1, 0]}
    free, costly = line(**slowing), line(**slowing, halts=[0], wait_costs=[[1]])
    assert not calm_from(free, drive_times(free), 3, PLAIN).any()
    assert calm_from(costly, drive_times(costly), 3, PLAIN)[0].tolist() == [50, 60, 0, 0]


def test_days_that_are_alike_share_a_mark() -> None:
    """The third day is shorter: labels of the second do not stand for those of the third."""
    days = WindowClass([0, 120, 240], [50, 170, 280])
    arcs = line(windows=[days], window_of=[0, 0, 0])
    begin, end, _, mark, alike, is_phased = drive_times(arcs).tables(arcs, PLAIN)
    assert (list(begin), list(end)) == ([0, 120, 240], [50, 170, 280])
    assert (list(mark), list(alike), is_phased) == ([0, 0, 1], [1, 0, 0], 1)
    wet = line(windows=[days], window_of=[0, 0, 0], speeds=[[1000, 900, 800, 900, 1000]])
    assert not np.any(drive_times(wet).tables(wet, PLAIN)[4])
