"""Departures of one option as a printed sheet, hour by day, from the view of its owner."""

from __future__ import annotations

from cmcoord_geo.render.heatstrip.picture import build_strip_picture

__all__ = ["build_strip_picture"]
