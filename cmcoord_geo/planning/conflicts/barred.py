"""C2, of bans and of roads that the season closes on the way: nobody announced them for one road and hour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.network.convoy import convoy_of
from cmcoord_geo.planning.barred import Bars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cmcoord_geo.model import MovementRequest, Route, VehicleCount
    from cmcoord_geo.planning.barred import Barred
    from cmcoord_geo.planning.conflicts.week import Week


class _Met(NamedTuple):
    """What one movement meets."""

    request: MovementRequest
    route: Route
    barred: tuple[Barred, ...]


def barred(
    week: Week, routes: Sequence[tuple[MovementRequest, Route]], ended: Iterable[Conflict]
) -> Iterator[Conflict]:
    """
    Bans that stop people at the hours of a movement, and roads that are closed by when it is there.

    Parameters
    ----------
    week : Week
    routes : sequence of (MovementRequest, Route)
        Ways there, or back.
    ended : iterable of Conflict
        Roads that are closed because a report on them ends: they are not told twice.
    """
    told = {
        (one.movement_id, key)
        for one in ended
        if one.answer == "conflict"
        for key in (one.segment_id, *(key for key, _ in one.more))
    }
    for request, route, found in _met(week, routes):
        closed: dict[int, Barred] = {}
        for one in found:
            if one.bar.source == "ban":
                yield _of_ban(request, route, one)
            else:
                closed.update(dict.fromkeys(one.legs, one))
        left = {
            leg: one
            for leg, one in sorted(closed.items())
            if (request.movement_id, route.legs[leg].segment_id) not in told
        }
        if left:
            yield _of_season(request, route, left)


def _met(week: Week, routes: Sequence[tuple[MovementRequest, Route]]) -> Iterator[_Met]:
    """What stops each movement, but what was announced: that is found apart. Alike convoys at once."""
    alike: dict[tuple[VehicleCount, ...], list[int]] = {}
    for rank, (request, _) in enumerate(routes):
        alike.setdefault(request.vehicles, []).append(rank)
    for vehicles, ranks in alike.items():
        ways = [routes[rank][1].legs for rank in ranks]
        bars = Bars(week.picture, convoy_of(vehicles), ways, week.config)
        for rank in ranks:
            request, route = routes[rank]
            stops = tuple(
                one
                for one in bars.met(route.legs, route.halts)
                if one.bar.effect == "stop" and one.bar.source in {"ban", "road"}
            )
            yield _Met(request, route, stops)


def _of_ban(request: MovementRequest, route: Route, one: Barred) -> Conflict:
    where = one.place_id or route.legs[one.legs[0]].segment_id
    found = _conflict(f"{one.bar.key}:{where}", request, route, [one], one.legs)
    if not one.place_id:
        return replace(found, cause="ban", other_id=one.bar.name)
    return replace(
        found,
        cause="ban",
        other_id=one.bar.name,
        place_id=one.place_id,
        segment_id="",
        more=(),
        km=0.0,
    )


def _of_season(request: MovementRequest, route: Route, closed: Mapping[int, Barred]) -> Conflict:
    found = tuple({id(one): one for one in closed.values()}.values())
    return replace(_conflict("season", request, route, found, tuple(closed)), cause="season")


def _conflict(
    name: str,
    request: MovementRequest,
    route: Route,
    found: Sequence[Barred],
    legs: Sequence[int],
) -> Conflict:
    """Conflict on whole legs, over the windows of what bars them."""
    on = [route.legs[leg] for leg in legs]
    first, *more = dict.fromkeys(leg.segment_id for leg in on)
    whole = Span(low=0.0, high=1.0)
    window = TimeSpan(
        earliest=min(one.window.earliest for one in found),
        latest=max(one.window.latest for one in found),
    )
    return Conflict(
        conflict_id=f"C2:{request.movement_id}:{name}:{window.earliest.timestamp():.0f}",
        kind="C2",
        answer="conflict",
        movement_id=request.movement_id,
        patrol_id="",
        segment_id=first,
        fraction=whole,
        window=window,
        more=tuple((key, whole) for key in more),
        km=sum(leg.km.high - leg.km.low for leg in on),
    )
