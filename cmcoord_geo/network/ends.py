"""Both ends of a movement on a surveyed network: by name or position, snapped, with the distance told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places, season_zones
from cmcoord_geo.i18n import said
from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.coordinates import CAR
from cmcoord_geo.network.ground import Ground
from cmcoord_geo.network.landing import land
from cmcoord_geo.network.places import plain
from cmcoord_geo.network.spots import find_spot, known_spot
from cmcoord_geo.network.stops import Stop, with_stops

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.convoy import Convoy
    from cmcoord_geo.network.landing import Landing
    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.whereabouts import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """
    A network with both ends of a movement on it.

    Attributes
    ----------
    network : RoadNetwork
        With a node at each end, and at each place of the gazetteer that lies near enough to a road.
    node_ids : tuple of str
        Of the ends, in their order.
    told : tuple of Said
        How each end was understood, how far it was moved, and what lies in between.
    """

    network: RoadNetwork
    node_ids: tuple[str, ...]
    told: tuple[Said, ...]


def with_ends(
    network: RoadNetwork,
    words: Sequence[str],
    convoy: Convoy,
    *,
    limit_m: float,
    lighter: Sequence[Convoy] = (),
) -> Ends:
    """
    Put both ends of a movement, and the places of the gazetteer, on a surveyed network.

    Parameters
    ----------
    network : RoadNetwork
    words : sequence of str
        Ends as they were typed.
    convoy : Convoy
        Only roads that the map opens to all of it count.
    limit_m : float
        Farther from a road an end is refused, and another place left out.
    lighter : sequence of Convoy
        Where an end lies by no road of the convoy, it is put on one of the first of these that has one.

    Raises
    ------
    SnapError
        An end is too far from any road.
    UnknownPlaceError
        No place, or several, fit a name.
    DataError
        A position is none.
    """
    spots = [find_spot(network, word) for word in words]
    ground = Ground.of(network, _open_to(network, convoy), limit_m=limit_m)
    lighter_grounds = (
        Ground.of(network, _open_to(network, one), limit_m=limit_m) for one in lighter
    )
    landings = _landings(ground, lighter_grounds, spots)
    stops = [landing.stop for landing in landings]
    known = {spot.spot_id for spot in spots}
    stops += _others(ground, known)
    stops = list({stop.stop_id: stop for stop in stops}.values())
    made, node_of = with_stops(_without_twins(network, stops), stops)
    return Ends(
        network=made,
        node_ids=tuple(node_of[landing.stop.stop_id] for landing in landings),
        told=(
            *(what for landing in landings for what in landing.told),
            *_abroad(network, landings),
        ),
    )


def _landings(
    ground: Ground, lighter: Iterator[Ground], spots: Sequence[Spot]
) -> tuple[Landing, ...]:
    """Landings of the spots, of those that the ground does not reach on the first lighter one that does."""
    left = [spot for spot in spots if not ground.reaches(spot)]
    found = {spot.spot_id: each for spot, each in _landed(ground, spots, left)}
    for other in lighter:
        if not left:
            break
        reached = [spot for spot in left if other.reaches(spot)]
        found |= {spot.spot_id: each for spot, each in _landed(other, reached, ())}
        left = [spot for spot in left if spot not in reached]
    if left:
        land(ground, left)  # says why not
    return tuple(found[spot.spot_id] for spot in spots)


def _landed(
    ground: Ground, spots: Sequence[Spot], left: Sequence[Spot]
) -> Iterator[tuple[Spot, Landing]]:
    wanted = [spot for spot in spots if spot not in left]
    yield from zip(wanted, land(ground, wanted), strict=True)


def _abroad(network: RoadNetwork, landings: Sequence[Landing]) -> Iterator[Said]:
    """That seasons are assumed where no zone of CAR reaches."""
    for landing in landings:
        if not CAR.holds(landing.spot.lon, landing.spot.lat):
            zone = season_zones()[network.season_zone[landing.stop.segment]]
            yield said("place.abroad", zone=zone.name)
            return


def _others(ground: Ground, known: Collection[str]) -> Iterator[Stop]:
    """Stops at the places of the gazetteer that lie near enough to a road."""
    spots = [
        known_spot(ground.network, place)
        for place in places().values()
        if place.place_id not in known
    ]
    snapped = ground.index.snap(np.array([(spot.lon, spot.lat) for spot in spots]))
    for i in np.flatnonzero(snapped.away_m <= ground.limit_m).tolist():
        yield Stop(
            stop_id=spots[i].spot_id,
            name=spots[i].name,
            segment=int(snapped.segment[i]),
            fraction=float(snapped.fraction[i]),
        )


def _without_twins(network: RoadNetwork, stops: Sequence[Stop]) -> RoadNetwork:
    """Network on which a place that is also a stop has its name once, at the stop."""
    taken = {plain(stop.name) for stop in stops}
    names = Words.packed(network.node_names)
    kept = ["" if name and plain(name) in taken else name for name in names.vocabulary]
    return replace(network, node_names=Words(names.codes, kept))


def _open_to(network: RoadNetwork, convoy: Convoy) -> NDArray[np.bool_]:
    """Arcs on which the convoy may drive by the map."""
    if network.traffic is None:
        return np.ones(2 * len(network), dtype=bool)
    return network.traffic.arcs_open(member.rank for member in convoy.members)
