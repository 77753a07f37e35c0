"""Incident rows on their way to columns, and what their sources cover."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import said
from cmcoord_geo.model import Finding, Source
from cmcoord_geo.picture import Incidents
from cmcoord_geo.risk.coverage import is_thin, main_rows, reach_of, whole_days
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.io.row import Row

#: Makers whose records are lent and not released (DOMAIN.md 2.4): a source named after one never leaves.
_LENT = {"inso", "undss", "acled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of :class:`~cmcoord_geo.picture.Incidents`, and where it stands in its file."""

    incident_id: str
    class_id: str
    source_id: str
    at: datetime
    lon: float
    lat: float
    precision: int
    place: str
    time_precision: int = 1
    actor: str = "unknown"
    no_export: bool = False
    duplicate_of: str = ""
    text: str = ""
    changed_s: int = 0
    row: int = field(default=0, compare=False)


def refuse_later(row: Row, at: datetime, until: datetime | None, *, column: str) -> None:
    """Refuse a row dated after a moment: it is mistyped, and would be believed once that day is there."""
    if until is not None and at > until and not row.is_refused:
        row.refuse("io.incident.future", column)


def incident_columns(events: Sequence[Event], sources: Iterable[Source]) -> Incidents:
    """Events as columns, in their order."""
    return Incidents(
        incident_id=tuple(event.incident_id for event in events),
        class_id=tuple(event.class_id for event in events),
        source_id=tuple(event.source_id for event in events),
        lon=np.array([event.lon for event in events], float),
        lat=np.array([event.lat for event in events], float),
        at_s=_at_s(events),
        precision=np.array([event.precision for event in events], np.int8),
        place=tuple(event.place for event in events),
        sources=tuple(sources),
        time_precision=np.array([event.time_precision for event in events], np.int8),
        actor=tuple(event.actor for event in events),
        no_export=np.array([event.no_export for event in events], np.bool_),
        duplicate_of=tuple(event.duplicate_of for event in events),
        text=tuple(event.text for event in events),
        version=np.array([event.changed_s for event in events], np.int64),
    )


def period(events: Sequence[Event]) -> tuple[datetime, datetime]:
    """First and last moment that events cover, in whole days; dates far from all others do not count."""
    at_s = _at_s(events)
    return whole_days(at_s[main_rows(at_s)])


def are_too_few(events: Sequence[Event]) -> bool:
    """Whether events are too few, or over too short a time, to say anything of roads without one."""
    at_s = _at_s(events)
    return is_thin(at_s[main_rows(at_s)])


def event_reach(events: Sequence[Event]) -> tuple[str, ...]:
    """Reach of events, as :func:`~cmcoord_geo.risk.coverage.reach_of`."""
    columns = np.array([(event.lon, event.lat) for event in events], float).reshape(-1, 2)
    return reach_of(columns[:, 0], columns[:, 1])


def are_nowhere(events: Sequence[Event]) -> bool:
    """Whether no event has a position, so that none of them says anything of a road."""
    return all(np.isnan(event.lon) for event in events)


def reach_findings(events: Sequence[Event], *, file: str) -> tuple[Finding, ...]:
    """A finding where a published file holds a part of the country only."""
    areas = event_reach(events)
    if not areas or are_too_few(events):
        return ()
    reason = said("io.incident.part", areas=", ".join(areas))
    return (Finding(severity="warning", said=reason, file=file),)


def stray_findings(events: Sequence[Event], *, file: str, column: str) -> tuple[Finding, ...]:
    """A finding on the events dated long before all others, and one on those dated long after."""
    if not events:
        return ()
    first, last = period(events)
    strays = {
        "before": sorted(event.row for event in events if event.at < first),
        "after": sorted(event.row for event in events if event.at > last),
    }
    return tuple(
        Finding(
            severity="warning", said=said(f"io.incident.stray_{side}", n=len(rows), row=rows[0]),
            file=file, row=rows[0], column=column,
        )
        for side, rows in strays.items()
        if rows
    )  # fmt: skip


def assumed_source(source_id: str, events: Sequence[Event]) -> Source:
    """
    Source that nobody declared: it covers the days and the classes that its records have, no more.

    Where they lie in three prefectures or fewer it reaches these alone.

    Too few records cover no class. Its points may be shown to their owner: it is taken for the desk's own
    log, unless it bears the name of a maker that lends its records and does not release them.
    """
    first, last = period(events)
    is_too_few = are_too_few(events) or are_nowhere(events)
    return Source(
        source_id=source_id,
        name=source_id,
        licence="",
        first=first,
        last=last,
        classes=() if is_too_few else tuple(sorted({event.class_id for event in events})),
        areas=event_reach(events),
        has_export=_LENT.isdisjoint(re.split(r"[^a-z]+", source_id.casefold())),
        is_assumed=True,
        note=said("io.incident.thin_source" if is_too_few else "io.incident.assumed_source"),
    )


def _at_s(events: Sequence[Event]) -> NDArray[np.int64]:
    return np.array([utc_seconds(event.at) for event in events], np.int64)
