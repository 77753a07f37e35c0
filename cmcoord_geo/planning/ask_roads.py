"""Roads and crossings whose state nobody knows, on options and on closed ways: each a question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import join, said
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.end_names import end_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Leg, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.closed import ClosedWay
    from cmcoord_geo.planning.situation import Situation

_UNKNOWN = frozenset({"unknown", "conflicting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRoads:
    """Roads and crossings of one question about what can be passed."""

    key: str
    kind: str
    km: float
    asked: Said
    whom: Said
    segments: tuple[int, ...] = ()
    crossings: tuple[str, ...] = ()


def unknown_on(situation: Situation, options: Sequence[Route]) -> Iterator[AskedRoads]:
    """Crossings and roads of the options whose state is unknown, or will be at the time of passage."""
    for option in options:
        for passage in option.passages:
            if passage.kind != "checkpoint" and passage.state in _UNKNOWN:
                place = _place_at(situation.network, option.legs, passage.km)
                yield AskedRoads(
                    key=f"crossing:{passage.crossing_id}",
                    kind=passage.kind,
                    km=passage.km,
                    asked=said(_crossing_key(passage.kind), name=passage.name),
                    whom=_whom(situation, (passage.crossing_id,), place, kind=passage.kind),
                    crossings=(passage.crossing_id,),
                )
        yield from _unknown_roads(situation, option.legs)


def _crossing_key(kind: str) -> str:
    return "ask.ferry" if kind == "ferry" else "ask.crossing"


def _unknown_roads(situation: Situation, legs: Sequence[Leg]) -> Iterator[AskedRoads]:
    """
    Unknown segments of a route; those of one road are one question.

    Nobody reports on every street of a surveyed network: there a road is asked for when a report on it is
    stale, disputed, or ends too soon.
    """
    network, passable = situation.network, situation.passable
    by_title: defaultdict[str, list[tuple[Leg, int]]] = defaultdict(list)
    for leg in legs:
        i = network.segment_index[leg.segment_id]
        known = passable.known[i]
        ends = known.expires_at is not None and known.expires_at <= leg.leave.latest
        is_reported = known.basis != "none" or network.traffic is None
        if (passable.state[i] in _UNKNOWN and is_reported) or known.basis == "stale" or ends:
            by_title[network.title(i)].append((leg, i))
    for title, found in by_title.items():
        first, _ = found[0]
        segments = tuple(i for _, i in found)
        place = _place_at(network, legs, first.km.low)
        yield AskedRoads(
            key="road:" + ",".join(network.segment_ids[i] for i in segments),
            kind="road",
            km=first.km.low,
            asked=_asked_of_roads(situation, [title], segments),
            whom=_whom(situation, [network.segment_ids[i] for i in segments], place),
            segments=segments,
        )


def closed_roads(situation: Situation, closed: Sequence[ClosedWay]) -> Iterator[AskedRoads]:
    """What stands in a way that is no option, all of it together; no answer opens a way that is forbidden."""
    network = situation.network
    forbidden = {key for road in situation.request.avoid for key in road.segment_ids}
    for way in closed:
        if any(network.segment_ids[i] in forbidden for i in way.shut):
            continue
        crossings = tuple(
            crossing.crossing_id
            for crossing in network.crossings
            if any(network.segment_ids[i] in crossing.at_km for i in way.shut)
        )
        titles = list(dict.fromkeys(network.title(i) for i in way.shut))
        ids = [network.segment_ids[i] for i in way.shut]
        yield AskedRoads(
            key="way:" + ",".join(ids),
            kind="way",
            km=0.0,
            asked=_asked_of_roads(situation, titles, way.shut),
            whom=_whom(situation, [*ids, *crossings], _end_of(network, way.shut)),
            segments=way.shut,
            crossings=crossings,
        )


def _asked_of_roads(situation: Situation, titles: Sequence[str], segments: Sequence[int]) -> Said:
    heaviest = max(situation.convoy.members, key=lambda member: member.rank).name
    names = [said_road(title) for title in titles[:3]]
    if len(titles) > len(names):
        names.append(said("ask.more", count=len(titles) - len(names)))
    km = sum(situation.network.length_km(i) for i in segments)
    return said(
        "ask.road", name=join(names), km=f"{km:.0f}" if km >= 1 else said_km(km), vehicle=heaviest
    )


def _whom(situation: Situation, subjects: Iterable[str], place: str, *, kind: str = "road") -> Said:
    """Who reported last, by class, and who is near."""
    asked = set(subjects)
    reports = [
        report
        for report in situation.picture.status
        if (report.crossing_id or report.segment_id) in asked
        and report.reported_at <= situation.picture.as_of
    ]
    near = said("ask.whom_ferry" if kind == "ferry" else "ask.whom_road", place=place)
    if not reports:
        return near
    last = max(reports, key=lambda report: (report.reported_at, report.report_id))
    reporter = said(f"ask.reporter.{last.reporter or 'unknown'}")
    return said("ask.whom_reporter", reporter=reporter, report=last.report_id, near=near)


def _place_at(network: RoadNetwork, legs: Sequence[Leg], km: float) -> str:
    """Named place of a route that is nearest to a km of it."""
    ends = [
        (abs(at - km), name)
        for leg in legs
        for at, is_start in ((leg.km.low, leg.is_forward), (leg.km.high, not leg.is_forward))
        if (name := _name(network, leg.segment_id, is_start=is_start))
    ]
    first = int(network.start[network.segment_index[legs[0].segment_id]])
    return min(ends)[1] if ends else end_name(network, first)


def _name(network: RoadNetwork, segment_id: str, *, is_start: bool) -> str:
    """Name of a place at an end of a segment; empty at a junction that is none."""
    i = network.segment_index[segment_id]
    node = int(network.start[i] if is_start else network.end[i])
    name = network.node_names[node]
    return "" if name[:1].isdigit() else name  # a position is no place


def _end_of(network: RoadNetwork, segments: Sequence[int]) -> str:
    """A named end of some segments, else of the first what a person calls it."""
    for i in segments:
        for is_start in (True, False):
            if name := _name(network, network.segment_ids[i], is_start=is_start):
                return name
    return end_name(network, int(network.start[segments[0]]))
