"""Conditions of a request: kept and told, or refused with what the best way does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from planning.worlds import AS_OF, CONFIG, ROW, incidents, picture, request, source
from towns import town

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import ForbiddenRoad, Limits, MovementPlan, ViaPoint
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning import options, plan_movement, refused_plan
from cmcoord_geo.planning.ways import Ways, find_ways

#: Two ways from A to F: straight over B and C, or round by D and E; S is a spur.
TOWN = town("S-A-B-C-F\n  |     |\n  D-----E", cell_m=10_000)


def plan(
    network: RoadNetwork = TOWN, origin: str = "A", end: str = "F", **more: object
) -> MovementPlan:
    known = more.pop("known", {})
    return plan_movement(picture(network, **known), request(origin, end, **more), CONFIG)


def via(*places: str) -> tuple[ViaPoint, ...]:
    return tuple(ViaPoint(place_id=place) for place in places)


def ban(*segments: str, name: str = "ban") -> ForbiddenRoad:
    return ForbiddenRoad(name=name, segment_ids=segments)


def told(made: MovementPlan) -> list[str]:
    return [one.en for one in made.conditions]


def test_nothing_asked_nothing_told() -> None:
    assert plan().conditions == ()


def test_a_way_through_a_spur_goes_there_and_back() -> None:
    made = plan(via=via("S"))
    assert made.options[0].place_ids == ("A", "S", "A", "B", "C", "F")
    assert told(made) == ["Go through, in this order: S."]
    assert not any("turns" in words.en for words in made.options[0].warnings)
    assert made.options[0].legs[0].segment_id == made.options[0].legs[1].segment_id


def test_the_order_of_stops_is_kept() -> None:
    assert plan(via=via("C", "D")).options[0].place_ids[:3] == ("A", "B", "C")
    assert plan(via=via("D", "C")).options[0].place_ids[:2] == ("A", "D")


@pytest.mark.parametrize("places", [("A",), ("F",), ("B", "B")])
def test_two_stops_in_a_row_are_not_one_place(places: tuple[str, ...]) -> None:
    with pytest.raises(PlanningError, match="one place"):
        plan(via=via(*places))


def test_a_stop_that_is_not_there_is_named() -> None:
    with pytest.raises(PlanningError, match="Nowhere"):
        plan(via=via("Nowhere"))


def test_the_part_without_a_road_is_told() -> None:
    apart = town("A-B D-C", cell_m=10_000)
    with pytest.raises(NoRouteError, match="Part 2 of 2") as caught:
        plan(apart, end="C", via=via("B"))
    assert (caught.value.origin, caught.value.destination) == ("B", "C")


def test_a_forbidden_road_is_not_driven_and_its_cost_is_told() -> None:
    free, made = plan(), plan(avoid=(ban("B-C"),))
    assert {leg.segment_id for leg in free.options[0].legs} >= {"B-C"}
    assert all(leg.segment_id != "B-C" for option in made.options for leg in option.legs)
    first, cost = told(made)
    assert first.startswith("Forbidden: ban (B–C, ")
    assert "instead of" in cost


def test_a_ban_off_the_fastest_way_costs_nothing() -> None:
    assert "costs no time" in told(plan(avoid=(ban("D-E"),)))[-1]


def test_the_forbidden_road_that_cuts_is_named() -> None:
    with pytest.raises(NoRouteError, match="Allowing one is enough") as caught:
        plan(ROW, end="D", avoid=(ban("B-C", name="the middle"),))
    assert caught.value.cut == ("the middle",)


def test_forbidden_roads_that_cut_only_together() -> None:
    roads = (ban("A-B", name="x"), ban("B-C", name="y"))
    with pytest.raises(NoRouteError, match="none opens it on its own") as caught:
        plan(ROW, end="D", avoid=roads)
    assert caught.value.cut == ("x", "y")


def test_a_ban_is_not_blamed_for_a_road_that_is_not_there() -> None:
    with pytest.raises(NoRouteError, match="No road of the network"):
        plan(town("A-B D-C", cell_m=10_000), end="C", avoid=(ban("A-B"),))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(max_hours=0.5), "within 0.5 h of driving at the slow pace"),
        (Limits(max_km=12), "within 12 km: the shortest is"),
    ],
)
def test_a_limit_below_the_best_says_what_the_best_does(limits: Limits, words: str) -> None:
    with pytest.raises(NoRouteError, match=words):
        plan(limits=limits)


def test_a_limit_that_is_too_small_names_the_road_and_both_its_figures() -> None:
    with pytest.raises(NoRouteError, match=r"by the estimate \(.* h of driving, (by|no place)"):
        plan(limits=Limits(max_km=12))
    with pytest.raises(NoRouteError, match=r"fastest takes .* h \(.* km, (by|no place)"):
        plan(limits=Limits(max_hours=0.5))


def test_a_limit_says_whether_a_ban_breaks_it() -> None:
    free = plan()
    short = min(option.length_km.high for option in free.options)
    used = next(option for option in free.options if option.length_km.high == short).legs[0]
    banned = (ban(used.segment_id),)
    with pytest.raises(NoRouteError, match="If this request allowed the roads"):
        plan(avoid=banned, limits=Limits(max_km=short))
    with pytest.raises(NoRouteError, match=r"Allowing the roads .* is not enough"):
        plan(avoid=banned, limits=Limits(max_km=12))


def test_limits_that_are_kept_are_told_with_what_each_option_has() -> None:
    free = plan()
    (fastest, slower) = sorted(free.options, key=lambda option: option.drive_h.high)
    most = (fastest.drive_h.high + slower.drive_h.high) / 2
    made = plan(limits=Limits(max_hours=most, max_km=1000))
    assert len(free.options) == 2
    assert [option.place_ids for option in made.options] == [fastest.place_ids]
    hours, km = told(made)
    assert hours.startswith("At most")
    assert km == "At most 1000 km, by the long estimate."


def test_limits_that_no_way_keeps_together() -> None:
    known = {"incidents": _seen_on_the_short_way()}
    free = plan(known=known)
    short, round_ = sorted(free.options, key=lambda option: option.drive_h.high)
    hours = (short.drive_h.high + round_.drive_h.high) / 2
    with pytest.raises(NoRouteError, match="least exposed has") as caught:
        plan(known=known, limits=Limits(max_exposure=1e-3))
    least = float(str(caught.value).split("least exposed has ")[1].split()[0])
    with pytest.raises(NoRouteError, match="limits together: at most"):
        plan(known=known, limits=Limits(max_hours=hours, max_exposure=least + 0.1))
    made = plan(known=known, limits=Limits(max_exposure=least + 0.1))
    assert [option.place_ids for option in made.options] == [round_.place_ids]
    assert told(made)[0].endswith(f"A: {least:.1f}.")


def test_exposure_cannot_be_limited_where_nothing_is_known() -> None:
    with pytest.raises(PlanningError, match="cannot be checked"):
        plan(limits=Limits(max_exposure=5))


def test_a_least_known_share_says_how_many_routes_it_left_out() -> None:
    with pytest.raises(
        NoRouteError, match=r"exact routes \(1\) is known over 50 %.* the best known is so over 0 %"
    ):
        plan(limits=Limits(min_informed=0.5))
    made = plan(known={"incidents": incidents(source=source())}, limits=Limits(min_informed=1.0))
    assert told(made) == [
        "At least 100 % of the length with information: 0 of 1 exact routes left out for it."
    ]


def test_a_share_is_not_refused_for_routes_that_memory_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of those found none is known well enough; of those that are missing one may be."""

    def unfinished(*args: object, **more: object) -> Ways:
        return replace(find_ways(*args, **more), is_complete=False)

    monkeypatch.setattr(options, "find_ways", unfinished)
    with pytest.raises(PlanningError, match="ran out of memory"):
        plan(limits=Limits(min_informed=0.5))


