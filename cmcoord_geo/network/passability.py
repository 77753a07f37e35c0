"""
Which segments a convoy can pass on a date, how long each takes, and why the others are closed.

Preference never mixes into travel time, and an unknown never turns into an open road: a default by season
is a prior and is marked as one (hazards H3, H9).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from cmcoord_geo.facts import season_zones, vehicles
from cmcoord_geo.i18n import said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.network.areas import touches_at
from cmcoord_geo.network.closures import RoadOnDate, named, why_closed
from cmcoord_geo.network.columns import Words, words_of
from cmcoord_geo.network.notes import closing_tags, said_of_signs
from cmcoord_geo.network.reports import known_states
from cmcoord_geo.network.season import Season, season_of
from cmcoord_geo.network.status import NOTHING, KnownState
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.facts import Crossing, Vehicle
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import AvoidArea, RoadState, RoadStatus
    from cmcoord_geo.network.areas import Touch
    from cmcoord_geo.network.convoy import Convoy
    from cmcoord_geo.network.road_network import RoadNetwork

_Value = TypeVar("_Value")
#: Of networks with so many segments or more, answers are kept; a part of one, or a sketch, is quick anyway.
_MANY = 1000
#: Answers that are kept: the convoys of a week, few enough for the memory that a country takes.
_KEPT = 4
#: States in falling order of what they let through.
_STATES: tuple[RoadState, ...] = ("open", "restricted", "unknown", "closed")
#: Questions and answers, the latest last.
_kept: deque[tuple[tuple[Any, ...], Passability]] = deque(maxlen=_KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passability:
    """
    Roads as one convoy finds them on one date.

    Attributes
    ----------
    is_open : ndarray of bool, shape (m,)
        In one direction at least.
    is_arc_open : ndarray of bool, shape (2 m,)
        In the order of the network's arcs.
    is_arc_legal : ndarray of bool, shape (2 m,)
        No sign of the map keeps the convoy off, whatever the state of the road.
    banned_turns : tuple of tuple of int
        Sequences of arcs that a member of the convoy may not drive one after the other.
    touches : tuple of Touch
        Areas to avoid on segments.
    low_s, mid_s, high_s : ndarray of float64, shape (m,)
        Moving seconds at the fast, middle and slow pace; infinite where closed.
    season : tuple of str
        dry, wet or shoulder, for each segment.
    state : tuple of str
        open, restricted, closed, conflicting, unknown: by a live report, else the default of the season.
    known : tuple of KnownState
        What the reports say of the road itself.
    crossing_states : mapping
        Crossing id to what its reports say.
    reasons : tuple of tuple of Said
        Why a segment is closed to this convoy; empty where it is open.
    is_capacity_flagged : ndarray of bool, shape (m,)
        A bridge or ferry of unknown capacity under a convoy heavier than the limit: red (LP2).
    """

    is_open: NDArray[np.bool_]
    is_arc_open: NDArray[np.bool_]
    is_arc_legal: NDArray[np.bool_]
    banned_turns: tuple[tuple[int, ...], ...]
    touches: tuple[Touch, ...]
    low_s: NDArray[np.float64]
    mid_s: NDArray[np.float64]
    high_s: NDArray[np.float64]
    season: tuple[Season, ...]
    state: tuple[RoadState, ...]
    known: tuple[KnownState, ...]
    crossing_states: Mapping[str, KnownState]
    reasons: tuple[tuple[Said, ...], ...]
    is_capacity_flagged: NDArray[np.bool_]


def passability(
    network: RoadNetwork,
    convoy: Convoy,
    *,
    at: datetime,
    as_of: datetime,
    status: Iterable[RoadStatus],
    config: StatusConfig,
    areas: Iterable[AvoidArea] = (),
) -> Passability:
    """
    Find what a convoy can pass at a moment, with what is known at the cut-off.

    Parameters
    ----------
    network : RoadNetwork
    convoy : Convoy
    at : datetime
        Moment of the movement; its date sets the season of each zone.
    as_of : datetime
        Cut-off of the reports.
    status : iterable of RoadStatus
        Reports on segments and crossings.
    config : StatusConfig
    areas : iterable of AvoidArea
        Closures close what they touch; costs are kept apart.
    """
    states = known_states(network, status, at=at, as_of=as_of, config=config)
    seasons = (
        (zone, season_of(at, season_zones()[zone]))
        for zone in sorted(words_of(network.season_zone))
    )
    find = _kept_passability if len(network) >= _MANY else _passability
    return find(
        network,
        convoy,
        tuple(seasons),
        tuple(states.items()),
        touches_at(network, areas, at=at),
        config.unknown_capacity_over_t,
    )


def _passability(
    network: RoadNetwork,
    convoy: Convoy,
    season_in: tuple[tuple[str, Season], ...],
    known: tuple[tuple[str, KnownState], ...],
    touches: tuple[Touch, ...],
    over_t: float,
) -> Passability:
    """
    What a convoy can pass, by what the answer depends on: season, states and closures, not the hour.

    The movements of a week share convoys and seasons, and a surveyed network has many segments.
    """
    states = dict(known)
    crossing_states = {
        crossing.crossing_id: states.get(crossing.crossing_id, NOTHING)
        for crossing in network.crossings
    }
    kinds, kind_of = _kinds(network, dict(season_in), states)
    is_legal = _legal_arcs(network, convoy)
    is_signed = is_legal[::2] | is_legal[1::2]
    reasons = _spread([tuple(why_closed(road, convoy)) for road in kinds], kind_of)
    for segment, why in _signs(network, np.flatnonzero(~is_signed), kinds, kind_of):
        reasons[segment] = (why, *reasons[segment])
    for segment, shut in _shut(touches).items():
        reasons[segment] = (*reasons[segment], *shut)
    is_open = np.array([not why for why in reasons], dtype=bool)
    low_s, mid_s, high_s = (
        np.where(is_open, seconds, np.inf) for seconds in _paces_s(network, kinds, kind_of, convoy)
    )
    is_flagged = [road.is_capacity_flagged(convoy, over_t=over_t) for road in kinds]
    return Passability(
        is_open=is_open,
        is_arc_open=np.repeat(is_open, 2) & is_legal,
        is_arc_legal=is_legal,
        banned_turns=_banned_turns(network, convoy),
        touches=touches,
        low_s=low_s,
        mid_s=mid_s,
        high_s=high_s,
        season=tuple(_spread([road.season for road in kinds], kind_of)),
        state=tuple(_spread([road.state for road in kinds], kind_of)),
        known=tuple(_spread([road.known for road in kinds], kind_of)),
        crossing_states=crossing_states,
        reasons=tuple(reasons),
        is_capacity_flagged=np.array(is_flagged, dtype=bool)[kind_of],
    )


def _spread(of_kind: Sequence[_Value], kind_of: NDArray[np.int64]) -> list[_Value]:
    """Value of each segment by its kind."""
    return list(map(of_kind.__getitem__, kind_of.tolist()))


def _kept_passability(*asked: Any) -> Passability:  # noqa: ANN401 - as the other takes them
    """Answer that was given before to the same question; compared, as vehicles have no hash."""
    found = next((answer for question, answer in _kept if question == asked), None)
    if found is None:
        found = _passability(*asked)
        _kept.append((asked, found))
    return found


def _signs(
    network: RoadNetwork,
    segments: NDArray[np.int64],
    kinds: Sequence[RoadOnDate],
    kind_of: NDArray[np.int64],
) -> Iterator[tuple[int, Said]]:
    """Why the map keeps the convoy off: its tags, else its class; a report that says open lifts nothing."""
    first, tags_of = _alike((network.note, network.road_class), len(network))
    by_tags = [
        said_of_signs(closing_tags(network.note[i]), network.road_class[i]) for i in first.tolist()
    ]
    columns = (segments, tags_of[segments], kind_of[segments])
    for segment, tags, kind in zip(*(column.tolist() for column in columns), strict=True):
        why, known = by_tags[tags], kinds[kind].known
        if known.state == "open":
            why = said("closed.signs_stay", why=why, report=named(known.told))
        yield segment, why


def _shut(touches: Iterable[Touch]) -> Mapping[int, tuple[Said, ...]]:
    """Reasons of the segments that closures touch."""
    found: dict[int, tuple[Said, ...]] = {}
    for touch in touches:
        if touch.area.effect == "closure":
            reason = said(
                "closed.area",
                mark=touch.mark,
                km=said_km(touch.inside_km),
                day=said_date(touch.area.until),
            )
            found[touch.segment] = (*found.get(touch.segment, ()), reason)
    return found


def _banned_turns(network: RoadNetwork, convoy: Convoy) -> tuple[tuple[int, ...], ...]:
    """Turns that bind a member of the convoy: it drives together."""
    if network.traffic is None or network.traffic.turns is None:
        return ()
    return network.traffic.turns.binding(member.rank for member in convoy.members)


def _legal_arcs(network: RoadNetwork, convoy: Convoy) -> NDArray[np.bool_]:
    """Arcs on which every member of the convoy may drive."""
    if network.traffic is None:
        return np.ones(2 * len(network), dtype=bool)
    return network.traffic.arcs_open(member.rank for member in convoy.members)


def _kinds(
    network: RoadNetwork, season_in: Mapping[str, Season], states: Mapping[str, KnownState]
) -> tuple[list[RoadOnDate], NDArray[np.int64]]:
    """
    Kinds of road, and the kind of each segment.

    A country has few kinds; a segment with a report or a crossing is a kind of its own.
    """
    first, kind_of = _alike(
        (network.season_zone, network.surface, *_defaults(network)), len(network)
    )
    kinds = []
    for i in first.tolist():
        season = season_in[network.season_zone[i]]
        state, largest = _default(season, *(column[i] for column in _defaults(network)))
        kinds.append(
            RoadOnDate(
                surface=network.surface[i],
                season=season,
                default_state=state,
                default_largest=largest,
                known=NOTHING,
                crossings=(),
            )
        )
    crossings: dict[str, list[Crossing]] = {}
    for crossing in network.crossings:
        for segment_id in crossing.at_km:
            crossings.setdefault(segment_id, []).append(crossing)
    for segment_id in {**crossings, **states}:
        segment = network.segment_index.get(segment_id)
        if segment is None:  # a state of a crossing
            continue
        on_it = tuple(
            (crossing, states.get(crossing.crossing_id, NOTHING))
            for crossing in crossings.get(segment_id, ())
        )
        known = states.get(segment_id, NOTHING)
        kinds.append(replace(kinds[kind_of[segment]], known=known, crossings=on_it))
        kind_of[segment] = len(kinds) - 1
    return kinds, kind_of


def _alike(
    columns: Iterable[Sequence[str]], count: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First segment of each set of words in several columns, and the number of each segment's set."""
    number = np.zeros(count, dtype=np.int64)
    first = np.arange(min(count, 1))
    for column in map(Words.packed, columns):
        number = number * len(column.vocabulary) + column.codes
        _, first, number = np.unique(number, return_index=True, return_inverse=True)
    return first, number


