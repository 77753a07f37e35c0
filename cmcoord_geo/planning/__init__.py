"""Route options, timetables, patrol coverage, conflicts, and the families of alternatives."""

from __future__ import annotations

from cmcoord_geo.planning.daylight import sunrise_sunset
from cmcoord_geo.planning.isolation import Case, Isolation, isolation
from cmcoord_geo.planning.patrols import is_confirmed
from cmcoord_geo.planning.plan import plan_movement, refused_plan
from cmcoord_geo.planning.separation import Separation, separation_conflict
from cmcoord_geo.planning.tracks import Track

__all__ = [
    "Case",
    "Isolation",
    "Separation",
    "Track",
    "is_confirmed",
    "isolation",
    "plan_movement",
    "refused_plan",
    "separation_conflict",
    "sunrise_sunset",
]
