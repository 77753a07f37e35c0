"""The whole sheet: frame, captions, grid, legend and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.board.foot import draw_foot_notes
from cmcoord_geo.render.board.grid import draw_grid
from cmcoord_geo.render.board.layout import lay_out
from cmcoord_geo.render.board.top import draw_captions
from cmcoord_geo.render.printmap import frame, tokens
from cmcoord_geo.render.printmap.picture import plain_style
from cmcoord_geo.render.printmap.png import to_png
from cmcoord_geo.render.printmap.sheet import Sheet

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.render.board.layout import Layout
    from cmcoord_geo.sharing.isolation_views import BoardView


def build_board_picture(board: BoardView, *, lang: Lang = "fr", dpi: int = 200) -> bytes:
    """
    Draw the isolation board on a sheet of A4, landscape.

    Parameters
    ----------
    board : BoardView
        What one audience may see; nothing else reaches the drawing.
    lang : {"fr", "en"}
    dpi : int
        Dots per inch.

    Returns
    -------
    bytes
        PNG without text chunks; the same board gives the same bytes.
    """
    with plain_style():
        sheet, _ = draw_board(board, lang=lang, dpi=dpi)
        return to_png(sheet.pixels(), dpi=dpi)


def draw_board(board: BoardView, *, lang: Lang, dpi: int = 200) -> tuple[Sheet, Layout]:
    """Draw a board and return the sheet and its layout, for whoever wants to measure them."""
    sheet = Sheet(tokens.PAPERS["A4"], dpi=dpi)
    base_map = text("source.base_name", lang)
    sources = [frame.source_line(s, lang) for s in board.frame.sources if s.name != base_map]
    frame.draw_around(sheet, board.frame, lang, sources)
    layout = lay_out(sheet, board, lang)
    draw_captions(sheet, layout, board, lang)
    draw_grid(sheet, layout, board, lang)
    draw_foot_notes(sheet, layout, board, lang)
    return sheet, layout
