"""What tags of OpenStreetMap mean for a vehicle of ours; the words stand in ``data/osm_*``."""

from __future__ import annotations

from cmcoord_geo.network.osm.access import WayAccess, way_access
from cmcoord_geo.network.osm.barrier import barrier_access
from cmcoord_geo.network.osm.defaults import SeasonDefaults, season_defaults
from cmcoord_geo.network.osm.duration import duration_s
from cmcoord_geo.network.osm.quantity import length_m, mass_t
from cmcoord_geo.network.osm.surface import surface_of
from cmcoord_geo.network.osm.tables import highway_class, relevant_keys

__all__ = [
    "SeasonDefaults",
    "WayAccess",
    "barrier_access",
    "duration_s",
    "highway_class",
    "length_m",
    "mass_t",
    "relevant_keys",
    "season_defaults",
    "surface_of",
    "way_access",
]
