"""Ranges of km or of fractions: joined, less others, and their length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Range = tuple[float, float]
#: Less than this, in km or as a share, is no stretch.
LEAST = 1e-6


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """
    Ranges in rising order, those that touch as one.

    Examples
    --------
    >>> joined([(5, 7), (0, 2), (1, 3)])
    ((0, 3), (5, 7))
    """
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + LEAST:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return tuple(found)


def without(ranges: Iterable[Range], but: Iterable[Range]) -> tuple[Range, ...]:
    """
    Ranges less those of another list.

    Examples
    --------
    >>> without([(0, 10)], [(2, 3), (8, 12)])
    ((0, 2), (3, 8))
    """
    left = list(ranges)
    for low, high in but:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[1] - part[0] > LEAST
        ]
    return tuple(left)


def length(ranges: Iterable[Range]) -> float:
    """
    Length that some ranges cover, what two of them share counted once.

    Examples
    --------
    >>> length([(0, 2), (1, 3)])
    3
    """
    return sum(high - low for low, high in joined(ranges))
