"""
Many short segments as the roads that people see.

A surveyed road changes its segment at every junction. What joins end to end without a choice, and is alike in
everything a product says of it, becomes one road; legs, patrols, closures, crossings and meetings follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import shapely

from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.sharing.views import RangeView, WindowView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.sharing.views import (
        AreaView,
        ConflictView,
        CorridorView,
        CoverView,
        LegView,
        Lonlat,
        MovementView,
        OperationView,
        OptionView,
        PatrolView,
        ProductView,
        SegmentView,
    )

#: Degrees by which a drawn line may leave the surveyed one: some 4 m.
_TOLERANCE = 0.00004
#: Two shares of a road that are one place.
_SAME = 1e-6
#: Km by which a timetable may be straightened.
_STRAIGHT_KM = 0.1
#: Roads that are named where two may meet on many.
_MOST_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Where a segment lies on its road: from one share of it to another, along it or against it."""

    road: str
    low: float
    high: float
    is_along: bool

    def share(self, fraction: float) -> float:
        """Share of the road of a fraction of the segment."""
        part = fraction if self.is_along else 1.0 - fraction
        return self.low + part * (self.high - self.low)

    def span(self, one: float, other: float) -> tuple[float, float]:
        """Shares of the road of two fractions of the segment, in order."""
        low, high = sorted((self.share(one), self.share(other)))
        return low, high


_Parts = Mapping[str, _Part]
Timetable = tuple[tuple["datetime", float], ...]
_Chain = Sequence[tuple["SegmentView", bool]]


def condensed(product: ProductView) -> ProductView:
    """Product whose segments are joined to roads wherever nothing that it says differs."""
    chains = list(_chains(product))
    parts = {key: part for chain in chains for key, part in _parts(chain)}
    roads = {road.segment_id: road for road in map(_road, chains)}
    return replace(
        product,
        segments=tuple(roads.values()),
        closures=tuple(
            replace(
                one,
                segment_id=parts[one.segment_id].road,
                fraction=parts[one.segment_id].share(one.fraction),
                along=_along(one.along, parts),
            )
            for one in product.closures
        ),
        crossings=tuple(
            replace(
                one,
                segment_id=parts[one.segment_id].road,
                segment_ids=_roads(one.segment_ids, parts),
                fraction=parts[one.segment_id].share(one.fraction),
            )
            for one in product.crossings
        ),
        movements=tuple(_movement(one, parts) for one in product.movements),
        patrols=tuple(_patrol(one, parts) for one in product.patrols),
        operations=tuple(_operation(one, parts) for one in product.operations),
        conflicts=tuple(_conflict(one, parts, roads) for one in product.conflicts),
        corridors=tuple(_corridor(one, parts, product.segments) for one in product.corridors),
        areas=tuple(_area(one, parts) for one in product.areas),
    )


# ---------------------------------------------------------------- roads


def _chains(product: ProductView) -> Iterator[_Chain]:
    """Segments of each road in order, each with whether it runs along the road."""
    uses = _uses(product)
    kinds = {segment.segment_id: _kind(segment, uses) for segment in product.segments}
    at_node: defaultdict[str, list[SegmentView]] = defaultdict(list)
    for segment in product.segments:
        at_node[segment.start].append(segment)
        at_node[segment.end].append(segment)
    stops = {place.place_id for place in product.places}
    left = {segment.segment_id for segment in product.segments}

    def onward(segment: SegmentView, node: str) -> Iterator[tuple[SegmentView, bool]]:
        """Segments that follow beyond a node, while nothing branches off and nothing changes."""
        while node not in stops and len(at_node[node]) == 2:
            one, other = at_node[node]
            following = other if one.segment_id == segment.segment_id else one
            if following.segment_id not in left:
                return
            if kinds[following.segment_id] != kinds[segment.segment_id]:
                return
            left.discard(following.segment_id)
            is_along = following.start == node
            yield following, is_along
            segment, node = following, following.end if is_along else following.start

    for segment in product.segments:
        if segment.segment_id in left:
            left.discard(segment.segment_id)
            ahead = list(onward(segment, segment.end))
            behind = [(one, not is_along) for one, is_along in onward(segment, segment.start)]
            yield [*reversed(behind), (segment, True), *ahead]


def _uses(product: ProductView) -> Mapping[str, frozenset[object]]:
    """Who drives, or asks for, each segment, and which way."""
    found: defaultdict[str, set[object]] = defaultdict(set)
    for movement in product.movements:
        for option in movement.options:
            for leg in option.legs:
                found[leg.segment_id].add((movement.mark, option.letter))
    for corridor in product.corridors:
        for stretch in corridor.stretches:
            found[stretch.segment_id].add((corridor.mark, stretch.window.start, stretch.window.end))
    return {key: frozenset(value) for key, value in found.items()}


