"""The isolation board as a printed sheet, from the view of one audience."""

from __future__ import annotations

from cmcoord_geo.render.board.picture import build_board_picture

__all__ = ["build_board_picture"]
