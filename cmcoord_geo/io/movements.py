"""Planned humanitarian movements from a CSV file."""

from __future__ import annotations

import re
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING

from cmcoord_geo.errors import CmcoordError, DataError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.values import ISO, parse_choice, word_index
from cmcoord_geo.model import (
    ForbiddenRoad,
    Limits,
    MovementRequest,
    Stop,
    TimeSpan,
    VehicleCount,
    ViaPoint,
)
from cmcoord_geo.network import bundled_network, find_place
from cmcoord_geo.network.asked_roads import forbidden_road
from cmcoord_geo.network.placing import place_on
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

_STOP = re.compile(r"\s*([^:;]+?)\s*:\s*([1-9][0-9]{0,3})\s*")
VEHICLE_COUNT = re.compile(r"\s*([^:]+?)\s*:\s*([1-9][0-9]{0,2})\s*")


def read_movements(
    path: str | Path, *, conventions: Conventions = ISO, network: RoadNetwork | None = None
) -> Reading[tuple[MovementRequest, ...]]:
    """
    Movements of a CSV file with the columns of ``schemas.get_table("movements")``.

    Parameters
    ----------
    path : str or Path
    conventions : Conventions
    network : RoadNetwork, optional
        Surveyed network on which both ends are put, at roads that the convoy may drive; without it they
        are places of the gazetteer.

    Raises
    ------
    DataError
        The file cannot be read at all: not there, not what its name says, or without the required columns.
    """
    table = get_table("movements")
    text = read_table(path, table, conventions=conventions)
    found = read_records(
        text,
        table,
        lambda row: _movement(row, network),
        key=lambda record: record.movement_id,
        conventions=conventions,
    )
    return Reading(
        content=found.kept, findings=found.findings, report=found.report,
        refused_ids=found.refused_ids,
    )  # fmt: skip


def _movement(row: Row, network: RoadNetwork | None) -> MovementRequest:
    depart = TimeSpan(
        earliest=row.needed_time("depart_earliest"), latest=row.needed_time("depart_latest")
    )
    trip = row.choice("trip")
    convoy = _vehicles(row)
    request = MovementRequest(
        movement_id=row.identifier("movement_id"),
        organisation=row.identifier("organisation"),
        origin=_end(row, "origin", network, convoy),
        destination=_end(row, "destination", network, convoy),
        depart=depart,
        vehicles=convoy,
        persons=row.count("persons"),
        cargo=row.text("cargo"),
        marking=row.text("marking"),
        purpose=row.text("purpose"),
        is_return=None if not trip else trip == "return",
        via=tuple(ViaPoint(place_id=key) for key in row.places_on(network, "via", _ranks(convoy))),
        avoid=_forbidden(row, network),
        limits=_limits(row),
        submitted_at=row.time("submitted_at"),
        need=row.choice("need"),
        presence=row.choice("presence"),
        arrive_by=row.time("arrive_by"),
        stops=tuple(_stops(row, network)),
    )
    if not row.is_refused:
        _check(row, request)
    return request


def _end(
    row: Row, column: str, network: RoadNetwork | None, convoy: tuple[VehicleCount, ...]
) -> str:
    if network is None:
        return row.place(column)
    return row.place_on(network, column, _ranks(convoy))


def _ranks(convoy: tuple[VehicleCount, ...]) -> set[int]:
    return {vehicles()[kind.vehicle_id].rank for kind in convoy}


def _forbidden(row: Row, network: RoadNetwork | None) -> tuple[ForbiddenRoad, ...]:
    found = []
    for word in row.parts("avoid"):
        try:
            found.append(forbidden_road(network or bundled_network(), word))
        except DataError as error:
            row.refuse_for(error, "avoid")
    return tuple(found)


def _limits(row: Row) -> Limits:
    hours, km, exposure, percent = (
        None if isnan(value := row.number_or_nan(column)) else value
        for column in ("max_hours", "max_km", "max_exposure", "min_informed")
    )
    return Limits(
        max_hours=hours,
        max_km=km,
        max_exposure=exposure,
        min_informed=None if percent is None else percent / 100,
    )


def _stops(row: Row, network: RoadNetwork | None) -> Iterator[Stop]:
    """Stops such as ``Sibut:30; Dékoa:15``."""
    for part in row.cell("stops").split(";"):
        if not part.strip():
            continue
        match = _STOP.fullmatch(part)
        if not match:
            row.refuse("io.movement.stops", "stops")
            return
        try:
            there = network if network is not None and network.traffic is not None else None
            place_id = (
                find_place(match[1]).place_id
                if there is None
                else there.node_ids[place_on(there, match[1]).node]
            )
        except CmcoordError as error:
            row.refuse_for(error, "stops")
            return
        yield Stop(place_id=place_id, minutes=float(match[2]))


def _check(row: Row, request: MovementRequest) -> None:
    if request.depart.latest < request.depart.earliest:
        row.refuse("io.movement.window", "depart_latest")
    if request.arrive_by is not None and request.arrive_by <= request.depart.earliest:
        row.refuse("io.movement.arrive_by", "arrive_by")
    if request.origin == request.destination:
        row.refuse("io.movement.nowhere", "destination")
    stops = (request.origin, *(point.place_id for point in request.via), request.destination)
    if request.via and any(here == then for here, then in pairwise(stops)):
        row.refuse("io.movement.via_same", "via")
    if request.is_return is None:
        row.warn("io.movement.trip", "trip")
    if sum(kind.count for kind in request.vehicles) == 1:
        row.warn("io.movement.lone", "vehicles")


def _vehicles(row: Row) -> tuple[VehicleCount, ...]:
    try:
        return (
            parse_vehicles(row.cell("vehicles"), _vehicle_words()) if row.cell("vehicles") else ()
        )
    except DataError as error:
        row.refuse_for(error, "vehicles")
        return ()


def _vehicle_words() -> Mapping[str, str]:
    known = get_table("movements")["vehicles"].values
    return word_index({key: (vehicles()[key].name.fr, vehicles()[key].name.en) for key in known})


def parse_vehicles(cell: str, words: Mapping[str, str]) -> tuple[VehicleCount, ...]:
    """
    Vehicles of a cell such as ``truck_6x6:4; lv_4x4:1``.

    Raises
    ------
    DataError
        A profile is not known (with those that are), stands there twice, or has no count from 1 to 999.
    """
    found: dict[str, VehicleCount] = {}
    for part in cell.split(";"):
        if not part.strip():
            continue
        match = VEHICLE_COUNT.fullmatch(part)
        if not match:
            raise problem(DataError, "io.movement.vehicles")
        vehicle_id = parse_choice(match[1], words)
        if vehicle_id in found:
            raise problem(DataError, "io.movement.vehicle_twice", vehicle=vehicle_id)
        found[vehicle_id] = VehicleCount(vehicle_id=vehicle_id, count=int(match[2]))
    if not found:
        raise problem(DataError, "io.movement.vehicles")
    return tuple(found.values())
