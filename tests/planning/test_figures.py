"""Figures of options: times the fastest, what they share with the one kept, what was tried."""

from __future__ import annotations

from dataclasses import replace

import pytest
from planning.two_ways import LONGER, by_way, on, plan
from planning.worlds import CONFIG, picture, request
from towns import town

from cmcoord_geo.config import RouteConfig
from cmcoord_geo.errors import PlanningError
from cmcoord_geo.model import Limits, ViaPoint
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.planning.figures import tried
from cmcoord_geo.planning.ways import Ways
from cmcoord_geo.routing import labels
from cmcoord_geo.units import HOUR_S, KM_M

#: The two ways part at B and meet again at C; the way by E is shorter.
LOOP = town(
    """
A---B---C---D
    |   |
    E---F
""",
    cell_m=15_000,
)
LADDER = town("A-B-C\n| | |\nD-E-F\n| | |\nG-H-I", cell_m=15_000)


def test_stretch_is_the_driving_time_over_that_of_the_fastest() -> None:
    options = by_way(plan(on(LONGER, "A-B", 12)))
    kept, fastest = options["C"], options["B"]
    assert fastest.figures.stretch == fastest.figures.local_share == 1.0
    ratio = kept.drive_h.high / fastest.drive_h.high
    assert kept.figures.stretch == pytest.approx(ratio, rel=1e-3)
    assert {one.figures.kept for one in options.values()} == {kept.letter} == {"A"}
    assert (kept.figures.length_shared, kept.figures.exposure_shared) == (1.0, 1.0)
    assert (fastest.figures.length_shared, fastest.figures.exposure_shared) == (0.0, 0.0)


def test_a_way_without_a_detour_is_local_up_to_a_quarter_of_the_fastest() -> None:
    for option in plan(on(LONGER, "A-B", 12)).options:
        figures = option.figures
        if figures.stretch > 1.0:
            assert figures.local_share == 0.25
            whole_h = figures.local_h / figures.local_share * figures.stretch
            assert option.drive_h.low < whole_h < option.drive_h.high


def test_what_two_ways_share_counts_in_length_and_in_exposure() -> None:
    found = plan(on(LOOP, "A-B", 9), network=LOOP)
    assert len(found.options) == 2
    kept, other = found.options
    assert kept.place_ids == ("A", "B", "C", "D")
    shared = LOOP.segment_index["A-B"], LOOP.segment_index["C-D"]
    length = LOOP.length_m[list(shared)].sum() / 1000
    assert other.figures.length_shared == pytest.approx(length / other.legs[-1].km.high)
    assert other.figures.length_shared < other.figures.exposure_shared < 1.0


def test_the_cheapest_part_with_a_faster_way_round_is_found() -> None:
    """From B to C by E and F: the whole of the detour, for each piece of it alone is a fastest way."""
    far = "-" * 24
    rows = f"A{far}B-C{far}D", f"{' ' * 25}| |", f"{' ' * 25}E-F"
    long = town("\n".join(rows), cell_m=5_000)
    alike = replace(CONFIG, route=RouteConfig(max_share=1.0))
    straight, round_it = sorted(
        plan(network=long, config=alike).options, key=lambda option: option.figures.stretch
    )

    def metres(*keys: str) -> float:
        return float(long.length_m[[long.segment_index[key] for key in keys]].sum())

    fastest, detour = metres("A-B", "B-C", "C-D"), metres("B-E", "E-F", "C-F")
    found = round_it.figures
    assert found.stretch == pytest.approx((fastest - metres("B-C") + detour) / fastest, rel=1e-3)
    assert found.local_share == pytest.approx(detour / fastest, rel=1e-3)
    assert found.local_share < 0.25
    assert found.local_h == pytest.approx(found.local_share * straight.figures.local_h, rel=1e-3)


def test_nothing_known_of_exposure_is_no_share_of_it() -> None:
    found = plan_movement(picture(LOOP), request("A", "D"), CONFIG)
    assert [option.figures.exposure_shared for option in found.options] == [None, None]
    assert found.tried is None


def test_one_road_only_says_what_was_tried() -> None:
    row = town("A---B---C", cell_m=15_000)
    tried = plan_movement(picture(row), request("A", "C"), CONFIG).tried
    assert tried is not None
    assert "1.8 × the shortest time" in tried.en
    assert "No second way found" in tried.en
    assert "Aucun second chemin" in tried.fr


def test_ways_that_hardly_differ_are_counted() -> None:
    strict = replace(CONFIG, route=RouteConfig(max_share=0.3))
    found = plan_movement(picture(LOOP), request("A", "D"), strict)
    assert len(found.options) == 1
    assert "1 found, sharing 30 % or more of the road" in found.tried.en


def test_under_limits_no_more_is_claimed_than_was_tried() -> None:
    asked = replace(request("A", "D"), limits=Limits(max_km=LOOP.length_high_m.sum() / KM_M))
    strict = replace(CONFIG, route=RouteConfig(max_share=0.3))
    tried = plan_movement(picture(LOOP), asked, strict).tried
    assert tried.en.startswith("Within the limits asked for, other ways tried: 1, none sharing")
    assert tried.fr.startswith("Dans les limites demandées, autres chemins essayés")


def test_a_search_that_memory_ended_is_told_whatever_it_shows() -> None:
    some = Ways(
        options=(((0, True),), ((1, True),)),
        figures=(),
        exact_routes=7,
        tried=9,
        cuts=(),
        together=(),
    )
    assert tried(some, CONFIG.route, is_limited=True) is None
    words = tried(replace(some, is_complete=False), CONFIG.route, is_limited=True)
    assert words.en.startswith("The search ran out of memory after 7 proven ways")
    assert "faute de mémoire" in words.fr


def test_memory_that_ends_before_a_way_is_proven_is_not_no_road(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(labels, "FIRST_SMALL_ROOM", 2)
    monkeypatch.setattr(labels, "MEMORY", 0)
    with pytest.raises(PlanningError, match="does not mean that there is none"):
        plan_movement(picture(LADDER), request("A", "I"), CONFIG)


def test_through_a_stop_an_option_is_measured_against_the_fastest_trip_through_it() -> None:
    """From A by D back to C: both ways round twice, and the fastest is the fastest there and back."""
    asked = replace(request("A", "C"), via=(ViaPoint(place_id="D"),))
    options = plan_movement(picture(LOOP), asked, CONFIG).options
    fastest, slower = sorted(options, key=lambda option: option.figures.stretch)[:2]
    assert fastest.figures.stretch == 1.0
    assert fastest.figures.local_share == 1.0
    ratio = slower.drive_h.high / fastest.drive_h.high
    assert slower.figures.stretch == pytest.approx(ratio, rel=1e-3)
    assert 0.0 < slower.figures.length_shared < 1.0


def test_where_one_option_is_asked_for_no_one_road_is_claimed() -> None:
    single = replace(CONFIG, route=RouteConfig(max_options=1))
    found = plan_movement(picture(LOOP), request("A", "D"), single)
    assert len(found.options) == 1
    assert found.tried is None


def test_hours_are_those_of_the_middle_pace() -> None:
    (only,) = plan_movement(
        picture(town("A---B", cell_m=15_000)), request("A", "B"), CONFIG
    ).options
    assert only.drive_h.low < only.figures.local_h < only.drive_h.high
    assert only.figures.local_h * HOUR_S == pytest.approx(round(only.figures.local_h * HOUR_S))
