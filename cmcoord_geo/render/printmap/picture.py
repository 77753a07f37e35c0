"""The whole picture: one product on one sheet."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from matplotlib import style

from cmcoord_geo import facts
from cmcoord_geo.render.printmap import (
    areas,
    corridors,
    frame,
    ground,
    layout,
    movements,
    operations,
    points,
    presence,
    roads,
    sleeves,
    stretches,
    tokens,
)
from cmcoord_geo.render.printmap.badges import place_badges
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.focus import focused
from cmcoord_geo.render.printmap.labels import draw_labels, place_labels
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.projection import country_projection, extent_projection
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.scene import Scene
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.sharing.views import ProductView

MAP_MARGIN_MM = 10.5


def build_picture(
    product: ProductView, *, lang: Lang = "fr", paper: Literal["A3", "A4"] = "A4", dpi: int = 200
) -> bytes:
    """
    Draw a product as a printed map.

    Parameters
    ----------
    product : ProductView
        What one audience may see; nothing else reaches the drawing.
    lang : {"fr", "en"}
    paper : {"A3", "A4"}
        Landscape.
    dpi : int
        Dots per inch.

    Returns
    -------
    bytes
        PNG without text chunks; the same product gives the same bytes.
    """
    with plain_style():
        sheet = draw_picture(product, lang=lang, paper=paper, dpi=dpi).sheet
        return to_png(sheet.pixels(), dpi=dpi)


@contextmanager
def plain_style() -> Iterator[None]:
    """Take matplotlib as delivered, whatever the user's own settings; letters unhinted, as measured."""
    ours = {"hatch.linewidth": 0.6, "text.hinting": "no_hinting", "path.simplify": False}
    with style.context(["default", ours]):
        yield


def draw_picture(product: ProductView, *, lang: Lang, paper: str, dpi: int) -> Scene:
    """Draw a product and return the scene, for whoever wants to measure it."""
    scene = _scene(focused(product), lang=lang, paper=paper, dpi=dpi)
    product = scene.product
    sheet, raster = scene.sheet, scene.raster
    base, on = facts.basemap(), product.frame.ground
    credit = [source["credit"] for source in base["sources"]]
    frame.draw_frame(sheet, product.frame, lang, credit if on is None or on.has_base else [])
    panels = layout.lay_out(scene)
    for item in panels:
        raster.block(item.box)
    _close_margins(scene)
    with sheet.inside("map", clip=scene.project.frame):
        ground.draw_ground(sheet, scene.project, raster, on)
        areas.draw_areas(scene)
        roads.draw_roads(sheet, product.segments, scene.lines, raster)
        points.draw_incidents(scene)
        requested = corridors.draw_corridors(scene)
        announced = operations.draw_operations(scene)
        badges = [
            *movements.draw_movements(scene),
            *presence.draw_patrols(scene),
            *sleeves.draw_conflicts(scene),
            *requested,
            *announced,
        ]
        points.draw_towns(scene)
        points.draw_marks(scene)
        stretches.draw_stretches(scene)
        place_badges(sheet, raster, badges)
    with sheet.inside("labels"):
        placed, left_out = place_labels(sheet, raster, scene.labels)
        draw_labels(sheet, placed)
        scene.placed.extend(placed)
        scene.left_out.extend(left_out)
        points.draw_shields(scene)
        if on is None or on.extent is None:
            points.write_countries(scene, base["neighbours"])
    for item in panels:
        item.panel.draw_in(item.box)
        scene.panels[item.panel.part] = item.box
    return scene


def _scene(product: ProductView, *, lang: Lang, paper: str, dpi: int) -> Scene:
    sheet = Sheet(tokens.PAPERS[paper], dpi=dpi)
    box, on = frame.map_box(sheet), product.frame.ground
    if on is None or on.extent is None:
        project = country_projection(box, margin_mm=MAP_MARGIN_MM * sheet.scale)
    else:
        project = extent_projection(box, on.extent)
    return Scene(
        sheet=sheet,
        project=project,
        raster=Raster(sheet.paper.width_mm, sheet.paper.height_mm),
        product=product,
        lang=lang,
        lines=roads.road_lines(product.segments, project),
    )


def _close_margins(scene: Scene) -> None:
    """No label leaves the map."""
    paper, box = scene.sheet.paper, scene.project.frame
    inner = 0.5
    for closed in (
        Box(left=0, right=paper.width_mm, top=0, bottom=box.top + inner),
        Box(left=0, right=paper.width_mm, top=box.bottom - inner, bottom=paper.height_mm),
        Box(left=0, right=box.left + inner, top=0, bottom=paper.height_mm),
        Box(left=box.right - inner, right=paper.width_mm, top=0, bottom=paper.height_mm),
    ):
        scene.raster.block(closed)
