"""Reasons for which one road is closed, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from records import DRY, convoy, report

from cmcoord_geo.config import StatusConfig
from cmcoord_geo.facts import Crossing, vehicles
from cmcoord_geo.i18n import Said
from cmcoord_geo.network import known_state
from cmcoord_geo.network.closures import RoadOnDate, why_closed
from cmcoord_geo.network.status import NOTHING

ROAD = RoadOnDate(
    surface="laterite", season="dry", default_state="open", default_largest=vehicles()["truck_6x6"],
    known=NOTHING, crossings=(),
)  # fmt: skip
FERRY = Crossing(
    crossing_id="CR", kind="ferry", name=Said(fr="Bac de X", en="X ferry"), at_km={"A-B": None},
    capacity_t=10.0, default_state="unknown", confidence="low",
)  # fmt: skip


def known(*reports):
    return known_state(reports, as_of=DRY, at=DRY, is_wet=False, config=StatusConfig())


def reasons(road: RoadOnDate, vehicle_id: str) -> list[Said]:
    return list(why_closed(road, convoy(vehicle_id)))


def test_an_open_road_has_no_reason_against_it() -> None:
    assert reasons(ROAD, "truck_6x6") == []
    assert ROAD.state == "open"


def test_a_ferry_is_not_closed_for_its_surface() -> None:
    at_water = replace(ROAD, surface="unknown", default_largest=vehicles()["tanker"])
    ferry = replace(at_water, crossings=((replace(FERRY, capacity_t=None), NOTHING),))
    (told,) = reasons(ferry, "heavy_truck")
    assert told.en == "ferry held for closed to this vehicle: nothing says that it can board"
    (on_land,) = reasons(at_water, "heavy_truck")
    assert "surface unknown" in on_land.en


def test_all_reasons_are_told_together() -> None:
    """A closed ferry of 10 t, on a track that is reported closed, under a heavy truck."""
    road = replace(
        ROAD,
        surface="track",
        known=known(report("closed")),
        crossings=((FERRY, known(report("closed", crossing_id="CR"))),),
    )
    assert [reason.en for reason in reasons(road, "heavy_truck")] == [
        "closed by report R-closed-10 of 14 Jan 2026",
        "dry season: 6x6 all-terrain truck at most by default",
        "this vehicle does not drive on track in the dry season",
        "X ferry out of order (report of 14 Jan 2026)",
        "X ferry: capacity 10 t, 40 t needed",
    ]
    assert reasons(road, "heavy_truck")[3].fr == "Bac de X hors service (rapport du 14 janv. 2026)"


def test_a_crossing_with_two_answers_names_both_reports() -> None:
    told = known(report("open", age_h=1, crossing_id="CR"), report("closed", crossing_id="CR"))
    road = replace(ROAD, crossings=((replace(FERRY, capacity_t=None), told),))
    (reason,) = reasons(road, "truck_6x6")
    assert reason.en == (
        "X ferry: conflicting reports (R-open-1 of 15 Jan 2026, R-closed-10 of 14 Jan 2026): closed to trucks"
    )


def test_a_report_on_a_crossing_never_widens_the_road() -> None:
    generous = known(report("restricted", crossing_id="CR", max_vehicle="tanker"))
    road = replace(ROAD, crossings=((replace(FERRY, capacity_t=None), generous),))
    (reason,) = reasons(road, "heavy_truck")
    assert "6x6 all-terrain truck at most by default" in reason.en


@pytest.mark.parametrize(("over_t", "flagged"), [(19.9, True), (20.0, False)])
def test_the_flag_counts_above_the_limit(over_t: float, *, flagged: bool) -> None:
    """LP2: unknown capacity over 20 t."""
    road = replace(ROAD, crossings=((replace(FERRY, capacity_t=None), NOTHING),))
    assert road.is_capacity_flagged(convoy("truck_6x6"), over_t=over_t) is flagged


def test_state_is_the_live_report_s_else_the_default() -> None:
    assert replace(ROAD, known=known(report("closed"))).state == "closed"
    assert replace(ROAD, known=known(report("closed", age_h=2000))).state == "open"


def test_a_limit_in_half_tonnes_has_a_comma_in_french() -> None:
    light = replace(report("restricted"), max_gross_t=3.5)
    told = reasons(replace(ROAD, known=known(light)), "truck_6x6")
    assert any("limite 3,5 t" in reason.fr and "limit 3.5 t" in reason.en for reason in told)
