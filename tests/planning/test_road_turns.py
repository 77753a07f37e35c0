"""Bans between segments become bans between the roads that are driven over them."""

from __future__ import annotations

import pytest

from cmcoord_geo.planning.failures import Road
from cmcoord_geo.planning.road_turns import binds, road_turns

#: 0: three segments, the middle one against it. 1: one segment on. 2: a loop of two at their junction.
ROADS = (
    Road(start=0, end=3, steps=((0, True), (1, False), (2, True))),
    Road(start=3, end=4, steps=((3, True),)),
    Road(start=3, end=3, steps=((4, True), (5, True))),
)


@pytest.mark.parametrize(
    ("ban", "bans"),
    [
        ((4, 6), {(0, 2)}),  # from the last segment of the road into the next
        ((0, 3, 4, 6), {(0, 2)}),  # from its first one, through all of it
        ((7, 5), {(3, 1)}),  # and back
        ((7, 5, 2), {(3, 1)}),
        ((4, 8, 10, 6), {(0, 4, 2)}),  # by way of the loop
        ((10, 8), {(4, 4)}),  # round the loop twice
        ((9, 11), {(5, 5)}),
        ((9, 6), {(5, 2)}),
    ],
)
def test_bans_between_roads(ban: tuple[int, ...], bans: set[tuple[int, ...]]) -> None:
    turns = road_turns(ROADS, [ban])
    assert turns.bans == bans
    assert not turns.closed


@pytest.mark.parametrize(
    ("ban", "closed"),
    [((0, 3), 0), ((3, 4), 0), ((0, 3, 4), 0), ((5, 2), 1), ((8, 10), 4), ((11, 9), 5)],
)
def test_a_ban_within_a_road_closes_it_in_that_direction(ban: tuple[int, ...], closed: int) -> None:
    turns = road_turns(ROADS, [ban])
    assert turns.closed == {closed}
    assert not turns.bans


@pytest.mark.parametrize("ban", [(4, 12), (12, 6), (4, 5), (6, 7), (4, 6, 7), (0, 3, 2)])
def test_what_no_way_drives_is_left_out(ban: tuple[int, ...]) -> None:
    """Segments in no road, and turns back on the same segment."""
    turns = road_turns(ROADS, [ban])
    assert not turns.bans
    assert not turns.closed


def test_several_at_once() -> None:
    turns = road_turns(ROADS, [(4, 6), (0, 3, 4, 6), (0, 3), (4, 5)])
    assert (turns.bans, turns.closed) == ({(0, 2)}, {0})


def test_a_row_with_a_turn_back_binds_nobody() -> None:
    assert [binds(row) for row in ((4, 6), (4, 5), (0, 4, 5), (5, 4), (4, 6, 9))] == [
        True, False, False, False, True,
    ]  # fmt: skip
