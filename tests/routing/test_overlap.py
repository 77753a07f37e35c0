"""Shares of candidates: as sets say it, plain or compiled."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing.overlap import Overlap


def drawn(seed: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Candidates, some of which name a segment twice, one of them empty."""
    rng = np.random.default_rng(seed)
    weight = rng.uniform(0, 900, 60) * (rng.random(60) > 0.1)
    return [rng.integers(0, 60, size) for size in (*rng.integers(1, 50, 12), 0)], weight


@pytest.mark.parametrize("small", [0, 10**6])
def test_shares_are_those_of_sets(small: int) -> None:
    for seed in range(40):
        rows, weight = drawn(seed)
        overlap = Overlap(rows, weight, small=small)
        sets = [set(row.tolist()) for row in rows]
        totals = [sum(weight[list(s)]) for s in sets]
        assert overlap.totals == pytest.approx(totals)
        for a, one in enumerate(sets):
            for b, share in enumerate(overlap.shares(a)):
                lighter = min(totals[a], totals[b])
                both = sum(weight[list(one & sets[b])])
                assert share == pytest.approx(both / lighter if lighter else 1.0)


def test_compiled_and_plain_give_the_same_bits() -> None:
    rows, weight = drawn(5)
    plain, other = (Overlap(rows, weight, small=small) for small in (10**6, 0))
    assert plain.totals.tobytes() == other.totals.tobytes()
    assert plain.shares(3).tobytes() == other.shares(3).tobytes()


@pytest.mark.parametrize("small", [0, 10**6])
@pytest.mark.parametrize("row", [[-1], [2]])
def test_refuses_segments_that_do_not_exist(row: list[int], small: int) -> None:
    with pytest.raises(DataError, match="0 to 1"):
        Overlap([[0], row], np.ones(2), small=small)


@pytest.mark.parametrize("small", [0, 10**6])
def test_shares_of_another_weight_among_some(small: int) -> None:
    rows, weight = drawn(3)
    other = np.random.default_rng(4).uniform(0, 5, 60)
    overlap, alone = (Overlap(rows, *w, small=small) for w in ((weight, other), (other,)))
    among = np.array([7, 2, 12])  # the last one is empty: it shares nothing
    want = alone.shares(1)[among]
    want[2] = 0.0
    assert overlap.shares_among(1, 1, among) == pytest.approx(want)
    assert overlap.sums(1, among) == pytest.approx(alone.totals[among])
