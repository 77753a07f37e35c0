"""Audiences, consent, and the one gate from record to view."""

from __future__ import annotations

from cmcoord_geo.sharing.audience import AUDIENCE_KINDS, Audience, Withheld
from cmcoord_geo.sharing.gate import View, project
from cmcoord_geo.sharing.product import Release, build_product
from cmcoord_geo.sharing.records import (
    Record,
    incident_record,
    movement_record,
    patrol_record,
    status_record,
)

__all__ = [
    "AUDIENCE_KINDS",
    "Audience",
    "Record",
    "Release",
    "View",
    "Withheld",
    "build_product",
    "incident_record",
    "movement_record",
    "patrol_record",
    "project",
    "status_record",
]
