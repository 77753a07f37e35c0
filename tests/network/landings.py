"""Points beside drawn roads, and the roads as ground to put them on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.ground import Ground
from cmcoord_geo.network.landing import Landing, land
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.network.whereabouts import Spot


def point(x_m: float, y_m: float, name: str = "X") -> Spot:
    """Point so many metres east and north of the upper left corner of a drawing."""
    return Spot(spot_id=name, name=name, lon=WEST + x_m / DEGREE_M, lat=NORTH + y_m / DEGREE_M)


def landed(network: RoadNetwork, *spots: Spot, limit_m: float = 2000.0) -> tuple[Landing, ...]:
    """Spots put on a drawn network."""
    return land(ground(network, limit_m=limit_m), spots)


def ground(network: RoadNetwork, *, limit_m: float = 2000.0) -> Ground:
    """Roads of a network as a motorbike may drive them."""
    is_open = np.ones(2 * len(network), dtype=bool)
    if network.traffic is not None:
        is_open = network.traffic.arcs_open([0])
    return Ground.of(network, is_open, limit_m=limit_m)


def divided(*, joined: bool = True) -> RoadNetwork:
    """A road of two carriageways 80 m apart, the northern one eastwards, linked in the east or not."""
    network = town("A----B\n|    |\nC----D", cell_m=40, route_ref="RN1")
    mask = {"A-B": (1, 0), "C-D": (0, 1), "A-C": (1, 1), "B-D": (1, 1) if joined else (0, 0)}
    forward, backward = zip(*(mask[key] for key in network.segment_ids), strict=True)
    traffic = Traffic(
        names=("",) * 4,
        forward=np.array(forward, dtype=np.uint8),
        backward=np.array(backward, dtype=np.uint8),
        duration_s=np.full(4, np.nan),
    )
    return replace(network, traffic=traffic)
