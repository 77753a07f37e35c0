"""A small week on the bundled roads: two organisations on one road, one alone, and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import numpy as np

from cmcoord_geo.config import Config
from cmcoord_geo.model import (
    AvoidArea,
    Consent,
    MovementPlan,
    MovementRequest,
    RoadStatus,
    Source,
    TimeSpan,
    VehicleCount,
)
from cmcoord_geo.network import bundled_network
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import Audience
from cmcoord_geo.units import BANGUI, utc_seconds

AS_OF = datetime(2026, 11, 29, 17, tzinfo=BANGUI)
END = datetime(2026, 12, 7, tzinfo=BANGUI)
CONFIG = Config()
OWNER, MINUSCA, PUBLIC = (Audience(kind=kind) for kind in ("owner", "minusca_ops", "public"))
PURPOSE = {"owner": "planning", "minusca_ops": "patrol_request", "public": "information"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Moment of December 2026 in Bangui; day 0 is 30 November."""
    return datetime(2026, 11, 30, hour, minute, tzinfo=BANGUI) + timedelta(days=day)


def request(movement_id: str, organisation: str, way: str, start: datetime) -> MovementRequest:
    """A request such as ``request("M1", "ORG-A", "SBT GRI", at(1, 6))``."""
    origin, destination = way.split()
    return MovementRequest(
        movement_id=movement_id,
        organisation=organisation,
        origin=origin,
        destination=destination,
        depart=TimeSpan(earliest=start, latest=start + timedelta(hours=1)),
        vehicles=(VehicleCount(vehicle_id="lv_4x4", count=2),),
        persons=6,
        cargo="vivres",
        marking="drapeau",
        purpose="distribution",
        is_return=True,
    )


MOVEMENTS = (
    request("M1", "ORG-A", "SBT GRI", at(1, 6, 17)),
    request("M2", "ORG-B", "SBT GRI", at(1, 9)),
    request("M3", "ORG-C", "IPP BIV", at(2, 6, 17)),
)


def consent(organisation: str, movement_id: str = "", **other: object) -> Consent:
    """Consent for MINUSCA until the end of the week, unless said otherwise."""
    given: dict[str, object] = {"audience": "minusca_ops", "until": END, **other}
    return Consent(organisation=organisation, movement_id=movement_id, **given)


CONSENTS = tuple(consent(name) for name in ("ORG-A", "ORG-B", "ORG-C"))


def report(report_id: str, segment_id: str, state: str, reported_at: datetime, **other: object):
    return RoadStatus(
        report_id=report_id, segment_id=segment_id, state=state, reported_at=reported_at, **other
    )


def segment(start: str, end: str) -> str:
    """Id of the bundled segment between two places."""
    network = bundled_network()
    wanted = {network.node_index[start], network.node_index[end]}
    for i, key in enumerate(network.segment_ids):
        if {int(network.start[i]), int(network.end[i])} == wanted:
            return key
    raise KeyError(start, end)


def area(
    name: str, way: str, *, effect: str = "closure", half: float = 0.1, **other: object
) -> AvoidArea:
    """A square to avoid round the middle of a bundled road such as ``SBT GRI``."""
    network = bundled_network()
    line = network.lines[network.segment_index[segment(*way.split())]]
    lon, lat = (float(x) for x in line.mean(axis=0))
    ring = tuple(
        (lon + dx * half, lat + dy * half)
        for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    )
    given: dict[str, object] = {"min_per_km": 0.0, "until": END, "polygons": ((ring,),), **other}
    return AvoidArea(area_id=f"id {name}", name=name, effect=effect, **given)


def patrols(*rows: tuple[str, str, datetime, datetime]) -> Patrols:
    """Rows of (patrol id, segment id, start, end), offered by the Force."""
    n = len(rows)
    return Patrols(
        patrol_id=tuple(row[0] for row in rows),
        segment_id=tuple(row[1] for row in rows),
        from_fraction=np.zeros(n),
        to_fraction=np.ones(n),
        start_s=np.array([float(utc_seconds(row[2])) for row in rows]),
        end_s=np.array([float(utc_seconds(row[3])) for row in rows]),
        passed_s=np.full(n, np.nan),
        valid_until_s=np.full(n, np.nan),
        provider=("force",) * n,
        composition=("minusca",) * n,
    )


def incidents(*rows: tuple[str, float, float, datetime], source: Source | None = None) -> Incidents:
    """Rows of (id, lon, lat, time) of one source that allows release unless another is given."""
    source = source or Source(
        source_id="log",
        name="Journal d’exercice",
        licence="CC0-1.0",
        first=datetime(2026, 6, 1, tzinfo=BANGUI),
        last=AS_OF,
        classes=("robbery",),
        is_exercise=True,
    )
    n = len(rows)
    return Incidents(
        incident_id=tuple(row[0] for row in rows),
        class_id=("robbery",) * n,
        source_id=(source.source_id,) * n,
        lon=np.array([row[1] for row in rows], float),
        lat=np.array([row[2] for row in rows], float),
        at_s=np.array([utc_seconds(row[3]) for row in rows], np.int64),
        precision=np.ones(n, np.int8),
        place=("là-bas",) * n,
        sources=(source,),
    )


def picture(
    movements: Iterable[MovementRequest] = MOVEMENTS, **other: object
) -> OperationalPicture:
    """The week, or one with other movements, consents, patrols, reports or incidents."""
    given: dict[str, object] = {
        "incidents": incidents(
            *((f"I{i}", 20.2 + i / 50, 5.8, at(-9 - i, 12)) for i in range(6)),
            ("I9", 23.1, 5.9, at(-20, 12)),
        ),
        "patrols": patrols(
            ("PAT-1", segment("SBT", "GRI"), at(1, 12), at(1, 17)),
            ("PAT-2", segment("BOP", "BOH"), at(2, 6), at(2, 11)),
        ),
        "status": (
            report("R1", segment("BZM", "BOC"), "closed", at(-1, 9, 41), note="pont coupé"),
            report("R2", segment("BOH", "BOC"), "closed", at(-12, 9, 41), note="arbre"),
        ),
        "consents": CONSENTS,
        "is_exercise": True,
        **other,
    }
    return OperationalPicture(
        network=bundled_network(), as_of=AS_OF, movements=tuple(movements), **given
    )


@cache
def plans() -> tuple[MovementPlan, ...]:
    """Plans of the week."""
    return plan_week(picture(), CONFIG)


def plan(movement_id: str, **changed: object) -> MovementPlan:
    """Plan of one movement of the week, with other fields in its request where they are given."""
    found = next(one for one in plans() if one.request.movement_id == movement_id)
    return replace(found, request=replace(found.request, **changed)) if changed else found
