"""Ends of a movement put on the road, and what a person should know of how they lie there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import SnapError
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.stops import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.snap import RoadIndex
    from cmcoord_geo.network.spots import Spot

#: A place that lies this near to its road is not told as moved.
_QUIET_M = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """
    One end on its road.

    Attributes
    ----------
    spot : Spot
    stop : Stop
    away_m : float
        From the spot to the road.
    told : tuple of Said
    """

    spot: Spot
    stop: Stop
    away_m: float
    told: tuple[Said, ...]


def land(
    network: RoadNetwork,
    index: RoadIndex,
    spots: Sequence[Spot],
    *,
    limit_m: float,
) -> tuple[Landing, ...]:
    """
    Put the ends of a movement on their nearest roads.

    Parameters
    ----------
    network : RoadNetwork
    index : RoadIndex
        Of the roads that are open to the convoy.
    spots : sequence of Spot
        Origin and destination.
    limit_m : float

    Raises
    ------
    SnapError
        One is farther from any road than the limit.
    """
    snapped = index.snap(np.array([(spot.lon, spot.lat) for spot in spots]))
    found = []
    for i, spot in enumerate(spots):
        away_m = float(snapped.away_m[i])
        if not away_m <= limit_m:
            raise problem(
                SnapError, "snap.far", place=spot.name, away_m=_metres(away_m),
                limit_m=f"{limit_m:.0f}",
            )  # fmt: skip
        segment, fraction = int(snapped.segment[i]), float(snapped.fraction[i])
        stop = Stop(
            stop_id=_free_id(network, spot, segment, fraction),
            name=spot.name,
            segment=segment,
            fraction=fraction,
        )
        told = (*spot.told, *_moved(network, spot, stop, away_m))
        found.append(Landing(spot=spot, stop=stop, away_m=away_m, told=told))
    return tuple(found)


def _moved(network: RoadNetwork, spot: Spot, stop: Stop, away_m: float) -> Iterator[Said]:
    if away_m > _QUIET_M:
        road = network.title(stop.segment)
        yield said("snap.moved", place=spot.name, road=road, away_m=_metres(away_m))


def _free_id(network: RoadNetwork, spot: Spot, segment: int, fraction: float) -> str:
    """Id of a stop: that of its spot, unless a node elsewhere has it."""
    node = network.node_index.get(spot.spot_id)
    if node is None:
        return spot.spot_id
    end = (network.start if fraction < 0.5 else network.end)[segment]
    is_there = min(fraction, 1 - fraction) * network.length_m[segment] <= _AT_NODE_M
    return spot.spot_id if is_there and int(end) == node else f"{spot.spot_id}/{segment}"


#: As near to a node as :mod:`cmcoord_geo.network.stops` takes it for the node.
_AT_NODE_M = 1.0


def _metres(away_m: float) -> str:
    return "∞" if np.isinf(away_m) else f"{away_m:.0f}"
