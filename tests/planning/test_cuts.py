"""Roads without a practical second road, as a person says it (ALGORITHMS.md b)."""

from __future__ import annotations

import numpy as np
import pytest
from ascii_town import Road
from planning.worlds import CONFIG, request, situation, surveyed
from towns import town

from cmcoord_geo.model import CutRoad
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.cuts import cut_roads
from cmcoord_geo.planning.ways import Detour, find_ways


def cuts(network: RoadNetwork, origin: str, destination: str) -> tuple[CutRoad, ...]:
    here = situation(network, asked=request(origin, destination))
    exposure = np.ones(len(network), dtype=np.int64)
    ways = find_ways(network, here.passable, exposure, *here.stops, config=CONFIG.route)
    return cut_roads(network, here.passable, ways.options[0], ways.cuts)


def test_roads_that_fall_together_are_one_cut() -> None:
    (cut,) = cuts(town("A-B-C", cell_m=20_000), "A", "C")
    assert cut.segment_ids == ("A-B", "B-C")
    assert (cut.from_place.fr, cut.to_place.en) == ("A", "C")
    assert cut.detour_km is None
    assert cut.detour_h is None


def test_detour_beyond_the_bound_is_told_with_its_length_and_hours() -> None:
    """From A to B it is 40 km, or 40 + 3 x 40 round the square."""
    square = town("A-B\n| |\nC-D", cell_m=20_000)
    (cut,) = cuts(square, "A", "B")
    assert cut.detour_km == pytest.approx(120)
    assert (cut.detour_h.low, cut.detour_h.high) == pytest.approx((120 / 87.5, 120 / 52.5))


def test_second_road_within_the_bound_is_no_cut() -> None:
    assert cuts(town("A-B\n| |\nC-D", cell_m=20_000), "A", "D") == ()


def test_cuts_are_named_in_the_direction_of_travel() -> None:
    lollipop = town("A-B-C\n  | |\n  D-E", cell_m=20_000)
    out, back = cuts(lollipop, "A", "E"), cuts(lollipop, "E", "A")
    assert [(cut.from_place.fr, cut.to_place.en) for cut in out] == [("A", "B")]
    assert [(cut.from_place.fr, cut.to_place.en) for cut in back] == [("B", "A")]


def test_neighbours_with_different_detours_stay_apart() -> None:
    """A-B has a long way round by X, B-C has none."""
    drawing = "A-----B--C\n|     |\nX-----Y"
    far = town(drawing, cell_m=10_000, roads={"X-Y": {"length_m": 200_000.0}})
    assert [(cut.segment_ids, cut.detour_km) for cut in cuts(far, "A", "C")] == [
        (("A-B",), pytest.approx(270)),
        (("B-C",), None),
    ]


def test_there_and_back_over_one_road_is_one_row_and_what_is_driven_back_alone_another() -> None:
    """From A to E and back; from B to C and from D to E the way back has a carriageway of its own."""
    double = [Road("B", "C", 5_000.0), Road("D", "E", 5_000.0)]
    network = surveyed(town("A-B-C-D-E", cell_m=5_000, more=double))
    out, back = ("A-B", "B-C", "C-D", "D-E"), ("D-E#2", "C-D", "B-C#2", "A-B")
    index = network.segment_index
    assert set(index) == {*out, *back}
    way = (*((index[key], True) for key in out), *((index[key], False) for key in back))
    lost = [Detour(segment=segment, way=()) for segment in index.values()]
    here = situation(network, asked=request("A", "E"))
    found = cut_roads(network, here.passable, way, lost)
    assert [(cut.from_place.fr, cut.to_place.en, cut.segment_ids) for cut in found] == [
        ("A", "E", out),
        ("E", "B", ("D-E#2", "B-C#2")),
    ]
