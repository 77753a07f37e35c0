"""The whole sheet: frame, strip, offers, legend and notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.i18n import said, text
from cmcoord_geo.render.departure_runs import few_names
from cmcoord_geo.render.heatstrip.foot import draw_legend, draw_notes
from cmcoord_geo.render.heatstrip.grid import draw_grid
from cmcoord_geo.render.heatstrip.layout import lay_out
from cmcoord_geo.render.heatstrip.offers import draw_offers
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.heatstrip.layout import Layout
    from cmcoord_geo.sharing.departure_views import DepartureSheetView, OptionDeparturesView


def build_strip_picture(
    movement: DepartureSheetView,
    option: OptionDeparturesView,
    *,
    lang: Lang = "fr",
    kind: Literal["png", "pdf"] = "png",
    dpi: int = 200,
) -> bytes:
    """
    Draw the departures of an option, hour by day, on a sheet of A4, landscape.

    Parameters
    ----------
    movement : DepartureSheetView
    option : OptionDeparturesView
        One of the movement's.
    lang : {"fr", "en"}
    kind : {"png", "pdf"}
    dpi : int
        Dots per inch.

    Returns
    -------
    bytes
        Without text chunks, date or program; the same view gives the same bytes.
    """
    with plain_style():
        sheet, _ = draw_strip(movement, option, lang=lang, dpi=dpi)
        return sheet.pdf() if kind == "pdf" else to_png(sheet.pixels(), dpi=dpi)


def draw_strip(
    movement: DepartureSheetView, option: OptionDeparturesView, *, lang: Lang, dpi: int = 200
) -> tuple[Sheet, Layout]:
    """Draw a sheet and return it with its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    base_map = text("source.base_name", lang)
    sources = [
        frame.source_line(source, lang)
        for source in movement.frame.sources
        if source.name != base_map
    ]
    subtitle = said(
        "departures.strip.subtitle",
        option=option.letter,
        via="–".join(few_names(option.via)),
        km=option.km,
        rest=movement.frame.subtitle,
    )
    frame.draw_around(sheet, replace(movement.frame, subtitle=subtitle), lang, sources)
    layout = lay_out(sheet, option, lang)
    draw_grid(sheet, layout, option, lang)
    draw_offers(sheet, layout, option, lang)
    draw_legend(sheet, layout, lang)
    draw_notes(sheet, layout)
    return sheet, layout
