"""A report that ends before a departure is through is a conflict of it, as the week's rule says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.slot_worlds import WAY, World
from planning.test_slot_meetings import found, told
from planning.worlds import AS_OF, MORNING

from cmcoord_geo.model import RoadStatus
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.slots import slots_of

HOUR = timedelta(hours=1)


def reported(world: World, *reports: RoadStatus, is_shut: bool = False) -> Situation:
    """A world with reports; the road is closed without them where it is shut."""
    here = world.situation()
    network = here.network
    if is_shut:
        network = replace(network, max_vehicle_dry=("motorbike",) * 3)
    picture = replace(here.picture, network=network, status=reports)
    return situation_of(picture, here.request, here.config)


def report(key: str, hours: float, *, crossing: str = "") -> RoadStatus:
    return RoadStatus(
        report_id=f"R-{key}", segment_id=key, crossing_id=crossing, state="restricted",
        max_vehicle="lv_4x4", reported_at=AS_OF, expires_at=MORNING + hours * HOUR,
    )  # fmt: skip


@pytest.mark.parametrize("is_shut", [False, True])
def test_departures_that_a_report_does_not_outlast_are_told_as_the_week_tells_them(
    *, is_shut: bool
) -> None:
    reports = (report("A-B", 90), report("B-C", 4.0), report("C-D", 4.5 if not is_shut else 90))
    here = reported(World(leg_km=90.0), *reports, is_shut=is_shut)
    option = build_route(here, WAY, letter="A")
    inside = [slot for slot in slots_of(here, option, days=1) if slot.verdict == "in"]
    counts = {told(slot)[2:] for slot in inside}
    assert len(counts) > 1 or is_shut  # some are through in time; a closed road is no slot at all
    for slot in inside[::3]:
        assert told(slot) == found(here, WAY, slot), slot.depart


def test_a_report_on_a_crossing_counts_as_one_on_its_road() -> None:
    here = reported(World(ferry_hours="06:00-18:00"), report("B-C", 3.0, crossing="F"))
    option = build_route(here, WAY, letter="A")
    inside = [slot for slot in slots_of(here, option, days=1) if slot.verdict == "in"]
    assert {slot.unknown_closures for slot in inside} == {0, 1}
    for slot in inside[::3]:
        assert told(slot) == found(here, WAY, slot), slot.depart
