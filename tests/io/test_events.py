"""Incident rows to columns, and the period that they cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cmcoord_geo.io.events import (
    Event,
    are_nowhere,
    are_too_few,
    assumed_source,
    event_reach,
    incident_columns,
    period,
    stray_findings,
)

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


def log(*ages: float) -> list[Event]:
    """Events so many days before the first one, each in its row."""
    return [
        replace(EVENT, incident_id=str(n), at=EVENT.at - timedelta(days=age), row=n)
        for n, age in enumerate(ages, 2)
    ]


def test_the_row_is_no_part_of_what_happened() -> None:
    assert replace(EVENT, row=7) == EVENT


def test_a_stray_date_does_not_make_the_period_longer() -> None:
    """H2/H3: one row of 1,576 dated years after all others made an old source current."""
    events = [*log(*range(200)), *[replace(EVENT, at=EVENT.at + timedelta(days=2000), row=500)]]
    first, last = period(events)
    assert last.isoformat() == "2026-11-03T23:59:59+01:00"
    assert (last - first).days == 199
    (found,) = stray_findings(events, file="log.csv", column="occurred_at")
    assert (found.severity, found.row, found.column) == ("warning", 500, "occurred_at")
    assert "long after all others: 1 (the first: row 500)" in found.said.en
    assert stray_findings(events[:-1], file="log.csv", column="occurred_at") == ()
    early = [*events, replace(EVENT, at=EVENT.at - timedelta(days=2000), row=9)]
    told = stray_findings(early, file="log.csv", column="occurred_at")
    assert [f.row for f in told] == [9, 500]
    assert "long before all others" in told[0].said.en
    assert stray_findings([], file="log.csv", column="occurred_at") == ()


def test_an_assumed_source_claims_no_more_than_its_rows() -> None:
    events = [*log(*range(0, 90, 3)), replace(EVENT, class_id="ambush")]
    source = assumed_source("log", events)
    assert source.classes == ("ambush", "robbery")
    assert (source.last - source.first).total_seconds() == 88 * 86400 - 1
    assert source.areas == ("Ouaka",)
    assert source.is_assumed


def test_a_local_log_reaches_its_own_prefectures_and_a_wide_one_the_country() -> None:
    """H2/H3: a log of one corner gave the quiet roads of all others a class."""
    spots = [(20.67, 5.77), (21.99, 6.54), (19.08, 5.73), (18.55, 4.39)]
    events = [replace(EVENT, lon=lon, lat=lat) for lon, lat in spots]
    assert event_reach(events[:3]) == ("Haute-Kotto", "Kémo", "Ouaka")
    assert event_reach(events) == ()
    assert event_reach([*events[:1], replace(EVENT, lon=np.nan, lat=np.nan)]) == ("Ouaka",)


def test_rows_without_a_position_cover_no_class() -> None:
    events = [replace(event, lon=np.nan, lat=np.nan) for event in log(*range(0, 90, 3))]
    assert are_nowhere(events)
    source = assumed_source("log", events)
    assert (source.classes, source.areas) == ((), ())


@pytest.mark.parametrize("ages", [(0,), range(0, 190, 10), range(50)])
def test_few_rows_or_a_short_time_cover_no_class(ages: Iterable[float]) -> None:
    """H2/H3: a single row gave every road of the country a class."""
    assert are_too_few(log(*ages))
    assert assumed_source("log", log(*ages)).classes == ()


def test_the_own_log_may_be_shown_on_the_own_page() -> None:
    assert assumed_source("log", [EVENT]).has_export
