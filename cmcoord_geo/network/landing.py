"""Ends of a movement put on the road, and what a person should know of how they lie there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import SnapError
from cmcoord_geo.i18n import Said, problem
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.carriageways import APART_M, can_reach, other_side
from cmcoord_geo.network.coordinates import written
from cmcoord_geo.network.gaps import across, island, moved, shut_off, skipped
from cmcoord_geo.network.ground import ROUND_M
from cmcoord_geo.network.notes import closing_tags, said_of_signs
from cmcoord_geo.network.stops import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.network.ground import Ground
    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.snap import Foot
    from cmcoord_geo.network.whereabouts import Spot

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


def land(ground: Ground, spots: Sequence[Spot]) -> tuple[Landing, ...]:
    """
    Put origin and destination on their nearest roads.

    Between two carriageways the nearer one is taken from which, or to which, a way leads by the map. A
    fragment of road without a link is passed over where another road lies near.

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
    found = []
    for k, (spot, foot, sides) in enumerate(zip(spots, feet, choices, strict=True)):
        others = [other for j, other in enumerate(feet) if j != k]
        told = (
            *spot.told,
            *moved(ground, spot, foot, sides),
            *skipped(ground, spot, foot),
            *shut_off(ground, spot, foot),
            *across(ground, spot, foot),
            *island(ground, spot, foot, others),
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
        raise _too_far(ground, spot, away_m)
    if ground.is_fragment(feet[0]):
        around = ground.feet(spot, ROUND_M)
        feet = tuple(foot for foot in around if not ground.is_fragment(foot)) or feet
    other = other_side(ground.network, ground.is_open, feet)
    return (feet[0],) if other is None else (feet[0], other)


def _too_far(ground: Ground, spot: Spot, away_m: float) -> SnapError:
    """Refusal of a spot, with the other reading of its figures that lies at a road, where there is one."""
    away = {
        "place": spot.name,
        "away": said_length(away_m),
        "limit": said_length(ground.limit_m),
    }
    near = [
        (feet[0], reading)
        for reading in spot.others
        if (feet := ground.index.feet(reading.lon, reading.lat, within_m=ground.limit_m))
    ]
    if not near:
        return _shut_in(ground, spot, away) or problem(SnapError, "snap.far", None, **away)
    foot, reading = min(near, key=lambda pair: pair[0].away_m)
    return problem(
        SnapError,
        "snap.far_other",
        None,
        **away,
        reading=reading.how,
        other=said_length(foot.away_m),
        road=ground.title(foot),
        fixed=written(reading.lon, reading.lat),
    )


def _shut_in(ground: Ground, spot: Spot, away: dict[str, object]) -> SnapError | None:
    """Refusal of a spot at a road that the map closes to the convoy, with the tags that do."""
    feet = ground.closed.feet(spot.lon, spot.lat, within_m=ground.limit_m)
    if not feet:
        return None
    network, segment = ground.network, feet[0].segment
    return problem(
        SnapError,
        "snap.far_shut",
        None,
        **away,
        road=ground.title(feet[0]),
        near=said_length(feet[0].away_m),
        why=said_of_signs(closing_tags(network.note[segment]), network.road_class[segment]),
    )


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


def _free_id(network: RoadNetwork, spot: Spot, foot: Foot) -> str:
    """Id of a stop: that of its spot, unless a node elsewhere has it."""
    node = network.node_index.get(spot.spot_id)
    if node is None:
        return spot.spot_id
    end = (network.start if foot.fraction < 0.5 else network.end)[foot.segment]
    gap_m = min(foot.fraction, 1 - foot.fraction) * float(network.length_m[foot.segment])
    is_there = gap_m <= _AT_NODE_M and int(end) == node
    return spot.spot_id if is_there else f"{spot.spot_id}/{foot.segment}"
