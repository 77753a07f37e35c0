"""
Candidates of a week as arrays, and those of them that no best answer takes: dead-end elimination.

A candidate is a dead end where another of the same movement does better whatever all others do. What is left
has the same best answers, all of them, so that the search behind it proves the same with far less to try
(the criterion of Goldstein 1994, Biophysical Journal 66, 1335-1340, there for the shapes of a protein).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """
    All candidates of all movers, those of one mover next to one another.

    Attributes
    ----------
    mover : int array (C,)
    number : int array (C,)
        Place among the candidates of its mover; 0 as filed.
    alone : int array (C,)
        Conflicts that it has whatever others do.
    size : int array (C,)
        How far it is from what was filed.
    is_open : bool array (C,)
        It stands for others that were not looked at.
    together : int array (C, C)
        Conflicts that two have where both are run; symmetric, 0 for two of one mover.
    """

    mover: NDArray[np.int64]
    number: NDArray[np.int64]
    alone: NDArray[np.int64]
    size: NDArray[np.int64]
    is_open: NDArray[np.bool_]
    together: NDArray[np.int16]

    def only(self, kept: NDArray[np.bool_]) -> Candidates:
        """Those of a mask (C,)."""
        return Candidates(
            mover=self.mover[kept],
            number=self.number[kept],
            alone=self.alone[kept],
            size=self.size[kept],
            is_open=self.is_open[kept],
            together=self.together[np.ix_(kept, kept)],
        )


def without_dead_ends(candidates: Candidates) -> Candidates:
    """
    Leave out candidates that are in no best answer, by fewest conflicts, fewest changes and least size.

    Notes
    -----
    Take an answer with a candidate that another of its mover beats here, and let the mover take the other:
    conflicts do not rise whatever the others run, and where they stay the same it is the mover as filed, or
    changed as before by less. Either is strictly better, whoever is to be changed last, so the answer was
    not one of the best, nor one of several equally good.
    """
    kept = np.ones(len(candidates.mover), bool)
    before = len(kept) + 1
    while before > kept.sum():
        before = int(kept.sum())
        for mover in np.unique(candidates.mover):
            _leave_out(candidates, kept, mover)
    return candidates.only(kept)


def _leave_out(candidates: Candidates, kept: NDArray[np.bool_], mover: int) -> None:
    """Take the dead ends of one mover out of those kept."""
    is_mine = candidates.mover == mover
    others = np.flatnonzero(kept & ~is_mine)
    starts = np.flatnonzero(np.diff(candidates.mover[others], prepend=-1))
    for one in np.flatnonzero(kept & is_mine):
        instead = np.flatnonzero(kept & is_mine)
        instead = instead[instead != one]
        saved = candidates.alone[one] - candidates.alone[instead]
        if len(others):
            fewer = candidates.together[one, others] - candidates.together[np.ix_(instead, others)]
            saved = saved + np.minimum.reduceat(fewer, starts, axis=1).sum(axis=1)
        is_smaller = candidates.size[instead] < candidates.size[one]
        is_less = (candidates.number[instead] == 0) | (is_smaller & (candidates.number[one] > 0))
        kept[one] = not (saved + is_less > 0).any()
