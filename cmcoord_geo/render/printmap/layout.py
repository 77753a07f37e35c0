"""Corners of the map: each panel shrinks until it stands over foreign land only."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely import MultiPolygon, Polygon, prepare
from shapely import box as rectangle

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.furniture import build_locator, build_scale
from cmcoord_geo.render.printmap.legend import build_legend
from cmcoord_geo.render.printmap.panel import Room
from cmcoord_geo.render.printmap.tables import (
    build_closures,
    build_conflicts,
    build_corridors,
    build_counts,
    build_movements,
    build_patrols,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cmcoord_geo.render.printmap.panel import Panel
    from cmcoord_geo.render.printmap.scene import Scene

    Build = Callable[[Scene, Room], Panel]

#: Widths of panels in millimetres on A3.
LEGEND_MM, LOCATOR_MM, SCALE_MM, LIST_MM = 160.0, 48.0, 66.0, 84.0
#: What is tried when a panel does not fit: another width, then smaller letters, then fewer rows.
STRETCHES = (1.0, 0.93, 1.07, 0.86, 1.14, 0.8, 1.21)
ZOOMS = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76)
ROWS = (18, 12, 8, 5)
EDGE_MM, APART_MM, CLEAR_MM = 2.0, 1.8, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """A panel and the box in which it stands."""

    panel: Panel
    box: Box


def lay_out(scene: Scene) -> list[Set]:
    """Panels of a product with their boxes; they touch neither one another nor the country."""
    product = scene.product
    corners = _Corners(scene)
    corners.fill([(build_legend, LEGEND_MM)], is_west=True, is_north=True)
    west: list[tuple[Build, float]] = [(build_patrols, LIST_MM)] if product.patrols else []
    corners.fill([(build_locator, LOCATOR_MM), *west], is_west=True, is_north=False)
    tables: list[tuple[Build, float]] = [
        (build, width)
        for build, width, content in (
            (build_movements, 196.0, product.movements),
            (build_corridors, 150.0, product.corridors),
            (build_counts, 100.0, product.incident_counts or product.movement_counts),
        )
        if content
    ]
    corners.fill(tables, is_west=False, is_north=False)
    corners.fill([(build_scale, SCALE_MM)], is_west=False, is_north=False)
    lists: list[tuple[Build, float]] = [
        (build, LIST_MM)
        for build, content in (
            (build_conflicts, product.conflicts),
            (build_closures, product.closures),
        )
        if content
    ]
    corners.fill(lists, is_west=False, is_north=True)
    return corners.found


class _Corners:
    """Corners of the map, filled one after the other."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.found: list[Set] = []
        rings = [Polygon(scene.project(ring)) for ring in facts.basemap()["country"]]
        self.country = MultiPolygon(rings).buffer(CLEAR_MM * scene.sheet.scale)
        prepare(self.country)

    def fill(self, wanted: Sequence[tuple[Build, float]], *, is_west: bool, is_north: bool) -> None:
        """
        Stack panels in a corner, as large and as near to the wanted width as they fit.

        Where the corner is taken, they stand beside what is there.
        """
        clear: list[Set] = []
        tried: list[Set] = []
        k = self.scene.sheet.scale
        for rows, zoom, stretch in itertools.product(ROWS, ZOOMS, STRETCHES):
            panels = [
                build(self.scene, Room(width_mm=width * k * stretch, zoom=zoom, rows=rows))
                for build, width in wanted
            ]
            tried = self._stacked(panels, is_west=is_west, is_north=is_north)
            if not all(self._is_clear(item.box) for item in tried):
                continue
            clear = clear or tried
            if not any(panel.cuts for panel in panels):
                clear = tried
                break
        self.found += clear or tried

    def _stacked(self, panels: Sequence[Panel], *, is_west: bool, is_north: bool) -> list[Set]:
        frame, k = self.scene.project.frame, self.scene.sheet.scale
        edge, found = EDGE_MM * k, list[Set]()
        x = self._start(is_west=is_west, is_north=is_north)
        y = frame.top + edge if is_north else frame.bottom - edge
        for panel in panels if is_north else reversed(panels):
            wide, high = panel.outer_width_mm, panel.outer_height_mm
            left = x if is_west else x - wide
            top = y if is_north else y - high
            box = Box(left=left, right=left + wide, top=top, bottom=top + high)
            found.append(Set(panel=panel, box=box))
            y = box.bottom + APART_MM * k if is_north else box.top - APART_MM * k
        return found

    def _start(self, *, is_west: bool, is_north: bool) -> float:
        """Edge from which panels are set, next to what already stands in the corner."""
        frame, k = self.scene.project.frame, self.scene.sheet.scale
        x = frame.left + EDGE_MM * k if is_west else frame.right - EDGE_MM * k
        middle = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
        for item in self.found:
            box = item.box
            is_here = (box.top < middle[1]) == is_north and (
                box.left + box.right < 2 * middle[0]
            ) == is_west
            if is_here and is_west:
                x = max(x, box.right + APART_MM * k)
            elif is_here:
                x = min(x, box.left - APART_MM * k)
        return x

    def _is_clear(self, box: Box) -> bool:
        """Whether a box keeps its distance from the country, and is on no other panel."""
        shape = rectangle(box.left, box.top, box.right, box.bottom)
        is_abroad = not self.country.intersects(shape)
        return is_abroad and not any(box.overlaps(item.box) for item in self.found)
