"""Turns that may not be driven: sequences of arcs, each with the vehicles that it binds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """
    Banned sequences of arcs, packed one after the other.

    Attributes
    ----------
    arcs : ndarray of int64, shape (a,)
        Arcs of the network.
    first : ndarray of int64, shape (n + 1,)
        Ban ``i`` is ``arcs[first[i]:first[i + 1]]``.
    mask : ndarray of uint8, shape (n,)
        Bit ``r`` for the vehicle of rank ``r``.
    """

    arcs: NDArray[np.int64]
    first: NDArray[np.int64]
    mask: NDArray[np.uint8]

    @classmethod
    def of(cls, bans: Iterable[tuple[Sequence[int], int]]) -> Turns:
        """Pack bans, each with its mask, in rising order."""
        each = sorted((tuple(arcs), mask) for arcs, mask in bans)
        sizes = [len(arcs) for arcs, _ in each]
        return cls(
            np.array([arc for arcs, _ in each for arc in arcs], dtype=np.int64),
            np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
            np.array([mask for _, mask in each], dtype=np.uint8),
        )

    def __len__(self) -> int:
        """Count the bans."""
        return len(self.mask)

    def __iter__(self) -> Iterator[tuple[tuple[int, ...], int]]:
        bounds = self.first.tolist()
        for i, mask in enumerate(self.mask.tolist()):
            yield tuple(self.arcs[bounds[i] : bounds[i + 1]].tolist()), mask

    def are_usable(self, tail: NDArray[np.int64], head: NDArray[np.int64]) -> bool:
        """
        Whether each ban has two arcs or more that are there and follow one another.

        Parameters
        ----------
        tail, head : ndarray of int64, shape (arcs,)
            Nodes that each arc of the network leaves and reaches.
        """
        bounds, arcs = self.first, self.arcs
        is_whole = len(bounds) == len(self.mask) + 1 and bounds[0] == 0 and bounds[-1] == len(arcs)
        if not (is_whole and (np.diff(bounds) > 1).all()):
            return False
        if not ((arcs >= 0) & (arcs < len(tail))).all():
            return False
        follows = np.ones(len(arcs), dtype=bool)
        follows[bounds[:-1]] = False  # the first of a ban follows nothing
        at = np.flatnonzero(follows)
        return bool((head[arcs[at - 1]] == tail[arcs[at]]).all())

    def binding(self, ranks: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """
        Sequences that one of these vehicles may not drive: a convoy turns together.

        Parameters
        ----------
        ranks : iterable of int
            Ranks of vehicles.
        """
        wanted = sum(1 << rank for rank in set(ranks))
        return tuple(arcs for arcs, mask in self if mask & wanted)

    def moved(self, parts: Mapping[int, Sequence[int]]) -> Turns:
        """
        Bans on a network whose segments were cut or numbered anew.

        Parameters
        ----------
        parts : mapping
            Old segment to its new ones, from its start to its end.
        """
        return Turns.of((tuple(_moved(arcs, parts)), mask) for arcs, mask in self)


def _moved(arcs: Sequence[int], parts: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """New arcs: the part next to the first junction, all of those between, the part after the last."""
    for place, arc in enumerate(arcs):
        rows = parts[arc // 2] if arc % 2 == 0 else list(reversed(parts[arc // 2]))
        kept = rows[-1:] if place == 0 else rows[:1] if place == len(arcs) - 1 else rows
        yield from (2 * row + arc % 2 for row in kept)
