"""What lies under the roads: country, neighbours, rivers, prefectures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.projection import Projection
    from cmcoord_geo.render.printmap.raster import Raster
    from cmcoord_geo.render.printmap.sheet import Sheet

RIVER_PT = {1: 1.4, 2: 1.0}


def draw_ground(sheet: Sheet, project: Projection, raster: Raster) -> None:
    """Draw the shipped base map and note on the raster where labels had better not lie."""
    base = facts.basemap()
    with sheet.inside("ground", clip=project.frame):
        sheet.box(project.frame, fill=tokens.ABROAD, z=0)
        for neighbour in base["neighbours"]:
            for ring in neighbour["rings"]:
                sheet.polygon(project(ring), edge=tokens.BORDER, width_pt=0.7, z=0.1)
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
            sheet.line(project(line), color="#c4c4c4", width_pt=0.6, dashes=(1, 2.5), z=0.4)
        for river in base["rivers"]:
            for line in river["lines"]:
                points = project(line)
                width_pt = RIVER_PT.get(river["rank"], 0.7)
                sheet.line(points, color=tokens.WATER, width_pt=width_pt, z=0.5)
                raster.line(points, width_mm=0.4, cost=8.0)
        for lake in base["lakes"]:
            for ring in lake["rings"]:
                sheet.polygon(project(ring), fill=tokens.WATER, z=0.5)
