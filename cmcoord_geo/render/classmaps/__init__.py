"""Small maps of exposure by incident class as a printed sheet, from the view of one audience."""

from __future__ import annotations

from cmcoord_geo.render.classmaps.picture import build_class_picture

__all__ = ["build_class_picture"]
