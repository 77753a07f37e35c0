"""One offline HTML page from the views of one audience."""

from __future__ import annotations

from cmcoord_geo.render.page.board import build_board_page
from cmcoord_geo.render.page.build import build_page

__all__ = ["build_board_page", "build_page"]
