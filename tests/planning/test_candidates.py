"""Candidates left out of the search: none that a best answer takes, and most of those that are worse."""

from __future__ import annotations

import os
from itertools import product

import numpy as np
import pytest

from cmcoord_geo.planning.candidates import Candidates, without_dead_ends

CASES = 60 * int(os.environ.get("CMCOORD_CAMPAIGN", "1"))


def drawn(seed: int) -> Candidates:
    """Up to five movers of up to four candidates."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 5, rng.integers(1, 6))
    mover = np.repeat(np.arange(len(counts)), counts)
    number = np.concatenate([np.arange(count) for count in counts])
    half = np.triu((mover[:, None] != mover) * rng.choice([0, 0, 0, 1, 2], (len(mover),) * 2))
    return Candidates(
        mover=mover,
        number=number,
        alone=rng.integers(0, 3, len(mover)),
        size=np.where(number, rng.choice([15, 30, 30, 60], len(mover)), 0),
        is_open=np.zeros(len(mover), bool),
        together=(half + half.T).astype(np.int16),
    )


def best(candidates: Candidates) -> list[tuple[int, ...]]:
    """Every best answer, by the numbers of the candidates: conflicts, who changes, then size."""
    movers = np.unique(candidates.mover)
    worths = {}
    for taken in product(*(np.flatnonzero(candidates.mover == i) for i in movers)):
        rows = np.array(taken)
        numbers = candidates.number[rows]
        worths[tuple(numbers.tolist())] = (
            int(candidates.alone[rows].sum() + candidates.together[np.ix_(rows, rows)].sum() // 2),
            int((numbers > 0).sum()),
            tuple((numbers > 0).tolist()),
            int(candidates.size[rows].sum()),
        )
    return sorted(one for one, worth in worths.items() if worth == min(worths.values()))


@pytest.mark.parametrize("seed", range(CASES))
def test_every_best_answer_is_left(seed: int) -> None:
    candidates = drawn(seed)
    assert best(without_dead_ends(candidates)) == best(candidates)


def test_a_later_start_that_frees_nothing_more_is_left_out() -> None:
    free_of_all = Candidates(
        mover=np.array([0, 0, 0, 0]),
        number=np.arange(4),
        alone=np.array([1, 0, 0, 0]),
        size=np.array([0, 30, 30, 60]),
        is_open=np.zeros(4, bool),
        together=np.zeros((4, 4), np.int16),
    )
    assert without_dead_ends(free_of_all).number.tolist() == [1, 2]  # equals both stay
