"""What lies under the roads: country, neighbours, rivers, prefectures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cmcoord_geo.render.printmap.projection import Projection
    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.sharing.views import GroundView

RIVER_PT = {1: 1.4, 2: 1.0}


def draw_ground(
    sheet: Sheet, project: Projection, raster: Raster, ground: GroundView | None = None
) -> None:
    """
    Draw the shipped base map and note on the raster where labels had better not lie.

    Outside the country there is none; on the extent of a network of its own, its part there.
    """
    if ground is not None and not ground.has_base:
        with sheet.inside("ground", clip=project.frame):
            sheet.box(project.frame, fill=tokens.PAPER, z=0)
        return
    base = facts.basemap()
    if ground is not None and ground.extent is not None:
        base = part_of(base, project)
    with sheet.inside("ground", clip=project.frame):
        sheet.box(project.frame, fill=tokens.ABROAD, z=0)
        for neighbour in base["neighbours"]:
            for line in _borders(neighbour["rings"], base["box"]):
                sheet.line(project(line), color=tokens.BORDER, width_pt=0.7, z=0.1)
        for ring in base["country"]:
            points = project(ring)
            closed = np.vstack([points, points[:1]])
            sheet.line(closed, color=tokens.COUNTRY_RIM, width_pt=4.5, z=0.2)
            sheet.polygon(points, fill=tokens.PAPER, z=0.3)
            sheet.line(
                closed, color=tokens.COUNTRY_EDGE, width_pt=1.0, dashes=(8, 2, 1.5, 2), z=0.8
            )
            raster.line(closed, width_mm=0.6, cost=14.0)
        for line in base["prefecture_lines"]:
            sheet.line(project(line), color="#adadad", width_pt=0.7, dashes=(1, 2.5), z=0.4)
        for river in base["rivers"]:
            for line in river["lines"]:
                points = project(line)
                width_pt = RIVER_PT.get(river["rank"], 0.7)
                sheet.line(points, color=tokens.WATER, width_pt=width_pt, z=0.5)
                raster.line(points, width_mm=0.4, cost=8.0)
        for lake in base["lakes"]:
            for ring in lake["rings"]:
                sheet.polygon(project(ring), fill=tokens.WATER, z=0.5)


def part_of(base: Mapping[str, Any], project: Projection) -> Mapping[str, Any]:
    """The base map within what a sheet shows: far away, its lines would be metres long."""
    from shapely import LineString, Polygon, box

    window = box(*project.window())

    def lines(found: Iterable[Sequence[Sequence[float]]]) -> list[Any]:
        parts = (LineString(line).intersection(window) for line in found)
        flat = (piece for part in parts for piece in getattr(part, "geoms", [part]))
        return [list(piece.coords) for piece in flat if piece.length]

    def rings(found: Iterable[Sequence[Sequence[float]]]) -> list[Any]:
        parts = (Polygon(ring).buffer(0).intersection(window) for ring in found)
        flat = (piece for part in parts for piece in getattr(part, "geoms", [part]))
        return [list(piece.exterior.coords) for piece in flat if piece.area]

    return {
        **base,
        "box": project.window(),
        "country": rings(base["country"]),
        "neighbours": [{**one, "rings": rings(one["rings"])} for one in base["neighbours"]],
        "rivers": [{**one, "lines": lines(one["lines"])} for one in base["rivers"]],
        "lakes": [{**one, "rings": rings(one["rings"])} for one in base["lakes"]],
        "prefecture_lines": lines(base["prefecture_lines"]),
    }


def _borders(
    rings: Iterable[Sequence[Sequence[float]]], box: Sequence[float]
) -> Iterator[list[Sequence[float]]]:
    """Parts of rings that are borders: where a country was cut off at the edge of the base map is none."""
    west, south, east, north = box
    for ring in rings:
        line: list[Sequence[float]] = []
        for start, end in pairwise([*ring, ring[0]]):
            is_cut = start[0] == end[0] in (west, east) or start[1] == end[1] in (south, north)
            if is_cut:
                if len(line) > 1:
                    yield line
                line = []
            else:
                line = [*(line or [start]), end]
        if len(line) > 1:
            yield line
