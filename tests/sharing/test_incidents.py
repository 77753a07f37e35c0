"""Which points may leave at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from records import DRY, Event, incidents, source

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.picture import Incidents
from cmcoord_geo.sharing.audience import Audience
from cmcoord_geo.sharing.desk import Desk
from cmcoord_geo.sharing.incidents import incident_records, may_leave
from cmcoord_geo.sharing.records import incident_record


@pytest.mark.parametrize(
    ("has_export", "is_assumed", "is_own", "leaves"),
    [
        (True, False, False, True),
        (True, True, True, True),
        (True, True, False, False),
        (False, False, True, False),
    ],
)
def test_a_source_that_nobody_declared_stays_with_its_owner(
    *, has_export: bool, is_assumed: bool, is_own: bool, leaves: bool
) -> None:
    """Whether points may be released is for the one who declares the source to say (DOMAIN.md 2.4)."""
    given = replace(source("ambush"), has_export=has_export, is_assumed=is_assumed)
    assert may_leave(given, is_own=is_own) is leaves


def rows_for(audience: str, table: Incidents) -> tuple[list[str], int]:
    """Ids that go on to the gate, and how many were kept back."""
    desk = Desk(
        Audience(kind=audience), purpose="map", consents=(), moments=[DRY], config=SharingConfig()
    )
    records = incident_records(desk, table, as_of=DRY)
    ids = [str(record.values["incident_id"]) for record in records]
    return ids, desk.withheld.get(("incident", "no_export"), 0)


@pytest.mark.parametrize("audience", ["owner", "public"])
def test_a_flagged_row_stays_whatever_its_source_says(audience: str) -> None:
    table = incidents([Event(lon=20, lat=5)] * 3, source("robbery"))
    table = replace(table, no_export=np.array([False, True, False]))
    assert rows_for(audience, table) == (["E0", "E2"], 1)


@pytest.mark.parametrize(
    ("flags", "ids"),
    [((False, False), ["E0"]), ((True, False), ["E1"]), ((True, True), [])],
)
def test_of_one_event_the_best_row_that_may_leave_stands(
    flags: tuple[bool, bool], ids: list[str]
) -> None:
    table = incidents([Event(lon=20, lat=5)] * 2, source("robbery"))
    table = replace(table, duplicate_of=("", "log/E0"), no_export=np.array(flags))
    assert rows_for("public", table)[0] == ids


def test_no_word_of_the_source_and_no_actor_is_a_field_of_a_record() -> None:
    table = incidents([Event(lon=20, lat=5)], source("robbery"))
    table = replace(table, text=("Kanari",), actor=("armed_group",))
    record = incident_record(table, 0, area="")
    assert "Kanari" not in repr(record)
    assert not {"text", "actor", "no_export", "duplicate_of"} & set(record.values)
