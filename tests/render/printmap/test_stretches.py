"""A closed stretch shows along its whole length, between its two ends, without crowding."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from render.printmap.pencil import blank
from render.sample import product

from cmcoord_geo.render.printmap import strokes, tokens
from cmcoord_geo.render.printmap.stretches import draw_stretches

WEEK = product("owner")
ROAD = max(WEEK.segments, key=lambda one: one.km_mid).segment_id


def signs(state: str = "closed", *, along=((ROAD, 0.0, 1.0),), paper: str = "A3"):
    """Strokes in ink, the line of the road and the scale of the sheet."""
    closure = replace(
        WEEK.closures[0], segment_id=ROAD, fraction=0.5, state=state, along=tuple(along)
    )
    scene = blank(replace(WEEK, closures=(closure,)), paper=paper)
    draw_stretches(scene)
    return scene.sheet.lines_in(tokens.INK), scene.lines[ROAD], scene.sheet.scale


def middles(found) -> list[np.ndarray]:
    return [stroke.points.mean(axis=0) for stroke in found]


def bars(found) -> list[np.ndarray]:
    """Middles of the longest strokes: those at the ends."""
    sizes = [float(np.hypot(*np.diff(stroke.points, axis=0)[0])) for stroke in found]
    return [
        middle
        for middle, size in zip(middles(found), sizes, strict=True)
        if size > 1.2 * min(sizes)
    ]


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_a_bar_stands_at_each_end_and_crosses_between(paper: str) -> None:
    found, line, k = signs(paper=paper)
    ends = bars(found)
    assert sorted(map(tuple, np.round(ends, 3))) == sorted(
        map(tuple, np.round([line[0], line[-1]], 3))
    )
    crosses = len(found) - 2
    assert crosses % 2 == 0
    assert (
        crosses / 2 >= strokes.length_mm(line) / (6.0 * k) - 3
    )  # the mark takes the place of some


def test_signs_leave_room_for_each_other_and_for_the_mark() -> None:
    found, line, k = signs("restricted")  # one stroke a sign
    spots = [*middles(found), np.array(strokes.place(line, 0.5))]
    assert min(np.hypot(*(a - b)) for a, b in combinations(spots, 2)) >= 2.6 * k - 0.01


def test_a_part_has_its_bars_where_it_ends() -> None:
    found, line, _ = signs(along=((ROAD, 0.25, 0.75),))
    expected = [strokes.place(line, share) for share in (0.25, 0.75)]
    assert sorted(map(tuple, np.round(bars(found), 3))) == sorted(map(tuple, np.round(expected, 3)))


def test_no_bar_stands_where_the_stretch_goes_on() -> None:
    found, _, _ = signs(along=((ROAD, 0.0, 0.3), (ROAD, 0.3, 1.0)))
    assert len(bars(found)) == 2


def test_a_spot_is_a_mark_alone() -> None:
    assert signs(along=())[0] == []
