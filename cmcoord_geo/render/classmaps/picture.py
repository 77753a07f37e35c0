"""The whole sheet: frame, a small map for each class, legend and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo import facts
from cmcoord_geo.render.classmaps.foot import draw_foot
from cmcoord_geo.render.classmaps.layout import lay_out
from cmcoord_geo.render.classmaps.panel import Names, draw_panel, place_names
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.raster import Raster
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.classmaps.layout import Layout
    from cmcoord_geo.sharing.class_views import ClassSheetView


def build_class_picture(view: ClassSheetView, *, lang: Lang = "fr", dpi: int = 200) -> bytes:
    """
    Draw the small maps on a sheet of A4, landscape.

    Parameters
    ----------
    view : ClassSheetView
        What its audience may see; nothing else reaches the drawing.
    lang : {"fr", "en"}
    dpi : int
        Dots per inch.

    Returns
    -------
    bytes
        PNG without text chunks; the same view gives the same bytes.
    """
    with plain_style():
        sheet, _ = draw_classes(view, lang=lang, dpi=dpi)
        return to_png(sheet.pixels(), dpi=dpi)


def draw_classes(view: ClassSheetView, *, lang: Lang, dpi: int = 200) -> tuple[Sheet, Layout]:
    """Draw a view and return the sheet and its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    named = [frame.source_line(source, lang) for source in view.frame.sources]
    on = view.frame.ground
    credit = [one["credit"] for one in facts.basemap()["sources"]]
    base = credit if on is None or on.has_base else []
    frame.draw_around(sheet, view.frame, lang, [*named, *base, view.frame.prefectures_note[lang]])
    layout = lay_out(sheet, view, lang)
    raster = Raster(sheet.paper.width_mm, sheet.paper.height_mm)
    first = layout.cells[0]
    names = Names(first=first, placed=place_names(sheet, raster, first, view, lang))
    for cell, panel in zip(layout.cells, view.panels, strict=True):
        draw_panel(sheet, cell, panel, view, names, lang)
    draw_foot(sheet, layout, view, lang)
    return sheet, layout
