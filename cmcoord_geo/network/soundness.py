"""What looks wrong or missing on a network, and where: islands, loose ends, roads that lack a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.network.bare_roads import (
    are_nameless,
    are_of_unknown_access,
    are_of_unknown_surface,
    names_of,
    roads_of,
    ways_of,
)
from cmcoord_geo.network.flaw_words import said_of
from cmcoord_geo.network.flaws import KINDS, Flaw, FlawGroup, FlawPlace
from cmcoord_geo.network.islands import islands
from cmcoord_geo.network.loose_ends import NEAR_M, dead_ends, near_misses, run_m
from cmcoord_geo.network.nearby import near_towns
from cmcoord_geo.network.parts import Meeting, are_ferries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.flaws import FlawKind
    from cmcoord_geo.network.nearby import NearTown
    from cmcoord_geo.network.osm.unread import UnreadTag
    from cmcoord_geo.network.road_network import RoadNetwork


def check_network(
    network: RoadNetwork,
    *,
    unread: Sequence[UnreadTag] = (),
    cut_nodes: Collection[str] = (),
    limit: int | None = None,
) -> tuple[FlawGroup, ...]:
    """
    What looks wrong or missing, kind by kind; an empty tuple where there is nothing to say.

    Parameters
    ----------
    network : RoadNetwork
    unread : sequence of UnreadTag
        Tags that the build met and no table knows.
    cut_nodes : collection of str
        Ids of nodes at which the extract was cut: roads do not end there.
    limit : int, optional
        Places of each kind that are put in words; all by default. The counts are always of all.
    """
    found: dict[FlawKind, tuple[Flaw, ...]] = {
        "island": islands(network, cut_nodes),
        **_loose_ends(network, cut_nodes),
        "unread_tag": tuple(map(_of_tag, unread)),
        **_bare(network, unread),
    }
    return tuple(
        FlawGroup(
            kind=kind,
            count=len(found[kind]),
            said=_said_of_all(network, kind, found[kind]),
            places=_placed(network, found[kind][:limit]),
        )
        for kind in KINDS
        if found[kind]
    )


def _bare(network: RoadNetwork, unread: Sequence[UnreadTag]) -> Mapping[FlawKind, tuple[Flaw, ...]]:
    closing = {tag.tag for tag in unread if tag.effect == "closed"}
    which: dict[FlawKind, NDArray[np.bool_]] = {
        "unknown_access": are_of_unknown_access(network, closing),
        "unknown_surface": are_of_unknown_surface(network),
        "nameless": are_nameless(network),
    }
    return {kind: roads_of(network, mask, kind) for kind, mask in which.items()}


def _loose_ends(
    network: RoadNetwork, cut_nodes: Collection[str]
) -> Mapping[FlawKind, tuple[Flaw, ...]]:
    """Ends near to another road, the nearest first; the other dead ends, of the longest roads first."""
    ends = dead_ends(network, cut_nodes)
    misses = near_misses(network, ends)
    told = {miss.node for miss in misses}
    rest = np.array([node for node in ends.tolist() if node not in told], dtype=np.int64)
    meeting = Meeting(network)
    near = [
        _end(
            network,
            meeting,
            miss.node,
            kind="near_miss",
            away_m=miss.away_m,
            other_id=network.segment_ids[miss.segment],
            other_name=network.title(miss.segment),
        )
        for miss in misses
    ]
    dead = [
        _end(network, meeting, node, kind="dead_end", length_m=length_m)
        for node, length_m in zip(rest.tolist(), run_m(network, rest).tolist(), strict=True)
    ]
    near.sort(key=lambda flaw: (flaw.away_m or 0.0, flaw.segment_ids))
    dead.sort(key=lambda flaw: (-(flaw.length_m or 0.0), flaw.segment_ids))
    return {"near_miss": tuple(near), "dead_end": tuple(dead)}


def _end(
    network: RoadNetwork,
    meeting: Meeting,
    node: int,
    *,
    kind: FlawKind,
    length_m: float | None = None,
    away_m: float | None = None,
    other_id: str = "",
    other_name: str = "",
) -> Flaw:
    own = meeting.at(node)
    return Flaw(
        kind=kind,
        lon=float(network.lon[node]),
        lat=float(network.lat[node]),
        length_m=length_m,
        is_ferry=network.road_class[own[0]] == "ferry",
        names=names_of(network, own),
        segment_ids=tuple(network.segment_ids[i] for i in own),
        way_ids=ways_of(network, own),
        away_m=away_m,
        other_id=other_id,
        other_name=other_name,
    )


def _of_tag(tag: UnreadTag) -> Flaw:
    return Flaw(
        kind="unread_tag",
        lon=tag.lon,
        lat=tag.lat,
        tag=tag.tag,
        effect=tag.effect,
        count=tag.count,
        example=tag.example,
    )


def _said_of_all(network: RoadNetwork, kind: FlawKind, flaws: Sequence[Flaw]) -> Said:
    length_m = sum(flaw.length_m or 0.0 for flaw in flaws)
    is_counted = ~are_ferries(network) if kind == "unknown_surface" else slice(None)
    share = 100 * length_m / max(float(network.length_m[is_counted].sum()), 1.0)
    return said(
        f"network_check.{kind}",
        count=len(flaws),
        length=said_length(length_m),
        share="< 1" if share < 1 else f"{share:.0f}",
        limit_m=f"{NEAR_M:.0f}",
        elements=sum(flaw.count or 0 for flaw in flaws),
    )


def _placed(network: RoadNetwork, flaws: Sequence[Flaw]) -> tuple[FlawPlace, ...]:
    lonlat = [
        (flaw.lon, flaw.lat) for flaw in flaws if flaw.lon is not None and flaw.lat is not None
    ]
    towns = iter(near_towns(network.places, np.array(lonlat, dtype=np.float64).reshape(-1, 2)))
    return tuple(_placings(flaws, towns))


def _placings(flaws: Sequence[Flaw], towns: Iterator[NearTown]) -> Iterator[FlawPlace]:
    for flaw in flaws:
        town = None if flaw.lon is None else next(towns)
        yield FlawPlace(
            flaw=flaw,
            town=town.name if town else "",
            town_m=town.away_m if town else None,
            direction=town.direction if town else "",
            where=town.said if town else Said(fr="", en=""),
            said=said_of(flaw),
        )
