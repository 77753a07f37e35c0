"""Cost raster of the sheet: what a label may not cover (hard) and what it had better not cover (soft)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.boxes import Box

CELLS_PER_MM = 4


class Raster:
    """
    Two grids over the sheet at four cells a millimetre.

    Parameters
    ----------
    width_mm, height_mm : float
        Size of the sheet.
    """

    def __init__(self, width_mm: float, height_mm: float) -> None:
        shape = (round(height_mm * CELLS_PER_MM), round(width_mm * CELLS_PER_MM))
        self.soft = np.zeros(shape, dtype=np.float32)
        self.hard = np.zeros(shape, dtype=np.int16)

    def line(self, points: NDArray[np.float64], *, width_mm: float, cost: float) -> None:
        """Note a line ``(n, 2)`` as soft cost; where lines cross, the dearer counts."""
        centres = _samples(points) * CELLS_PER_MM
        reach = width_mm * CELLS_PER_MM / 2
        steps = np.arange(-np.ceil(reach), np.ceil(reach) + 1)
        dx, dy = (grid.ravel() for grid in np.meshgrid(steps, steps))
        column = np.floor(centres[:, :1] + dx).astype(int).ravel()
        row = np.floor(centres[:, 1:] + dy).astype(int).ravel()
        high, wide = self.soft.shape
        is_on = (row >= 0) & (row < high) & (column >= 0) & (column < wide)
        row, column = row[is_on], column[is_on]
        self.soft[row, column] = np.maximum(self.soft[row, column], cost)

    def block(self, box: Box, *, by: int = 1) -> None:
        """Close a box to labels, or open it again with ``by=-1``."""
        self.hard[self._window(box)] += by

    def is_free(self, box: Box) -> bool:
        """Whether nothing hard lies in a box."""
        return self._is_on(box) and not self.hard[self._window(box)].any()

    def hard_share(self, box: Box) -> float:
        """Share of a box that is closed; 1 for a box that leaves the sheet."""
        return float((self.hard[self._window(box)] > 0).mean()) if self._is_on(box) else 1.0

    def soft_cost(self, box: Box) -> float:
        """Mean soft cost of a box."""
        return float(self.soft[self._window(box)].mean()) if self._is_on(box) else 1e6

    def _is_on(self, box: Box) -> bool:
        high, wide = self.hard.shape
        return (
            box.left >= 0
            and box.top >= 0
            and box.right * CELLS_PER_MM < wide
            and box.bottom * CELLS_PER_MM < high
        )

    def _window(self, box: Box) -> tuple[slice, slice]:
        rows = slice(
            max(0, int(box.top * CELLS_PER_MM)), max(0, int(box.bottom * CELLS_PER_MM) + 1)
        )
        columns = slice(
            max(0, int(box.left * CELLS_PER_MM)), max(0, int(box.right * CELLS_PER_MM) + 1)
        )
        return rows, columns


def _samples(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points along a line, at most one cell apart."""
    step = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(step)])
    n = max(2, int(along[-1] * CELLS_PER_MM) + 2)
    at = np.linspace(0.0, along[-1], n)
    return np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)])
