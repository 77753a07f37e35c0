"""Windows of roads: daylight at both ends, what bans leave of it, junctions with the longest day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from planning.worlds import ROW, situation, surveyed

from cmcoord_geo.planning.daylight import day_at
from cmcoord_geo.planning.spans import Spans, midnight_s
from cmcoord_geo.planning.timed_windows import hours_of, open_windows
from cmcoord_geo.units import to_datetime

FIRST, DAYS = date(2026, 12, 2), 2
START_S = midnight_s(FIRST)
HOURS = ((100, 200), (1100, 1200))


@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ((), [(100, 200), (1100, 1200)]),
        (((150, 1150),), [(100, 150), (1150, 1200)]),
        (((0, 100), (120.5, 130.5)), [(100, 121), (130, 200), (1100, 1200)]),
        (((50, 250),), [(1100, 1200)]),
        (((0, 9999),), []),
    ],
)
def test_what_bans_and_closures_leave(
    closed: tuple[tuple[float, float], ...], left: list[tuple[int, int]]
) -> None:
    spans = Spans.of((START_S + start, START_S + end) for start, end in closed)
    windows, window_of = open_windows(ROW, [HOURS] * 4, [spans] * 3, START_S)
    assert window_of.tolist() == [0] * 6
    [window] = windows
    assert list(zip(window.opens, window.closes, strict=True)) == left
    assert window.is_whole


def test_roads_open_at_one_end_and_close_at_the_other() -> None:
    early, late = ((90, 190), (1090, 1190)), ((110, 210), (1110, 1210))
    none = Spans.of(())
    windows, window_of = open_windows(ROW, [early, late, HOURS, HOURS], [none] * 3, START_S)
    ahead, back = windows[window_of[0]], windows[window_of[1]]
    assert (ahead.opens, ahead.closes) == ([90, 1090], [210, 1210])
    assert (back.opens, back.closes) == ([110, 1110], [190, 1190])


def test_a_junction_has_the_longest_day_of_the_places() -> None:
    roads = surveyed(replace(ROW, node_names=("A", "", "C", "D")))
    here = situation(roads)
    hours = hours_of(here, roads, FIRST, DAYS)
    own = [
        day_at(float(roads.lon[n]), float(roads.lat[n]), to_datetime(START_S + 43_200),
               config=here.config.day)
        for n in (0, 2, 3)
    ]  # fmt: skip
    opens, closes = np.array(hours)[:, 0, 0], np.array(hours)[:, 0, 1]
    assert opens[0] == np.ceil(own[0].start.timestamp() - START_S)
    assert closes[3] == np.floor(own[2].end.timestamp() - START_S)
    assert (opens[1], closes[1]) == (opens[[0, 2, 3]].min(), closes[[0, 2, 3]].max())
