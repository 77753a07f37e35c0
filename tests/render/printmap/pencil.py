"""A sheet that remembers in millimetres what was drawn on it, and scenes on which nothing is drawn yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.render.printmap import roads, tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.projection import country_projection
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.scene import Scene
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.printmap.panel import Panel
    from cmcoord_geo.sharing.views import ProductView


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A line or a closed shape as it was asked for."""

    points: np.ndarray
    style: dict


class Pencil(Sheet):
    """A sheet with its lines and shapes, in the order of drawing."""

    def __init__(self, paper: str = "A3") -> None:
        super().__init__(tokens.PAPERS[paper], dpi=40)
        self.lines: list[Stroke] = []
        self.shapes: list[Stroke] = []

    def line(self, points, **style) -> None:
        given = np.asarray(points, dtype=float)
        self.lines.append(Stroke(points=given, style=style))
        super().line(points, **style)

    def polygon(self, points, **style) -> None:
        given = np.asarray(points, dtype=float)
        self.shapes.append(Stroke(points=given, style=style))
        super().polygon(points, **style)

    def lines_in(self, color: str) -> list[Stroke]:
        return [stroke for stroke in self.lines if stroke.style.get("color") == color]

    def texts(self) -> list[str]:
        return [written.text for written in self.written]


def blank(product: ProductView, *, paper: str = "A3", lang: Lang = "fr") -> Scene:
    """Scene of a product before anything is drawn."""
    sheet = Pencil(paper)
    project = country_projection(map_box(sheet), margin_mm=10.5 * sheet.scale)
    return Scene(
        sheet=sheet,
        project=project,
        raster=Raster(sheet.paper.width_mm, sheet.paper.height_mm),
        product=product,
        lang=lang,
        lines=roads.road_lines(product.segments, project),
    )


def put_up(panel: Panel) -> Box:
    """Draw a panel into the upper left corner; returns its box."""
    box = Box(left=0.0, top=0.0, right=panel.outer_width_mm, bottom=panel.outer_height_mm)
    panel.draw_in(box)
    return box
