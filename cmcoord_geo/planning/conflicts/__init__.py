"""Conflicts of a whole week: who may be where when, and what each rule says of it."""

from __future__ import annotations

from cmcoord_geo.planning.conflicts.copresence import find_conflicts
from cmcoord_geo.planning.conflicts.kinds import ConflictKind, conflict_kinds
from cmcoord_geo.planning.conflicts.meetings import Meetings, find_meetings
from cmcoord_geo.planning.conflicts.occupancy import (
    Occupancies,
    movement_occupancies,
    patrol_occupancies,
    way_occupancies,
    window_occupancies,
)
from cmcoord_geo.planning.conflicts.rules import week_conflicts
from cmcoord_geo.planning.conflicts.week import Ruling, Week

__all__ = [
    "ConflictKind",
    "Meetings",
    "Occupancies",
    "Ruling",
    "Week",
    "conflict_kinds",
    "find_conflicts",
    "find_meetings",
    "movement_occupancies",
    "patrol_occupancies",
    "way_occupancies",
    "week_conflicts",
    "window_occupancies",
]
