"""Which area touches which road, and by how much; a closure closes, a cost only weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.worlds import AS_OF, MORNING, request, situation
from towns import town

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import AvoidArea
from cmcoord_geo.network.areas import added_seconds, touches_at
from cmcoord_geo.planning.plan import plan_movement
from cmcoord_geo.units import BANGUI, geodesic_m

UNTIL = datetime(2026, 12, 20, tzinfo=BANGUI)
#: A row of four places and a way round between the first and the last.
ROADS = town("""
A-B-C-D
|     |
E-F-G-H
""", cell_m=20_000)  # fmt: skip


def box(
    west: float, south: float, east: float, north: float
) -> tuple[tuple[tuple[float, float], ...], ...]:
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)


def area(
    *,
    polygons: object = None,
    effect: str = "closure",
    cost: float = 0.0,
    key: str = "Z",
    **more: object,
) -> AvoidArea:
    """Round the middle of B-C unless said otherwise."""
    return AvoidArea(
        area_id=key, name=f"Zone {key}", effect=effect, min_per_km=cost, until=more.get("until", UNTIL),
        since=more.get("since"), polygons=(round_b_c(),) if polygons is None else polygons,
    )  # fmt: skip


def round_b_c(half: float = 0.02) -> tuple[tuple[tuple[float, float], ...], ...]:
    line = ROADS.lines[ROADS.segment_index["B-C"]]
    lon, lat = line.mean(axis=0)
    return box(lon - half, lat - half, lon + half, lat + half)


def test_km_inside_are_those_on_the_ground() -> None:
    (touch,) = touches_at(ROADS, [area()], at=MORNING)
    assert ROADS.segment_ids[touch.segment] == "B-C"
    line = ROADS.lines[touch.segment]
    lon, lat = line.mean(axis=0)
    expected_m = float(geodesic_m([lon - 0.02], [lat], [lon + 0.02], [lat])[0])
    assert touch.inside_km * 1000 == pytest.approx(expected_m, rel=0.006)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(-0.3, 0.3), min_size=4, max_size=4))
def test_km_equal_brute_force_and_a_cut_area_has_the_same(corners: list[float]) -> None:
    lon, lat = ROADS.lon.mean(), ROADS.lat.mean()
    west, east = sorted((lon + corners[0], lon + corners[1]))
    south, north = sorted((lat + corners[2], lat + corners[3]))
    if east - west < 1e-3 or north - south < 1e-3:
        return
    whole = touches_at(ROADS, [area(polygons=(box(west, south, east, north),))], at=MORNING)
    middle = (west + east) / 2
    halves = (box(west, south, middle, north), box(middle, south, east, north))
    cut = touches_at(ROADS, [area(polygons=halves)], at=MORNING)
    assert [t.segment for t in whole] == [t.segment for t in cut]
    assert [t.inside_km for t in whole] == pytest.approx([t.inside_km for t in cut])
    shape = shapely.box(west, south, east, north)
    for i, line in enumerate(ROADS.lines):
        drawn = shapely.LineString(line)
        share = drawn.intersection(shape).length / drawn.length
        km = sum(t.inside_km for t in whole if t.segment == i)
        assert km == pytest.approx(share * ROADS.length_km(i), rel=1e-3, abs=1e-3)


def test_a_hole_is_outside() -> None:
    (ring,) = round_b_c(0.05)
    holed = ((ring, round_b_c(0.02)[0]),)
    (whole,) = touches_at(ROADS, [area(polygons=((ring,),))], at=MORNING)
    (with_hole,) = touches_at(ROADS, [area(polygons=holed)], at=MORNING)
    (hole,) = touches_at(ROADS, [area()], at=MORNING)
    assert with_hole.inside_km == pytest.approx(whole.inside_km - hole.inside_km)


def test_everything_expires_and_what_begins_on_the_way_counts() -> None:
    assert touches_at(ROADS, [area(until=MORNING)], at=MORNING) == ()
    soon, late = MORNING + timedelta(hours=20), MORNING + timedelta(hours=73)
    assert touches_at(ROADS, [area(since=soon)], at=MORNING)
    assert touches_at(ROADS, [area(since=late)], at=MORNING) == ()


def plans(*areas: AvoidArea):
    """Plan from A to D with these areas in the picture."""
    base = situation(ROADS, asked=request(origin="A", destination="D"))
    return plan_movement(replace(base.picture, areas=areas), base.request, base.config)


def test_a_closure_sends_the_way_round_and_says_why() -> None:
    before, after = plans(), plans(area())
    assert before.options[0].place_ids == ("A", "B", "C", "D")
    assert after.options[0].place_ids == ("A", "E", "F", "G", "H", "D")
    told = " ".join(reason.en for aside in after.set_aside for reason in aside.reasons)
    assert "Z1 (" in told
    assert "Zone Z" not in told  # the name goes through the gate by itself
    assert after.options[0].drive_h.low >= before.options[0].drive_h.low


def test_a_cost_only_weighs_and_is_told_apart_from_the_driving_time() -> None:
    light, heavy = plans(area(effect="cost", cost=1)), plans(area(effect="cost", cost=600))
    first = light.options[0]
    assert first.place_ids == ("A", "B", "C", "D")
    assert first.drive_h == plans().options[0].drive_h
    assert any("avoid Z1:" in w.en and "km, " in w.en for w in first.warnings)
    ways = [option.place_ids for option in heavy.options]
    assert ways == [("A", "E", "F", "G", "H", "D")]
    assert not any("avoid Z" in w.en for w in heavy.options[0].warnings)


def test_two_areas_of_one_id_are_told_apart() -> None:
    twins = (area(effect="cost", cost=1), replace(area(effect="cost", cost=2), name="Zone twin"))
    told = [w.en for w in plans(*twins).options[0].warnings]
    assert [sum(name in w for w in told) for name in ("avoid Z1:", "avoid Z2:")] == [1, 1]


def test_a_cost_of_nothing_and_an_area_elsewhere_change_no_option() -> None:
    for harmless in (area(effect="cost", cost=0), area(polygons=(box(14.5, 2.5, 14.6, 2.6),))):
        assert [o.place_ids for o in plans(harmless).options] == [
            o.place_ids for o in plans().options
        ]
    assert not added_seconds(ROADS, touches_at(ROADS, [area(effect="cost")], at=MORNING)).any()


def test_order_of_areas_changes_nothing() -> None:
    pair = (area(effect="cost", cost=3, key="Y"), area(effect="cost", cost=9))
    one, other = (
        added_seconds(ROADS, touches_at(ROADS, p, at=MORNING)) for p in (pair, pair[::-1])
    )
    assert np.array_equal(one, other)


def test_a_place_within_a_closure_is_not_reached_and_the_area_is_named() -> None:
    lon, lat = ROADS.lon[ROADS.node_index["D"]], ROADS.lat[ROADS.node_index["D"]]
    around = area(polygons=(box(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01),))
    with pytest.raises(NoRouteError, match="avoid Z1 "):
        plans(around)


def test_it_holds_at_the_cut_off_too() -> None:
    assert area().is_live(AS_OF)
