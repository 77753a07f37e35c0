"""Roads without a practical second road: what their loss would make of the trip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cmcoord_geo.facts import road_classes
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import CutRoad, JointCut
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.network.nearby import near_towns, where_at
from cmcoord_geo.planning.failures import crossed_segments
from cmcoord_geo.planning.ways import drive_hours, length_km, nodes_of, way_of
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.model import Limits
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.together import Together
    from cmcoord_geo.planning.ways import Detour, Way

_Cut = TypeVar("_Cut", CutRoad, JointCut)

#: A shorter cut among streets is the way out of a yard, and no news.
_LEAST_M = 300.0
#: Where there is a second street for no more than this, what lies before and after is one cut road; on a long
#: trip also where the second road is no more than this share of it.
_VILLAGE_M, _VILLAGE_SHARE = 2000.0, 0.02


def cut_roads(
    network: RoadNetwork, passable: Passability, fastest: Way, cuts: Sequence[Detour]
) -> tuple[CutRoad, ...]:
    """
    Cut roads of the fastest way, neighbours with one and the same detour joined.

    What makes a cut is driving time; length and hours of the detour are told beside it.
    ``networkx.bridges`` alone misses them: a detour of 1,809 km by Birao where the road is 382 km is no
    second road (ALGORITHMS.md b).
    """
    place: dict[int, int] = {}
    for i, (segment, _) in enumerate(fastest):
        place.setdefault(segment, i)  # a spur is driven again on the way back
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


def joint_cuts(
    network: RoadNetwork,
    passable: Passability,
    together: Sequence[Together],
    cuts: Sequence[CutRoad],
) -> tuple[JointCut, ...]:
    """
    Crossings whose loss takes several roads; two or three roads at once only where no single road is a cut.

    Parameters
    ----------
    network : RoadNetwork
    passable : Passability
    together : sequence of Together
    cuts : sequence of CutRoad
        Single roads that are told.
    """
    crossed = dict(crossed_segments(network, set(range(len(network)))))
    found = []
    for loss in together:
        is_crossing = not loss.segments and len(loss.crossings) == 1
        if cuts and not is_crossing:
            continue
        over = {segment for i in loss.crossings for segment in crossed[i]}
        way = way_of(loss.detour)
        found.append(
            JointCut(
                names=(
                    *(_road_name(network, segment) for segment in loss.segments),
                    *(network.crossings[i].name for i in loss.crossings),
                ),
                is_crossing=is_crossing,
                segment_ids=tuple(
                    network.segment_ids[segment] for segment in sorted({*loss.segments, *over})
                ),
                detour_km=length_km(network, way) if way else None,
                detour_h=drive_hours(passable, way) if way else None,
            )
        )
    return tuple(found)


def against_limits(cuts: Iterable[_Cut], limits: Limits) -> tuple[_Cut, ...]:
    """Cuts, and of each whether the fastest trip without it breaks a limit of the request."""
    return tuple(replace(cut, is_beyond_limits=_is_beyond(cut, limits)) for cut in cuts)


def _is_beyond(cut: CutRoad | JointCut, limits: Limits) -> bool:
    if cut.detour_km is None or cut.detour_h is None:
        return False
    is_long = limits.max_km is not None and cut.detour_km > limits.max_km
    return is_long or (limits.max_hours is not None and cut.detour_h.high > limits.max_hours)


def _road_name(network: RoadNetwork, segment: int) -> Said:
    """A road between two places, by its own name too where it is surveyed."""
    a, b = (
        _end(network, int(node), segment) for node in (network.start[segment], network.end[segment])
    )
    if network.traffic is None:
        return said("joint.link", a=a, b=b)
    return said("joint.street", road=said_road(network.title(segment)), a=a, b=b)


def _rows(
    network: RoadNetwork, fastest: Way, place: Mapping[int, int], in_order: Sequence[Detour]
) -> list[list[Detour]]:
    """
    Cuts that are told together: neighbours with the same detour.

    Of surveyed segments, which are short, all those between which there is no more than a village. What is
    cut and told in another row does not divide them; a row ends where the way turns back over it.
    """
    told = {cut.segment for cut in in_order}
    nodes = nodes_of(network, fastest)
    driven_m = float(network.length_m[[segment for segment, _ in fastest]].sum())
    village_m = max(_VILLAGE_M, _VILLAGE_SHARE * driven_m)
    rows: list[list[Detour]] = []
    for cut in in_order:
        row = rows[-1] if rows else []
        after = place[row[-1].segment] + 1 if row else 0
        between = {segment for segment, _ in fastest[after : place[cut.segment]]}
        gap = sorted(between - told)
        is_near = network.length_m[gap].sum() <= village_m
        if network.traffic is None:
            is_near = bool(row) and not gap and row[-1].way == cut.way
        if row and is_near and not _turns_back(row, between, nodes, place, cut):
            row.append(cut)
        else:
            rows.append([cut])
    return rows


def _turns_back(
    row: Sequence[Detour],
    between: set[int],
    nodes: Sequence[int],
    place: Mapping[int, int],
    cut: Detour,
) -> bool:
    """Whether the way comes back over some neighbours before it has passed another cut."""
    passed = {nodes[place[other.segment] + end] for other in row for end in (0, 1)}
    is_again = any(other.segment in between for other in row)
    return is_again or nodes[place[cut.segment] + 1] in passed


def _worst(passable: Passability, row: Sequence[Detour]) -> Way:
    """Longest detour of some neighbours; empty where one of them has none."""
    if not all(cut.way for cut in row):
        return ()
    return max((cut.way for cut in row), key=lambda way: drive_hours(passable, way).high)


def _end(network: RoadNetwork, node: int, segment: int) -> Said:
    """A place by name; elsewhere the road that meets this one there, else how it lies from a town."""
    if network.is_place(node):
        name = end_name(network, node)
        return Said(fr=name, en=name)
    there = np.flatnonzero((network.start == node) | (network.end == node)).tolist()
    titles = [network.title(i) for i in there if network.title(i) not in road_classes()]
    others = [title for title in titles if title != network.title(segment)]
    if others:
        return Said(fr=others[0], en=others[0])
    at = float(network.lon[node]), float(network.lat[node])
    (town,) = near_towns(network.places, np.array([at]))
    where = Said(fr=town.name, en=town.name)
    if town.away_m > KM_M:
        where = where_at(*at, own=network.places)
    if not titles:
        return where
    return said("conflicts.near", road=network.title(segment), where=where)
