"""Roads without a practical second road: what their loss would make of the trip."""

from __future__ import annotations

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
#: Where there is a second street for no more than this, what lies before and after is one cut road.
_VILLAGE_M = 2000.0


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
    for row in _rows(network, fastest, place, in_order):
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


def _rows(
    network: RoadNetwork, fastest: Way, place: Mapping[int, int], in_order: Sequence[Detour]
) -> list[list[Detour]]:
    """
    Cuts that are told together: neighbours with the same detour.

    Of surveyed segments, which are short, all those between which there is no more than a village.
    """
    rows: list[list[Detour]] = []
    for cut in in_order:
        last = rows[-1][-1] if rows else None
        between = fastest[place[last.segment] + 1 : place[cut.segment]] if last else ()
        gap_m = sum(float(network.length_m[segment]) for segment, _ in between)
        if last is None:
            is_kin = False
        elif network.traffic is None:
            is_kin = not between and last.way == cut.way
        else:
            is_kin = gap_m <= _VILLAGE_M
        if is_kin:
            rows[-1].append(cut)
        else:
            rows.append([cut])
    return rows


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
    if others or not titles:
        return others[0] if others else where
    return f"{network.title(segment)} ({where})"
