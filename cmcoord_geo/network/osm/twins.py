"""
Roads drawn twice: two pieces over the same points.

Two drawings of one road are one road. Kept apart they would look like two ways, and "one road only" would not
be said where it is so. The one that lets nobody through whom the other keeps off is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.network.osm.pieces import Pieces


def twins_of(
    pieces: Pieces, forward: NDArray[np.uint8], backward: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """
    Arc that stands for each arc, shape (2 m,): its own, or that of the piece drawn over the same points.

    Parameters
    ----------
    pieces : Pieces
    forward, backward : ndarray of uint8, shape (m,)
        Who may drive each piece. A piece gives way to another that lets as many through, in both directions;
        of two that let the same ones through the first is kept.
    """
    arcs = np.arange(2 * len(pieces.way), dtype=np.int64)
    masks = np.column_stack([forward, backward]).astype(np.int64)
    for group in _drawn_alike(pieces):
        kept: list[tuple[int, bool]] = []
        # whoever lets more through comes first, so that each of the others has met it
        for piece, is_turned in sorted(group, key=lambda one: (-_count(masks[one[0]]), one[0])):
            ways = masks[piece][::-1] if is_turned else masks[piece]
            for other, is_other_turned in kept:
                others = masks[other][::-1] if is_other_turned else masks[other]
                if not (ways & ~others).any():
                    side = int(is_turned != is_other_turned)
                    arcs[2 * piece], arcs[2 * piece + 1] = 2 * other + side, 2 * other + 1 - side
                    break
            else:
                kept.append((piece, is_turned))
    return arcs


def _count(masks: NDArray[np.int64]) -> int:
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
