"""Limits against weight and size."""

from __future__ import annotations

import pytest

from cmcoord_geo.network.osm import way_access
from cmcoord_geo.network.osm.limits import limit_of, weight_limit_t
from cmcoord_geo.network.osm.tables import vehicle_sizes

VEHICLES = ("motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker")


def passing(**tags: str) -> list[str]:
    found = {v: way_access({"highway": "primary", **tags}, v) for v in VEHICLES}
    return [vehicle for vehicle, access in found.items() if access.forward and access.backward]


@pytest.mark.parametrize(
    ("tags", "count"),
    [
        *[({"maxweight": "3.5"}, 2), ({"maxweight": "28 st"}, 3), ({"maxweight": "6t mgw"}, 2)],
        *[({"maxweight": "none"}, 5), ({"maxweight": "40"}, 4), ({"maxweight": "0"}, 0)],
        *[({"maxweight": "a lot"}, 0), ({"maxweight": "3500"}, 0), ({"maxweight": "3500 kg"}, 2)],
        *[({"maxaxleload": "9"}, 3), ({"maxheight": "9'7\""}, 2), ({"maxheight": "default"}, 5)],
        *[({"maxwidth": "150 cm"}, 1), ({"maxlength": "12"}, 3), ({"maxweightrating": "7.5"}, 2)],
        *[({"maxweight:hgv": "10"}, 2), ({"maxweight:bus": "1"}, 5)],
        *[
            ({"hgv:maxweight": "10"}, 2),
            ({"bus:maxweight": "1"}, 5),
            ({"bridge:maxweight": "10"}, 2),
        ],
        *[
            ({"maxheight:legal": "3"}, 2),
            ({"maxbogieweight": "18"}, 3),
            ({"maxbogieweight": "?"}, 0),
        ],
        *[({"maxheight:signed": "no"}, 5), ({"maxheight": "3m50"}, 3)],
    ],
)
def test_the_small_pass_and_the_large_do_not(tags: dict[str, str], count: int) -> None:
    assert passing(**tags) == list(VEHICLES[:count])


def test_a_limit_of_one_direction_closes_that_one() -> None:
    found = way_access({"highway": "primary", "maxweight:backward": "10"}, "truck_6x6")
    assert (found.forward, found.backward) == (True, False)


def test_what_cannot_be_read_is_told() -> None:
    found = way_access({"highway": "primary", "maxheight": "low"}, "lv_4x4")
    assert found.unread == {"maxheight=low"}


def test_a_number_in_the_wrong_unit_is_not_believed() -> None:
    assert limit_of("380", "height_m", plausible=15.0) is None
    assert limit_of("3.8", "height_m", plausible=15.0) == 3.8
    assert limit_of("none", "gross_t", plausible=150.0) == float("inf")


def test_weight_limit_of_a_crossing() -> None:
    assert weight_limit_t({"maxweight": "20"}) == 20
    assert weight_limit_t({"maxweight": "20", "bridge:maxweight": "12"}) == 12
    assert [weight_limit_t(t) for t in ({}, {"maxweight": "none"}, {"maxweight": "?"})] == [
        None
    ] * 3


def test_vehicles_bring_their_sizes() -> None:
    assert vehicle_sizes()["truck_6x6"]["gross_t"] == 20
