"""Demand is counted in bins from six in the morning."""

from __future__ import annotations

import pytest
from sharing.week import at

from cmcoord_geo.coordination.demand import bins_of, windows_of


@pytest.mark.parametrize("hours", [1, 3, 6, 12])
def test_bins_come_back_as_their_window(hours: int) -> None:
    bins = bins_of(at(1, 6), at(1, 18), hours=hours)
    assert len(bins) == 12 // hours
    assert [window[1:] for window in windows_of(bins, hours=hours)] == [(at(1, 6), at(1, 18))]


def test_an_instant_lies_in_one_bin() -> None:
    assert bins_of(at(1, 9), at(1, 9), hours=3) == bins_of(at(1, 9), at(1, 12), hours=3)


def test_bins_apart_are_two_windows() -> None:
    bins = bins_of(at(1, 6), at(1, 9), hours=3) | bins_of(at(1, 12), at(1, 15), hours=3)
    assert [window[1:] for window in windows_of(bins, hours=3)] == [
        (at(1, 6), at(1, 9)),
        (at(1, 12), at(1, 15)),
    ]
