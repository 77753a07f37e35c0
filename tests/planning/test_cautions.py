"""What a planner must read before using a route."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from planning.worlds import AS_OF, MORNING, ROW_WAY, request, situation
from towns import town

from cmcoord_geo.config import Ban, Config, RulesConfig
from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import messages, said
from cmcoord_geo.model import MovementRequest, Operation, RoadStatus, Stop, VehicleCount
from cmcoord_geo.planning.routes import build_route
from cmcoord_geo.units import BANGUI


def told(
    *,
    asked: MovementRequest | None = None,
    status: tuple[RoadStatus, ...] = (),
    cell_m: float = 52_500,
    **columns: object,
) -> list[str]:
    """Warnings of the way along the row, in English."""
    roads = town("A-B-C-D", cell_m=cell_m, **columns)
    route = build_route(situation(roads, asked=asked, status=status), ROW_WAY, letter="A")
    assert all(warning.fr for warning in route.warnings)
    return [warning.en for warning in route.warnings]


def report(state: str = "open", **more: object) -> RoadStatus:
    given = {"reported_at": AS_OF - timedelta(days=1), **more}
    return RoadStatus(report_id="R1", segment_id="B-C", state=state, **given)


def test_plain_route_has_no_warning() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (
            (report(reported_at=AS_OF - timedelta(days=40)),),
            "B–C: last report (R1 of 22 Oct 2026) is stale",
        ),
        ((report(expires_at=MORNING + timedelta(hours=3)),), "B–C: the live report expires"),
        (
            (
                report("restricted"),
                replace(report(), report_id="R2", reported_at=AS_OF - timedelta(days=1, hours=2)),
            ),
            "B–C: conflicting reports (R1 of 30 Nov 2026, R2 of 30 Nov 2026).",
        ),
    ],
    ids=["stale", "ends on the way", "conflicting"],
)
def test_reports_that_do_not_hold_are_named(status: tuple[RoadStatus, ...], expected: str) -> None:
    (warning,) = told(status=status)
    assert warning.startswith(expected)


def test_a_verified_closure_lifted_by_who_did_not_verify_is_told() -> None:
    closure = replace(
        report("closed", reported_at=AS_OF - timedelta(days=4), is_verified=True), report_id="R0"
    )
    (warning,) = told(status=(report(), closure))
    assert "a verified closure (R0 of " in warning
    assert "nobody verified (R1 of " in warning
    assert told(status=(report(is_verified=True), closure)) == []
    assert told(status=(report(), replace(closure, is_verified=False))) == []


def test_weak_base_and_shoulder_season_are_counted() -> None:
    roads = {"A-B": {"confidence": "low"}, "C-D": {"confidence": "low"}}
    assert told(roads=roads) == [said("warn.low_confidence", count=2, km="210").en]
    spring = request(depart=MORNING.replace(year=2027, month=3, day=25))
    assert said("warn.shoulder", count=3).en in told(asked=spring)


def test_night_between_two_places_is_located() -> None:
    found = told(cell_m=300_000)
    assert sum("Night falls between A–B" in warning for warning in found) == 1


def test_departures_in_the_dark_or_too_late_are_named() -> None:
    (dark,) = told(asked=request(depart=MORNING.replace(hour=4), window=timedelta(hours=4)))
    assert dark.startswith("Departure before light: first departure at A at 06:")
    (late,) = told(asked=request(window=timedelta(hours=9)))
    assert "wait for the next morning at A" in late


def test_fuel_and_company_are_checked() -> None:
    """LP2; a lone vehicle warns (DOMAIN.md 2.5). The 6x6 has a range of 600 km."""
    truck = request(vehicle="truck_6x6")
    assert any("945 km for a range of 600 km" in w for w in told(asked=truck, cell_m=157_500))
    lone = replace(request(), vehicles=(VehicleCount(vehicle_id="lv_4x4", count=1),))
    assert told(asked=lone) == [said("warn.lone").en]


def test_plan_that_expires_on_the_way_says_when() -> None:
    """H3, H15: five days after the cut-off what is known runs out."""
    (warning,) = told(asked=request(depart=AS_OF + timedelta(days=4, hours=20)))
    assert warning.startswith("This plan expires on the way, on 6 Dec 2026 at 12:00")
    assert told(asked=request(depart=AS_OF + timedelta(days=3, hours=20))) == []


def test_every_warning_of_the_table_is_used() -> None:
    """A text that no rule gives would be a promise without a check."""
    keys = {key.removeprefix("warn.") for key in messages() if key.startswith("warn.")}
    assert keys == {
        *("report_hours", "delay", "delays", "ferry_slow"),
        *("capacity", "crossing_stale", "road_stale", "road_expires", "conflicting", "shoulder"),
        *("night_between", "depart_late", "before_light", "fuel", "lone", "low_confidence"),
        *("night_on", "rain_barrier", "checkpoints", "checkpoint_at", "conditions", "state"),
        *("expires_on_the_way", "area_cost", "area_schematic", "hours", "turns_round", "overruled"),
        *("arrives_after", "arrives_perhaps_after", "barred_stop", "barred_tell", "barred_ask"),
    }


def test_plan_that_expires_on_the_way_says_so() -> None:
    """Everything expires, and the convoy is told where it stands then (H3, H15)."""
    slow = told(asked=request(depart=AS_OF + timedelta(days=3, hours=15)), cell_m=300_000)
    assert any("expires on the way" in warning for warning in slow)
    assert not any("expires on the way" in warning for warning in told())


def test_hours_of_a_ferry_are_told_before_leaving() -> None:
    ferry = Crossing(
        crossing_id="F1",
        kind="ferry",
        name=said("osm_crossing.ferry", name="X"),
        at_km={"B-C": 10.0},
        capacity_t=40.0,
        default_state="unknown",
        confidence="low",
        hours="06:00-18:00",
    )
    assert [w for w in told(crossings=(ferry,)) if "06:00-18:00" in w and "Ferry X" in w]
    assert told(crossings=(replace(ferry, hours=""),)) == []


def post(kind: str, name: str, segment: str = "B-C") -> Crossing:
    return Crossing(
        crossing_id=name, kind=kind, name=said(f"osm_crossing.{kind}", name=name),
        at_km={segment: 10.0}, capacity_t=None, default_state="unknown", confidence="medium",
    )  # fmt: skip


def test_checkpoints_are_named_together_and_a_rain_barrier_when_it_is_not_dry() -> None:
    crossings = (post("checkpoint", "PK 12"), post("checkpoint", "RN2", "C-D"))
    (warning,) = told(crossings=crossings, cell_m=10_000)
    assert warning == (
        "Checkpoints by the map: Checkpoint PK 12 (km 30), Checkpoint RN2 (km 50). "
        "Announce the movement; there may be others."
    )
    gate = (post("rain_barrier", "Ouaka"),)
    assert told(crossings=gate, cell_m=10_000) == []
    wet = request(depart=AS_OF.replace(month=8))
    (warning, *_) = told(crossings=gate, cell_m=10_000, asked=wet)
    assert warning.startswith("Rain barrier Ouaka (km 30): shut while it rains")


def test_a_condition_of_the_map_is_told_once_for_a_road() -> None:
    (warning,) = told(note="condition: hgv:conditional=no @ (Mo-Fr); conditional", cell_m=10_000)[
        :1
    ]
    assert warning.startswith(
        "A–B: the map sets a condition on passage (hgv:conditional=no @ (Mo-Fr))"
    )


def test_a_doubt_of_the_map_on_the_state_is_told_with_its_tag() -> None:
    (warning,) = told(note="doubtful; state: bridge:condition=poor", cell_m=10_000)[:1]
    assert warning == (
        "A–B: the map casts doubt on the state of the road or of a bridge (bridge:condition=poor). "
        "Ask before leaving."
    )


def test_an_arrival_after_the_hour_asked_for_is_told_by_pace() -> None:
    asked = request(arrive_by=MORNING + timedelta(hours=3))
    assert any("at both paces" in text for text in told(asked=asked))
    perhaps = request(arrive_by=MORNING + timedelta(hours=5))
    assert any("perhaps after the hour asked for" in text for text in told(asked=perhaps))
    assert told(asked=request(arrive_by=MORNING + timedelta(hours=7, minutes=1))) == []


def test_a_stop_that_the_way_does_not_pass_is_told() -> None:
    stops = (Stop(place_id="B", minutes=20), Stop(place_id="E", minutes=20))
    assert told(asked=request(stops=stops)) == ["stop asked for at E: not on this option"]


def test_what_closes_on_the_way_or_is_banned_then_is_told() -> None:
    assert told(
        asked=request(depart=datetime(2027, 3, 16, 7, tzinfo=BANGUI)),
        cell_m=200_000, status_wet="closed",
    )[0].startswith("Closed or banned at the hour of passage (17 Mar 2027")  # fmt: skip
    bans = (
        Ban(name="curfew", hours="09:00-10:00"),
        Ban(name="market", effect="tell", places=("B",)),
        Ban(name="night", hours="20:00-05:00"),
    )
    config = Config(rules=RulesConfig(bans=bans, rest_every_h=0.0))
    there = replace(situation(), config=config)
    stops, tells = (one.en for one in build_route(there, ROW_WAY, letter="A").warnings)
    assert stops.startswith("Closed or banned at the hour of passage (2 Dec 2026 09:00")
    assert "curfew (09:00-10:00)" in stops
    assert tells.startswith("At the time of passage")
    assert "market" in tells


def test_an_announced_operation_on_the_way_is_told() -> None:
    known = Operation(
        operation_id="O1", stretches=(("B-C", 0.0, 0.5),), start=MORNING,
        end=MORNING + timedelta(hours=2),
    )  # fmt: skip
    (stop,), (ask,) = (
        build_route(situation(operations=(one,)), ROW_WAY, letter="A").warnings
        for one in (known, replace(known, end=None))
    )
    assert stop.en.startswith("Closed or banned at the hour of passage (2 Dec 2026 08:")
    assert "“O1” announced on B–C" in stop.en
    assert ask.en.startswith("At passage: “O1” announced on B–C")
    later = replace(known, start=MORNING + timedelta(days=1), end=MORNING + timedelta(days=2))
    assert not build_route(situation(operations=(later,)), ROW_WAY, letter="A").warnings
