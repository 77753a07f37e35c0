"""Roads without a practical second road: what their loss would make of the trip."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import road_classes
from cmcoord_geo.model import CutRoad
from cmcoord_geo.planning.ways import drive_hours, length_km, nodes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.ways import Detour, Way

#: A shorter cut among streets is the way out of a yard, and no news.
_LEAST_M = 300.0


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
    for _, group in groupby(enumerate(in_order), key=lambda item: _kin(network, place, *item)):
        row = [cut for _, cut in group]
        segments = [cut.segment for cut in row]
        if network.traffic is not None and network.length_m[segments].sum() < _LEAST_M:
            continue
        way = _worst(passable, row)
        found.append(
            CutRoad(
                segment_ids=tuple(network.segment_ids[segment] for segment in segments),
                from_place=_end(network, nodes[place[segments[0]]], segments[0]),
                to_place=_end(network, nodes[place[segments[-1]] + 1], segments[-1]),
                detour_km=length_km(network, way) if way else None,
                detour_h=drive_hours(passable, way) if way else None,
            )
        )
    return tuple(found)


def _kin(
    network: RoadNetwork, place: Mapping[int, int], number: int, cut: Detour
) -> tuple[object, int]:
    """What makes neighbours one cut road: the same detour; among short surveyed segments, any."""
    return cut.way if network.traffic is None else None, place[cut.segment] - number


def _worst(passable: Passability, row: Sequence[Detour]) -> Way:
    """Longest detour of some neighbours; empty where one of them has none."""
    if not all(cut.way for cut in row):
        return ()
    return max((cut.way for cut in row), key=lambda way: drive_hours(passable, way).high)


def _end(network: RoadNetwork, node: int, segment: int) -> str:
    """Id of a place; at a junction without a name, the road that meets this one there, else the position."""
    if network.is_place(node):
        return network.node_ids[node]
    there = np.flatnonzero((network.start == node) | (network.end == node)).tolist()
    titles = [network.title(i) for i in there if network.title(i) not in road_classes()]
    others = [title for title in titles if title != network.title(segment)]
    where = f"{network.lat[node]:.4f}, {network.lon[node]:.4f}"
    return others[0] if others else f"{network.title(segment)} ({where})"
