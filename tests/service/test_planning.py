"""A week of plans: each movement gets one, and one without a road says why."""

from __future__ import annotations

from dataclasses import replace

from sharing import week
from sharing.week import CONFIG, at, request

from cmcoord_geo.model import VehicleCount
from cmcoord_geo.service.planning import plan_week


def test_every_movement_has_its_plan_in_order() -> None:
    seen: list[tuple[int, int]] = []
    plans = plan_week(week.picture(), CONFIG, on_progress=lambda done, of: seen.append((done, of)))
    assert [plan.request for plan in plans] == list(week.MOVEMENTS)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_one_without_a_road_says_why_and_the_others_go_on() -> None:
    lost = replace(
        request("M0", "ORG-A", "BGF IRO", at(1, 6)),
        vehicles=(VehicleCount(vehicle_id="tanker", count=2),),
    )
    refused, planned = plan_week(week.picture((lost, week.MOVEMENTS[0])), CONFIG)
    assert refused.options == ()
    assert "Birao" in refused.refusal.fr
    assert "Birao" in refused.refusal.en
    assert planned.options


def test_a_request_that_cannot_be_planned_says_why() -> None:
    still = request("M0", "ORG-A", "BGF BGF", at(1, 6))
    (plan,) = plan_week(week.picture((still,)), CONFIG)
    assert plan.options == ()
    assert plan.refusal.fr != plan.refusal.en
