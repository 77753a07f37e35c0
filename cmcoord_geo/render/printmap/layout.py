"""Corners of the map: each panel shrinks until it stands over foreign land only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.furniture import build_locator, build_scale
from cmcoord_geo.render.printmap.legend import build_legend
from cmcoord_geo.render.printmap.sheet import Box
from cmcoord_geo.render.printmap.tables import builders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.render.printmap.panel import Panel
    from cmcoord_geo.render.printmap.scene import Scene

    Build = Callable[[Scene, float, float], Panel]

#: Widths of panels in millimetres on A3.
LEGEND_MM, WEST_MM, TABLE_MM, EAST_MM, LOCATOR_MM = 158.0, 80.0, 196.0, 78.0, 50.0
UNITS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
EDGE_MM, APART_MM, CLEAR_MM = 2.0, 1.8, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A panel and the box in which it stands."""

    panel: Panel
    box: Box


def lay_out(scene: Scene) -> list[Set]:
    """Panels of a product with their boxes; they touch neither one another nor the country."""
    corner = _Corners(scene)
    tables = builders(scene)
    east: list[Build] = [build_locator, *tables["north_east"]]
    return [
        *corner.fill([(build_legend, LEGEND_MM)], is_west=True, is_north=True),
        *corner.fill(
            [(b, WEST_MM) for b in (*tables["south_west"], build_scale)],
            is_west=True,
            is_north=False,
        ),
        *corner.fill([(b, TABLE_MM) for b in tables["south_east"]], is_west=False, is_north=False),
        *corner.fill(
            [(b, LOCATOR_MM if b is build_locator else EAST_MM) for b in east],
            is_west=False,
            is_north=True,
        ),
    ]


class _Corners:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        rings = [scene.project(ring) for ring in facts.basemap()["country"]]
        self.outline: NDArray[np.float64] = np.vstack(rings)

    def fill(
        self, wanted: Sequence[tuple[Build, float]], *, is_west: bool, is_north: bool
    ) -> list[Set]:
        """Stack panels in a corner, in the largest unit in which they fit."""
        stacks = (self._stacked(wanted, unit, is_west=is_west, is_north=is_north) for unit in UNITS)
        tried: list[Set] = []
        for tried in stacks:
            if all(self._is_clear(item.box) for item in tried):
                break
        return tried

    def _stacked(
        self, wanted: Sequence[tuple[Build, float]], unit: float, *, is_west: bool, is_north: bool
    ) -> list[Set]:
        frame, k = self.scene.project.frame, self.scene.sheet.scale
        edge, found = EDGE_MM * k, list[Set]()
        y = frame.top + edge if is_north else frame.bottom - edge
        for build, width in wanted if is_north else reversed(wanted):
            panel = build(self.scene, width * k * (0.35 + 0.65 * unit), unit)
            wide, high = panel.outer_width_mm, panel.outer_height_mm
            left = frame.left + edge if is_west else frame.right - edge - wide
            top = y if is_north else y - high
            found.append(
                Set(panel=panel, box=Box(left=left, right=left + wide, top=top, bottom=top + high))
            )
            y = top + high + APART_MM * k if is_north else top - APART_MM * k
        return found

    def _is_clear(self, box: Box) -> bool:
        """Whether a box keeps its distance from the country."""
        clear = CLEAR_MM * self.scene.sheet.scale
        x, y = self.outline.T
        return not np.any(
            (x > box.left - clear)
            & (x < box.right + clear)
            & (y > box.top - clear)
            & (y < box.bottom + clear)
        )
