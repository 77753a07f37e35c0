"""Small worlds for the tests of planning: drawn roads, patrols given row by row, one request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from towns import town

from cmcoord_geo.config import Config, RulesConfig
from cmcoord_geo.model import MovementRequest, Source, TimeSpan, VehicleCount
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.picture import Incidents, OperationalPicture, Patrols
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.units import BANGUI, utc_seconds

#: A Tuesday in the dry season, by when the data end, and when the movement starts.
AS_OF = datetime(2026, 12, 1, 12, tzinfo=BANGUI)
MORNING = datetime(2026, 12, 2, 7, tzinfo=BANGUI)
#: Without rests, so that hours are round; what rests add is tested apart.
CONFIG = Config(rules=RulesConfig(rest_every_h=0.0))
#: A 4x4 drives 70 km/h on a paved road in the dry season, give or take a quarter.
FAST_KMH, MID_KMH, SLOW_KMH = 87.5, 70.0, 52.5

#: Four places in a row, 105 km apart: 1.2 h at the fast pace, 1.5 h, 2 h at the slow one.
ROW = town("A-B-C-D", cell_m=52_500)
ROW_WAY: Way = ((0, True), (1, True), (2, True))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the patrols; a time not given is not known."""

    patrol_id: str = "P1"
    segment_id: str = "B-C"
    stretch: tuple[float, float] = (0.0, 1.0)
    start: datetime | None = None
    end: datetime | None = None
    passed: datetime | None = None
    valid_until: datetime | None = None
    composition: str = "minusca"


def patrols(*rows: Row) -> Patrols:
    """Columns of some rows."""
    return Patrols(
        patrol_id=tuple(row.patrol_id for row in rows),
        segment_id=tuple(row.segment_id for row in rows),
        from_fraction=np.array([row.stretch[0] for row in rows]),
        to_fraction=np.array([row.stretch[1] for row in rows]),
        start_s=_seconds(row.start for row in rows),
        end_s=_seconds(row.end for row in rows),
        passed_s=_seconds(row.passed for row in rows),
        valid_until_s=_seconds(row.valid_until for row in rows),
        provider=("force",) * len(rows),
        composition=tuple(row.composition for row in rows),
    )


def incidents(
    rows: Sequence[tuple[str, float, float, datetime]] = (),
    *,
    source: Source | None = None,
) -> Incidents:
    """Incidents of (class, lon, lat, time), exact, from one source."""
    name = "" if source is None else source.source_id
    return Incidents(
        incident_id=tuple(f"I{i}" for i in range(len(rows))),
        class_id=tuple(row[0] for row in rows),
        source_id=(name,) * len(rows),
        lon=np.array([row[1] for row in rows], float),
        lat=np.array([row[2] for row in rows], float),
        at_s=np.array([utc_seconds(row[3]) for row in rows], np.int64),
        precision=np.ones(len(rows), np.int8),
        place=("",) * len(rows),
        sources=() if source is None else (source,),
    )


def source(*classes: str) -> Source:
    """Source that speaks about the whole country in the year before the cut-off."""
    return Source(
        source_id="S",
        name="drawn",
        licence="none",
        first=AS_OF - timedelta(days=365),
        last=AS_OF,
        classes=classes or ("ambush", "robbery", "clash"),
    )


def request(
    origin: str = "A",
    destination: str = "D",
    *,
    depart: datetime = MORNING,
    window: timedelta = timedelta(hours=1),
    vehicle: str = "lv_4x4",
    **more: Any,
) -> MovementRequest:
    """Movement of two vehicles."""
    return MovementRequest(
        movement_id="M1",
        organisation="ORG",
        origin=origin,
        destination=destination,
        depart=TimeSpan(earliest=depart, latest=depart + window),
        vehicles=(VehicleCount(vehicle_id=vehicle, count=2),),
        **more,
    )


def picture(network: RoadNetwork = ROW, *rows: Row, **more: Any) -> OperationalPicture:
    """What is known of a network, with some patrols."""
    known = {"as_of": AS_OF, "incidents": Incidents.empty(), **more}
    return OperationalPicture(network=network, patrols=patrols(*rows), **known)


def situation(
    network: RoadNetwork = ROW, *rows: Row, asked: MovementRequest | None = None, **more: Any
) -> Situation:
    """Situation of a request, by default the one along the row of four places."""
    return situation_of(picture(network, *rows, **more), asked or request(), CONFIG)


def _seconds(times: Iterable[datetime | None]) -> np.ndarray:
    return np.array([np.nan if time is None else utc_seconds(time) for time in times], float)


def surveyed(network: RoadNetwork, *, oneway: str = "") -> RoadNetwork:
    """The same roads as streets of a map, one of them only forward."""
    forward = np.full(len(network), everybody(), dtype=np.uint8)
    backward = forward.copy()
    if oneway:
        backward[network.segment_index[oneway]] = 0
    traffic = Traffic(
        names=("",) * len(network),
        forward=forward,
        backward=backward,
        duration_s=np.full(len(network), np.nan),
    )
    return replace(network, traffic=traffic)


def same(a: object, b: object) -> bool:
    """Whether two records say the same, read as text; NaN is NaN."""
    return repr(a) == repr(b)


def differing_fields(a: Any, b: Any) -> set[str]:
    """Names of the fields in which two records differ."""
    return {
        entry.name
        for entry in fields(a)
        if not same(getattr(a, entry.name), getattr(b, entry.name))
    }
