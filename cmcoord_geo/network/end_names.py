"""What a person calls the end of a movement, also where it is a junction without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import road_classes
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.nearby import near_towns
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from cmcoord_geo.network.road_network import RoadNetwork

#: A junction so near to a named place is called after it.
_BESIDE_M = 500.0


def end_name(network: RoadNetwork, node: int) -> str:
    """
    What a person calls a node: its name, or that of the place beside it, or its position, and the road.

    Parameters
    ----------
    network : RoadNetwork
    node : int

    Returns
    -------
    str
        Never empty: ``Bourg``, ``Bourg (Rue)``, ``7.0000, 20.0000 (Rue)``.
    """
    name = network.node_names[node]
    if name and not _is_position(network, node):
        return name
    at_it = np.flatnonzero((network.start == node) | (network.end == node))
    where = _beside(network, node) or f"{network.lat[node]:.4f}, {network.lon[node]:.4f}"
    titles = [network.title(i) for i in at_it.tolist()]
    road = next((title for title in titles if title not in road_classes()), "")
    return f"{where} ({road})" if road else where


def end_by_town(network: RoadNetwork, node: int) -> Said:
    """Place that a node is, or the nearest town and how far from it: ``Bourg``, ``23 km E of Bourg``."""
    name = network.node_names[node]
    if name and not _is_position(network, node):
        return Said(fr=name, en=name)
    lon, lat = float(network.lon[node]), float(network.lat[node])
    (town,) = near_towns(network.places, np.array([(lon, lat)]))
    if town.away_m < KM_M:
        return Said(fr=town.name, en=town.name)
    if town.is_near:
        return said(
            "end_by_town.from",
            km=f"{town.away_m / KM_M:.0f}",
            town=town.name,
            direction=said(f"end_by_town.{town.direction}"),
        )
    return Said(fr=f"{lat:.4f}, {lon:.4f}", en=f"{lat:.4f}, {lon:.4f}")


def _is_position(network: RoadNetwork, node: int) -> bool:
    """Whether a node is a point that somebody typed: id and name are its position."""
    name = network.node_names[node]
    return ", " in name and name.replace(", ", ",") == network.node_ids[node]


def _beside(network: RoadNetwork, node: int) -> str:
    """Place with a name within a short walk of a node without one, unless somebody typed its position."""
    if network.node_names[node]:
        return ""
    names = Words.packed(network.node_names)
    has_name = np.array([bool(name) for name in names.vocabulary])
    named = np.flatnonzero(has_name[names.codes])
    if not len(named):
        return ""
    lon, lat = network.lon, network.lat
    away_m = geodesic_m(lon[node], lat[node], lon[named], lat[named])
    nearest = int(away_m.argmin())
    return network.node_names[int(named[nearest])] if away_m[nearest] <= _BESIDE_M else ""
