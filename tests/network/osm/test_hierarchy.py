"""The chain of access keys."""

from __future__ import annotations

import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.osm.hierarchy import Told, keys_of, permits


def test_the_most_specific_key_comes_first() -> None:
    assert keys_of("motorbike") == ("motorcycle", "motor_vehicle", "vehicle", "access")


def test_a_profile_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(DataError, match="lv_4x4"):
        keys_of("balloon")


def test_without_a_tag_the_kind_of_road_decides() -> None:
    assert permits({}, "lv_4x4", "forward", open_to={"lv_4x4"}, told=Told())
    assert not permits({}, "lv_4x4", "forward", open_to=(), told=Told())


def test_what_was_met_is_told() -> None:
    told = Told()
    assert not permits({"access": "military"}, "lv_4x4", "forward", open_to={"lv_4x4"}, told=told)
    assert (told.flags, told.unread, told.reasons) == ({"military"}, set(), {"access=military"})
