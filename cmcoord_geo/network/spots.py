"""What a word means on a surveyed network: a position, a place of the gazetteer, or one of the map."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import UnknownPlaceError
from cmcoord_geo.facts import places
from cmcoord_geo.i18n import join, problem, said
from cmcoord_geo.i18n.numbers import said_km, said_length
from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.coordinates import Area, find_position
from cmcoord_geo.network.gazetteer import OwnPlaces
from cmcoord_geo.network.notations import to_decimal
from cmcoord_geo.network.osm.tables import place_order
from cmcoord_geo.network.places import places_named, plain, suggest
from cmcoord_geo.network.whereabouts import Spot, described
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.facts import Place
    from cmcoord_geo.network.coordinates import Position
    from cmcoord_geo.network.road_network import RoadNetwork

#: Two of one name so near to each other are one place: the gazetteer and the map, and two nodes of the map.
_SAME_M = 10_000.0
_TWIN_M = 1_000.0
#: A position of the map that differs by more from the gazetteer's is told.
_MOVED_M = 1_000.0
#: A junction that has the name of a place and is so near to it stands for it.
_JUNCTION_M = 200.0
#: A position with at least this doubt is told as rough, in metres.
_ROUGH_M = 50.0
_SUGGESTED = 3


def find_spot(network: RoadNetwork, word: str) -> Spot:
    """
    Place or point that a word means.

    A position comes first, then an exact id, then names: those of the gazetteer and of the map together.

    Raises
    ------
    UnknownPlaceError
        Nothing fits, or several places do: a person chooses.
    DataError
        It is a position outside the network, or one that does not hold together.
    """
    fits = fits_of(network, word)
    if len(fits) == 1:
        return fits[0]
    raise _ambiguous(word, fits)


def fits_of(network: RoadNetwork, word: str) -> tuple[Spot, ...]:
    """
    The position that a word is, or every place that answers to it.

    Raises
    ------
    UnknownPlaceError
        Nothing fits.
    DataError
        It is a position outside the network, or one that does not hold together.
    """
    position = find_position(word, area=Area.around(network))
    if position is not None:
        return (_point(position),)
    fits = spots_named(network, word)
    if not fits:
        raise _unknown(network, word)
    return fits


def _point(position: Position) -> Spot:
    at = to_decimal(position.lon, position.lat)
    rough = said(
        "position.rough",
        place=at,
        side=said_length(2 * position.doubt_m),
        doubt=said_length(position.doubt_m),
    )
    return Spot(
        spot_id=at.replace(" ", ""),
        name=at,
        lon=position.lon,
        lat=position.lat,
        kind="position",
        told=(rough,) if position.doubt_m >= _ROUGH_M else (),
        others=position.others,
    )


def spots_named(network: RoadNetwork, word: str) -> tuple[Spot, ...]:
    """Places that answer to a word, each once: those of the gazetteer first, then the heavier kinds."""
    wanted = word.strip()
    if wanted in places():
        return (known_spot(network, places()[wanted]),)
    if (own := _own(network).find(wanted)) is not None:
        return (_own_spot(network, own),)
    known = places_named(wanted)
    return (*(known_spot(network, place) for place in known), *_others(network, wanted, known))


def known_spot(network: RoadNetwork, place: Place) -> Spot:
    """A place of the gazetteer, where the map has it, or else where the gazetteer does."""
    spot = Spot(
        spot_id=place.place_id, name=place.name, lon=place.lon, lat=place.lat, kind=place.kind
    )
    own = _own(network)
    near = [i for i in _twins(own, place) if _away_m(spot, own, i) <= _SAME_M]
    if not near:
        return spot
    best = min(near, key=lambda i: (place_order(own.kinds[i]), _away_m(spot, own, i)))
    away_m = _away_m(spot, own, best)
    moved = said("place.of_map", place=place.name, km=said_km(away_m / KM_M))
    at = _own_spot(network, best)
    return Spot(
        spot_id=place.place_id, name=place.name, lon=at.lon, lat=at.lat, kind=place.kind,
        told=(moved,) if away_m > _MOVED_M else (),
    )  # fmt: skip


def _twins(own: OwnPlaces, place: Place) -> tuple[int, ...]:
    names = (place.name.partition("(")[0], *place.alt_names)
    return tuple(dict.fromkeys(i for name in names for i in own.named(name)))


def _others(network: RoadNetwork, word: str, known: Sequence[Place]) -> Iterator[Spot]:
    """Places of the map that answer to a word and are none of those of the gazetteer."""
    own = _own(network)
    if not len(own):
        yield from _nodes(network, word, is_wanted=not known)
        return
    kept: list[Spot] = []
    for i in sorted(own.named(word), key=lambda i: (place_order(own.kinds[i]), i)):
        is_known = any(
            i in _twins(own, place)
            and geodesic_m(place.lon, place.lat, own.lon[i], own.lat[i])[0] <= _SAME_M
            for place in known
        )
        is_twin = any(
            plain(spot.name) == plain(own.names[i]) and _away_m(spot, own, i) <= _TWIN_M
            for spot in kept
        )
        if not is_known and not is_twin:
            kept.append(_own_spot(network, i))
    yield from kept


def _nodes(network: RoadNetwork, word: str, *, is_wanted: bool) -> Iterator[Spot]:
    """Named nodes of a network that brings no places of its own."""
    wanted = plain(word)
    for i, name in enumerate(network.node_names if is_wanted else ()):
        if name and plain(name) == wanted:
            yield Spot(
                spot_id=network.node_ids[i], name=name, lon=float(network.lon[i]),
                lat=float(network.lat[i]), kind="node",
            )  # fmt: skip


def _own_spot(network: RoadNetwork, i: int) -> Spot:
    """A place of the map: at the junction that has its name, where that is near, else where it lies."""
    own = _own(network)
    spot = Spot(
        spot_id=own.place_ids[i], name=own.names[i], lon=float(own.lon[i]),
        lat=float(own.lat[i]), kind=own.kinds[i], own_id=own.place_ids[i],
    )  # fmt: skip
    for node in _nodes_called(network, spot.name):
        lon, lat = float(network.lon[node]), float(network.lat[node])
        if geodesic_m(spot.lon, spot.lat, lon, lat)[0] <= _JUNCTION_M:
            return replace(spot, spot_id=network.node_ids[node], lon=lon, lat=lat)
    return spot


def _own(network: RoadNetwork) -> OwnPlaces:
    return OwnPlaces.of(()) if network.places is None else network.places


def _nodes_called(network: RoadNetwork, name: str) -> list[int]:
    """Nodes that bear exactly this name."""
    names = network.node_names
    if isinstance(names, Words):
        if name not in names.vocabulary:
            return []
        code = names.vocabulary.index(name)
        return [int(i) for i in np.flatnonzero(names.codes == code)]
    return [i for i, other in enumerate(names) if other == name]


def _away_m(spot: Spot, own: OwnPlaces, i: int) -> float:
    return float(geodesic_m(spot.lon, spot.lat, own.lon[i], own.lat[i])[0])


def _ambiguous(word: str, fits: Sequence[Spot]) -> UnknownPlaceError:
    candidates = tuple(f"{spot.name} [{spot.own_id or spot.spot_id}]" for spot in fits)
    return problem(
        UnknownPlaceError,
        "place.ambiguous",
        facts={"name": word, "candidates": candidates, "is_ambiguous": True},
        name=word,
        candidates=join([described(spot) for spot in fits], "; "),
    )


def _unknown(network: RoadNetwork, word: str) -> UnknownPlaceError:
    near = [spot for name in suggest(word) for spot in spots_named(network, name)]
    own = _own(network)
    names = [own.names[i] for i in own.near_spelling(word)]
    near += [spot for name in names for spot in spots_named(network, name)]
    ratio = difflib.SequenceMatcher(b=plain(word))
    each = list({spot.spot_id: spot for spot in near}.values())
    each.sort(key=lambda spot: -_likeness(ratio, spot.name))
    each = each[:_SUGGESTED]
    candidates = tuple(spot.name for spot in each)
    return problem(
        UnknownPlaceError,
        "place.unknown_near" if each else "place.unknown",
        facts={"name": word, "candidates": candidates, "is_ambiguous": False},
        name=word,
        candidates=join([described(spot) for spot in each], "; "),
    )


def _likeness(ratio: difflib.SequenceMatcher[str], name: str) -> float:
    ratio.set_seq1(plain(name))
    return ratio.ratio()
