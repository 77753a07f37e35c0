"""What the gate lets through besides the owner's views: rows that the product joins, one class each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cmcoord_geo.sharing.generalise import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorRequest:
    """Stretches that a movement wants a patrol's presence on: no organisation, cargo, or exact time."""

    stretches: tuple[Stretch, ...]


def corridor_request(fields: Mapping[str, Any]) -> CorridorRequest:
    """Corridor of the released fields of a movement."""
    return CorridorRequest(stretches=fields["options"])


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRow:
    """One row of a patrol, as its audience may see it."""

    patrol_id: str
    segment_id: str
    from_fraction: float
    to_fraction: float
    start: datetime | None
    end: datetime | None
    passed_at: datetime | None
    valid_until: datetime | None
    provider: str
    composition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One road report, as its audience may see it."""

    segment_id: str
    crossing_id: str
    state: str
    max_vehicle: str
    max_gross_t: float | None
    reported_at: datetime
    expires_at: datetime | None
    is_verified: bool
    at_fraction: float | None
    report_id: str = ""
    reporter: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMovement:
    """A movement that is over, as a count can be made of it."""

    area: str
    week: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicIncident:
    """An incident, as a count can be made of it."""

    area: str
    month: datetime
