"""
What the bundled links know, carried over to the roads of a surveyed network that they describe.

Route numbers and surfaces, at best laterite, where the map has none; defaults by season, the more cautious of
both where the map speaks and those of the link where it does not; season zone and confidence of the link; its
crossings. Ferries on the way keep what the map says of them. A link whose road is in doubt carries nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.facts import SURFACES, vehicles
from cmcoord_geo.network.bundled import bundled_network
from cmcoord_geo.network.carried import CarriedLink, CarriedLinks
from cmcoord_geo.network.columns import Words
from cmcoord_geo.network.link_crossings import carry_crossings
from cmcoord_geo.network.link_roads import LinkRoads, route_numbers, without_longer
from cmcoord_geo.network.osm.tables import tag_rules
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.between import Chain
    from cmcoord_geo.network.carried import Road
    from cmcoord_geo.network.link_roads import LinkRoad
    from cmcoord_geo.network.road_network import RoadNetwork

#: States from good to bad; what is unknown is not open, and what is shut is known to be.
_STATES = ("open", "restricted", "unknown", "closed")
_CONFIDENCES = ("high", "medium", "low")
#: The best surface that a link lends: what the map does not say is never taken for paved.
_BEST_LENT = "laterite"
#: Word in the note of a segment whose surface is that of its link.
_LENT = "surface:link"
#: Words in the note of a segment whose surface no table knows.
_SAID = ("surface=", "tracktype=")
_Chains = dict[str, tuple["Chain", ...]]


def carry_over(network: RoadNetwork) -> RoadNetwork:
    """
    Network that knows what the bundled links know of its roads.

    Parameters
    ----------
    network : RoadNetwork
        Surveyed; as it was built, before places cut it.

    Returns
    -------
    RoadNetwork
        Its ``links`` say what became of each link; the network itself where no link lies in it.
    """
    links = bundled_network(include_border=True)
    finder = LinkRoads(network, links)
    here = [link for link in range(len(links)) if finder.is_here(link)]
    if not here:
        return network
    roads = without_longer(network, links, {link: finder.find(link) for link in here})
    chains: _Chains = {
        links.segment_ids[link]: road.chains for link, road in roads.items() if road.chains
    }
    crossings, told = carry_crossings(network, links, chains)
    carried = CarriedLinks(
        links=tuple(_link(network, links, link, road) for link, road in roads.items()),
        crossings=told,
        elsewhere=len(links) - len(here),
    )
    columns = _Columns.of(network)
    for link, road in roads.items():
        columns.take(links, link, road)
    return replace(
        network,
        **columns.words(),
        crossings=crossings,
        links=carried,
        source=_and(network.source, links.source),
        licence=_and(network.licence, links.licence),
    )


def _and(first: str, second: str) -> str:
    """Both, and each once."""
    return first if second in first else "; ".join(filter(None, (first, second)))


def _link(network: RoadNetwork, links: RoadNetwork, link: int, road: LinkRoad) -> CarriedLink:
    return CarriedLink(
        link_id=links.segment_ids[link],
        title=links.title(link),
        km=None if road.length_m is None else road.length_m / KM_M,
        told_km=(
            float(links.length_low_m[link]) / KM_M,
            float(links.length_high_m[link]) / KM_M,
        ),
        roads=tuple(_road(network, chain) for chain in road.chains),
        why=road.why,
    )


def _road(network: RoadNetwork, chain: Chain) -> Road:
    pairs = zip(chain.segments.tolist(), chain.is_forward.tolist(), strict=True)
    return tuple((network.segment_ids[segment], is_forward) for segment, is_forward in pairs)


@dataclass(kw_only=True, slots=True)
class _Columns:
    """Columns of a network that links change; a segment of two links takes the more cautious word."""

    network: RoadNetwork
    changed: dict[str, dict[int, str]]

    @classmethod
    def of(cls, network: RoadNetwork) -> _Columns:
        names = ("route_ref", "surface", "note", "season_zone", "confidence", *_DEFAULTS)
        return cls(network=network, changed={name: {} for name in names})

    def take(self, links: RoadNetwork, link: int, road: LinkRoad) -> None:
        """Put what a link knows on the segments of its road."""
        for segment in sorted({i for chain in road.chains for i in chain.segments.tolist()}):
            if self.network.road_class[segment] != "ferry":
                self._take(links, link, segment)

    def _take(self, links: RoadNetwork, link: int, segment: int) -> None:
        network, changed = self.network, self.changed
        ref = links.route_ref[link]
        if not network.route_ref[segment] and route_numbers(ref):
            changed["route_ref"].setdefault(segment, ref)
        if network.surface[segment] == "unknown" and not _is_surface_strange(network, segment):
            surface = max(links.surface[link], _BEST_LENT, key=SURFACES.index)
            _put(changed["surface"], segment, surface, SURFACES.index)
            note = network.note[segment]
            changed["note"][segment] = "; ".join(filter(None, (note, _LENT)))
        changed["season_zone"].setdefault(segment, links.season_zone[link])
        _put(changed["confidence"], segment, links.confidence[link], _CONFIDENCES.index)
        for column, worse in _DEFAULTS.items():
            word = getattr(links, column)[link]
            own = _own(network, column, segment)
            _put(
                changed[column], segment, word if own is None else max(word, own, key=worse), worse
            )

    def words(self) -> Mapping[str, Any]:
        """Columns with what changed."""
        return {
            name: _changed(getattr(self.network, name), by) for name, by in self.changed.items()
        }


def _rank(vehicle: str) -> int:
    """Smaller vehicles later: a road that takes less is the worse one."""
    return -vehicles()[vehicle].rank


#: Columns of defaults and what makes a word in them worse than another.
_DEFAULTS: Mapping[str, Callable[[str], int]] = {
    "status_dry": _STATES.index,
    "status_wet": _STATES.index,
    "max_vehicle_dry": _rank,
    "max_vehicle_wet": _rank,
}


def _own(network: RoadNetwork, column: str, segment: int) -> str | None:
    """What the map says of a default; None where it rests on nothing but an unknown surface."""
    season = column.rpartition("_")[2]
    state = getattr(network, f"status_{season}")[segment]
    if state != "unknown" or _is_surface_strange(network, segment):
        return str(getattr(network, column)[segment])
    doubts: Sequence[str] = tag_rules()["restricted"]["flags"]
    is_doubted = bool({*network.note[segment].split("; ")} & {*doubts})
    return "restricted" if is_doubted and column.startswith("status") else None


def _is_surface_strange(network: RoadNetwork, segment: int) -> bool:
    """Whether the map says a surface that no table knows, which is more than saying none."""
    return any(word.startswith(_SAID) for word in network.note[segment].split("; "))


def _put(by: dict[int, str], segment: int, word: str, worse: Callable[[str], int]) -> None:
    by[segment] = max(by.get(segment, word), word, key=worse)


def is_surface_lent(network: RoadNetwork, segment: int) -> bool:
    """Whether the surface of a segment is that of a bundled link, for the map has none."""
    return _LENT in network.note[segment].split("; ")


def _changed(column: Sequence[str], by: Mapping[int, str]) -> Sequence[str]:
    """Column with other words on some segments."""
    if not by:
        return column
    words = Words.packed(column)
    places = {word: i for i, word in enumerate(words.vocabulary)}
    codes: NDArray[np.int64] = words.codes.astype(np.int64)
    for segment, word in by.items():
        codes[segment] = places.setdefault(word, len(places))
    return Words(codes, tuple(places))
