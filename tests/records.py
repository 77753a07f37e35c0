"""Reports, sources and incidents in one line each, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from cmcoord_geo.model import RoadStatus, Source, VehicleCount
from cmcoord_geo.network import Convoy, convoy_of
from cmcoord_geo.picture import Incidents
from cmcoord_geo.units import BANGUI, utc_seconds

#: A day in the dry season of every zone, and one in the rains of every zone.
DRY = datetime(2026, 1, 15, 6, tzinfo=BANGUI)
WET = datetime(2026, 8, 15, 6, tzinfo=BANGUI)


def convoy(*vehicle_ids: str) -> Convoy:
    """One vehicle of each of these profiles."""
    return convoy_of([VehicleCount(vehicle_id=name, count=1) for name in vehicle_ids])


def report(
    state: str, *, at: datetime = DRY, age_h: float = 10, segment_id: str = "A-B", **more: object
) -> RoadStatus:
    """Report made so many hours before a moment."""
    return RoadStatus(
        report_id=str(more.pop("report_id", f"R-{state}-{age_h:g}")),
        segment_id=segment_id,
        state=state,
        reported_at=at - timedelta(hours=age_h),
        **more,
    )


def source(*classes: str, days: float = 360, last: datetime = DRY, **more: object) -> Source:
    """Source that records some classes over the days before its last day."""
    return Source(
        source_id=str(more.pop("source_id", "log")),
        name="log",
        licence="own",
        first=last - timedelta(days=days),
        last=last,
        classes=classes,
        **more,
    )


@dataclass(frozen=True, kw_only=True)
class Event:
    """One incident; by default a robbery, ten days old, its position exact."""

    lon: float
    lat: float
    class_id: str = "robbery"
    age_days: float = 10
    precision: int = 1
    place: str = ""


def incidents(events: Sequence[Event], *sources: Source, at: datetime = DRY) -> Incidents:
    """Columns of events that happened so many days before a moment."""
    ages = [timedelta(days=event.age_days) for event in events]
    return Incidents(
        incident_id=tuple(f"E{i}" for i in range(len(events))),
        class_id=tuple(event.class_id for event in events),
        source_id=("log",) * len(events),
        lon=np.array([event.lon for event in events], dtype=float),
        lat=np.array([event.lat for event in events], dtype=float),
        at_s=np.array([utc_seconds(at - age) for age in ages], dtype=np.int64),
        precision=np.array([event.precision for event in events], dtype=np.int8),
        place=tuple(event.place for event in events),
        sources=sources,
    )
