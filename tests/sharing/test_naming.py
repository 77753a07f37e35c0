"""Routes on a surveyed network in the words of a person."""

from __future__ import annotations

from dataclasses import replace

from sharing.surveyed import ROAD, WAY, leg, place, product, segment

from cmcoord_geo.sharing.naming import named
from cmcoord_geo.sharing.views import ProductView

STREET = segment("s4", "a", "d", 0.5, title="7 Rue du Port", route_ref="7")


def told(made: ProductView, option: int = 0) -> list[str]:
    return [said.en for said in made.movements[0].options[option].roads]


def test_a_road_is_told_once_from_place_to_place() -> None:
    assert told(named(product(ROAD, WAY))) == ["RN2 from A to D, 3.0 km"]


def test_a_number_alone_says_nothing_so_the_street_is_named() -> None:
    assert told(named(product((STREET,), (leg("s4", 0),)))) == ["7 Rue du Port from A to D, 1.0 km"]


def test_what_is_short_goes_with_its_neighbour() -> None:
    link = replace(leg("s4", 1), km=replace(leg("s4", 1).km, low=1.0, high=1.2))
    way = (WAY[0], link, WAY[1], WAY[2])
    street = segment("s4", "b", "b2", 0.5, title="Rue", route_ref="")
    assert told(named(product((*ROAD, street), way))) == ["RN2 from A to D, 3.2 km"]


def test_many_roads_are_told_by_the_longest_and_the_rest_is_summed() -> None:
    segments = tuple(
        segment(f"r{i}", f"n{i}", f"n{i + 1}", 0.0, title=f"Rue {i}", route_ref="")
        for i in range(12)
    )
    way = tuple(leg(f"r{i}", i) for i in range(12))
    words = told(named(product(segments, way)))
    assert len(words) == 9
    assert words[-1] == "4 other roads, 4.0 km"


def test_options_are_called_after_what_tells_them_apart() -> None:
    made = named(product((*ROAD, STREET), WAY, (leg("s4", 0),)))
    one, other = (option.via for option in made.movements[0].options)
    assert one == ("a", "RN2 Avenue", "d")
    assert other == ("a", "7 Rue du Port", "d")


def test_a_place_that_only_one_option_passes_speaks_before_roads() -> None:
    base = product((*ROAD, STREET), WAY, (leg("s4", 0),), places=(*map(place, "abd"),))
    first, second = base.movements[0].options
    options = (replace(first, via=("a", "b", "d")), second)
    movement = replace(base.movements[0], options=options)
    made = named(replace(base, movements=(movement,)))
    assert made.movements[0].options[0].via == ("a", "b", "d")


def test_ends_of_a_road_are_places_else_the_roads_that_meet_it() -> None:
    side = segment("s4", "b", "x", 0.5, title="Rue", route_ref="")
    made = named(product((*ROAD, side), WAY))
    ends = {one.segment_id: (one.start, one.end) for one in made.segments}
    assert ends == {
        "s1": ("a", "Rue"),
        "s2": ("…", "Rue"),
        "s3": ("…", "d"),
        "s4": ("RN2 Avenue", "…"),
    }
