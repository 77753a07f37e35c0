"""Conditions on access that hold in the rains."""

from __future__ import annotations

import pytest

from cmcoord_geo.network.osm.rain import closed_in_rain, conditions_of
from cmcoord_geo.network.osm.tables import tag_rules

TRUCKS = {"truck_6x6", "heavy_truck", "tanker"}
ALL = {*TRUCKS, "motorbike", "lv_4x4", "patrol_mixed"}


@pytest.mark.parametrize(
    ("key", "value", "shut"),
    [
        ("motor_vehicle", "no @ (wet)", ALL),
        ("access", "no @ wet_season", ALL),
        ("motor_vehicle", "no @ (Jun 15-Oct 31)", ALL),
        ("vehicle", "no @ (Nov-Jul)", ALL),  # over the turn of the year
        ("hgv", "no @ (saison des pluies)", TRUCKS),
        ("hgv", "perhaps @ wet", TRUCKS),  # what no table knows does not open
        ("hgv_articulated", "no @ (rain; Mo-Su)", {"heavy_truck", "tanker"}),
        ("hgv", "yes @ (dry); no @ (wet)", TRUCKS),
        ("hgv", "yes @ (wet)", set()),
        ("hgv", "no @ (22:00-06:00)", set()),
        ("hgv", "no @ (Dec-Feb)", set()),
        ("hgv", "no @ (weight>20)", set()),
        ("hgv", "no", set()),
        ("foot", "no @ (wet)", set()),
    ],
)
def test_who_is_kept_off_in_the_rains(key: str, value: str, shut: set[str]) -> None:
    assert closed_in_rain({"highway": "track", f"{key}:conditional": value}) == shut


def test_conditions_are_kept_as_they_are_tagged() -> None:
    tags = {"highway": "track", "maxweight:conditional": "5 @ wet", "oneway": "yes"}
    assert list(conditions_of(tags)) == ["maxweight:conditional=5 @ wet"]


@pytest.mark.parametrize(
    ("tags", "is_shut"),
    [
        *[({"impassable:conditional": "yes @ (wet)"}, True)],
        *[({"smoothness:conditional": "impassable @ (Jun-Oct)"}, True)],
        *[
            ({"access:conditional": "no @ flooding"}, True),
            ({"status:conditional": "closed @ crue"}, True),
        ],
        *[({"impassable:conditional": "yes @ (Mo)"}, False)],
        *[({"smoothness:conditional": "bad @ (wet)"}, False)],
    ],
)
def test_a_state_of_the_rains_closes_to_everybody(tags: dict[str, str], *, is_shut: bool) -> None:
    assert closed_in_rain(tags) == (frozenset(tag_rules()["keys"]) if is_shut else frozenset())
