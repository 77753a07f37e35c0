"""What a map of the real world adds to segments: who may drive which way, names, ferry times."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import vehicles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traffic:
    """
    Columns of a surveyed network, each as long as its segments.

    Attributes
    ----------
    names : sequence of str
        Name of the road; empty where it has none.
    forward, backward : ndarray of uint8, shape (m,)
        Who may drive from start to end and back: bit ``r`` for the vehicle of rank ``r``.
    duration_s : ndarray of float64, shape (m,)
        Seconds that a ferry takes; NaN where the pace of the vehicle decides.
    turns : Turns or None
        Turns that may not be driven; None where no such rule is known.
    """

    names: Sequence[str]
    forward: NDArray[np.uint8]
    backward: NDArray[np.uint8]
    duration_s: NDArray[np.float64]
    turns: Turns | None = field(default=None, metadata={"only_if_there": True})

    def __len__(self) -> int:
        """Count the segments."""
        return len(self.names)

    def arcs_open(self, ranks: Iterable[int]) -> NDArray[np.bool_]:
        """
        Arcs on which every one of these vehicles may drive, shape (2 m,).

        Parameters
        ----------
        ranks : iterable of int
            Ranks of vehicles.
        """
        mask = np.uint8(sum(1 << rank for rank in set(ranks)))
        is_open: NDArray[np.bool_] = (self.masks() & mask) == mask
        return is_open

    def masks(self) -> NDArray[np.uint8]:
        """Who may drive each arc, a bit for each rank, shape (2 m,)."""
        return np.column_stack([self.forward, self.backward]).ravel()


def everybody() -> int:
    """Mask with the bit of every vehicle."""
    return (1 << len(vehicles())) - 1
