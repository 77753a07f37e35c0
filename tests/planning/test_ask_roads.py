"""Roads whose state nobody knows, each a question with somebody to ask."""

from __future__ import annotations

from planning.week_slots import every_option

from cmcoord_geo.planning.ask_roads import closed_roads, unknown_on
from cmcoord_geo.planning.closed import closed_ways


def test_each_unknown_of_the_week_names_what_and_whom_to_ask() -> None:
    kinds = set()
    for here, option in every_option():
        found = list(unknown_on(here, [option]))
        kinds |= {one.kind for one in found}
        for one in found:
            assert one.segments or one.crossings
            assert one.asked.fr
            assert one.whom.en
            assert 0 <= one.km <= option.legs[-1].km.high
    assert kinds >= {"ferry", "road"}


def test_a_closed_way_is_one_question_with_all_its_roads() -> None:
    asked = [
        (one, way)
        for here, _ in every_option()
        for way in closed_ways(here)
        for one in closed_roads(here, [way])
    ]
    assert asked
    assert all(one.kind == "way" and one.segments for one, _ in asked)
