"""Incident rows to columns, and the period that they cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from cmcoord_geo.io.events import Event, assumed_source, incident_columns, period

EVENT = Event(
    incident_id="1", class_id="robbery", source_id="log", at=datetime(2026, 11, 3, 11, tzinfo=UTC),
    lon=20.9, lat=6.1, precision=2, place="Bambari",
)  # fmt: skip


def test_columns_keep_order_and_kind() -> None:
    columns = incident_columns([EVENT, replace(EVENT, incident_id="2", precision=7)], ())
    assert columns.incident_id == ("1", "2")
    assert columns.precision.tolist() == [2, 7]
    assert (columns.at_s.dtype, columns.precision.dtype, columns.lon.dtype) == (
        "int64",
        "int8",
        "float64",
    )
    assert len(incident_columns([], ())) == 0


def test_days_are_days_in_bangui() -> None:
    """23:30 UTC on the 3rd is the 4th in Bangui."""
    late = replace(EVENT, at=datetime(2026, 11, 3, 23, 30, tzinfo=UTC))
    first, last = period([EVENT, late])
    assert first.isoformat() == "2026-11-03T00:00:00+01:00"
    assert last.isoformat() == "2026-11-04T23:59:59+01:00"


def test_an_assumed_source_claims_no_more_than_its_rows() -> None:
    source = assumed_source("log", [EVENT, replace(EVENT, class_id="ambush")])
    assert source.classes == ("ambush", "robbery")
    assert (source.last - source.first).total_seconds() == 86399
    assert source.areas == ()
    assert not source.has_export
