"""Audiences, consent, and the one gate from record to view."""

from __future__ import annotations

from cmcoord_geo.sharing.audience import AUDIENCE_KINDS, Audience, Withheld
from cmcoord_geo.sharing.gate import View, project
from cmcoord_geo.sharing.product import Release, build_product
from cmcoord_geo.sharing.records import (
    Record,
    area_effect_record,
    area_record,
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
    "area_effect_record",
    "area_record",
    "build_product",
    "incident_record",
    "movement_record",
    "patrol_record",
    "project",
    "status_record",
]
