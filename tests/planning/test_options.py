"""Options are what the search found, lettered in the order of the choice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from planning.two_ways import LONGER, on, plan
from planning.worlds import CONFIG, incidents, picture, request, source

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.planning.options import options_of
from cmcoord_geo.planning.situation import situation_of

KNOWN = incidents(on(LONGER, "A-B", 3), source=source("ambush"))
HERE = situation_of(picture(LONGER, incidents=KNOWN), request("A", "D"), CONFIG)


def test_ways_and_routes_belong_together_and_are_those_of_the_plan() -> None:
    found = options_of(HERE)
    planned = plan(on(LONGER, "A-B", 3))
    assert [route.letter for route in found.routes] == ["A", "B"]
    assert [route.place_ids for route in found.routes] == [
        option.place_ids for option in planned.options
    ]
    for way, route in zip(found.ways, found.routes, strict=True):
        ids = [LONGER.segment_ids[segment] for segment, _ in way]
        assert ids == [leg.segment_id for leg in route.legs]
    assert set(found.ways) == set(found.found.options)


def test_without_a_road_there_are_none() -> None:
    shut = replace(HERE.passable, is_arc_open=HERE.passable.is_arc_open & False)
    with pytest.raises(NoRouteError):
        options_of(replace(HERE, passable=shut))
