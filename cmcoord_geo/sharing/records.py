"""Records as the gate takes them: one kind each, its fields by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.model import (
        AvoidArea,
        Conflict,
        CorridorRequest,
        MovementPlan,
        Operation,
        RoadStatus,
    )
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.network.areas import Touch
    from cmcoord_geo.picture import Incidents, Patrols
    from cmcoord_geo.planning.proposals import Proposal

RecordKind = Literal[
    "movement",
    "departures",
    "other_road",
    "patrol",
    "operation",
    "road_status",
    "incident",
    "area",
    "area_effect",
    "conflict",
    "proposal",
    "corridor",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """
    One record before the gate.

    Attributes
    ----------
    kind : str
        Kind in the table of field x audience.
    values : mapping
        Every field that the record has.
    organisation : str
        Owner of the record; empty for records that no partner owns.
    movement_id : str
        For consent; empty where none is asked for.
    """

    kind: RecordKind
    values: Mapping[str, Any]
    organisation: str = ""
    movement_id: str = ""


def movement_record(plan: MovementPlan) -> Record:
    """Record of a movement: its request and its plan, as one."""
    request = {name.name: getattr(plan.request, name.name) for name in fields(plan.request)}
    planned = {
        name.name: getattr(plan, name.name) for name in fields(plan) if name.name != "request"
    }
    return Record(
        kind="movement",
        values={**request, **planned},
        organisation=plan.request.organisation,
        movement_id=plan.request.movement_id,
    )


def patrol_record(patrols: Patrols, row: int) -> Record:
    """Record of one row of the patrols."""
    return Record(
        kind="patrol",
        values={
            "patrol_id": patrols.patrol_id[row],
            "segment_id": patrols.segment_id[row],
            "from_fraction": float(patrols.from_fraction[row]),
            "to_fraction": float(patrols.to_fraction[row]),
            "start": _moment(patrols.start_s[row]),
            "end": _moment(patrols.end_s[row]),
            "passed_at": _moment(patrols.passed_s[row]),
            "valid_until": _moment(patrols.valid_until_s[row]),
            "provider": patrols.provider[row],
            "composition": patrols.composition[row],
        },
    )


def operation_record(operation: Operation, row: int) -> Record:
    """Record of one stretch of an announced operation."""
    segment_id, low, high = operation.stretches[row]
    return Record(
        kind="operation",
        values={
            "operation_id": operation.operation_id,
            "segment_id": segment_id,
            "from_fraction": low,
            "to_fraction": high,
            "start": operation.start,
            "end": operation.end,
            "valid_until": operation.valid_until,
        },
    )


def corridor_record(corridor: CorridorRequest) -> Record:
    """Record of one requested corridor."""
    return Record(
        kind="corridor",
        values={name.name: getattr(corridor, name.name) for name in fields(corridor)},
    )


def status_record(report: RoadStatus) -> Record:
    """Record of one road report."""
    return Record(
        kind="road_status",
        values={name.name: getattr(report, name.name) for name in fields(report)},
    )


def incident_record(incidents: Incidents, row: int, *, area: str) -> Record:
    """Record of one incident, with the prefecture that it lies in."""
    return Record(
        kind="incident",
        values={
            "incident_id": incidents.incident_id[row],
            "class_id": incidents.class_id[row],
            "source_id": incidents.source_id[row],
            "lon": float(incidents.lon[row]),
            "lat": float(incidents.lat[row]),
            "at": to_datetime(float(incidents.at_s[row])),
            "precision": int(incidents.precision[row]),
            "place": incidents.place[row],
            "area": area,
        },
    )


def area_record(area: AvoidArea) -> Record:
    """Record of what an area to avoid is: who drew it alone may tell."""
    return Record(
        kind="area",
        values={"area_id": area.area_id, "name": area.name, "polygons": area.polygons},
    )


def area_effect_record(
    area: AvoidArea, mark: str, touches: Sequence[Touch], network: RoadNetwork
) -> Record:
    """Record of what an area to avoid does, and on which roads: a mark, and no name."""
    return Record(
        kind="area_effect",
        values={
            "mark": mark,
            "effect": area.effect,
            "min_per_km": area.min_per_km,
            "since": area.since,
            "until": area.until,
            "roads": tuple(
                (network.segment_ids[t.segment], network.title(t.segment), t.inside_km)
                for t in touches
            ),
        },
    )


def conflict_record(conflict: Conflict, *, organisation: str, is_own_patrol: bool) -> Record:
    """
    Record of a conflict, as one of its movements sees it.

    Parameters
    ----------
    conflict : Conflict
    organisation : str
        Of the movement; empty where no movement is a party.
    is_own_patrol : bool
        Whether the audience may know which patrol it is; else it is not named.
    """
    return Record(
        kind="conflict",
        values={
            "kind": conflict.kind,
            "answer": conflict.answer,
            "movement_id": conflict.movement_id,
            "patrol_id": conflict.patrol_id if is_own_patrol else "",
            "other_id": conflict.other_id,
            "place_id": conflict.place_id,
            "crossing_id": conflict.crossing_id,
            "stretches": ((conflict.segment_id, conflict.fraction), *conflict.more)
            if conflict.segment_id
            else (),
            "window": conflict.window,
            "km": conflict.km,
            "count": conflict.count,
            "is_back": conflict.is_back,
            "cause": conflict.cause,
        },
        organisation=organisation,
        movement_id=conflict.movement_id,
    )


def proposal_record(proposal: Proposal, *, organisation: str) -> Record:
    """Record of a change that a movement would have to make."""
    return Record(
        kind="proposal",
        values={
            "movement_id": proposal.movement_id,
            "letter": proposal.letter,
            "depart": proposal.depart,
            "shift_min": proposal.shift_min,
            "is_other_road": proposal.is_other_road,
            "halt_id": proposal.halt_id,
            "wait_min": proposal.wait_min,
            "stop_min": proposal.stop_min,
            "removes": proposal.removes,
            "room_for": proposal.room_for,
            "cut_min": proposal.cut_min,
            "via": proposal.via,
            "fresh_km": proposal.fresh_km,
        },
        organisation=organisation,
        movement_id=proposal.movement_id,
    )


def _moment(seconds: float) -> datetime | None:
    return to_datetime(seconds) if np.isfinite(seconds) else None
