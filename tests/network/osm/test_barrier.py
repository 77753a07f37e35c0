"""Barriers on nodes."""

from __future__ import annotations

import pytest

from cmcoord_geo.network import way_access
from cmcoord_geo.network.osm import barrier_access
from cmcoord_geo.network.osm.barrier import crossing_at
from cmcoord_geo.network.osm.hierarchy import Told

VEHICLES = ("motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker")


def passing(**tags: str) -> int:
    return sum(barrier_access(tags, vehicle) for vehicle in VEHICLES)


@pytest.mark.parametrize(
    ("tags", "count"),
    [
        *[({}, 5), ({"barrier": "gate"}, 5), ({"barrier": "lift_gate"}, 5), ({"locked": "yes"}, 5)],
        *[({"barrier": "toll_booth"}, 5), ({"barrier": "border_control"}, 5)],
        *[({"barrier": "gate", "locked": "yes"}, 0), ({"barrier": "gate", "access": "no"}, 0)],
        *[({"barrier": "gate", "access": "private"}, 0), ({"barrier": "gate", "foot": "yes"}, 5)],
        *[({"barrier": "bollard"}, 1), ({"barrier": "bollard", "access": "yes"}, 1)],
        *[({"barrier": "bollard", "motor_vehicle": "yes"}, 5), ({"barrier": "debris"}, 0)],
        *[({"barrier": "debris", "motorcycle": "yes"}, 1), ({"barrier": "dragon"}, 0)],
        *[({"barrier": "height_restrictor"}, 1), ({"barrier": "gate", "maxwidth": "2 m"}, 2)],
        *[({"barrier": "height_restrictor", "maxheight": "2.5"}, 2)],
        *[({"barrier": "gate", "locked": "no"}, 5), ({"barrier": "gate", "locked": "Yes"}, 0)],
        *[
            ({"barrier": "gate", "locked": "night"}, 0),
            ({"barrier": "height_restrictor", "maxweight": "30"}, 1),
        ],
        *[({"barrier": "height_restrictor", "maxheight": "none"}, 1)],
        *[({"barrier": "height_restrictor", "maxwidth": "2 m"}, 2)],
        *[
            ({"ford": "yes"}, 5),
            ({"ford": "No"}, 5),
            ({"ford": "Boat"}, 0),
            ({"ford": "on_stilts"}, 0),
        ],
        *[({"ford": "stepping_stones", "barrier": "gate"}, 0)],
    ],
)
def test_who_passes(tags: dict[str, str], count: int) -> None:
    assert passing(**tags) == count


def test_an_unknown_barrier_is_told_and_private_ground_flagged() -> None:
    told = Told()
    assert not barrier_access({"barrier": "dragon"}, "lv_4x4", told=told)
    assert told.unread == {"barrier=dragon"}
    assert not barrier_access({"barrier": "gate", "access": "private"}, "lv_4x4", told=told)
    assert told.flags == {"private"}


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"barrier": "checkpoint"}, "checkpoint"),
        ({"military": "checkpoint"}, "checkpoint"),
        ({"police": "checkpoint", "barrier": "gate"}, "checkpoint"),
        ({"military": "barracks"}, ""),
        ({"barrier": "border_control"}, "border"),
        ({"barrier": "rain_barrier"}, "rain_barrier"),
        ({"barrier": "lift_gate", "name": "BARRIERE DE PLUIE de Bokolo"}, "rain_barrier"),
        ({"barrier": "swing_gate", "description": "rain barrier"}, "rain_barrier"),
        ({"barrier": "lift_gate", "name": "Pluie"}, ""),
        ({"name": "Barrière de pluie"}, ""),  # a bus stop may be called so
        ({"ford": "yes", "barrier": "gate"}, "ford"),
        ({"ford": "no"}, ""),
        ({"ford": "No"}, ""),
    ],
)
def test_what_a_node_is_on_the_way(tags: dict[str, str], kind: str) -> None:
    assert crossing_at(tags) == kind


@pytest.mark.parametrize(
    ("tags", "count"),
    [
        *[({"barrier": "gate"}, 5), ({"barrier": "gate", "locked": "yes"}, 0)],
        *[({"barrier": "gate", "locked": "no"}, 5), ({"barrier": "gate", "locked": "night"}, 0)],
        *[
            ({"barrier": "height_restrictor"}, 1),
            ({"barrier": "height_restrictor", "maxheight": "2.5"}, 2),
        ],
        *[({"barrier": "height_restrictor", "maxheight": "none"}, 1)],
        *[({"barrier": "height_restrictor", "maxheight": "low"}, 0)],
        *[({"barrier": "lift_gate", "access": "private"}, 0), ({"barrier": "bollard"}, 1)],
        *[({"barrier": "debris", "motor_vehicle": "yes"}, 0), ({"locked": "yes"}, 0)],
    ],
)
def test_along_a_way_a_barrier_is_what_it_is_on_a_node(tags: dict[str, str], count: int) -> None:
    """But for access tags: along a way they may speak of the road, so they open no barrier."""
    found = [way_access({"highway": "primary", **tags}, vehicle) for vehicle in VEHICLES]
    assert sum(one.forward and one.backward for one in found) == count


def test_a_lock_that_no_table_knows_is_counted_and_a_passed_limit_is_no_reason() -> None:
    told = Told()
    assert not barrier_access({"barrier": "gate", "locked": "night"}, "lv_4x4", told=told)
    assert told.unread == {"locked=night"}
    found = way_access(
        {"highway": "track", "barrier": "height_restrictor", "maxheight": "2.5"}, "lv_4x4"
    )
    assert (found.forward, found.reasons) == (True, set())


def test_a_rain_barrier_closes_nobody_out_by_itself() -> None:
    assert passing(barrier="rain_barrier") == 5
