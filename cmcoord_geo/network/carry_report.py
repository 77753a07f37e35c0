"""What was carried over from the bundled links, told to a person who builds or reads a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.network.bundled import bundled_network
from cmcoord_geo.network.link_roads import route_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.network.carried import CarriedCrossing, CarriedLink, CarriedLinks
    from cmcoord_geo.network.road_network import RoadNetwork


def summary(carried: CarriedLinks) -> Iterator[Said]:
    """What was carried over, in few words."""
    matched = list(carried.matched)
    yield said(
        "carry.summary",
        count=len(matched),
        of=len(carried.links),
        km=f"{sum(link.km or 0.0 for link in matched):.0f}",
        elsewhere=carried.elsewhere,
    )
    if carried.crossings:
        known = sum(bool(crossing.mapped_id) for crossing in carried.crossings)
        yield said("carry.crossings", known=known, somewhere=len(carried.crossings) - known)


def report(network: RoadNetwork) -> Iterator[Said]:
    """What became of every link and crossing that lies in a network."""
    if network.links is None:
        yield said("carry.nothing")
        return
    yield from summary(network.links)
    for link in network.links.links:
        yield said(
            "carry.link",
            link=link.link_id,
            title=link.title,
            what=link.why or _said_road(network, link),
        )
    for crossing in network.links.crossings:
        yield said(
            "carry.crossing",
            crossing=crossing.crossing_id,
            name=crossing.name,
            what=_said_place(network, crossing),
        )


def _said_road(network: RoadNetwork, link: CarriedLink) -> Said:
    segments = network.segments_of_link(link.link_id)
    refs = sorted({network.route_ref[i] for i in segments} - {""})
    low, high = link.told_km
    told = said("carry.no_number") if not refs else Said(fr=", ".join(refs), en=", ".join(refs))
    own = bundled_network(include_border=True)
    ref = own.route_ref[own.segment_index[link.link_id]]
    wanted, found = route_numbers(ref), frozenset().union(*map(route_numbers, refs))
    if refs and wanted and not wanted & found:
        told = said("carry.other_number", refs=told, ref=ref)
    return said(
        "carry.road",
        count=len(segments),
        km=f"{link.km or 0.0:.0f}",
        low=f"{low:.0f}",
        high=f"{high:.0f}",
        refs=told,
    )


def _said_place(network: RoadNetwork, crossing: CarriedCrossing) -> Said:
    if not crossing.mapped_id:
        keys = [
            key
            for one in network.crossings
            if one.crossing_id == crossing.crossing_id
            for key in one.at_km
        ]
        segments = [part for key in keys for part in network.parts_of(key)]
        km = sum(map(network.length_km, segments))
        return said("carry.somewhere", count=len(segments), km=f"{km:.0f}")
    if crossing.away_km is None:
        return said("carry.only_one", mapped=crossing.mapped_id)
    return said("carry.mapped", mapped=crossing.mapped_id, km=said_km(crossing.away_km))


def as_rows(network: RoadNetwork, lang: Lang) -> Mapping[str, object]:
    """The same for programs: links, crossings and the count of links elsewhere."""
    carried = network.links
    return {
        "links": [_link_row(link, lang) for link in carried.links] if carried else [],
        "crossings": [
            {
                "crossing_id": one.crossing_id,
                "name": one.name[lang],
                "mapped_id": one.mapped_id or None,
                "away_km": None if one.away_km is None else round(one.away_km, 3),
            }
            for one in (carried.crossings if carried else ())
        ],
        "links_elsewhere": carried.elsewhere if carried else None,
    }


def _link_row(link: CarriedLink, lang: Lang) -> Mapping[str, object]:
    return {
        "link_id": link.link_id,
        "title": link.title,
        "km": None if link.km is None else round(link.km, 3),
        "expected_km": list(link.told_km),
        "carriageways": [[key for key, _ in road] for road in link.roads],
        "refused": link.why[lang] if link.why else None,
    }
