"""Roads without a practical second road: what their loss would make of the trip."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.model import CutRoad
from cmcoord_geo.planning.ways import drive_hours, length_km, nodes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Detour, Way


def cut_roads(
    network: RoadNetwork, passable: Passability, fastest: Way, cuts: Sequence[Detour]
) -> tuple[CutRoad, ...]:
    """
    Cut roads of the fastest way, neighbours with one and the same detour joined.

    What makes a cut is driving time; length and hours of the detour are told beside it.
    ``networkx.bridges`` alone misses them: a detour of 1,809 km by Birao where the road is 382 km is no
    second road (ALGORITHMS.md b).
    """
    place = {segment: i for i, (segment, _) in enumerate(fastest)}
    nodes = nodes_of(network, fastest)
    in_order = sorted(cuts, key=lambda cut: place[cut.segment])
    found = []
    for (way, _), group in groupby(
        enumerate(in_order), key=lambda item: (item[1].way, place[item[1].segment] - item[0])
    ):
        row = [cut.segment for _, cut in group]
        found.append(
            CutRoad(
                segment_ids=tuple(network.segment_ids[segment] for segment in row),
                from_place=_end(network, nodes[place[row[0]]], row[0]),
                to_place=_end(network, nodes[place[row[-1]] + 1], row[-1]),
                detour_km=length_km(network, way) if way else None,
                detour_h=drive_hours(passable, way) if way else None,
            )
        )
    return tuple(found)


def _end(network: RoadNetwork, node: int, segment: int) -> str:
    """Id of a place; where a row of roads ends at a junction without a name, the name of the road."""
    return network.node_ids[node] if network.is_place(node) else network.title(segment)
