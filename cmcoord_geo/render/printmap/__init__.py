"""Printed map of a product: A4 or A3 in landscape, as PNG, for a wall, a table or a telephone."""

from __future__ import annotations

from cmcoord_geo.render.printmap.picture import build_picture

__all__ = ["build_picture"]
