"""C3 to C5: presence asked for that does not come, is too old at passage, or of another composition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cmcoord_geo.model import Conflict, Span
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.planning.freshness import freshness
from cmcoord_geo.planning.pace import passing_window
from cmcoord_geo.planning.patrols import accepted, age_at_passage, patrols_on_the_way
from cmcoord_geo.planning.ranges import LEAST, joined, length, without
from cmcoord_geo.planning.situation import accepts_mixed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal

    from cmcoord_geo.model import Coverage, MovementRequest, Route
    from cmcoord_geo.planning.ranges import Range


def uncovered(week: Week) -> Ruling:
    """
    C3: a movement shared with the other side (L052, L054) has road without presence fresh at passage.

    A movement without a live consent asks for nothing. Where no patrol is known at all, and no answer about a
    corridor ("cannot" is one), nobody has answered.
    An offer covers nothing where the cell gives offers no weight.
    """
    offers_count = week.config.patrol.offered_weight > 0
    has_answer = len(week.picture.patrols) > 0 or any(one.answer for one in week.picture.responses)
    found = []
    for request, route in week.routes:
        covered = [one for one in route.coverage if offers_count or one.is_confirmed]
        gaps = without(((0.0, route.legs[-1].km.high),), _ranges(covered))
        if _is_shared(week, request) and length(gaps) >= week.config.conflict.least_uncovered_km:
            answer: Literal["conflict", "unknown"] = "conflict" if has_answer else "unknown"
            found.append(_conflict("C3", request, route, gaps, answer=answer))
    return Ruling(kind="C3", conflicts=tuple(found), lacking=() if has_answer else ("patrols",))


def stale(week: Week) -> Ruling:
    """
    C4: presence lies before the passage, but too long before it, and no other is fresh there.

    Presence that would not count at any age is C5 alone: leaving earlier would not help.
    """
    found: list[Conflict] = []
    for request, route in week.routes:
        before = [one for one in _before(week, request, route) if one.is_accepted]
        old = [(one.key, one.km) for one in before if not one.is_fresh]
        fresh = joined(one.km for one in before if one.is_fresh)
        found += _by_patrol("C4", request, route, old, but=fresh)
    return Ruling(kind="C4", conflicts=tuple(found), lacking=_patrols_lacking(week))


def composition(week: Week) -> Ruling:
    """
    C5: presence may be fresh, but of a composition that the partner does not accept, or that nobody told.

    It may be fresh where the shortest time between presence and passage is short enough.
    """
    there, back = (
        [one for request, route in routes for one in _refused(week, request, route)]
        for routes in (week.routes, week.returns)
    )
    found = (*there, *(one.on_the_way_back() for one in back))
    return Ruling(kind="C5", conflicts=tuple(found), lacking=_patrols_lacking(week))


def _refused(week: Week, request: MovementRequest, route: Route) -> Iterator[Conflict]:
    """C5 of one way, by composition."""
    refused = [
        one for one in _before(week, request, route) if one.may_be_fresh and not one.is_accepted
    ]
    for told in sorted({one.composition for one in refused}):
        there = [(one.key, one.km) for one in refused if one.composition == told]
        for one in _by_patrol("C5", request, route, there, but=_ranges(route.coverage)):
            yield replace(
                one,
                answer="unknown" if told == "unknown" else "conflict",
                conflict_id=f"{one.conflict_id}:{told}",
            )


def _patrols_lacking(week: Week) -> tuple[str, ...]:
    return () if len(week.picture.patrols) else ("patrols",)


def _is_shared(week: Week, request: MovementRequest) -> bool:
    """Whether the other side was asked: a live consent, of the movement before that of all of them."""
    told = [
        consent
        for consent in week.picture.consents
        if consent.organisation == request.organisation and consent.audience == "minusca_ops"
    ]
    if any(one.is_withdrawn for one in told if one.movement_id in {"", request.movement_id}):
        return False
    own = [one for one in told if one.movement_id == request.movement_id]
    speaking = own or [one for one in told if not one.movement_id]
    return bool(speaking) and all(one.until > week.picture.as_of for one in speaking)


class _Before(NamedTuple):
    """Presence of one patrol before the passage of a movement, of whatever age and composition."""

    key: str
    composition: str
    km: Range
    is_accepted: bool
    is_fresh: bool
    may_be_fresh: bool


def _before(week: Week, request: MovementRequest, route: Route) -> tuple[_Before, ...]:
    picture, config = week.picture, week.config.patrol
    patrols = picture.patrols
    mixed = accepts_mixed(picture, request)
    found = []
    for met in patrols_on_the_way(patrols, route.legs, fast=route.fast, slow=route.slow):
        age_h = age_at_passage(patrols, met, as_of=picture.as_of)
        if age_h is not None:
            found.append(
                _Before(
                    key=patrols.patrol_id[met.row],
                    composition=patrols.composition[met.row],
                    km=(met.km.low, met.km.high),
                    is_accepted=accepted(patrols.composition[met.row], accepts_mixed=mixed),
                    is_fresh=freshness(age_h.high, config) > 0,
                    may_be_fresh=freshness(age_h.low, config) > 0,
                )
            )
    return tuple(found)


def _by_patrol(
    kind: str,
    request: MovementRequest,
    route: Route,
    presences: Iterable[tuple[str, Range]],
    *,
    but: Sequence[Range],
) -> Iterable[Conflict]:
    """One conflict for each patrol, on the road of it that nothing better covers."""
    road: dict[str, list[Range]] = {}
    for patrol_id, km in presences:
        road.setdefault(patrol_id, []).append(km)
    for patrol_id, ranges in road.items():
        left = without(joined(ranges), but)
        if length(left) > LEAST:
            yield replace(
                _conflict(kind, request, route, left, answer="conflict"),
                patrol_id=patrol_id,
                conflict_id=f"{kind}:{request.movement_id}:{patrol_id}",
            )


def _ranges(presences: Iterable[Coverage]) -> tuple[Range, ...]:
    return joined((one.km.low, one.km.high) for one in presences)


def _conflict(
    kind: str,
    request: MovementRequest,
    route: Route,
    ranges: Sequence[Range],
    *,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    """Conflict on some km of a route; the longest stretch first."""
    parts = sorted(
        (
            (leg, max(low, leg.km.low), min(high, leg.km.high))
            for low, high in ranges
            for leg in route.legs
            if min(high, leg.km.high) - max(low, leg.km.low) > LEAST
        ),
        key=lambda part: (part[1] - part[2], part[1]),
    )
    stretches = []
    for leg, low, high in parts:
        leg_km = leg.km.high - leg.km.low
        ends = (low - leg.km.low) / leg_km, (high - leg.km.low) / leg_km
        span = ends if leg.is_forward else (1 - ends[1], 1 - ends[0])
        stretches.append((leg.segment_id, Span(low=span[0], high=span[1])))
    window = passing_window(
        route.fast,
        route.slow,
        km_low=min(low for low, _ in ranges),
        km_high=max(high for _, high in ranges),
    )
    return Conflict(
        conflict_id=f"{kind}:{request.movement_id}",
        kind=kind,
        answer=answer,
        movement_id=request.movement_id,
        patrol_id="",
        segment_id=stretches[0][0],
        fraction=stretches[0][1],
        window=window,
        more=tuple(stretches[1:]),
        km=length(ranges),
    )
