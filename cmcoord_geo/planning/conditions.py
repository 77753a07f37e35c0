"""Conditions of a request: whether any way can keep them, and what every option is told to keep."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.i18n import Said, join, problem, said
from cmcoord_geo.i18n.numbers import said_decimal, said_km, said_number
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import Limits, Span
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.planning.forbidden import without_roads
from cmcoord_geo.planning.limits import SearchLimits
from cmcoord_geo.planning.parts import fastest_part, felt_seconds
from cmcoord_geo.planning.ways import drive_hours, length_km, places_of, way_of
from cmcoord_geo.risk.exposure import MICRO
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.model import ForbiddenRoad
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way, Ways

#: Places of a way that a sentence names.
_MOST_PLACES = 8


def cheapest_trip(
    situation: Situation, costs: NDArray[np.int64], passable: Passability | None = None
) -> Way:
    """
    Way through all stops that costs least.

    Parameters
    ----------
    situation : Situation
    costs : ndarray of int64, shape (m,)
    passable : Passability, optional
        Other roads than those of the situation.

    Raises
    ------
    NoRouteError
        Nothing leads from one stop to the next; its ends are ids of nodes.
    """
    roads = passable or situation.passable
    arcs = np.repeat(costs, 2)
    return way_of(
        np.concatenate(
            [
                fastest_part(situation.network, roads, arcs, *pair)
                for pair in pairwise(situation.stops)
            ]
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Most:
    """One limit on a sum: what it is called, its value, and the sum of each segment in small units."""

    name: str
    value: float
    unit: float
    costs: NDArray[np.int64]


def _sums(situation: Situation, exposure: NDArray[np.int64]) -> Iterator[_Most]:
    """Limits of a request on sums over a way, exposure first."""
    asked, passable = situation.request.limits, situation.passable
    if asked.max_exposure is not None:
        yield _Most(name="exposure", value=asked.max_exposure, unit=MICRO, costs=exposure)
    if asked.max_hours is not None:
        slow_s = np.rint(np.where(passable.is_open, passable.high_s, 0.0)).astype(np.int64)
        yield _Most(name="hours", value=asked.max_hours, unit=HOUR_S, costs=slow_s)
    if asked.max_km is not None:
        long_m = np.rint(situation.network.length_high_m).astype(np.int64)
        yield _Most(name="km", value=asked.max_km, unit=KM_M, costs=long_m)


def search_limits(situation: Situation, exposure: NDArray[np.int64]) -> SearchLimits | None:
    """
    Limits of a request as the search takes them; None where it has none.

    Parameters
    ----------
    situation : Situation
    exposure : ndarray of int64, shape (m,)
        Criterion of each segment.

    Raises
    ------
    NoRouteError
        A limit lies below the best that any way can do, which is said; or no way leads there at all.
    PlanningError
        Exposure is limited, and nothing is known of any road.
    """
    asked, hazard = situation.request.limits, situation.hazard
    if asked == Limits():
        return None
    if asked.max_exposure is not None and not hazard.is_informed.any():
        raise problem(PlanningError, "limit.exposure_unknown")
    sums = list(_sums(situation, exposure))
    for most in sums:
        _check(situation, most)
    others = [most for most in sums if most.name != "exposure"]
    limited = next((most for most in sums if most.name == "exposure"), None)
    return SearchLimits(
        columns=tuple(most.costs for most in others),
        most=tuple(
            None if most is None else round(most.value * most.unit) for most in (limited, *others)
        )
        if sums
        else (),
        informed_m=_on_segments(
            situation, np.where(hazard.is_informed, hazard.pieces.length_m, 0.0)
        ),
        length_m=_on_segments(situation, hazard.pieces.length_m),
        least_informed=asked.min_informed or 0.0,
    )


def _on_segments(situation: Situation, metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres of the pieces of the hazard, summed over each segment."""
    pieces = situation.hazard.pieces
    found = np.bincount(pieces.segment, weights=metres, minlength=len(situation.network))
    return np.asarray(found, dtype=np.float64)


def _check(situation: Situation, most: _Most) -> None:
    """Refuse a limit that even the best way does not keep, with what that one has."""
    way = cheapest_trip(situation, most.costs)
    segments = [segment for segment, _ in way]
    least = int(most.costs[segments].sum())
    if least <= round(most.value * most.unit):
        return
    network = situation.network
    lengths = (network.length_low_m, network.length_high_m)
    low, high = (float(length[segments].sum()) / KM_M for length in lengths)
    why = said(
        f"limit.{most.name}",
        limit=said_number(most.value),
        hours=_said_hours(drive_hours(situation.passable, way)),
        km=_said_span(Span(low=low, high=high), digits=0),
        index=said_decimal(least / MICRO),
        via=_said_via(network, way),
    )
    raise problem(NoRouteError, _blamed(situation, most), why=why)


def _said_via(network: RoadNetwork, way: Way) -> Said:
    """Places that a way passes between its ends; of many the first and the last."""
    names = [network.node_names[network.node_index[key]] for key in places_of(network, way)[1:-1]]
    shown = list(dict.fromkeys(name for name in names if name))
    if not shown:
        return said("limit.direct")
    if len(shown) > _MOST_PLACES:
        shown = [*shown[: _MOST_PLACES - 1], "…", shown[-1]]
    return said("limit.via", places=", ".join(shown))


def _blamed(situation: Situation, most: _Most) -> str:
    """Key of the sentence that says whether it is what the request forbids that breaks a limit."""
    if not situation.request.avoid:
        return "limit.why"
    free = situation.forbidding(())
    (asked,) = (one for one in _sums(free, most.costs) if one.name == most.name)
    way = cheapest_trip(free, asked.costs)
    is_kept = _total(asked, way) <= asked.value
    return "limit.but_for_ban" if is_kept else "limit.even_without_ban"


