"""Public facts and reported states of roads and crossings, as views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import Place, places, season_zones, vehicles
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.numbers import said_km, said_number
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network import KnownState, season_of
from cmcoord_geo.network.reports import known_states
from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.risk import exposure_class
from cmcoord_geo.sharing.ground import shown_segments
from cmcoord_geo.sharing.marks import mark_letter
from cmcoord_geo.sharing.views import (
    ClosureView,
    CrossingView,
    PlaceView,
    RangeView,
    SegmentView,
)
from cmcoord_geo.units import KM_M, to_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk import Hazard
    from cmcoord_geo.sharing.released import StatusRow

#: State of a ferry in the words of the river.
FERRY_STATES = {"open": "running", "closed": "out", "passable": "running"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRoads:
    """What the released reports say of each road and crossing at the cut-off, and all their ids."""

    by_subject: Mapping[str, KnownState]
    report_ids: frozenset[str] = frozenset()

    def state(self, subject: str) -> KnownState:
        """State of a segment or crossing; nothing known without a report."""
        return self.by_subject.get(subject, NOTHING)


def known_roads(
    network: RoadNetwork, rows: Iterable[StatusRow], *, as_of: datetime, config: Config
) -> KnownRoads:
    """States from the reports that an audience may see."""
    reports = released_reports(rows)
    states = known_states(network, reports, at=as_of, as_of=as_of, config=config.status)
    ids = frozenset(one.report_id for one in reports)
    return KnownRoads(by_subject=states, report_ids=ids)


def released_reports(rows: Iterable[StatusRow]) -> tuple[RoadStatus, ...]:
    """Reports as an audience may see them, in an order that does not hang on what was withheld."""
    return tuple(_report(row) for row in sorted(rows, key=repr))


def _report(row: StatusRow) -> RoadStatus:
    return RoadStatus(
        report_id=row.report_id,
        segment_id=row.segment_id,
        state=row.state,  # type: ignore[arg-type]
        reported_at=row.reported_at,
        crossing_id=row.crossing_id,
        max_vehicle=row.max_vehicle,
        max_gross_t=row.max_gross_t,
        expires_at=row.expires_at,
        reporter=row.reporter,
        is_verified=row.is_verified,
        at_fraction=row.at_fraction,
        hours=row.hours,
        season=row.season,
        ferry_state=row.ferry_state,
        delay_min=row.delay_min,
        is_part=row.is_part,
        share=row.share,
        note=row.note,
    )


def _season(network: RoadNetwork, segment: int, at: datetime) -> str:
    return season_of(at, season_zones()[network.season_zone[segment]])


def place_views() -> tuple[PlaceView, ...]:
    """Every place of the gazetteer."""
    return tuple(
        PlaceView(
            place_id=place.place_id,
            name=place.name,
            alt_names=place.alt_names,
            lon=place.lon,
            lat=place.lat,
            role=role_of(place),
            prefecture=place.prefecture_2021,
            airstrip=place.airstrip,
        )
        for place in places().values()
    )


def role_of(place: Place) -> str:
    """Cell and contact point are told apart (L091, L092)."""
    if place.country != "CAF":
        return "foreign"
    if place.kind == "capital":
        return "capital"
    if place.has_cell:
        return "cell"
    if place.has_contact:
        return "contact"
    return "border" if place.kind == "border_crossing" else "town"


def segment_views(
    network: RoadNetwork,
    known: KnownRoads,
    *,
    as_of: datetime,
    hazard: Hazard | None,
    incidents: Incidents,
    config: Config,
    own: Collection[str] = (),
) -> tuple[SegmentView, ...]:
    """
    Segments with their state; with exposure where the audience may see it (``hazard`` given).

    Of a surveyed network only main roads, roads with a report and ``own`` segments: a country has too many.
    """
    shown = shown_segments(network, {*own, *known.by_subject})
    return tuple(
        _segment(network, i, known.state(network.segment_ids[i]), as_of, hazard, incidents, config)
        for i in shown.tolist()
    )


def _segment(
    network: RoadNetwork,
    i: int,
    known: KnownState,
    as_of: datetime,
    hazard: Hazard | None,
    incidents: Incidents,
    config: Config,
) -> SegmentView:
    season = _season(network, i, as_of)
    default = network.status_dry[i] if season == "dry" else network.status_wet[i]
    is_reported = known.basis == "report"
    records = hazard.records[i] if hazard else ()
    ordnance = hazard.ordnance[i] if hazard else ()
    return SegmentView(
        segment_id=network.segment_ids[i],
        start=network.node_ids[network.start[i]],
        end=network.node_ids[network.end[i]],
        route_ref=network.route_ref[i],
        road_class=network.road_class[i],
        surface=network.surface[i],
        km=RangeView(
            low=float(network.length_low_m[i]) / KM_M, high=float(network.length_high_m[i]) / KM_M
        ),
        km_mid=network.length_km(i),
        line=tuple((float(lon), float(lat)) for lon, lat in network.lines[i]),
        is_schematic=network.is_schematic,
        state=known.state if is_reported else default,
        is_state_reported=is_reported,
        stale_at=known.report.reported_at if known.report and known.basis == "stale" else None,
        exposure_class=(
            exposure_class(hazard.segment_mean(i), config.hazard.class_limits) if hazard else None
        ),
        records=len(records),
        last_record=_latest(records, incidents),
        ordnance_records=len(ordnance),
        ordnance_last=_latest(ordnance, incidents),
        title="" if network.traffic is None else network.title(i),
    )


def _latest(rows: Sequence[int], incidents: Incidents) -> datetime | None:
    return to_datetime(int(np.max(incidents.at_s[list(rows)]))) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Closure:
    """One report that stands in the way, on one segment."""

    segment: int
    fraction: float
    known: KnownState
    crossing: Crossing | None


def closure_views(network: RoadNetwork, known: KnownRoads) -> tuple[ClosureView, ...]:
    """
    Roads and road crossings (no ferries) reported closed, restricted or conflicting: R1, R2, ...

    A report on many segments is one closure: marked on the longest of them, drawn along all. Where an id of
    the released reports looks like a mark, the marks bear another letter (:mod:`.marks`).
    """
    groups: dict[object, list[_Closure]] = {}
    for one in _closures(network, known):
        groups.setdefault(_same_report(network, one), []).append(one)
    found = [(*_one_of(network, group), _along(network, group)) for group in groups.values()]
    found.sort(key=lambda item: (item[0].segment, item[0].fraction))
    letter = mark_letter(known.report_ids)
    return tuple(
        ClosureView(
            mark=f"{letter}{i}",
            segment_id=network.segment_ids[one.segment],
            fraction=one.fraction,
            state=one.known.state,
            said=text,
            reported_at=one.known.report.reported_at,
            expires_at=one.known.expires_at,
            along=along,
        )
        for i, (one, text, along) in enumerate(found, start=1)
        if one.known.report is not None and one.known.expires_at is not None
    )


def _closures(network: RoadNetwork, known: KnownRoads) -> Iterator[_Closure]:
    kinds = {crossing.crossing_id: crossing for crossing in network.crossings}
    for subject, state in known.by_subject.items():
        report = state.report
        if state.basis != "report" or state.state == "open" or report is None:
            continue
        crossing = kinds.get(subject)
        if crossing is not None and crossing.kind == "ferry":
            continue
        segment = network.segment_index.get(report.segment_id)
        if segment is None and crossing is not None:
            segment = network.segment_index[next(iter(crossing.at_km))]
        if segment is None:
            continue
        fraction = 0.5 if report.at_fraction is None else report.at_fraction
        yield _Closure(segment=segment, fraction=fraction, known=state, crossing=crossing)


def _same_report(network: RoadNetwork, one: _Closure) -> object:
    """
    What the segments of one report have in common.

    An audience that does not see ids has the road and the words of the report; on the bundled network it
    has the segment, for a report there is on one.
    """
    report = one.known.report
    if one.crossing is not None or report is None:
        return one.segment, one.crossing and one.crossing.crossing_id
    told = (report, *one.known.disagreeing)
    ids = tuple(each.report_id for each in told)
    if all(ids):
        return ids, one.known.state
    if network.traffic is None:
        return one.segment, one.known.state
    words = tuple(
        replace(each, segment_id="", at_fraction=None, is_part=False, share=1.0) for each in told
    )
    return network.title(one.segment), one.known.state, words


def _along(network: RoadNetwork, group: Sequence[_Closure]) -> tuple[tuple[str, float, float], ...]:
    """Parts of the roads of one report; none of a spot, or of a single line from town to town."""
    if len(group) == 1 and network.traffic is None:
        return ()
    spans = ((one.segment, _span(one.known.report)) for one in group if one.crossing is None)
    return tuple(
        (network.segment_ids[segment], *span)
        for segment, span in sorted(spans)
        if span[0] < span[1]
    )


def _span(report: RoadStatus | None) -> tuple[float, float]:
    """Part of a segment that a report speaks of, by its middle; of no length where that is a spot."""
    if report is None or report.at_fraction is None:
        return 0.0, 1.0
    half = report.share / 2
    middle = min(max(report.at_fraction, half), 1.0 - half)
    return middle - half, middle + half


def _one_of(network: RoadNetwork, group: Sequence[_Closure]) -> tuple[_Closure, Said]:
    """Closure on the longest of the segments of one report, and its text."""
    longest = min(group, key=lambda one: (-network.length_m[one.segment], one.segment))
    state, report = longest.known, longest.known.report
    title = said_road(network.title(longest.segment))
    what = longest.crossing.name if longest.crossing else title
    if len(group) > 1:
        km = sum(
            network.length_km(one.segment) * (high - low)
            for one in group
            for low, high in [_span(one.known.report)]
        )
        what = said("closure.several", what=what, n=len(group), km=said_km(km))
    told = () if report is None else (report, *state.disagreeing)
    notes = [each.note for each in told if each.note]
    key = "closure.note" if notes else "closure.plain"
    limits = () if state.state == "closed" else _limits(state.limiting)
    words = join((said(f"state.{state.state}"), *limits))
    words = said(key, what=what, state=words, note=" / ".join(notes))
    ids = ", ".join(each.report_id for each in told if each.report_id)
    return longest, said("closure.of_report", report=ids, words=words) if ids else words


def _limits(report: RoadStatus | None) -> Iterator[Said]:
    """Who passes and how heavy, when, and what it costs."""
    if report is None:
        return
    if report.max_vehicle:
        yield said("closure.vehicle", vehicle=vehicles()[report.max_vehicle].name)
    if report.max_gross_t is not None:
        yield said("closure.weight", weight=said_number(report.max_gross_t))
    if report.hours:
        yield said("closure.hours", hours=report.hours)
    if report.season:
        yield said("closure.season", season=said(f"season.{report.season}"))
    if report.delay_min:
        yield said("closure.delay", minutes=f"{report.delay_min:.0f}")


def delay_notes(network: RoadNetwork, known: KnownRoads) -> tuple[Said, ...]:
    """Roads and crossings that are open and cost time, in one note; none where no report says so."""
    names = {crossing.crossing_id: crossing.name for crossing in network.crossings}
    found: dict[object, Said] = {}
    for subject, state in known.by_subject.items():
        report = state.report
        if state.basis != "report" or state.state != "open" or report is None:
            continue
        if not (report.delay_min or report.hours or report.ferry_state == "slow"):
            continue
        i = network.segment_index.get(report.segment_id)
        if subject not in names and i is None:
            continue
        title = said_road("" if i is None else network.title(i))
        words = [*_limits(report)]
        if report.ferry_state == "slow":
            words.append(said("closure.ferry_slow"))
        key = report.report_id or (title.en, report.reported_at, report.delay_min, report.hours)
        found.setdefault(
            (key, subject in names and subject),
            said("closure.costly_one", what=names.get(subject, title), words=join(words)),
        )
    if not found:
        return ()
    return (said("closure.costly", roads=join(found.values(), "; ")),)


def _plain(words: str) -> Said:
    return Said(fr=words, en=words)


def crossing_views(network: RoadNetwork, known: KnownRoads) -> tuple[CrossingView, ...]:
    """
    Ferries and border crossings on the network, and every crossing with a live report or a limit.

    Checkpoints are drawn on no product: where forces stand is for the text of the owner's own plan.
    """
    found = []
    for crossing in network.crossings:
        state = known.state(crossing.crossing_id)
        is_told = state.basis == "report" or crossing.capacity_t is not None
        is_shown = crossing.kind in {"ferry", "border"} or (
            is_told and crossing.kind != "checkpoint"
        )
        if not is_shown:
            continue
        on_network = [key for key in crossing.at_km if key in network.segment_index]
        segment_id = on_network[0]
        at_km = crossing.at_km[segment_id]
        length = network.length_km(network.segment_index[segment_id])
        if state.basis == "report":
            word: str = state.state
        else:
            word = "unknown" if state.basis == "stale" else crossing.default_state
        found.append(
            CrossingView(
                crossing_id=crossing.crossing_id,
                kind=crossing.kind,
                name=crossing.name,
                segment_ids=tuple(on_network),
                segment_id=segment_id,
                fraction=0.5 if at_km is None else min(at_km / length, 1.0),
                is_place_known=at_km is not None,
                state=FERRY_STATES.get(word, word) if crossing.kind == "ferry" else word,
                capacity_t=crossing.capacity_t,
                reported_at=state.report.reported_at if state.report else None,
                expires_at=state.expires_at if state.basis == "report" else None,
            )
        )
    return tuple(found)
