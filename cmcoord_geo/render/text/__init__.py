"""Parts of a product as plain text."""

from __future__ import annotations

from cmcoord_geo.render.text.areas import area_lines
from cmcoord_geo.render.text.corridors import corridor_lines
from cmcoord_geo.render.text.movement import movement_lines, overview_lines, shared_families
from cmcoord_geo.render.text.operations import operation_lines
from cmcoord_geo.render.text.patrols import conflict_lines, patrol_lines
from cmcoord_geo.render.text.roads import closure_lines, count_lines, crossing_lines, road_lines
from cmcoord_geo.render.text.sheet import Sheet

__all__ = [
    "Sheet",
    "area_lines",
    "closure_lines",
    "conflict_lines",
    "corridor_lines",
    "count_lines",
    "crossing_lines",
    "movement_lines",
    "operation_lines",
    "overview_lines",
    "patrol_lines",
    "road_lines",
    "shared_families",
]
