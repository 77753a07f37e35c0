"""Departures of movements, for their owner alone: nobody else is given exact hours (L052, DOMAIN.md 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import TYPE_CHECKING

from cmcoord_geo.errors import WithheldError
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.network.end_names import end_name
from cmcoord_geo.picture import Incidents
from cmcoord_geo.planning.cautions import stops_not_passed
from cmcoord_geo.planning.daylight import day_at, sunrise_sunset
from cmcoord_geo.planning.patrols import presence_of
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.slot_choice import departures_of
from cmcoord_geo.planning.slots import way_of
from cmcoord_geo.planning.timed_search import search_roads
from cmcoord_geo.sharing.departure_rows import DepartureRest
from cmcoord_geo.sharing.departure_views import (
    DayView,
    DepartureSheetView,
    OptionDeparturesView,
    OtherRoadView,
    PatrolMarkView,
)
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.frame import frame_view
from cmcoord_geo.sharing.gate import refusal_of_audience
from cmcoord_geo.sharing.records import Record, movement_record
from cmcoord_geo.sharing.views import MovementView
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.slot_choice import OptionDepartures
    from cmcoord_geo.sharing.audience import Audience
    from cmcoord_geo.sharing.views import FrameView


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartureRelease:
    """Sheets, and what the gate kept back: (kind of record, reason) to count, for the desk alone."""

    sheets: tuple[DepartureSheetView, ...]
    withheld: Mapping[tuple[str, str], int]


def build_departures(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    audience: Audience,
    config: Config,
    *,
    days: int,
    now: datetime | None = None,
) -> DepartureRelease:
    """
    Departure sheets of some movements for their owner.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    audience : Audience
    config : Config
    days : int
        1 to 14.
    now : datetime, optional
        Moment of release; without it the data cut-off alone counts, as for an exercise.

    Raises
    ------
    WithheldError
        The audience may not ask for departures: exact hours are the owner's.
    """
    if reason := refusal_of_audience(audience, "departures"):
        message = f"nothing is released: {reason}"
        raise WithheldError(message, reason=reason)
    desk = Desk(
        audience,
        purpose="departures",
        consents=picture.consents,
        moments=[picture.as_of] if now is None else [picture.as_of, now],
        config=config.sharing,
    )
    ordered = sorted(
        plans, key=lambda plan: (plan.request.depart.earliest, plan.request.movement_id)
    )
    frame = frame_view(
        replace(picture, incidents=Incidents.empty()), audience, shown=(), config=config.sharing
    )
    sheets: list[DepartureSheetView] = []
    for plan in ordered:
        view = desk.passed(movement_record(plan), MovementView)
        if view is not None:
            mark = f"H{len(sheets) + 1}"
            sheets.append(_sheet(desk, picture, plan, view, config, (mark, days, frame)))
    return DepartureRelease(sheets=tuple(sheets), withheld=desk.withheld)


def departures_record(plan: MovementPlan, found: OptionDepartures, rest: DepartureRest) -> Record:
    """Record of the departures of one option, as the gate takes it."""
    values = {entry.name: getattr(found, entry.name) for entry in fields(found)}
    return Record(
        kind="departures",
        values={**values, "rest": rest},
        organisation=plan.request.organisation,
        movement_id=plan.request.movement_id,
    )


def _names(network: RoadNetwork, plan: MovementPlan) -> Mapping[str, str]:
    """Names of nodes; of the ends of a movement also where they are junctions without one."""
    ends = (plan.request.origin, plan.request.destination)
    there = [key for key in ends if key in network.node_index]
    return {
        **dict(zip(network.node_ids, network.node_names, strict=True)),
        **{key: end_name(network, network.node_index[key]) for key in there},
    }


def _other_road_record(situation: Situation, plan: MovementPlan) -> Record:
    """Record of the search for another road, as the gate takes it."""
    found, network = search_roads(situation, plan.options), situation.network
    values = {entry.name: getattr(found, entry.name) for entry in fields(found)}
    names = _names(network, plan)
    return Record(
        kind="other_road",
        values={**values, "names": names},
        organisation=plan.request.organisation,
        movement_id=plan.request.movement_id,
    )


def _sheet(
    desk: Desk,
    picture: OperationalPicture,
    plan: MovementPlan,
    movement: MovementView,
    config: Config,
    around: tuple[str, int, FrameView],
) -> DepartureSheetView:
    mark, days, frame = around
    network = picture.network
    known = _names(network, plan)
    names = [known.get(key, key) for key in (plan.request.origin, plan.request.destination)]
    options: tuple[OptionDeparturesView, ...] = ()
    other: OtherRoadView | None = None
    if plan.options:
        situation = situation_of(picture, plan.request, config)
        options = tuple(
            view
            for option in plan.options
            if (view := _option(desk, situation, plan, option, days)) is not None
        )
        other = desk.passed(_other_road_record(situation, plan), OtherRoadView)
    return DepartureSheetView(
        frame=_framed(frame, plan, movement, names),
        mark=mark,
        movement_id=movement.movement_id,
        origin=names[0],
        destination=names[1],
        vehicles=movement.vehicles,
        trip=movement.trip,
        asked=movement.depart,
        options=options,
        other_road=other,
        refusal=movement.refusal,
    )


def _framed(
    frame: FrameView, plan: MovementPlan, movement: MovementView, names: Sequence[str]
) -> FrameView:
    return replace(
        frame,
        title=said("departures.title", origin=names[0], destination=names[1]),
        subtitle=said(
            "departures.subtitle",
            movement=movement.movement_id,
            vehicles=movement.vehicles,
            trip=said(f"departures.trip.{movement.trip}"),
        ),
        audience_note=join([frame.audience_note, said("departures.private")], "; "),
        expires_at=plan.expires_at,
    )


def _option(
    desk: Desk, situation: Situation, plan: MovementPlan, option: Route, days: int
) -> OptionDeparturesView | None:
    found = departures_of(situation, option, days=days, expires_at=plan.expires_at)
    network = situation.network
    rest = DepartureRest(
        option=option,
        names=_names(network, plan),
        expires_at=plan.expires_at,
        days=tuple(_days(situation, found)),
        patrols=tuple(_patrol_marks(situation, option)),
        notes=tuple(_notes(situation, option)),
    )
    return desk.passed(departures_record(plan, found, rest), OptionDeparturesView)


def _days(situation: Situation, found: OptionDepartures) -> Iterable[DayView]:
    network = situation.network
    ends = situation.stops[0], situation.stops[-1]
    (lon, there_lon), (lat, there_lat) = (
        [float(column[node]) for node in ends] for column in (network.lon, network.lat)
    )
    for midnight in dict.fromkeys(
        slot.depart.astimezone(BANGUI).replace(hour=12, minute=0) for slot in found.slots
    ):
        sunrise, _ = sunrise_sunset(lon, lat, midnight.date())
        _, sunset = sunrise_sunset(there_lon, there_lat, midnight.date())
        config = situation.config.day
        yield DayView(
            day=midnight.replace(hour=0),
            sunrise=sunrise.replace(second=0, microsecond=0),
            sunset=sunset.replace(second=0, microsecond=0),
            first_departure=day_at(lon, lat, midnight, config=config).start.replace(microsecond=0),
            last_arrival=day_at(there_lon, there_lat, midnight, config=config).end.replace(
                microsecond=0
            ),
        )


def _patrol_marks(situation: Situation, option: Route) -> Iterable[PatrolMarkView]:
    patrols, as_of = situation.picture.patrols, situation.picture.as_of
    here = {leg.segment_id for leg in option.legs}
    marks = set()
    for row, segment_id in enumerate(patrols.segment_id):
        presence = presence_of(patrols, row, as_of=as_of)
        if segment_id not in here or not presence.is_known:
            continue
        is_confirmed = isfinite(presence.passed_s)
        marks.add((presence.passed_s if is_confirmed else presence.first_s, is_confirmed))
    return (
        PatrolMarkView(at=to_datetime(at_s), is_confirmed=is_confirmed)
        for at_s, is_confirmed in sorted(marks)
    )


def _ordnance(option: Route) -> Said:
    count = option.ordnance_records
    if not count:
        return said(f"departures.ordnance_{'none' if option.has_ordnance_source else 'no_source'}")
    number = "one" if count == 1 else "more"
    return said(f"departures.ordnance_{number}", count=count, km=f"{option.ordnance_km:.0f}")


def _notes(situation: Situation, option: Route) -> Iterable[Said]:
    """Explosive ordnance, range of the vehicles, company, stops that the option does not pass."""
    yield _ordnance(option)
    members = situation.convoy.members
    km = option.legs[-1].km.high
    ways = 2 if situation.request.is_return else 1
    reach = min(member.range_km for member in members)
    if ways * km > reach:
        yield said("departures.fuel", km=f"{ways * km:.0f}", range=f"{reach:.0f}")
    if situation.convoy.count < max(member.min_vehicles for member in members):
        yield said("departures.lone")
    if situation.request.is_return is None:
        yield said("departures.trip_unsaid")
    yield from stops_not_passed(situation, way_of(situation.network, option))
