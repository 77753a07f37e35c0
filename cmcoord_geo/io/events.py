"""Incident rows on their way to columns, and what their sources cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Source
from cmcoord_geo.picture import Incidents
from cmcoord_geo.units import BANGUI, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of :class:`~cmcoord_geo.picture.Incidents`."""

    incident_id: str
    class_id: str
    source_id: str
    at: datetime
    lon: float
    lat: float
    precision: int
    place: str


def incident_columns(events: Sequence[Event], sources: Iterable[Source]) -> Incidents:
    """Events as columns, in their order."""
    return Incidents(
        incident_id=tuple(event.incident_id for event in events),
        class_id=tuple(event.class_id for event in events),
        source_id=tuple(event.source_id for event in events),
        lon=np.array([event.lon for event in events], float),
        lat=np.array([event.lat for event in events], float),
        at_s=np.array([utc_seconds(event.at) for event in events], np.int64),
        precision=np.array([event.precision for event in events], np.int8),
        place=tuple(event.place for event in events),
        sources=tuple(sources),
    )


def period(events: Sequence[Event]) -> tuple[datetime, datetime]:
    """First moment of the first day and last second of the last day of events, in Bangui time."""
    days = [event.at.astimezone(BANGUI).date() for event in events]
    first = datetime.combine(min(days), time.min, tzinfo=BANGUI)
    last = datetime.combine(max(days), time.min, tzinfo=BANGUI) + timedelta(days=1, seconds=-1)
    return first, last


def assumed_source(source_id: str, events: Sequence[Event]) -> Source:
    """Source that nobody declared: it covers the days and the classes that its records have, no more."""
    first, last = period(events)
    return Source(
        source_id=source_id,
        name=source_id,
        licence="",
        first=first,
        last=last,
        classes=tuple(sorted({event.class_id for event in events})),
        has_export=False,
        note=said("io.incident.assumed_source"),
    )
