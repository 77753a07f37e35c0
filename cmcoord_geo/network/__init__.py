"""Road network, places, seasons, reports and passability."""

from __future__ import annotations

from cmcoord_geo.network.bundled import bundled_network
from cmcoord_geo.network.convert import from_networkx, to_networkx
from cmcoord_geo.network.convoy import Convoy, convoy_of
from cmcoord_geo.network.osm import WayAccess, way_access
from cmcoord_geo.network.passability import Passability, passability
from cmcoord_geo.network.places import find_place, nearest_places, suggest
from cmcoord_geo.network.road_network import RoadNetwork, arc_segment
from cmcoord_geo.network.season import season_of
from cmcoord_geo.network.status import KnownState, known_state

__all__ = [
    "Convoy",
    "KnownState",
    "Passability",
    "RoadNetwork",
    "WayAccess",
    "arc_segment",
    "bundled_network",
    "convoy_of",
    "find_place",
    "from_networkx",
    "known_state",
    "nearest_places",
    "passability",
    "season_of",
    "suggest",
    "to_networkx",
    "way_access",
]
