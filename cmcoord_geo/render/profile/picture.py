"""The whole sheet: frame, one band for each option, legend and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.sheet import Sheet
from cmcoord_geo.render.profile.chart import draw_chart
from cmcoord_geo.render.profile.facts import draw_facts
from cmcoord_geo.render.profile.foot import draw_legend, draw_notes
from cmcoord_geo.render.profile.layout import lay_out
from cmcoord_geo.render.profile.marks import draw_marks
from cmcoord_geo.render.profile.strips import draw_presence, draw_road
from cmcoord_geo.render.profile.towns import draw_towns

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.profile.layout import Layout
    from cmcoord_geo.sharing.profile_views import ProfileSheetView


def build_profile_picture(view: ProfileSheetView, *, lang: Lang = "fr", dpi: int = 200) -> bytes:
    """
    Draw the profile of a movement on a sheet of A4, landscape.

    Parameters
    ----------
    view : ProfileSheetView
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
        sheet, _ = draw_profile(view, lang=lang, dpi=dpi)
        return to_png(sheet.pixels(), dpi=dpi)


def draw_profile(view: ProfileSheetView, *, lang: Lang, dpi: int = 200) -> tuple[Sheet, Layout]:
    """Draw a view and return the sheet and its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    base_map = text("source.base_name", lang)
    sources = [
        frame.source_line(source, lang) for source in view.frame.sources if source.name != base_map
    ]
    frame.draw_around(sheet, view.frame, lang, sources)
    layout = lay_out(sheet, view, lang)
    for band, option in zip(layout.bands, view.options, strict=True):
        draw_marks(sheet, band, option, lang)
        draw_chart(sheet, band, option, view, lang)
        draw_road(sheet, band, option, lang)
        draw_presence(sheet, band, option, lang)
        draw_towns(sheet, band, option)
        draw_facts(sheet, band, option, lang)
        if band is not layout.bands[-1]:
            line = [(layout.inner.left, band.box.bottom), (layout.inner.right, band.box.bottom)]
            sheet.line(line, color=tokens.RULE, width_pt=0.9)
    draw_legend(sheet, layout)
    draw_notes(sheet, layout)
    return sheet, layout
