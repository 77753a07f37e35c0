"""Losses and cases of the isolation board as views, in the words of both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmcoord_geo.facts import season_zones, vehicles
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_date, said_day
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network import season_of
from cmcoord_geo.planning.series import importance, series_ends, series_of, whole_hours
from cmcoord_geo.planning.unknowns import worst_state
from cmcoord_geo.sharing.isolation_views import CaseView, EffectView, LossView

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning import Case, Isolation
    from cmcoord_geo.planning.failures import Failure
    from cmcoord_geo.planning.isolation import CaseIsolation

_KINDS = ("bridge", "ferry", "ford", "border", "rain_barrier")
_PLURAL = {
    "bridge": "bridges",
    "ferry": "ferries",
    "ford": "fords",
    "border": "borders",
    "rain_barrier": "rain_barriers",
}
_SHORT_KM, _LEAST_KM = 10.0, 0.05


def loss_views(
    network: RoadNetwork, found: Isolation, order: Sequence[int]
) -> tuple[LossView, ...]:
    """
    Losses from the base outward, roads in a row that do the same as one.

    Parameters
    ----------
    network : RoadNetwork
    found : Isolation
    order : sequence of int
        Targets in the order of the board.
    """
    views = []
    for mark, row in enumerate(series_of(found, is_surveyed=network.traffic is not None), start=1):
        failures = [found.failures[i] for i in row]
        state = worst_state(network, found.cases[0].case.passable, failures)
        effects = tuple(
            tuple(_effect(case, row[0], target) for target in order) for case in found.cases
        )
        crossings = list(dict.fromkeys(i for failure in failures for i in failure.crossings))
        segments = list(dict.fromkeys(i for failure in failures for i in failure.segments))
        where = _where(network, failures[0], segments)
        views.append(
            LossView(
                mark=str(mark),
                title=_title(network, failures, [found.start_km[i] for i in row]),
                what=_what(network, failures, crossings),
                names=tuple(dict.fromkeys(_names(network, failures, crossings))),
                segment_ids=tuple(network.segment_ids[i] for i in segments),
                crossing_ids=tuple(network.crossings[i].crossing_id for i in crossings),
                at_segment=where[0],
                at_fraction=where[1],
                from_km=found.start_km[row[0]],
                km=sum(network.length_km(i) for i in segments) if failures[0].ends else 0.0,
                state=state.state,
                basis=state.basis,
                reported_at=state.reported_at,
                importance=importance(found, row[0]),
                places_hit=_places_hit(effects),
                effects=effects,
            )
        )
    return tuple(views)


def _effect(case: CaseIsolation, failure: int, target: int) -> EffectView:
    effect = case.effects[failure][target]
    has_hours = effect in {"detour", "long"}
    return EffectView(
        effect=effect,
        extra_h=whole_hours(float(case.extra_h[failure, target])) if has_hours else None,
        only_by_turn=bool(case.only_by_turn[failure, target]),
    )


def _where(network: RoadNetwork, failure: Failure, segments: Sequence[int]) -> tuple[str, float]:
    """Segment and share of it at which a loss is marked on a map."""
    if not failure.ends:
        for key, km in network.crossings[failure.crossings[0]].at_km.items():
            segment = network.segment_index.get(key)
            if km is not None and segment is not None:
                return key, min(km / network.length_km(segment), 1.0)
    longest = max(segments, key=lambda i: (float(network.length_m[i]), -i))
    return network.segment_ids[longest], 0.5


def _places_hit(effects: Sequence[Sequence[EffectView]]) -> int:
    return sum(
        any(one.effect not in {"none", "no_road"} for one in of_place)
        for of_place in zip(*effects, strict=True)
    )


def _plain(words: str) -> Said:
    return Said(fr=words, en=words)


def _title(network: RoadNetwork, failures: Sequence[Failure], km: Sequence[float]) -> Said:
    """Places at both ends; else the name of the road with its km, or of the crossing that roads share."""
    if not failures[0].ends:
        return network.crossings[failures[0].crossings[0]].name
    ends = series_ends(failures)
    if len(set(ends)) > 1 and all(network.is_place(node) for node in ends):
        return _plain("–".join(network.node_names[node] for node in ends))
    roads = dict.fromkeys(_told(network, failure) for failure in failures)
    first, *_, last = [*roads, *roads]
    return said(
        "isolation.at_km",
        road=first if first == last else join((first, last), " … "),
        km="–".join(dict.fromkeys(f"{x:.0f}" for x in (km[0], km[-1]))),
    )


def _told(network: RoadNetwork, failure: Failure) -> Said:
    """Name of a road; where it has none, that of the crossing on it says more than its class."""
    longest = _longest(network, failure)
    is_named = (
        network.traffic is None or network.route_ref[longest] or network.traffic.names[longest]
    )
    if failure.crossings and not is_named:
        return network.crossings[failure.crossings[0]].name
    return said_road(_road(network, failure))


def _longest(network: RoadNetwork, failure: Failure) -> int:
    return max(failure.segments, key=lambda i: (float(network.length_m[i]), -i))


def _road(network: RoadNetwork, failure: Failure) -> str:
    """Name of the longest segment of a road."""
    return network.title(_longest(network, failure))


def _what(network: RoadNetwork, failures: Sequence[Failure], crossings: Sequence[int]) -> Said:
    counts = Counter(network.crossings[i].kind for i in crossings)
    parts = []
    if not failures[0].ends:
        parts.append(said("isolation.shared", count=len(failures[0].roads)))
    elif len(failures) > 1:
        parts.append(said("isolation.several", count=len(failures)))
    if failures[0].ends:
        parts += [
            said(f"isolation.kind.{_number(kind, counts[kind])}") for kind in _KINDS if counts[kind]
        ]
    return join(parts) if parts else said("isolation.kind.road")


def _number(kind: str, count: int) -> str:
    return kind if count == 1 else _PLURAL[kind]


def _names(
    network: RoadNetwork, failures: Sequence[Failure], crossings: Sequence[int]
) -> Iterator[Said]:
    """Roads, with their length, and crossings of a loss; of a road in several parts the length of all."""
    km_of: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for failure in failures:
        km_of[_road_names(network, failure)] += sum(network.length_km(i) for i in failure.segments)
    for roads, km in km_of.items():
        shown = said_decimal(km, digits=0 if km >= _SHORT_KM else 1)
        if km < _LEAST_KM:
            shown = Said(fr="<0,1", en="<0.1")
        yield said("isolation.road", road=join(map(said_road, roads)), km=shown)
    for i in crossings:
        yield network.crossings[i].name


def _road_names(network: RoadNetwork, failure: Failure) -> tuple[str, ...]:
    if network.traffic is None or not failure.ends:
        return tuple(dict.fromkeys(network.title(i) for i in failure.segments))
    return (_road(network, failure),)


def case_view(network: RoadNetwork, case: Case, *, as_of: datetime) -> CaseView:
    """Caption and conditions of one case, true for its date."""
    zones = sorted(set(network.season_zone))
    by_season: dict[str, list[Said]] = {}
    for zone in zones:
        season = season_of(case.at, season_zones()[zone])
        by_season.setdefault(season, []).append(_short(season_zones()[zone].name))
    is_today = case.at == as_of
    live = _live(case)
    return CaseView(
        caption=_caption(case, by_season, is_today=is_today),
        vehicle=vehicles()[case.vehicle_id].name,
        vehicle_id=case.vehicle_id,
        at=case.at,
        season=_season(by_season),
        reports=said(
            f"isolation.reports_{'now' if is_today else 'then' if live else 'over'}", live=live
        ),
    )


def _short(zone: Said) -> Said:
    """Name of a zone without the prefectures in brackets."""
    return Said(fr=zone.fr.partition(" (")[0], en=zone.en.partition(" (")[0])


def _caption(case: Case, by_season: dict[str, list[Said]], *, is_today: bool) -> Said:
    if not is_today:
        return said("isolation.rains", day=said_date(case.at))
    if set(by_season) == {"wet"}:
        return said("isolation.rains_now", day=said_day(case.at))
    return said("isolation.today", day=said_day(case.at))


def _season(by_season: dict[str, list[Said]]) -> Said:
    if len(by_season) == 1:
        (season,) = by_season
        return said("isolation.everywhere", season=said(f"season.{season}"))
    return join(
        [
            said("isolation.season", season=said(f"season.{season}"), zones=join(names))
            for season, names in sorted(by_season.items())
        ],
        "; ",
    )


def _live(case: Case) -> int:
    """Roads and crossings on which a report speaks at the moment of the case."""
    known = [*case.passable.known, *case.passable.crossing_states.values()]
    return sum(state.basis == "report" for state in known)