@pytest.mark.parametrize("limits", [Limits(max_hours=0), Limits(max_km=-1), Limits(min_informed=2)])
def test_a_limit_out_of_range_is_a_fault(limits: Limits) -> None:
    with pytest.raises(PlanningError, match="above zero"):
        plan(limits=limits)


@pytest.mark.parametrize(
    ("conditions", "is_kept_out"),
    [({}, False), ({"avoid": (ban("B-C"),)}, True), ({"limits": Limits(max_km=1)}, True)],
)
def test_a_refusal_says_whether_only_conditions_stand_against_it(
    conditions: dict[str, object], *, is_kept_out: bool
) -> None:
    end = "D" if is_kept_out else "Nowhere"
    asked = request("A", end, **conditions)
    made = refused_plan(picture(ROW), asked, CONFIG, Said(fr="non", en="no"))
    assert made.is_kept_out == is_kept_out
    road = next(family for family in made.families if family.family_id == "road")
    assert ("conditions" in road.said[0].en) == is_kept_out


def _seen_on_the_short_way() -> object:
    """Ambushes by B and C, many and late."""
    rows = []
    for place in ("B", "C"):
        node = TOWN.node_index[place]
        rows += [("ambush", float(TOWN.lon[node]), float(TOWN.lat[node]), AS_OF)] * 6
    return incidents(rows, source=source())
