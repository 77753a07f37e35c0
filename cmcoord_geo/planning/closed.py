"""Ways that are no option today, what stands in them, and until when the reports say so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.model import SetAside
from cmcoord_geo.planning.ways import find_closed_ways, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way

#: Roads with a name that one reason lists.
_MOST_ROADS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWay:
    """
    A way that would be worth showing if nothing on it were closed to the convoy (hazard H21).

    Attributes
    ----------
    aside : SetAside
        Its places, and what is closed on it, each reason once with all its segments; of surveyed segments,
        which are many, by road and km.
    ends : tuple of (str or Said, datetime)
        Roads on which reports stand in the way, and when the last of these stops speaking.
    shut : tuple of int
        Its segments that are closed.
    """

    aside: SetAside
    ends: tuple[tuple[str | Said, datetime], ...]
    shut: tuple[int, ...] = ()


def closed_ways(situation: Situation) -> tuple[ClosedWay, ...]:
    """Ways from each stop to the next that are closed to the convoy on that date, shortest first."""
    parts = (closed_between(situation, *pair) for pair in pairwise(situation.stops))
    return tuple(way for found in parts for way in found)


def closed_between(situation: Situation, origin: int, destination: int) -> tuple[ClosedWay, ...]:
    """Ways between two nodes that are closed to the convoy on that date, shortest first."""
    found = find_closed_ways(
        situation.network,
        situation.passable,
        origin,
        destination,
        config=situation.config.route,
    )
    return tuple(_closed_way(situation, way) for way in found)


def reasons_on(situation: Situation, way: Way) -> tuple[Said, ...]:
    """What is closed on a way, each with its reason, once."""
    shut = [segment for segment, _ in way if not situation.passable.is_open[segment]]
    return tuple(dict.fromkeys(_reasons(situation, shut)))


def _closed_way(situation: Situation, way: Way) -> ClosedWay:
    network, passable = situation.network, situation.passable
    shut = [segment for segment, _ in way if not passable.is_open[segment]]
    return ClosedWay(
        aside=SetAside(
            letter="",
            place_ids=places_of(network, way),
            reasons=reasons_on(situation, way),
        ),
        ends=tuple(
            (_road_name(network, segment), max(ends))
            for segment in shut
            if (ends := tuple(_report_ends(situation, segment)))
        ),
        shut=tuple(shut),
    )


def _reasons(situation: Situation, shut: Sequence[int]) -> Iterator[Said]:
    """Each reason with the closed segments that it is of; surveyed ones, which are many, by their roads."""
    network, passable = situation.network, situation.passable
    if network.traffic is None:
        names: dict[Said, list[str]] = {}
        for segment in shut:
            names.setdefault(passable.reasons[segment][0], []).append(network.title(segment))
        for reason, titles in names.items():
            yield said("aside.closed", name=", ".join(dict.fromkeys(titles)), reason=reason)
        return
    km: dict[Said, dict[str, float]] = {}
    for segment in shut:
        road = "" if _is_unnamed(network, segment) else network.title(segment)
        roads = km.setdefault(passable.reasons[segment][0], {})
        roads[road] = roads.get(road, 0.0) + network.length_km(segment)
    for reason, roads in km.items():
        yield said("aside.closed", name=join(_roads(roads)), reason=reason)


def _road_name(network: RoadNetwork, segment: int) -> str | Said:
    """Title of a segment; not the word of a class of roads, which names none."""
    is_class = network.traffic is not None and _is_unnamed(network, segment)
    return said("aside.unnamed_road") if is_class else network.title(segment)


def _is_unnamed(network: RoadNetwork, segment: int) -> bool:
    return network.title(segment) == network.road_class[segment]


def _roads(km: Mapping[str, float]) -> Iterator[Said]:
    """The longest roads with a name in their order, then all others in one."""
    named = sorted((road for road in km if road), key=lambda road: -km[road])
    told = set(named[:_MOST_ROADS])
    for road in km:
        if road in told:
            yield said("aside.road", road=road, km=said_km(km[road]))
    if len(named) > len(told):
        more = named[_MOST_ROADS:]
        length = said_km(sum(km[road] for road in more))
        yield said("aside.more_roads", count=len(more), km=length)
    if "" in km:
        yield said("aside.unnamed", km=said_km(km[""]))


def _report_ends(situation: Situation, segment: int) -> Iterable[datetime]:
    """When each live report against a segment, or against a crossing on it, stops speaking."""
    network, passable = situation.network, situation.passable
    crossings = [
        passable.crossing_states[crossing.crossing_id]
        for crossing in network.crossings
        if network.segment_ids[segment] in crossing.at_km
    ]
    for known in (passable.known[segment], *crossings):
        is_against = known.state in {"closed", "conflicting"} or known.limiting is not None
        if is_against and known.expires_at is not None:
            yield known.expires_at
