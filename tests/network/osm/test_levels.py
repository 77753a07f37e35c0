"""On which level a way lies."""

from __future__ import annotations

import pytest

from cmcoord_geo.network.osm.levels import level_of


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ({}, 0),
        ({"bridge": "yes"}, 1),
        ({"bridge": "viaduct", "layer": "2"}, 2),
        ({"bridge": "yes", "layer": "0"}, 1),  # Geofabrik writes 0 where nobody said anything
        ({"bridge": "no"}, 0),
        ({"tunnel": "culvert"}, -1),
        ({"layer": "-1.0"}, -1),
        ({"layer": "tracks of 2024"}, 0),
    ],
)
def test_level(tags: dict[str, str], level: int) -> None:
    assert level_of(tags) == level
