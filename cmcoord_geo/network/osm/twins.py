"""
Roads drawn twice: two pieces over the same points.

Two drawings of one road are one road. Kept apart they would look like two ways, and "one road only" would not
be said where it is so. One piece stands for all, and what any of its drawings keeps off stays off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.pieces import Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """
    Pieces of which each road is drawn once.

    Attributes
    ----------
    arcs : ndarray of int64, shape (2 m,)
        Arc that stands for each arc: its own, or that of the piece drawn over the same points.
    forward, backward : ndarray of uint8, shape (m,)
        Who may drive each piece; on one that stands for others, whom no drawing keeps off.
    others : mapping
        Piece that stands for others to those whose word counts.
    """

    arcs: NDArray[np.int64]
    forward: NDArray[np.uint8]
    backward: NDArray[np.uint8]
    others: Mapping[int, tuple[int, ...]]


def twins_of(
    pieces: Pieces,
    forward: NDArray[np.uint8],
    backward: NDArray[np.uint8],
    is_outline: NDArray[np.bool_],
) -> Twins:
    """
    Find the piece that stands for each.

    Parameters
    ----------
    pieces : Pieces
    forward, backward : ndarray of uint8, shape (m,)
        Who may drive each piece. The one that lets most through stands for the others, of several the first.
    is_outline : ndarray of bool, shape (m,)
        Pieces that are no drawing of a road: they give way and say nothing, unless there is nothing else.
    """
    arcs = np.arange(2 * len(pieces.way), dtype=np.int64)
    masks = np.column_stack([forward, backward])
    merged = masks.copy()
    others: dict[int, tuple[int, ...]] = {}
    for group in _drawn_alike(pieces):
        order = sorted(group, key=lambda one: (is_outline[one[0]], -_count(masks[one[0]]), one[0]))
        lead, is_lead_turned = order[0]
        each = []
        for piece, is_turned in order:
            side = int(is_turned != is_lead_turned)
            arcs[2 * piece], arcs[2 * piece + 1] = 2 * lead + side, 2 * lead + 1 - side
            if is_outline[piece] == is_outline[lead]:
                each.append(masks[piece][::-1] if side else masks[piece])
        merged[lead] = _of_all(np.array(each))
        # those that count come first
        others[lead] = tuple(piece for piece, _ in order[1 : len(each)])
    return Twins(arcs=arcs, forward=merged[:, 0], backward=merged[:, 1], others=others)


def _of_all(masks: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """
    Who may drive there and back by all drawings, shape (k, 2) to (2,).

    Whom each lets drive one way, and no two the same way, may drive as any of them says: these are two
    one-way drawings of one road.
    """
    every: NDArray[np.uint8] = np.bitwise_and.reduce(masks)
    passing = np.bitwise_and.reduce(masks[:, 0] | masks[:, 1])
    opposed = passing & ~(every[0] | every[1])
    found: NDArray[np.uint8] = every | (np.bitwise_or.reduce(masks) & opposed)
    return found


def _count(masks: NDArray[np.uint8]) -> int:
    return sum(int(mask).bit_count() for mask in masks)


def _drawn_alike(pieces: Pieces) -> list[list[tuple[int, bool]]]:
    """Pieces over the same points, each with whether it is drawn against the first side."""
    low, high = np.minimum(pieces.start, pieces.end), np.maximum(pieces.start, pieces.end)
    pairs = np.column_stack([low, high, np.diff(pieces.first)])
    _, inverse, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    groups: dict[tuple[int, int, bytes], list[tuple[int, bool]]] = {}
    for piece in np.flatnonzero(counts[inverse.ravel()] > 1).tolist():
        points = pieces.lonlat[pieces.first[piece] : pieces.first[piece + 1]]
        there, back = points.tobytes(), np.ascontiguousarray(points[::-1]).tobytes()
        ends = int(low[piece]), int(high[piece])
        groups.setdefault((*ends, min(there, back)), []).append((piece, back < there))
    return [group for group in groups.values() if len(group) > 1]
