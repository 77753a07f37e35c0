"""Smaller loads: the next lighter kind with a road, what it carries, and how often it would have to go."""

from __future__ import annotations

from dataclasses import replace

from planning.worlds import AS_OF, CONFIG, ROW, picture, request, situation

from cmcoord_geo.facts import vehicles
from cmcoord_geo.model import RoadStatus, VehicleCount
from cmcoord_geo.planning import refused_plan
from cmcoord_geo.planning.lighter import lighter_convoy
from cmcoord_geo.planning.situation import Situation, situation_of


def of(vehicle: str, *status: RoadStatus) -> Situation:
    return situation(asked=request(vehicle=vehicle), status=status)


def limit(vehicle: str) -> RoadStatus:
    return RoadStatus(
        report_id="R", segment_id="B-C", state="restricted", max_vehicle=vehicle, reported_at=AS_OF
    )


def test_the_next_lighter_kind_and_its_trips() -> None:
    found = lighter_convoy(of("heavy_truck"))
    assert found is not None
    assert (found.vehicle.vehicle_id, found.heaviest.vehicle_id) == ("truck_6x6", "heavy_truck")
    assert found.count == 2
    one, whole = found.vehicle.payload_t, found.heaviest.payload_t
    assert (found.trips - 1) * one < whole <= found.trips * one
    alone = situation_of(picture(), request(vehicle="truck_6x6"), CONFIG)
    lighter = situation(asked=request(vehicle="heavy_truck")).driven_by(alone.request.vehicles)
    assert lighter.convoy == alone.convoy
    assert (lighter.passable.mid_s == alone.passable.mid_s).all()


def test_a_kind_without_a_road_is_passed_over() -> None:
    found = lighter_convoy(of("heavy_truck", limit("lv_4x4")))
    assert found is not None
    assert found.vehicle.vehicle_id == "lv_4x4"
    assert lighter_convoy(of("heavy_truck", limit("motorbike"))) is None


def test_nothing_is_lighter_than_a_light_vehicle_and_fuel_is_not_divided() -> None:
    assert lighter_convoy(of("lv_4x4")) is None
    assert lighter_convoy(of("motorbike")) is None
    assert lighter_convoy(of("tanker")) is None


def test_only_the_heaviest_is_replaced() -> None:
    mixed = replace(
        request(),
        vehicles=(
            VehicleCount(vehicle_id="truck_6x6", count=3),
            VehicleCount(vehicle_id="lv_4x4", count=1),
        ),
    )
    found = lighter_convoy(situation(asked=mixed))
    assert found is not None
    assert (found.vehicle.vehicle_id, found.count) == ("lv_4x4", 3)


def test_a_movement_without_a_road_is_told_the_road_of_the_lighter_one() -> None:
    asked = request(vehicle="heavy_truck")
    here = picture(ROW, status=(limit("truck_6x6"),))
    plan = refused_plan(here, asked, CONFIG, vehicles()["heavy_truck"].name, with_questions=True)
    (row,) = [one for one in plan.alternatives if one.family_id == "programme"]
    assert row.drive_h is not None
    assert row.exposure is not None
    assert row.ask is not None
    assert "3 convoys for the same load" in row.said[0].en
    assert len(row.said) == 2  # the question to the programme lead stays
