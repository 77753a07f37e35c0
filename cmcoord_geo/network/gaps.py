"""What lies between a spot and its road, as sentences: metres, a carriageway, a river, no link at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_km, said_length
from cmcoord_geo.network.carriageways import course
from cmcoord_geo.network.nearby import compass
from cmcoord_geo.network.notes import closing_tags
from cmcoord_geo.network.rivers import Rivers, sketched_rivers
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmcoord_geo.network.ground import Ground
    from cmcoord_geo.network.snap import Foot
    from cmcoord_geo.network.whereabouts import Spot

#: A place that lies this near to its road is not told as moved.
_QUIET_M = 20.0
#: Farther from its road than this, a place may stand at another one that is closed to the convoy.
_FAR_M = 100.0


def moved(ground: Ground, spot: Spot, foot: Foot, sides: tuple[Foot, ...]) -> Iterator[Said]:
    """How far the spot was moved, and to which side of a divided road."""
    if len(sides) == 1:
        if foot.away_m > _QUIET_M:
            yield said(
                "snap.moved",
                place=spot.name,
                road=ground.title(foot),
                away=said_length(foot.away_m),
            )
        return
    (other,) = (side for side in sides if side is not foot)
    yield said(
        "snap.between" if foot is sides[0] else "snap.between_far",
        place=spot.name,
        road=ground.title(foot),
        direction=said(f"compass.{compass(course(ground.network, ground.is_open, foot))}"),
        away=said_length(foot.away_m),
        other=said_length(other.away_m),
    )


def across(ground: Ground, spot: Spot, foot: Foot) -> Iterator[Said]:
    """Whether a river lies between a spot and its road, and the nearest road on this side of it."""
    own = ground.network.rivers
    is_own = own is not None and len(own) > 0
    rivers = own if own is not None and is_own else sketched_rivers()
    river = _river(rivers, spot, [foot])[0]
    if river < 0:
        return
    name = rivers.names[river]
    yield said(
        "snap.across" if is_own else "snap.perhaps_across",
        place=spot.name,
        river=Said(fr=name, en=name) if name else said("snap.a_river"),
        road=ground.title(foot),
        away=said_length(foot.away_m),
    )
    feet = ground.feet(spot, ground.limit_m)
    here = [near for near, k in zip(feet, _river(rivers, spot, feet), strict=True) if k < 0]
    if here:
        road, away = ground.title(here[0]), said_length(here[0].away_m)
        yield said("snap.this_side", place=spot.name, road=road, away=away)
    else:
        yield said("snap.no_road_here", place=spot.name, limit=said_length(ground.limit_m))


def _river(rivers: Rivers, spot: Spot, feet: Sequence[Foot]) -> list[int]:
    """River between a spot and each of its feet, -1 where there is none."""
    ends = np.array([(foot.lon, foot.lat) for foot in feet])
    starts = np.broadcast_to((spot.lon, spot.lat), ends.shape)
    return [int(river) for river in rivers.between(starts, ends)]


def island(ground: Ground, spot: Spot, foot: Foot, others: Sequence[Foot]) -> Iterator[Said]:
    """Whether a spot lies on roads without a link to those of the other end, and where linked ones begin."""
    part_of, length_m = ground.part_of, ground.part_m
    mine = int(part_of[foot.segment])
    for other in others:
        theirs = int(part_of[other.segment])
        if mine == theirs or length_m[mine] > length_m[theirs]:
            continue
        yield said("snap.island", place=spot.name, km=said_km(length_m[mine] / KM_M))
        feet = ground.feet(spot, ground.limit_m)
        linked = [near for near in feet if part_of[near.segment] == theirs]
        if linked:
            road, away = ground.title(linked[0]), said_length(linked[0].away_m)
            yield said("snap.linked", place=spot.name, road=road, away=away)


def skipped(ground: Ground, spot: Spot, foot: Foot) -> Iterator[Said]:
    """A nearer road that was not taken because it is a fragment without a link."""
    nearer = ground.feet(spot, foot.away_m)
    if nearer and ground.is_fragment(nearer[0]) and not ground.is_fragment(foot):
        yield said(
            "snap.fragment",
            place=spot.name,
            road=ground.title(nearer[0]),
            away=said_length(nearer[0].away_m),
            length=said_length(ground.linked_m[nearer[0].segment]),
        )


def shut_off(ground: Ground, spot: Spot, foot: Foot) -> Iterator[Said]:
    """A much nearer road that the map closes to the convoy, such as a private one, with the tags that do."""
    if foot.away_m <= _FAR_M:
        return
    feet = ground.closed.feet(spot.lon, spot.lat, within_m=foot.away_m / 2)
    if feet:
        nearer = feet[0].segment
        tags = ", ".join(closing_tags(ground.network.note[nearer]))
        yield said(
            "snap.shut_by" if tags else "snap.shut",
            place=spot.name,
            road=ground.title(feet[0]),
            away=said_length(feet[0].away_m),
            tags=tags,
        )
