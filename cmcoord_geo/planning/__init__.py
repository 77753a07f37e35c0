"""Route options, timetables, patrol coverage, conflicts, and the families of alternatives."""

from __future__ import annotations

from cmcoord_geo.planning.daylight import sunrise_sunset
from cmcoord_geo.planning.patrols import is_confirmed
from cmcoord_geo.planning.plan import plan_movement, refused_plan

__all__ = ["is_confirmed", "plan_movement", "refused_plan", "sunrise_sunset"]
