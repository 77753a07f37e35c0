"""A route on a surveyed network in the words of a person: by which roads, over which places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places, road_classes
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.numbers import said_decimal

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import (
        LegView,
        MovementView,
        OptionView,
        ProductView,
        SegmentView,
    )

#: Roads that are told of one option; the shortest of them are left out first.
_MOST_ROADS = 8
#: A shorter part is told only as part of the roads around it.
_LEAST_SHARE, _LEAST_KM = 0.02, 0.5
#: A stretch without a name between two of one road, up to this length, is that road.
_GAP_KM = 2.0
#: Places, or roads, that name an option.
_MOST_VIA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A stretch of an option on one road."""

    name: str
    first: str
    last: str
    km: float


def named(product: ProductView) -> ProductView:
    """Product whose options say over which roads they run, and what tells them from one another."""
    roads = {segment.segment_id: segment for segment in product.segments}
    names = {place.place_id: place.name for place in product.places}
    at_node = _meeting(product.segments)
    return replace(
        product,
        segments=tuple(_ends(segment, at_node, names) for segment in product.segments),
        movements=tuple(_movement(one, roads, names) for one in product.movements),
    )


def _movement(
    movement: MovementView, roads: Mapping[str, SegmentView], names: Mapping[str, str]
) -> MovementView:
    return replace(
        movement,
        options=tuple(
            replace(
                option,
                via=(option.via[0], *_via(option, movement.options, roads, names), option.via[-1]),
                roads=tuple(_told(option, roads, names)),
            )
            for option in movement.options
        ),
    )


def _name(segment: SegmentView) -> str:
    """Number of a road, else its name; empty where it has neither."""
    if segment.route_ref:
        return segment.route_ref
    return "" if segment.title in road_classes() else segment.title


def _told(
    option: OptionView, roads: Mapping[str, SegmentView], names: Mapping[str, str]
) -> Iterator[Said]:
    """Roads of an option in their order, each with its ends where they are places, and its km."""
    runs = list(_runs(option, roads, names))
    if len(runs) > _MOST_ROADS:
        least = sorted((run.km for run in runs), reverse=True)[_MOST_ROADS - 1]
        longest = [run for run in runs if run.km >= least][:_MOST_ROADS]
        left_km = sum(run.km for run in runs) - sum(run.km for run in longest)
    else:
        longest, left_km = runs, 0.0
    for run in longest:
        name = run.name or said("route.unnamed")
        km = said_decimal(run.km, digits=int(run.km < 10))
        if run.first and run.last and run.first != run.last:
            yield said("route.from_to", road=name, first=run.first, last=run.last, km=km)
        else:
            yield said("route.road", road=name, km=km)
    if left_km:
        count = len(runs) - len(longest)
        yield said("route.others", count=count, km=said_decimal(left_km))


def _runs(
    option: OptionView, roads: Mapping[str, SegmentView], names: Mapping[str, str]
) -> Iterator[_Run]:
    """Stretches of one road; a short piece of another inside it belongs to it."""
    least = max(_LEAST_KM, _LEAST_SHARE * option.legs[-1].km.high)
    groups: list[list[_Piece]] = []
    for leg in option.legs:
        if leg.segment_id in roads:
            piece = _Piece.of(roads[leg.segment_id], leg)
            if groups and groups[-1][0].key == piece.key:
                groups[-1].append(piece)
            else:
                groups.append([piece])
    for group in _without_short(groups, least):
        longest = max(group, key=lambda piece: (piece.key == group[0].key, piece.km))
        passed = [names[key] for piece in group for key in piece.ends if key in names]
        yield _Run(
            name=longest.name,
            first=passed[0] if passed else "",
            last=passed[-1] if passed else "",
            km=sum(piece.km for piece in group),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A leg: what road it belongs to, what that is called, its ends in the direction of travel, its km."""

    key: str
    name: str
    ends: tuple[str, str]
    km: float

    @classmethod
    def of(cls, segment: SegmentView, leg: LegView) -> _Piece:
        ends = (segment.start, segment.end) if leg.is_forward else (segment.end, segment.start)
        return cls(
            key=_name(segment),
            name=segment.title if segment.route_ref.isdigit() else _name(segment),
            ends=ends,
            km=leg.km.high - leg.km.low,
        )


def _without_short(groups: Iterable[list[_Piece]], least_km: float) -> list[list[_Piece]]:
    """Groups of pieces, each of the least length; the shorter ones go with the one before, or after."""
    joined: list[list[_Piece]] = []
    for group in groups:
        is_short = sum(piece.km for piece in group) < least_km
        if joined and (is_short or joined[-1][0].key == group[0].key):
            joined[-1] += group
        elif joined and sum(piece.km for piece in joined[-1]) < least_km:
            joined[-1] = [replace(piece, key=group[0].key) for piece in joined[-1]] + group
        else:
            joined.append(list(group))
    return _over_gaps(joined)


def _over_gaps(groups: Iterable[list[_Piece]]) -> list[list[_Piece]]:
    """Groups of one road joined over a stretch without a name, such as a bridge."""
    joined: list[list[_Piece]] = []
    for group in groups:
        is_gap = len(joined) > 1 and not joined[-1][0].key and joined[-2][0].key == group[0].key
        if is_gap and sum(piece.km for piece in joined[-1]) < _GAP_KM:
            gap = joined.pop()
            joined[-1] += [*gap, *group]
        else:
            joined.append(list(group))
    return joined


def _via(
    option: OptionView,
    options: Sequence[OptionView],
    roads: Mapping[str, SegmentView],
    names: Mapping[str, str],
) -> tuple[str, ...]:
    """Places, else roads, that this option has and others lack; the largest of all where it is alone."""
    others = [other for other in options if other is not option]
    passed = [key for key in option.via[1:-1] if key in names]
    elsewhere = {key for other in others for key in other.via}
    own = [key for key in passed if key not in elsewhere] if others else passed
    if own:
        known_first = sorted(own, key=lambda key: (key not in places(), own.index(key)))
        chosen = set(known_first[:_MOST_VIA])
        return tuple(key for key in own if key in chosen)
    shared = {leg.segment_id for other in others for leg in other.legs}
    for is_own in (True, False):
        length: defaultdict[str, float] = defaultdict(float)
        for leg in option.legs:
            segment = roads.get(leg.segment_id)
            if segment and _name(segment) and not (is_own and leg.segment_id in shared):
                length[_title(segment)] += leg.km.high - leg.km.low
        if length:
            longest = sorted(length, key=lambda name: -length[name])[:_MOST_VIA]
            return tuple(name for name in length if name in longest)
    return ()


def _title(segment: SegmentView) -> str:
    return segment.title or segment.route_ref


def _meeting(segments: Iterable[SegmentView]) -> Mapping[str, tuple[str, ...]]:
    """Titles of the roads at each node."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for segment in segments:
        if _name(segment):
            found[segment.start][segment.title] = None
            found[segment.end][segment.title] = None
    return {node: tuple(titles) for node, titles in found.items()}


def _ends(
    segment: SegmentView, at_node: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> SegmentView:
    """Segment whose ends are places, else the roads that meet it there."""

    def end(node: str) -> str:
        if node in names:
            return node
        return next((title for title in at_node.get(node, ()) if title != segment.title), "…")

    return replace(segment, start=end(segment.start), end=end(segment.end))
