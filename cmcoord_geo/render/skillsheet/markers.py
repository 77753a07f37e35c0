"""Markers that are told apart by shape: the groups of the calibration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.sheet import Sheet

_CROSS = np.array(
    [(-1, 1), (-1, 3), (1, 3), (1, 1), (3, 1), (3, -1), (1, -1), (1, -3), (-1, -3), (-1, -1),
     (-3, -1), (-3, 1)]
) / 3.0  # fmt: skip
_TURN = np.array([(1, -1), (1, 1)]) / np.sqrt(2.0)


def _regular(corners: int, first_degrees: float) -> NDArray[np.float64]:
    angle = np.deg2rad(first_degrees) + 2 * np.pi * np.arange(corners) / corners
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _star() -> NDArray[np.float64]:
    ring = _regular(10, -90.0)
    ring[1::2] *= 0.45
    return ring


#: Outlines around the middle, y downwards; the last is that of the most exposed roads.
SHAPES = (
    _regular(40, 0.0),
    _regular(4, 45.0) * 1.15,
    _regular(4, 0.0) * 1.2,
    _regular(3, -90.0) * 1.2,
    _regular(3, 90.0) * 1.2,
    _star() * 1.3,
    _CROSS @ _TURN * 1.1,
    _CROSS * 1.1,
)


def draw_marker(
    sheet: Sheet, x: float, y: float, number: int, count: int, *, fill: str, radius_mm: float = 1.5
) -> None:
    """Draw the marker of one of ``count`` groups; the last group always has the upright cross."""
    shape = SHAPES[-1] if number == count - 1 and count > 1 else SHAPES[number % len(SHAPES)]
    ring = np.array([x, y]) + radius_mm * shape
    sheet.polygon(ring, fill=fill, edge=tokens.INK, width_pt=1.2, z=6)
