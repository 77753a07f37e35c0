"""Corners of the map: each panel shrinks until it stands over foreign land only."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from shapely import LineString, MultiPolygon, Polygon, STRtree, prepare
from shapely import box as rectangle

from cmcoord_geo import facts
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.corridors import corridor_entries
from cmcoord_geo.render.printmap.focus import used_roads
from cmcoord_geo.render.printmap.furniture import build_locator, build_scale
from cmcoord_geo.render.printmap.legend import build_legend
from cmcoord_geo.render.printmap.operations import build_operations
from cmcoord_geo.render.printmap.panel import Room
from cmcoord_geo.render.printmap.tables import (
    build_closures,
    build_conflicts,
    build_corridors,
    build_counts,
    build_more_corridors,
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
SMALL_LOCATOR_MM = 38.0
#: What is tried when a panel does not fit: another width, then smaller letters, then fewer rows.
STRETCHES = (1.0, 0.9, 1.1, 0.8, 0.72, 0.66)
ZOOMS = (1.0, 0.94, 0.88, 0.82, 0.76)
ROWS = (24, 18, 14, 12, 10, 8, 6, 4)
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
    ground = product.frame.ground
    if ground is None or ground.has_base:
        # beside a wide legend it must not reach over the middle, where the other corner's lists begin
        width_mm = LOCATOR_MM if ground is None or ground.extent is None else SMALL_LOCATOR_MM
        corners.fill([(build_locator, width_mm)], is_west=True, is_north=True, is_optional=True)
    announced: list[tuple[Build, float, object]] = [
        (build_operations, LIST_MM, product.operations),
        (build_patrols, LIST_MM, product.patrols),
    ]
    corners.fill(_wanted(announced), is_west=True, is_north=False)
    tables: list[tuple[Build, float, object]] = [
        (build_movements, 186.0, product.movements),
        (build_corridors, 170.0, product.corridors),
        (build_counts, 100.0, product.incident_counts or product.movement_counts),
    ]
    corners.fill(_wanted(tables), is_west=False, is_north=False)
    corners.fill([(build_scale, SCALE_MM)], is_west=False, is_north=False)
    lists: list[tuple[Build, float, object]] = [
        (build_conflicts, LIST_MM, product.conflicts),
        (build_closures, LIST_MM, product.closures),
    ]
    lists += _continued(scene, corners.found)
    corners.fill(_wanted(lists), is_west=False, is_north=True)
    return corners.found


def _continued(scene: Scene, found: Sequence[Set]) -> list[tuple[Build, float, object]]:
    """List of the corridors for which the table had no room."""
    left_out = sum(item.panel.left_out for item in found if item.panel.part == "corridors")
    first = len(corridor_entries(scene.product)) - left_out
    return [(partial(build_more_corridors, first=first), LIST_MM, left_out)]


def _wanted(rows: Sequence[tuple[Build, float, object]]) -> list[tuple[Build, float]]:
    """Panels that have something to show, with their widths."""
    return [(build, width) for build, width, content in rows if content]


def _cuts(panels: Sequence[Set]) -> int:
    """Texts that lost letters."""
    return sum(item.panel.cuts for item in panels)


class _Corners:
    """Corners of the map, filled one after the other."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.found: list[Set] = []
        ground, clear_mm = scene.product.frame.ground, CLEAR_MM * scene.sheet.scale
        #: What panels keep clear of: the country, or the roads of what is planned on another extent.
        self._is_hit: Callable[[Polygon], bool]
        if ground is None or ground.extent is None:
            rings = [Polygon(scene.project(ring)) for ring in facts.basemap()["country"]]
            country = MultiPolygon(rings).buffer(clear_mm)
            prepare(country)
            self._is_hit = lambda box: bool(country.intersects(box))
        else:
            used = used_roads(scene.product)
            kept = [key for key in scene.lines if key in used] or list(scene.lines)
            roads = STRtree([LineString(scene.lines[key]) for key in kept])
            self._is_hit = lambda box: roads.query(box, "dwithin", clear_mm).size > 0

    def fill(
        self,
        wanted: Sequence[tuple[Build, float]],
        *,
        is_west: bool,
        is_north: bool,
        is_optional: bool = False,
    ) -> None:
        """
        Stack panels in a corner, as large and as near to the wanted width as they fit.

        Where the corner is taken, they stand beside what is there. What is optional is left out when it
        does not fit; anything else then stands in the smallest size that was tried.
        """
        tried: list[Set] = []
        for rows in ROWS:
            best: list[Set] = []
            for zoom, stretch in itertools.product(ZOOMS, STRETCHES):
                tried = self._try(wanted, (rows, zoom, stretch), is_west=is_west, is_north=is_north)
                if all(self._is_clear(item.box) for item in tried):
                    best = min(best or tried, tried, key=_cuts)
                if best and not _cuts(best):
                    break
            if best:
                self.found += best
                return
        self.found += [] if is_optional else tried

    def _try(
        self,
        wanted: Sequence[tuple[Build, float]],
        size: tuple[int, float, float],
        *,
        is_west: bool,
        is_north: bool,
    ) -> list[Set]:
        """Panels in one size: rows at most, zoom, and factor on the widths."""
        rows, zoom, stretch = size
        wide = self.scene.sheet.scale * stretch
        panels = [
            build(self.scene, Room(width_mm=width * wide, zoom=zoom, rows=rows))
            for build, width in wanted
        ]
        return self._stacked(panels, is_west=is_west, is_north=is_north)

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
        is_abroad = not self._is_hit(shape)
        return is_abroad and not any(box.overlaps(item.box) for item in self.found)
