"""Ranges against counting of small whole pieces."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.planning.ranges import joined, length, without

ENDS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted).map(tuple)
RANGES = st.lists(ENDS, max_size=6)


def pieces(ranges) -> set[int]:
    return {piece for low, high in ranges for piece in range(low, high)}


@given(RANGES, RANGES)
def test_equal_to_pieces(some, others) -> None:
    assert pieces(joined(some)) == pieces(some)
    assert pieces(without(some, others)) == pieces(some) - pieces(others)
    assert length(some) == len(pieces(some))


@given(RANGES)
def test_joined_ranges_lie_apart_in_order(some) -> None:
    found = joined(some)
    assert all(one[1] < two[0] for one, two in pairwise(found))
