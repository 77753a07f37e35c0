"""Banned turns as columns: whom they bind, and where they go when segments are cut."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.network.turns import Turns

#: From arc 0 over 2 to 4 for the vehicle of rank 1; from 3 to 1 for those of rank 0 and 2.
TURNS = Turns.of([((0, 2, 4), 0b010), ((3, 1), 0b101)])


def test_they_come_back_as_they_were_packed() -> None:
    assert list(TURNS) == [((0, 2, 4), 0b010), ((3, 1), 0b101)]
    assert len(TURNS) == 2
    assert list(Turns.of([])) == []


def test_they_bind_whom_they_name() -> None:
    assert TURNS.binding([1]) == ((0, 2, 4),)
    assert TURNS.binding([0]) == ((3, 1),)
    assert TURNS.binding([3]) == ()
    assert TURNS.binding([0, 1]) == ((0, 2, 4), (3, 1))


def test_a_cut_leaves_the_pieces_at_the_junctions_and_all_between() -> None:
    """Segment 0 becomes 5 and 6, segment 1 becomes 7 and 8, segment 2 becomes 9 and 10."""
    parts = {0: [5, 6], 1: [7, 8], 2: [9, 10]}
    assert list(TURNS.moved(parts)) == [((12, 14, 16, 18), 0b010), ((15, 13), 0b101)]


@pytest.mark.parametrize(
    ("arcs", "first", "is_usable"),
    [
        ([0, 1], [0, 2], True),
        ([0, 9], [0, 2], False),
        ([0, -1], [0, 2], False),
        ([0], [0, 1], False),
        ([0, 1], [0, 1], False),
        ([0, 1], [0, 2, 2], False),
        ([0, 2], [0, 2], True),
        ([0, 3], [0, 2], False),
        ([2, 0], [0, 2], False),
    ],
)
def test_columns_that_name_no_turns_are_not_usable(
    arcs: list[int], first: list[int], *, is_usable: bool
) -> None:
    """Two segments in a row, 0 - 1 - 2: arc 0 and then arc 2 lead along them."""
    mask = np.ones(1, dtype=np.uint8)
    turns = Turns(np.array(arcs), np.array(first), mask)
    assert turns.are_usable(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1])) is is_usable
