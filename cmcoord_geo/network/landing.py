"""Ends of a movement put on the road, and what a person should know of how they lie there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import SnapError
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.carriageways import APART_M, can_reach, course, other_side
from cmcoord_geo.network.rivers import Rivers, sketched_rivers
from cmcoord_geo.network.soundness import component_of
from cmcoord_geo.network.spots import compass
from cmcoord_geo.network.stops import Stop
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.snap import Foot, RoadIndex
    from cmcoord_geo.network.spots import Spot

#: A place that lies this near to its road is not told as moved.
_QUIET_M = 20.0
#: As near to a node as :mod:`cmcoord_geo.network.stops` takes it for the node.
_AT_NODE_M = 1.0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """
    Roads on which ends are put.

    Attributes
    ----------
    network : RoadNetwork
    index : RoadIndex
        Of the roads that are open to the convoy.
    is_open : ndarray of bool, shape (2 m,)
        Arcs on which the convoy may drive by the map.
    limit_m : float
        Farther from a road a point is refused.
    """

    network: RoadNetwork
    index: RoadIndex
    is_open: NDArray[np.bool_]
    limit_m: float

    def feet(self, spot: Spot, within_m: float) -> tuple[Foot, ...]:
        """Roads around a spot, nearest first."""
        return self.index.feet(spot.lon, spot.lat, within_m=min(within_m, self.limit_m))

    def title(self, foot: Foot) -> str:
        """Name of the road at a foot."""
        return self.network.title(foot.segment)


def land(ground: Ground, spots: Sequence[Spot]) -> tuple[Landing, ...]:
    """
    Put origin and destination on their nearest roads.

    Between two carriageways the nearer one is taken from which, or to which, a way leads by the map.

    Parameters
    ----------
    ground : Ground
    spots : sequence of Spot
        Origin first, destination last.

    Raises
    ------
    SnapError
        One is farther from any road than the limit.
    """
    choices = [_choices(ground, spot) for spot in spots]
    feet = _linked(ground, choices)
    parts = component_of(ground.network)
    found = []
    for k, (spot, foot, sides) in enumerate(zip(spots, feet, choices, strict=True)):
        others = [other for j, other in enumerate(feet) if j != k]
        told = (
            *spot.told,
            *_moved(ground, spot, foot, sides),
            *_across(ground, spot, foot),
            *_island(ground, parts, spot, foot, others),
        )
        stop = Stop(
            stop_id=_free_id(ground.network, spot, foot),
            name=spot.name,
            segment=foot.segment,
            fraction=foot.fraction,
        )
        found.append(Landing(spot=spot, stop=stop, away_m=foot.away_m, told=told))
    return tuple(found)


def _choices(ground: Ground, spot: Spot) -> tuple[Foot, ...]:
    """Nearest road of a spot, and the other carriageway where it lies between two."""
    (away_m,) = ground.index.snap(np.array([(spot.lon, spot.lat)])).away_m.tolist()
    feet = ground.feet(spot, max(APART_M, away_m + 1.0)) if away_m <= ground.limit_m else ()
    if not feet:
        raise problem(
            SnapError,
            "snap.far",
            place=spot.name,
            away_m="∞" if np.isinf(away_m) else f"{away_m:.0f}",
            limit_m=f"{ground.limit_m:.0f}",
        )
    other = other_side(ground.network, ground.is_open, feet)
    return (feet[0],) if other is None else (feet[0], other)


def _linked(ground: Ground, choices: Sequence[tuple[Foot, ...]]) -> tuple[Foot, ...]:
    """First combination of sides between which a way leads; the nearest ones where none does."""
    nearest = tuple(sides[0] for sides in choices)
    if len(choices) < 2 or all(len(sides) == 1 for sides in choices):
        return nearest
    ways = sorted(
        product(*choices),
        key=lambda feet: sum(a is not b for a, b in zip(feet, nearest, strict=True)),
    )
    for feet in ways:
        if can_reach(ground.network, ground.is_open, feet[0].segment, feet[-1].segment):
            return feet
    return nearest


def _moved(ground: Ground, spot: Spot, foot: Foot, sides: tuple[Foot, ...]) -> Iterator[Said]:
    """How far the spot was moved, and to which side of a divided road."""
    if len(sides) == 1:
        if foot.away_m > _QUIET_M:
            yield said(
                "snap.moved", place=spot.name, road=ground.title(foot), away_m=f"{foot.away_m:.0f}"
            )
        return
    (other,) = (side for side in sides if side is not foot)
    yield said(
        "snap.between" if foot is sides[0] else "snap.between_far",
        place=spot.name,
        road=ground.title(foot),
        direction=said(f"compass.{compass(course(ground.network, ground.is_open, foot))}"),
        away_m=f"{foot.away_m:.0f}",
        other_m=f"{other.away_m:.0f}",
    )


def _across(ground: Ground, spot: Spot, foot: Foot) -> Iterator[Said]:
    """Whether a river lies between a spot and its road, and the nearest road on this side of it."""
    own = ground.network.rivers
    is_own = own is not None and len(own) > 0
    rivers = own if own is not None and is_own else sketched_rivers()
    river = _river(rivers, spot, [foot])[0]
    if river < 0:
        return
    name = rivers.names[river]
    yield said(
        "snap.across" if is_own else "snap.perhaps_across",
        place=spot.name,
        river=Said(fr=name, en=name) if name else said("snap.a_river"),
        road=ground.title(foot),
        away_m=f"{foot.away_m:.0f}",
    )
    feet = ground.feet(spot, ground.limit_m)
    here = [near for near, k in zip(feet, _river(rivers, spot, feet), strict=True) if k < 0]
    if here:
        road, away_m = ground.title(here[0]), f"{here[0].away_m:.0f}"
        yield said("snap.this_side", place=spot.name, road=road, away_m=away_m)
    else:
        yield said("snap.no_road_here", place=spot.name, limit_m=f"{ground.limit_m:.0f}")


def _river(rivers: Rivers, spot: Spot, feet: Sequence[Foot]) -> list[int]:
    """River between a spot and each of its feet, -1 where there is none."""
    ends = np.array([(foot.lon, foot.lat) for foot in feet])
    starts = np.broadcast_to((spot.lon, spot.lat), ends.shape)
    return [int(river) for river in rivers.between(starts, ends)]


def _island(
    ground: Ground, parts: NDArray[np.int64], spot: Spot, foot: Foot, others: Sequence[Foot]
) -> Iterator[Said]:
    """Whether a spot lies on roads without a link to those of the other end, and where linked ones begin."""
    part_of = parts[ground.network.start]
    length_m = np.bincount(part_of, weights=ground.network.length_m)
    mine = int(part_of[foot.segment])
    for other in others:
        theirs = int(part_of[other.segment])
        if mine == theirs or length_m[mine] > length_m[theirs]:
            continue
        yield said("snap.island", place=spot.name, km=f"{length_m[mine] / KM_M:.1f}")
        feet = ground.feet(spot, ground.limit_m)
        linked = [near for near in feet if part_of[near.segment] == theirs]
        if linked:
            road, away_m = ground.title(linked[0]), f"{linked[0].away_m:.0f}"
            yield said("snap.linked", place=spot.name, road=road, away_m=away_m)


def _free_id(network: RoadNetwork, spot: Spot, foot: Foot) -> str:
    """Id of a stop: that of its spot, unless a node elsewhere has it."""
    node = network.node_index.get(spot.spot_id)
    if node is None:
        return spot.spot_id
    end = (network.start if foot.fraction < 0.5 else network.end)[foot.segment]
    gap_m = min(foot.fraction, 1 - foot.fraction) * float(network.length_m[foot.segment])
    is_there = gap_m <= _AT_NODE_M and int(end) == node
    return spot.spot_id if is_there else f"{spot.spot_id}/{foot.segment}"
