"""The calendar of requested corridors on a sheet of A4."""

from __future__ import annotations

from cmcoord_geo.render.calendar.picture import build_calendar

__all__ = ["build_calendar"]
