"""Conflicts of departures are those of patrols, of announcements and of reports together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planning.slot_worlds import WAY, World
from planning.test_slot_meetings import told
from planning.worlds import AS_OF, MORNING, Row

from cmcoord_geo.model import Operation, RoadStatus
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import situation_of
from cmcoord_geo.planning.slots import slots_of


def test_each_kind_counts_in_its_own_column() -> None:
    here = World(rows=(Row(),)).situation()
    report = RoadStatus(
        report_id="R", segment_id="C-D", state="restricted", max_vehicle="lv_4x4", reported_at=AS_OF,
        expires_at=MORNING + timedelta(hours=1),
    )  # fmt: skip
    sometime = Operation(operation_id="O", stretches=(("A-B", 0.0, 1.0),), start=None, end=None)
    picture = replace(here.picture, status=(report,), operations=(sometime,))
    there = situation_of(picture, here.request, here.config)
    option = build_route(there, WAY, letter="A")
    inside = [slot for slot in slots_of(there, option, days=1) if slot.verdict == "in"]
    assert {told(slot) for slot in inside} == {(0, 1, 0, 2), (0, 1, 0, 1)}
