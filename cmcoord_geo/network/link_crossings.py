"""
Which crossings of a surveyed network those of the bundled links are.

The bundled table has some crossings at a km of a link, others on a link with their place unknown. One that
the map has too becomes one with it; of several in reach, or where the table has no place, none is picked, and
the crossing holds for the road about its km, or for the whole road: passing there means passing it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.carried import CarriedCrossing
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network.between import Chain
    from cmcoord_geo.network.road_network import RoadNetwork

#: The place of a crossing on a road of the table is rough: this share of the road, or these metres, off.
_SLACK, _SLACK_M = 0.10, 5_000.0
#: Kinds of which a road has few, so that the only one of the map is the one of the table.
_RARE = ("ferry", "border")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A crossing of the map on the road of a link."""

    index: int
    away_km: float | None


def carry_crossings(
    network: RoadNetwork, links: RoadNetwork, chains: Mapping[str, Sequence[Chain]]
) -> tuple[tuple[Crossing, ...], tuple[CarriedCrossing, ...]]:
    """
    Crossings of a network with those of the bundled links, and what each of these became.

    Parameters
    ----------
    network : RoadNetwork
        Surveyed.
    links : RoadNetwork
        The bundled one.
    chains : mapping
        Id of each link that has a road to its chains.
    """
    on_segment = _on_segment(network)
    own = list(network.crossings)
    added: list[Crossing] = []
    told: list[CarriedCrossing] = []
    taken: set[int] = set()
    for crossing in links.crossings:
        on_links = [key for key in crossing.at_km if key in chains]
        if not on_links:
            continue
        found = _one(network, links, crossing, {key: chains[key] for key in on_links}, on_segment)
        if found is None or found.index in taken:
            there = [
                _there(network, chain, _share(links, crossing, key))
                for key in on_links
                for chain in chains[key]
            ]
            added.append(_somewhere(crossing, there))
            told.append(_told(crossing))
        else:
            taken.add(found.index)
            told.append(_told(crossing, own[found.index].crossing_id, found.away_km))
            own[found.index] = _same(own[found.index], crossing)
    return (*own, *added), tuple(told)


def _told(crossing: Crossing, mapped_id: str = "", away_km: float | None = None) -> CarriedCrossing:
    return CarriedCrossing(
        crossing_id=crossing.crossing_id,
        name=crossing.name,
        mapped_id=mapped_id,
        away_km=away_km,
    )


def _on_segment(network: RoadNetwork) -> Mapping[int, tuple[int, ...]]:
    """Crossings on each segment, by their places in the columns."""
    found: dict[int, list[int]] = {}
    for i, crossing in enumerate(network.crossings):
        for key in crossing.at_km:
            found.setdefault(network.segment_index[key], []).append(i)
    return {segment: tuple(indices) for segment, indices in found.items()}


def _one(
    network: RoadNetwork,
    links: RoadNetwork,
    crossing: Crossing,
    chains: Mapping[str, Sequence[Chain]],
    on_segment: Mapping[int, tuple[int, ...]],
) -> _Found | None:
    """Crossing of the map that it is on every link; None where that is not plain."""
    each = []
    for key, roads in chains.items():
        share = _share(links, crossing, key)
        each.append(_on_link(network, crossing, roads, share, on_segment))
    if any(found is None for found in each) or len({found.index for found in each if found}) != 1:
        return None
    return min((found for found in each if found), key=_away)


def _share(links: RoadNetwork, crossing: Crossing, link: str) -> float | None:
    """Where on a link the table has a crossing, from 0 to 1; None where it does not say."""
    at_km = crossing.at_km[link]
    return None if at_km is None else at_km / links.length_km(links.segment_index[link])


def _slack_m(chain: Chain) -> float:
    return max(_SLACK_M, _SLACK * chain.length_m)


def _away(found: _Found) -> float:
    return np.inf if found.away_km is None else found.away_km


def _on_link(
    network: RoadNetwork,
    crossing: Crossing,
    chains: Sequence[Chain],
    share: float | None,
    on_segment: Mapping[int, tuple[int, ...]],
) -> _Found | None:
    """The only crossing of its kind within reach of its place on one link, on any carriageway."""
    if share is None and crossing.kind not in _RARE:
        return None
    found: dict[int, float] = {}
    for chain in chains:
        for index, at_m in _along(network, chain, on_segment):
            if network.crossings[index].kind != crossing.kind:
                continue
            away_m = np.nan if share is None else abs(at_m - share * chain.length_m)
            if not away_m > _slack_m(chain):
                found[index] = float(np.fmin(found.get(index, np.nan), away_m))
    if len(found) != 1:
        return None
    ((index, metres),) = found.items()
    return _Found(index=index, away_km=None if np.isnan(metres) else metres / KM_M)


def _along(
    network: RoadNetwork, chain: Chain, on_segment: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[int, float]]:
    """Crossings on a chain and their metres from its start."""
    start_m = np.concatenate([[0.0], chain.end_m[:-1]])
    for i, segment in enumerate(chain.segments.tolist()):
        for index in on_segment.get(segment, ()):
            km = network.crossings[index].at_km[network.segment_ids[segment]]
            length_m = float(network.length_m[segment])
            at_m = length_m / 2 if km is None else min(km * KM_M, length_m)
            yield index, float(start_m[i]) + (at_m if chain.is_forward[i] else length_m - at_m)


def _same(mapped: Crossing, crossing: Crossing) -> Crossing:
    """Crossing of the map under the id and name by which planners know it; what the map measured stays."""
    return replace(
        mapped,
        crossing_id=crossing.crossing_id,
        name=crossing.name,
        capacity_t=crossing.capacity_t if mapped.capacity_t is None else mapped.capacity_t,
        default_state=crossing.default_state,
        confidence=crossing.confidence,
        hours=mapped.hours or crossing.hours,
        aliases=(*mapped.aliases, mapped.crossing_id),
    )


def _there(network: RoadNetwork, chain: Chain, share: float | None) -> Iterator[str]:
    """Segments of a chain on which a crossing may lie: about its place, or all where that is not known."""
    low, high = 0.0, 1.0
    if share is not None:
        slack = _slack_m(chain) / chain.length_m
        low, high = max(share - slack, 0.0), min(share + slack, 1.0)
    return (network.segment_ids[segment] for segment, _, _ in chain.stretch(low, high))


def _somewhere(crossing: Crossing, there: Iterable[Iterable[str]]) -> Crossing:
    """Crossing on all segments on which it may lie, its place on them unknown."""
    return replace(crossing, at_km=dict.fromkeys(key for each in there for key in each))
