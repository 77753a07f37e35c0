"""One offline HTML page from the views of one audience."""

from __future__ import annotations

from cmcoord_geo.render.page.build import build_page

__all__ = ["build_page"]
