"""Range of a recorded count, against the law that defines it."""

from __future__ import annotations

import pytest
from scipy.stats import poisson

from cmcoord_geo.risk.counts import recorded_range


@pytest.mark.parametrize("count", [1, 2, 7, 40, 400])
def test_bounds_are_where_the_count_has_five_percent(count: int) -> None:
    low, high = recorded_range(count)
    assert low < count < high
    assert 1 - poisson.cdf(count - 1, low) == pytest.approx(0.05, abs=1e-9)
    assert poisson.cdf(count, high) == pytest.approx(0.05, abs=1e-9)


def test_nothing_recorded_leaves_room_above() -> None:
    low, high = recorded_range(0)
    assert low == 0.0
    assert poisson.cdf(0, high) == pytest.approx(0.05, abs=1e-9)
