"""Roads of which the map does not say a word: without name, surface, or who may drive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.flaws import Flaw
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.notes import closing_tags
from cmcoord_geo.network.parts import are_ferries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.flaws import FlawKind
    from cmcoord_geo.network.road_network import RoadNetwork

#: Flag of a note whose access the map tells as not known.
_UNKNOWN = "unknown"
_WAY = re.compile(r"w(\d+)(?![^./])")
#: A network is of OpenStreetMap where its licence names it.
_OSM = "OpenStreetMap"
_MOST_NAMES = 3


def are_nameless(network: RoadNetwork) -> NDArray[np.bool_]:
    """Segments without name and number, shape (m,); none where the network keeps no names."""
    if network.traffic is None:
        return np.zeros(len(network), dtype=bool)
    return _are_empty(network.traffic.names) & _are_empty(network.route_ref)


def are_of_unknown_surface(network: RoadNetwork) -> NDArray[np.bool_]:
    """Segments whose surface is unknown, shape (m,); a ferry has none."""
    return _are(network.surface, {_UNKNOWN}) & ~are_ferries(network)


def are_of_unknown_access(network: RoadNetwork, unread: Collection[str]) -> NDArray[np.bool_]:
    """
    Segments whose access the map tells as unknown, or that a tag closes which no table knows, shape (m,).

    Parameters
    ----------
    network : RoadNetwork
    unread : collection of str
        Tags that no table knows.
    """
    words = Words.packed(network.note)
    strange = {tag.replace(";", ",") for tag in unread}
    wanted = {
        note
        for note in words.vocabulary
        if _UNKNOWN in note.split("; ") or strange.intersection(closing_tags(note))
    }
    return _are(words, wanted)


def roads_of(network: RoadNetwork, which: NDArray[np.bool_], kind: FlawKind) -> tuple[Flaw, ...]:
    """
    Roads that some segments make, the longest first: all pieces of a way are one road.

    Parameters
    ----------
    network : RoadNetwork
    which : ndarray of bool, shape (m,)
    kind : str
        Of the flaws.
    """
    groups: dict[str, list[int]] = {}
    for segment in np.flatnonzero(which).tolist():
        found = _WAY.match(network.segment_ids[segment])
        groups.setdefault(found[0] if found else network.segment_ids[segment], []).append(segment)
    longest = [max(road, key=lambda i: (network.length_m[i], -i)) for road in groups.values()]
    middles = middles_of(network, np.array(longest, dtype=np.int64))
    flaws = [
        Flaw(
            kind=kind,
            lon=lon,
            lat=lat,
            length_m=float(network.length_m[road].sum()),
            names=names_of(network, road),
            segment_ids=tuple(network.segment_ids[i] for i in road),
            way_ids=ways_of(network, road),
        )
        for road, (lon, lat) in zip(groups.values(), middles.tolist(), strict=True)
    ]
    return tuple(sorted(flaws, key=lambda flaw: (-(flaw.length_m or 0.0), flaw.segment_ids)))


def middles_of(network: RoadNetwork, segments: NDArray[np.int64]) -> NDArray[np.float64]:
    """Middle of each of some segments, along its line, shape (n, 2)."""
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    if not len(segments):
        return np.zeros((0, 2))
    return lines.points_at(segments, np.full(len(segments), 0.5))


def names_of(network: RoadNetwork, segments: Sequence[int]) -> tuple[str, ...]:
    """Numbers and names of some segments, those with most length first, three at most."""
    if network.traffic is None:
        return tuple(dict.fromkeys(network.title(i) for i in segments))[:_MOST_NAMES]
    lengths_m: dict[str, float] = {}
    for i in segments:
        told = (network.route_ref[i], network.traffic.names[i])
        if name := " ".join(word for word in told if word):
            lengths_m[name] = lengths_m.get(name, 0.0) + float(network.length_m[i])
    return tuple(sorted(lengths_m, key=lambda name: (-lengths_m[name], name))[:_MOST_NAMES])


def is_of_osm(network: RoadNetwork) -> bool:
    """Whether the ways of a network are those of OpenStreetMap, not lines of a file."""
    return _OSM in network.licence


def ways_of(network: RoadNetwork, segments: Sequence[int]) -> tuple[int, ...]:
    """Ways of OpenStreetMap that some segments are pieces of, each once."""
    return tuple(dict.fromkeys(_ways(network, segments))) if is_of_osm(network) else ()


def _ways(network: RoadNetwork, segments: Sequence[int]) -> Iterator[int]:
    for i in segments:
        if found := _WAY.match(network.segment_ids[i]):
            yield int(found[1])


def _are(column: Sequence[str], wanted: Collection[str]) -> NDArray[np.bool_]:
    words = Words.packed(column)
    is_wanted = np.array([word in wanted for word in words.vocabulary], dtype=bool)
    return np.asarray(is_wanted[words.codes], dtype=bool)


def _are_empty(column: Sequence[str]) -> NDArray[np.bool_]:
    return _are(column, {""})
