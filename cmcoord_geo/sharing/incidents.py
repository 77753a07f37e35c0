"""Records of incidents on their way to the gate, and what may be said of all of them together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes, places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.sharing.records import Record, incident_record
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents
    from cmcoord_geo.risk import Hazard
    from cmcoord_geo.sharing.desk import Desk


def may_leave(source: Source, *, is_own: bool) -> bool:
    """Whether points of a source may be in a product; what nobody declared stays with its owner."""
    return source.has_export and (is_own or not source.is_assumed)


def incident_records(desk: Desk, incidents: Incidents, *, as_of: datetime) -> Iterable[Record]:
    """
    Records known at the cut-off, of sources and rows that allow release; the others are counted as kept back.

    Of an event that several sources record, the best row that may be released stands for it.
    """
    is_own = desk.audience.kind == "owner"
    released = {
        source.source_id for source in incidents.sources if may_leave(source, is_own=is_own)
    }
    is_known = incidents.at_s <= utc_seconds(as_of)
    may = np.array([name in released for name in incidents.source_id], dtype=bool)
    may &= ~incidents.no_export
    shown = incidents.counted(is_known & may)
    for row in np.flatnonzero(is_known).tolist():
        if not may[row]:
            desk.keep_back("incident", "no_export")
        if not shown[row]:
            continue
        lon, lat = float(incidents.lon[row]), float(incidents.lat[row])
        yield incident_record(incidents, row, area=_area(lon, lat))


def _area(lon: float, lat: float) -> str:
    """Prefecture (2021) of the nearest place; empty without a position."""
    if not math.isfinite(lon + lat):
        return ""
    towns = [place for place in places().values() if place.country == "CAF"]
    nearest = min(towns, key=lambda town: (town.lon - lon) ** 2 + (town.lat - lat) ** 2)
    return nearest.prefecture_2021.partition(" (")[0]


def ordnance_said(danger: Hazard) -> Said:
    """What is recorded of explosive ordnance, by any source: no record is never said to be nothing there."""
    rows = {row for segment in danger.ordnance for row in segment}
    if not rows and not danger.has_ordnance_source:
        return said("ordnance.none")
    return said("ordnance.some", count=len(rows))


def incidents_said(incidents: Incidents, danger: Hazard) -> Said:
    """What the sources cover, and which records say nothing of any one road."""
    if not incidents.sources:
        return said("incidents.none")
    if danger.last_informed is not None:
        return said("incidents.over", day=said_date(danger.last_informed))
    if not danger.classes:
        return said("incidents.no_class", count=len(incidents))
    names = [incident_classes()[name].name for name in danger.classes]
    covered = Said(fr=", ".join(name.fr for name in names), en=", ".join(name.en for name in names))
    kinds = [kind for kind in ("coarse", "nowhere", "far") if kind in danger.kinds]
    told = [
        said("incidents.classes", count=len(incidents), classes=covered),
        *(said(f"incidents.{kind}", count=danger.kinds.count(kind)) for kind in kinds),
    ]
    return Said(fr=" ".join(one.fr for one in told), en=" ".join(one.en for one in told))