def none_together(limits: Limits) -> NoRouteError:
    """Error of limits that can be kept one by one, and not together."""
    asked = {
        "hours": limits.max_hours,
        "km": limits.max_km,
        "exposure": limits.max_exposure,
    }
    told = [
        said(f"limit.asked_{name}", limit=said_number(value))
        for name, value in asked.items()
        if value is not None
    ]
    return problem(NoRouteError, "limit.together", limits=join(told))


def none_informed(limits: Limits, ways: Ways) -> NoRouteError:
    """Error of ways of which none is known well enough."""
    return problem(
        NoRouteError,
        "limit.informed",
        limit=said_number(100 * (limits.min_informed or 0.0)),
        count=ways.removed,
        best=int(100 * ways.most_informed),
    )


def cut_by_ban(situation: Situation, ends: Sequence[str]) -> NoRouteError | None:
    """
    Error that names the forbidden roads which leave no way; None where it is not they that do.

    Parameters
    ----------
    situation : Situation
        Without a way from one stop to the next.
    ends : sequence of str
        Names of these two.
    """
    if not situation.request.avoid:
        return None
    free = situation.forbidding(())
    felt = felt_seconds(free.network, free.passable)
    try:
        way = cheapest_trip(free, felt)
    except NoRouteError:
        return None
    forbidden = situation.request.avoid
    opens = [road for road in forbidden if _opens(free, forbidden, road, felt)]
    driven = {free.network.segment_ids[segment] for segment, _ in way}
    told = opens or [road for road in forbidden if driven & set(road.segment_ids)]
    names = tuple(road.name for road in told)
    return problem(
        NoRouteError,
        "forbidden.cut" if opens else "forbidden.cut_together",
        facts={"origin": ends[0], "destination": ends[1], "cut": names},
        origin=ends[0],
        destination=ends[1],
        roads=", ".join(names),
        hours=_said_hours(drive_hours(free.passable, way)),
    )


def keeps_out(situation: Situation) -> bool:
    """
    Whether roads lead there that only the conditions of the request keep out, for a request without a way.

    Parameters
    ----------
    situation : Situation
    """
    request = situation.request
    if not request.avoid and request.limits == Limits():
        return False
    free = situation.forbidding(())
    try:
        cheapest_trip(free, felt_seconds(free.network, free.passable))
    except NoRouteError:
        return False
    return True


def _opens(
    free: Situation,
    forbidden: Sequence[ForbiddenRoad],
    road: ForbiddenRoad,
    felt: NDArray[np.int64],
) -> bool:
    """Whether a way is there once one forbidden road is allowed."""
    others = [other for other in forbidden if other is not road]
    try:
        cheapest_trip(free, felt, without_roads(free.network, free.passable, others))
    except NoRouteError:
        return False
    return True


def conditions(
    situation: Situation,
    ways: Ways,
    exposure: NDArray[np.int64],
    letters: Sequence[tuple[str, Way]],
) -> Iterator[Said]:
    """
    Conditions that every option keeps, and what they cost.

    Parameters
    ----------
    situation : Situation
    ways : Ways
    exposure : ndarray of int64, shape (m,)
    letters : sequence of (str, Way)
        Options in their order.
    """
    network, request = situation.network, situation.request
    if request.via:
        names = [end_name(network, node) for node in situation.stops[1:-1]]
        yield said("condition.via", places=", ".join(names))
    for road in request.avoid:
        yield _said_ban(network, road)
    if request.avoid:
        yield _cost_of_ban(situation)
    for most in _sums(situation, exposure):
        figures = (
            said("condition.figure", letter=letter, value=said_decimal(_total(most, way)))
            for letter, way in letters
        )
        limit = said_number(most.value)
        yield said(f"condition.{most.name}", limit=limit, figures=join(figures))
    if request.limits.min_informed is not None:
        yield said(
            "condition.informed",
            limit=said_number(100 * request.limits.min_informed),
            removed=ways.removed,
            count=ways.removed + ways.exact_routes,
        )


def _said_ban(network: RoadNetwork, road: ForbiddenRoad) -> Said:
    """A forbidden road as it was named, and what the network calls it where that is one name."""
    segments = [network.segment_index[key] for key in road.segment_ids]
    titles = {network.title(segment) for segment in segments} - {road.name}
    key = "condition.avoid_titled" if len(titles) == 1 else "condition.avoid"
    km = said_km(sum(map(network.length_km, segments)))
    return said(key, road=road.name, title=said_road("".join(titles)), km=km, n=len(segments))


def _total(most: _Most, way: Way) -> float:
    return float(most.costs[[segment for segment, _ in way]].sum()) / most.unit


def _cost_of_ban(situation: Situation) -> Said:
    """What the fastest way costs with and without the roads that are forbidden."""
    free = situation.forbidding(())
    network = situation.network
    here = cheapest_trip(situation, felt_seconds(network, situation.passable))
    there = cheapest_trip(free, felt_seconds(network, free.passable))
    if here == there:
        return said("condition.avoid_free")
    return said(
        "condition.avoid_cost",
        hours=_said_hours(drive_hours(situation.passable, here)),
        free_hours=_said_hours(drive_hours(free.passable, there)),
        km=said_decimal(length_km(network, here), digits=0),
        free_km=said_decimal(length_km(network, there), digits=0),
    )


def _said_hours(span: Span) -> Said:
    return _said_span(span, digits=1)


def _said_span(span: Span, *, digits: int) -> Said:
    """Two figures, or one where both are written alike."""
    low, high = (said_decimal(value, digits=digits) for value in (span.low, span.high))
    return low if low == high else Said(fr=f"{low.fr}–{high.fr}", en=f"{low.en}–{high.en}")