def _defaults(network: RoadNetwork) -> tuple[Sequence[str], ...]:
    return (
        network.status_dry,
        network.status_wet,
        network.max_vehicle_dry,
        network.max_vehicle_wet,
    )


def _default(
    season: Season, status_dry: str, status_wet: str, largest_dry: str, largest_wet: str
) -> tuple[RoadState, Vehicle]:
    """State and largest vehicle by season, the worse between the seasons; closed = motorbikes only."""
    states, largest = [], []
    if season != "wet":
        states.append(status_dry)
        largest.append(largest_dry)
    if season != "dry":
        states.append(status_wet)
        largest.append(largest_wet)
    state = max((cast("RoadState", word) for word in states), key=_STATES.index)
    if state == "closed":
        largest = [next(iter(vehicles()))]
    return state, min((vehicles()[word] for word in largest), key=lambda vehicle: vehicle.rank)


def _paces_s(
    network: RoadNetwork,
    kinds: Sequence[RoadOnDate],
    kind_of: NDArray[np.int64],
    convoy: Convoy,
) -> tuple[NDArray[np.float64], ...]:
    """Seconds at the fast, middle and slow pace: the short estimate fast, the long one slow."""
    by_kind = [_speeds_kmh(convoy, road.surface, road.season) for road in kinds]
    speeds_kmh = np.reshape(by_kind, (-1, 3))[kind_of]
    lengths_m = (network.length_low_m, network.length_m, network.length_high_m)
    with np.errstate(divide="ignore"):
        paces_s = tuple(
            length_m / KM_M / kmh * HOUR_S
            for length_m, kmh in zip(lengths_m, speeds_kmh.T, strict=True)
        )
    if network.traffic is None:
        return paces_s
    ferry_s = network.traffic.duration_s
    return tuple(np.where(np.isnan(ferry_s), pace_s, ferry_s) for pace_s in paces_s)


def _speeds_kmh(convoy: Convoy, surface: str, season: Season) -> tuple[float, float, float]:
    """Fast, middle and slow speed; between the seasons from the dry fast to the wet slow one."""
    fast_season = "wet" if season == "wet" else "dry"
    slow_season = "dry" if season == "dry" else "wet"
    fast, slow = convoy.kmh(surface, fast_season), convoy.kmh(surface, slow_season)
    return (
        fast * (1 + convoy.doubt(fast_season)),
        (fast + slow) / 2,
        slow * (1 - convoy.doubt(slow_season)),
    )
