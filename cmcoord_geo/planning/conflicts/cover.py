"""C3 to C5: presence asked for that does not come, is too old at passage, or of another composition."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from cmcoord_geo.model import Conflict, Span
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.planning.pace import passing_window
from cmcoord_geo.planning.patrols import coverage, patrols_on_the_way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from cmcoord_geo.model import Coverage, MovementRequest, Route

_Range = tuple[float, float]
#: Less than this is no stretch.
_LEAST_KM = 1e-6


def uncovered(week: Week) -> Ruling:
    """
    C3: a movement shared with the other side (L052, L054) has road without presence fresh at passage.

    A movement without a live consent asks for nothing. Where no patrol is known at all, nobody has answered.
    """
    has_answer = len(week.picture.patrols) > 0
    found = []
    for request, route in week.routes:
        gaps = _without(((0.0, route.legs[-1].km.high),), _ranges(route.coverage))
        if _is_shared(week, request) and _total(gaps) >= week.config.conflict.least_uncovered_km:
            answer: Literal["conflict", "unknown"] = "conflict" if has_answer else "unknown"
            found.append(_conflict("C3", request, route, gaps, answer=answer))
    return Ruling(kind="C3", conflicts=tuple(found), lacking=() if has_answer else ("patrols",))


def stale(week: Week) -> Ruling:
    """C4: presence lies before the passage, but too long before it, and no other is fresh there."""
    found: list[Conflict] = []
    for request, route, fresh, ever in _presences(week):
        old = [one for one in ever if _key(one) not in {_key(two) for two in fresh}]
        found += _by_patrol("C4", request, route, old, but=_ranges(fresh))
    return Ruling(kind="C4", conflicts=tuple(found), lacking=_patrols_lacking(week))


def composition(week: Week) -> Ruling:
    """C5: presence is fresh, but of a composition that the partner does not accept, or that nobody told."""
    known = dict(zip(week.picture.patrols.patrol_id, week.picture.patrols.composition, strict=True))
    found: list[Conflict] = []
    for request, route, fresh, _ in _presences(week):
        counted = {_key(one) for one in route.coverage}
        other = [one for one in fresh if _key(one) not in counted]
        found += [
            replace(one, answer="unknown" if known[one.patrol_id] == "unknown" else "conflict")
            for one in _by_patrol("C5", request, route, other, but=_ranges(route.coverage))
        ]
    return Ruling(kind="C5", conflicts=tuple(found), lacking=_patrols_lacking(week))


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


def _presences(
    week: Week,
) -> Iterable[tuple[MovementRequest, Route, Sequence[Coverage], Sequence[Coverage]]]:
    """Each movement with the presence that is fresh at passage, and that of whatever age."""
    picture, config = week.picture, week.config.patrol
    for request, route in week.routes:
        met = patrols_on_the_way(picture.patrols, route.legs, fast=route.fast, slow=route.slow)
        fresh, ever = (
            coverage(
                picture.patrols,
                met,
                as_of=picture.as_of,
                accepts_mixed=True,
                config=replace(config, fresh_h=fresh_h),
            )
            for fresh_h in (config.fresh_h, inf)
        )
        yield request, route, fresh, ever


def _key(one: Coverage) -> tuple[str, str, float, float, float]:
    return one.patrol_id, one.segment_id, one.km.low, one.km.high, one.age_h.high


def _by_patrol(
    kind: str,
    request: MovementRequest,
    route: Route,
    presences: Iterable[Coverage],
    *,
    but: Sequence[_Range],
) -> Iterable[Conflict]:
    """One conflict for each patrol, on the road of it that nothing better covers."""
    road: dict[str, list[_Range]] = {}
    for one in presences:
        road.setdefault(one.patrol_id, []).append((one.km.low, one.km.high))
    for patrol_id, ranges in road.items():
        left = _without(_joined(ranges), but)
        if _total(left) > _LEAST_KM:
            yield replace(
                _conflict(kind, request, route, left, answer="conflict"),
                patrol_id=patrol_id,
                conflict_id=f"{kind}:{request.movement_id}:{patrol_id}",
            )


def _ranges(presences: Iterable[Coverage]) -> tuple[_Range, ...]:
    return _joined((one.km.low, one.km.high) for one in presences)


def _joined(ranges: Iterable[_Range]) -> tuple[_Range, ...]:
    found: list[_Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + _LEAST_KM:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return tuple(found)


def _without(ranges: Iterable[_Range], but: Iterable[_Range]) -> tuple[_Range, ...]:
    """Ranges less those of the other list, which do not overlap one another."""
    left = list(ranges)
    for low, high in but:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, low)), (max(start, high), end))
            if part[1] - part[0] > _LEAST_KM
        ]
    return tuple(left)


def _total(ranges: Iterable[_Range]) -> float:
    return sum(high - low for low, high in ranges)


def _conflict(
    kind: str,
    request: MovementRequest,
    route: Route,
    ranges: Sequence[_Range],
    *,
    answer: Literal["conflict", "unknown"],
) -> Conflict:
    """Conflict on some km of a route; the longest stretch first."""
    parts = sorted(
        (
            (leg, max(low, leg.km.low), min(high, leg.km.high))
            for low, high in ranges
            for leg in route.legs
            if min(high, leg.km.high) - max(low, leg.km.low) > _LEAST_KM
        ),
        key=lambda part: (part[1] - part[2], part[1]),
    )
    stretches = []
    for leg, low, high in parts:
        length = leg.km.high - leg.km.low
        ends = (low - leg.km.low) / length, (high - leg.km.low) / length
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
        km=_total(ranges),
    )
