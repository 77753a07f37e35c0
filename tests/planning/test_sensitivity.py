"""Options under other parameters: each variant is a plan with those settings, and no road is sought anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.two_ways import LONGER, by_way, on, plan
from planning.worlds import AS_OF, CONFIG, incidents, picture, request, source

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.model import MovementPlan, Variant
from cmcoord_geo.planning import plan_movement

BOTH = source("ambush", "robbery")


def varied(events, **more) -> MovementPlan:
    return plan(events, with_sensitivity=True, **more)


def of(found: MovementPlan, kind: str, class_id: str = "") -> Variant:
    (one,) = [v for v in found.sensitivity if (v.kind, v.class_id) == (kind, class_id)]
    return one


def old(segment_id: str, count: int, *, class_id: str, days: int) -> list:
    return [
        (class_id, lon, lat, AS_OF - timedelta(days=days))
        for _, lon, lat, _ in on(LONGER, segment_id, count)
    ]


def test_it_is_told_where_it_is_asked_for() -> None:
    assert plan(on(LONGER, "A-B", 3)).sensitivity is None
    found = varied(on(LONGER, "A-B", 3), source=BOTH)
    assert [(v.kind, v.class_id) for v in found.sensitivity] == [
        ("as_is", ""),
        ("half_life_halved", ""),
        ("half_life_doubled", ""),
        ("reach_halved", ""),
        ("reach_doubled", ""),
        ("without", "ambush"),
        ("without", "robbery"),
    ]


def test_nothing_to_vary_where_nothing_is_known() -> None:
    found = plan_movement(picture(LONGER), request("A", "D"), CONFIG, with_sensitivity=True)
    assert found.sensitivity == ()


def test_as_it_is_says_what_the_plan_says() -> None:
    found = varied(on(LONGER, "A-B", 3))
    first = found.sensitivity[0]
    assert first.advised == found.options[0].letter
    for told, option in zip(first.options, found.options, strict=True):
        assert told.mean == pytest.approx(option.exposure.mean)
        assert (told.letter, told.worst_class) == (option.letter, option.worst_class)
        assert told.rank == option.compared.mean_rank


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("half_life_halved", {"half_life_factor": 0.5}),
        ("half_life_doubled", {"half_life_factor": 2.0}),
        ("reach_halved", {"reach_factor": 0.5, "place_reach_m": 1e4, "road_reach_m": 2.5e3}),
        ("reach_doubled", {"reach_factor": 2.0, "place_reach_m": 4e4, "road_reach_m": 1e4}),
    ],
)
def test_a_variant_is_the_plan_under_those_settings(kind, changed) -> None:
    events = on(LONGER, "A-B", 4) + on(LONGER, "C-D", 1)
    told = of(varied(events), kind)
    want = plan(events, config=replace(CONFIG, hazard=HazardConfig(**changed)))
    means = sorted(option.exposure.mean for option in want.options)
    assert sorted(option.mean for option in told.options) == pytest.approx(means)
    as_is = of(varied(events), "as_is")
    assert sorted(option.mean for option in as_is.options) != pytest.approx(means)
    assert sorted(option.worst_class for option in told.options) == sorted(
        option.worst_class for option in want.options
    )


def test_a_class_left_out_is_a_class_that_no_source_looked_for() -> None:
    events = on(LONGER, "A-B", 12) + old("A-C", 2, class_id="robbery", days=3)
    found = varied(events, source=BOTH)
    told = of(found, "without", "ambush")
    want = by_way(plan(events, source=source("robbery")))
    letters = {option.letter: way for way, option in by_way(found).items()}
    for option in told.options:
        assert option.mean == pytest.approx(want[letters[option.letter]].exposure.mean)
    assert told.advised != found.options[0].letter, "the advice rested on the ambushes"
    assert of(found, "without", "robbery").advised == found.options[0].letter


def test_without_the_only_class_there_is_no_information_and_no_rank() -> None:
    told = of(varied(on(LONGER, "A-B", 3)), "without", "ambush")
    assert {(o.mean, o.rank, o.worst_class, o.informed_share) for o in told.options} == {
        (0.0, 0, 0, 0.0)
    }


def test_one_option_has_its_figures() -> None:
    known = incidents(on(LONGER, "A-B", 3), source=source("ambush"))
    asked = request("A", "B")
    found = plan_movement(
        picture(LONGER, incidents=known),
        asked,
        replace(CONFIG, route=replace(CONFIG.route, max_options=1)),
        with_sensitivity=True,
    )
    assert {len(variant.options) for variant in found.sensitivity} == {1}
    assert {variant.advised for variant in found.sensitivity} == {"A"}
