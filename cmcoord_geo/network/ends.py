"""Both ends of a movement on a surveyed network: by name or position, snapped, with the distance told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import SnapError, UnknownPlaceError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.coordinates import find_position
from cmcoord_geo.network.places import find_place, plain
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.network.stops import Stop, with_stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.convoy import Convoy
    from cmcoord_geo.network.road_network import RoadNetwork

#: A place that lies this near to its road is not told as moved.
_QUIET_M = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place or point that was asked for."""

    spot_id: str
    name: str
    lon: float
    lat: float


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
        How far each end was moved.
    """

    network: RoadNetwork
    node_ids: tuple[str, ...]
    told: tuple[Said, ...]


def find_spot(network: RoadNetwork, word: str) -> Spot:
    """
    Place or point that a word means: a position, a place of the network, or one of the gazetteer.

    Raises
    ------
    UnknownPlaceError
        Nothing fits, or several places do.
    DataError
        It is a position outside the Earth.
    """
    position = find_position(word)
    if position is not None:
        lon, lat = position
        return Spot(spot_id=f"{lat:.5f},{lon:.5f}", name=f"{lat:.5f}, {lon:.5f}", lon=lon, lat=lat)
    own = [i for i, name in enumerate(network.node_names) if name and plain(name) == plain(word)]
    try:
        place = find_place(word)
    except UnknownPlaceError as error:
        if error.is_ambiguous or not own:
            raise
    else:
        return Spot(spot_id=place.place_id, name=place.name, lon=place.lon, lat=place.lat)
    if len(own) > 1:
        ids = tuple(
            f"{network.node_names[i]} [{network.lat[i]:.5f},{network.lon[i]:.5f}]" for i in own
        )
        raise problem(
            UnknownPlaceError,
            "place.ambiguous",
            facts={"name": word, "candidates": ids, "is_ambiguous": True},
            name=word,
            candidates=", ".join(ids),
        )
    i = own[0]
    return Spot(
        spot_id=network.node_ids[i],
        name=network.node_names[i],
        lon=float(network.lon[i]),
        lat=float(network.lat[i]),
    )


def with_ends(
    network: RoadNetwork, words: Sequence[str], convoy: Convoy, *, limit_m: float
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
    known = {spot.spot_id for spot in spots}
    others = [spot for spot in _gazetteer() if spot.spot_id not in known]
    index = RoadIndex(network, is_wanted=_open_to(network, convoy))
    all_spots = [*{spot.spot_id: spot for spot in spots}.values(), *others]
    snapped = index.snap(np.array([(spot.lon, spot.lat) for spot in all_spots]))
    away_m = dict(zip((spot.spot_id for spot in all_spots), snapped.away_m.tolist(), strict=True))
    for spot in spots:
        if not away_m[spot.spot_id] <= limit_m:
            raise problem(
                SnapError,
                "snap.far",
                place=spot.name,
                away_m=_metres(away_m[spot.spot_id]),
                limit_m=f"{limit_m:.0f}",
            )
    stops = [
        Stop(
            stop_id=spot.spot_id,
            name=spot.name,
            segment=int(snapped.segment[i]),
            fraction=float(snapped.fraction[i]),
        )
        for i, spot in enumerate(all_spots)
        if snapped.away_m[i] <= limit_m
    ]
    made, node_of = with_stops(_without_twins(network, stops), stops)
    roads = {stop.stop_id: network.title(stop.segment) for stop in stops}
    told = tuple(
        said("snap.moved", place=s.name, road=roads[s.spot_id], away_m=_metres(away_m[s.spot_id]))
        for s in spots
        if away_m[s.spot_id] > _QUIET_M
    )
    return Ends(network=made, node_ids=tuple(node_of[spot.spot_id] for spot in spots), told=told)


def _without_twins(network: RoadNetwork, stops: Sequence[Stop]) -> RoadNetwork:
    """Network on which a place that is also a stop has its name once, at the stop."""
    taken = {plain(stop.name) for stop in stops}
    names = tuple("" if name and plain(name) in taken else name for name in network.node_names)
    return replace(network, node_names=names)


def _metres(away_m: float) -> str:
    return "∞" if np.isinf(away_m) else f"{away_m:.0f}"


def _gazetteer() -> Iterator[Spot]:
    for place in places().values():
        yield Spot(spot_id=place.place_id, name=place.name, lon=place.lon, lat=place.lat)


def _open_to(network: RoadNetwork, convoy: Convoy) -> NDArray[np.bool_]:
    """Segments on which the convoy may drive in one direction at least."""
    if network.traffic is None:
        return np.ones(len(network), dtype=bool)
    arcs = network.traffic.arcs_open(member.rank for member in convoy.members)
    return arcs[::2] | arcs[1::2]
