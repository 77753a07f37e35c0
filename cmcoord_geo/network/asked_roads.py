"""Which segments a person means by one word: an id, a way of OpenStreetMap, the number or name of a road."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError, SnapError, UnknownPlaceError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.model import ForbiddenRoad
from cmcoord_geo.network.between import road_between
from cmcoord_geo.network.matching import pieces_of
from cmcoord_geo.network.named_road import segments_named
from cmcoord_geo.network.places import plain
from cmcoord_geo.network.placing import place_on
from cmcoord_geo.network.way_ids import way_id

if TYPE_CHECKING:
    from cmcoord_geo.network.between import Between
    from cmcoord_geo.network.road_network import RoadNetwork

_MOST_NEAR = 3
#: What stands between two places in one word, the clearest first.
_MARKS = ("–", " - ", "-")


def forbidden_road(network: RoadNetwork, word: str) -> ForbiddenRoad:
    """
    Road that a word means, as the tables of road status name roads.

    An id comes before a name; all segments that bear a name are meant. Two places mean the road between
    them; where two roads could be meant none is picked.

    Parameters
    ----------
    network : RoadNetwork
    word : str

    Raises
    ------
    DataError
        No segment has this id or bears this name, and names near it are told; or two roads could be meant.
    """
    name = word.strip()
    found = sorted(set(pieces_of(network, way_id(network, name)))) if name else []
    if not found:
        found = np.flatnonzero(segments_named(network, name)).tolist()
    if not found and network.traffic is None:
        found = [i for i in range(len(network)) if _is_between(network.title(i), name)]
    if not found:
        found = _between(network, name)
    if not found:
        raise problem(
            DataError,
            "forbidden.unknown",
            road=name,
            example=network.segment_ids[0],
            near=_near(network, name),
        )
    return ForbiddenRoad(name=name, segment_ids=tuple(network.segment_ids[i] for i in found))


def between_places(network: RoadNetwork, word: str) -> Between | None:
    """
    Road between two places of one word, such as ``Sibut-Grimari``; None where it names no two.

    Parameters
    ----------
    network : RoadNetwork
    word : str

    Raises
    ------
    UnknownPlaceError
        Nothing fits one of the names, or several places do.
    SnapError
        A place lies too far from every road.
    """
    for mark in _MARKS:
        start, is_pair, end = word.partition(mark)
        if is_pair and start.strip() and end.strip():
            nodes = [place_on(network, part.strip()).node for part in (start, end)]
            return road_between(network, *nodes)
    return None


def segments_between(found: Between | None) -> tuple[int, ...]:
    """Segments of a road between two places, of both carriageways, each once."""
    chains = found.chains if found else ()
    return tuple(dict.fromkeys(i for chain in chains for i in chain.segments.tolist()))


def _between(network: RoadNetwork, name: str) -> list[int]:
    """Segments of the one road between two places."""
    try:
        found = between_places(network, name)
    except (UnknownPlaceError, SnapError):
        return []
    if found and found.rival is not None:
        raise problem(DataError, "forbidden.rival", road=name)
    return list(segments_between(found))


def _is_between(title: str, name: str) -> bool:
    """Whether a name is the two places of a link."""
    first, _, last = title.partition("–")
    return bool(last) and plain(name) in {plain(first + last), plain(last + first)}


def _near(network: RoadNetwork, name: str) -> object:
    """Ids, numbers and titles that are written much like a word."""
    known = {plain(one): one for i in range(len(network)) for one in _names(network, i) if one}
    close = difflib.get_close_matches(plain(name), known, n=_MOST_NEAR)
    return said("forbidden.near", names=", ".join(known[one] for one in close)) if close else ""


def _names(network: RoadNetwork, segment: int) -> tuple[str, ...]:
    """What a segment may be called; an id only where there are few."""
    names = (network.route_ref[segment], network.title(segment))
    return names if network.traffic else (network.segment_ids[segment], *names)