def _kind(segment: SegmentView, uses: Mapping[str, frozenset[object]]) -> object:
    return (
        segment.title,
        segment.road_class,
        segment.surface,
        segment.state,
        segment.is_state_reported,
        segment.stale_at,
        segment.exposure_class,
        segment.ordnance_records > 0,
        uses.get(segment.segment_id, frozenset()),
    )


def _parts(chain: _Chain) -> Iterator[tuple[str, _Part]]:
    road, total, done = _road_id(chain), sum(one.km_mid for one, _ in chain), 0.0
    for segment, is_along in chain:
        end = done + segment.km_mid
        part = _Part(road=road, low=done / total, high=end / total, is_along=is_along)
        yield segment.segment_id, part
        done = end


def _road_id(chain: _Chain) -> str:
    first = chain[0][0].segment_id
    return first if len(chain) == 1 else f"{first}+{len(chain) - 1}"


def _road(chain: _Chain) -> SegmentView:
    (first, is_along), (last, is_last_along) = chain[0], chain[-1]
    segments = [segment for segment, _ in chain]
    return replace(
        first,
        segment_id=_road_id(chain),
        start=first.start if is_along else first.end,
        end=last.end if is_last_along else last.start,
        km=RangeView(
            low=sum(one.km.low for one in segments), high=sum(one.km.high for one in segments)
        ),
        km_mid=sum(one.km_mid for one in segments),
        line=_line(chain),
        records=max(one.records for one in segments),
        last_record=max((one.last_record for one in segments if one.last_record), default=None),
        ordnance_records=max(one.ordnance_records for one in segments),
        ordnance_last=max(
            (one.ordnance_last for one in segments if one.ordnance_last), default=None
        ),
    )


def _line(chain: _Chain) -> tuple[Lonlat, ...]:
    """Course of a road, without points that nobody would see."""
    points: list[Lonlat] = []
    for segment, is_along in chain:
        line = segment.line if is_along else segment.line[::-1]
        points += line[1:] if points else line
    simple = shapely.simplify(shapely.LineString(points), _TOLERANCE)
    line = tuple((round(lon, 5), round(lat, 5)) for lon, lat in simple.coords)
    if len(set(line)) == 1:  # a stub of a metre, that no map could show
        ((lon, lat),) = set(line)
        return (lon, lat), (round(lon + 0.00001, 5), lat)
    return line


def _roads(segment_ids: Iterable[str], parts: _Parts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parts[key].road if key in parts else key for key in segment_ids))


def _along(
    stretches: Iterable[tuple[str, float, float]], parts: _Parts
) -> tuple[tuple[str, float, float], ...]:
    """Stretches of roads, joined where one goes on in the next, whatever their order."""
    spans = sorted((parts[key].road, *parts[key].span(low, high)) for key, low, high in stretches)
    found: list[tuple[str, float, float]] = []
    for road, low, high in spans:
        if found and found[-1][0] == road and low <= found[-1][2] + _SAME:
            found[-1] = (road, found[-1][1], max(high, found[-1][2]))
        else:
            found.append((road, low, high))
    return tuple(found)


# ---------------------------------------------------------------- what lies on them


def _movement(movement: MovementView, parts: _Parts) -> MovementView:
    return replace(
        movement,
        options=tuple(_option(option, parts) for option in movement.options),
        cuts=tuple(
            replace(cut, segment_ids=_roads(cut.segment_ids, parts)) for cut in movement.cuts
        ),
    )


def _option(option: OptionView, parts: _Parts) -> OptionView:
    worst = option.worst_segment
    return replace(
        option,
        legs=tuple(_legs(option.legs, parts)),
        worst_segment=parts[worst].road if worst in parts else worst,
        profile=tuple(
            replace(group[0], km=RangeView(low=group[0].km.low, high=group[-1].km.high))
            for _, row in groupby(option.profile, key=lambda part: part.exposure_class)
            for group in [list(row)]
        ),
        cover=tuple(_cover(option.cover)),
        fast=_straightened(option.fast),
        slow=_straightened(option.slow),
    )


def _legs(legs: Sequence[LegView], parts: _Parts) -> Iterator[LegView]:
    def way(leg: LegView) -> tuple[str, bool]:
        part = parts[leg.segment_id]
        return part.road, leg.is_forward == part.is_along

    for (road, is_forward), group in groupby(legs, key=way):
        row = list(group)
        yield replace(
            row[0],
            segment_id=road,
            is_forward=is_forward,
            km=RangeView(low=row[0].km.low, high=row[-1].km.high),
            window=WindowView(start=row[0].window.start, end=row[-1].window.end),
        )


