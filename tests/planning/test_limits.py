"""Limits of a search: what a way must keep."""

from __future__ import annotations

import numpy as np

from cmcoord_geo.planning.limits import SearchLimits

EXPOSURE = np.array([1, 2, 4])
HALF = SearchLimits(
    informed_m=np.array([100.0, 0.0, 50.0]), length_m=np.array([100.0, 100.0, 100.0]),
    least_informed=0.5,
)  # fmt: skip


def test_without_limits_everything_is_kept() -> None:
    assert SearchLimits().keeps(np.array([0, 1, 2]), EXPOSURE)


def test_enough_of_the_length_is_known() -> None:
    assert HALF.informed_share(np.array([0, 1])) == 0.5
    assert HALF.keeps(np.array([0, 1]), EXPOSURE)
    assert not HALF.keeps(np.array([1, 2]), EXPOSURE)


def test_a_road_that_is_driven_twice_counts_twice() -> None:
    both = SearchLimits(columns=(np.array([5, 5, 5]),), most=(None, 10))
    assert both.keeps(np.array([0, 0]), EXPOSURE)
    assert not both.keeps(np.array([0, 1, 0]), EXPOSURE)
    assert not SearchLimits(most=(4,)).keeps(np.array([2, 0]), EXPOSURE)