def _cover(cover: Sequence[CoverView]) -> Iterator[CoverView]:
    """Presence of one patrol, joined where it goes on without a gap."""
    found: list[CoverView] = []
    for one in sorted(cover, key=lambda one: (one.patrol_id, one.is_confirmed, one.km.low)):
        last = found[-1] if found else None
        is_same = last and (last.patrol_id, last.is_confirmed) == (one.patrol_id, one.is_confirmed)
        if last and is_same and one.km.low <= last.km.high + _SAME:
            found[-1] = replace(
                last,
                km=RangeView(low=last.km.low, high=max(last.km.high, one.km.high)),
                age_h=RangeView(
                    low=min(last.age_h.low, one.age_h.low),
                    high=max(last.age_h.high, one.age_h.high),
                ),
            )
        else:
            found.append(one)
    yield from sorted(found, key=lambda one: (one.km.low, one.patrol_id))


def _straightened(table: Timetable) -> Timetable:
    """Timetable without points that lie, to a fraction of a km, on the way between their neighbours."""
    kept, last = list(table[:1]), 0
    for i in range(1, len(table) - 1):
        (start, low), (end, high) = table[last], table[i + 1]
        whole_s = (end - start).total_seconds()
        is_straight = whole_s > 0 and all(
            abs(low + (high - low) * (at - start).total_seconds() / whole_s - km) <= _STRAIGHT_KM
            for at, km in table[last + 1 : i + 1]
        )
        if not is_straight:
            kept.append(table[i])
            last = i
    return (*kept, *table[1:][-1:])


def _patrol(patrol: PatrolView, parts: _Parts) -> PatrolView:
    spans = [(parts[key].road, *parts[key].span(low, high)) for key, low, high in patrol.stretches]
    found: list[tuple[str, float, float]] = []
    for road, low, high in spans:
        last = found[-1] if found else ("", 0.0, 0.0)
        if road == last[0] and low <= last[2] + _SAME and high >= last[1] - _SAME:
            found[-1] = (road, min(low, last[1]), max(high, last[2]))
        else:
            found.append((road, low, high))
    return replace(patrol, stretches=tuple(found))


def _operation(operation: OperationView, parts: _Parts) -> OperationView:
    return replace(operation, stretches=_along(operation.stretches, parts))


def _conflict(one: ConflictView, parts: _Parts, roads: Mapping[str, SegmentView]) -> ConflictView:
    """Meeting on several roads: told by their names, drawn on all of them, its mark on the longest."""
    spans: dict[str, tuple[float, float]] = {}
    for key, start, end in ((one.segment_id, one.fraction.low, one.fraction.high), *one.more):
        part = parts[key]
        low, high = part.span(start, end)
        before = spans.get(part.road, (low, high))
        spans[part.road] = (min(low, before[0]), max(high, before[1]))
    km = {road: (high - low) * roads[road].km_mid for road, (low, high) in spans.items()}
    main = max(km, key=lambda road: km[road])
    by_title: defaultdict[str, float] = defaultdict(float)
    for road, length in km.items():
        by_title[roads[road].title] += length
    longest = sorted(by_title, key=lambda title: -by_title[title])[:_MOST_TITLES]
    names = ", ".join(title for title in by_title if title in longest)
    key = "conflict.known" if one.answer == "conflict" else "conflict.unknown"
    where = said("conflict.roads", roads=names, km=said_decimal(sum(km.values())))
    low, high = spans.pop(main)
    return replace(
        one,
        segment_id=main,
        fraction=RangeView(low=low, high=high),
        said=said(key, movement=one.movement, patrol=one.patrol, segment=where),
        more=tuple((road, low, high) for road, (low, high) in spans.items()),
    )


def _area(area: AreaView, parts: _Parts) -> AreaView:
    """Area whose roads name the roads that are drawn; of others only their names and km are told."""
    return replace(
        area,
        roads=tuple(
            replace(
                road,
                segment_ids=_roads([key for key in road.segment_ids if key in parts], parts),
            )
            for road in area.roads
        ),
    )


def _corridor(
    corridor: CorridorView, parts: _Parts, segments: Sequence[SegmentView]
) -> CorridorView:
    """Corridor over whole roads; its km are those of the road."""
    km_mid = {segment.segment_id: segment.km_mid for segment in segments}
    total: defaultdict[str, float] = defaultdict(float)
    for key, part in parts.items():
        total[part.road] += km_mid[key]
    stretches = []
    for one in corridor.stretches:
        part, length = parts[one.segment_id], max(km_mid[one.segment_id], _SAME)
        low, high = part.span(one.km.low / length, min(one.km.high / length, 1.0))
        road_km = total[part.road]
        stretches.append(
            replace(
                one,
                segment_id=part.road,
                km=RangeView(low=low * road_km, high=high * road_km),
            )
        )
    joined = stretches[:1]
    for before, one in pairwise(stretches):
        last = joined[-1]
        if (before.segment_id, before.window) == (one.segment_id, one.window):
            joined[-1] = replace(
                last,
                km=RangeView(low=min(last.km.low, one.km.low), high=max(last.km.high, one.km.high)),
            )
        else:
            joined.append(one)
    return replace(corridor, stretches=tuple(joined))
