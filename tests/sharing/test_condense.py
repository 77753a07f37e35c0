"""Short segments joined to the roads that people see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sharing.surveyed import ROAD, START, WAY, conflict, leg, patrol, place, product, segment

from cmcoord_geo.i18n import Said
from cmcoord_geo.sharing.condense import condensed
from cmcoord_geo.sharing.views import AreaRoadView, AreaView, ClosureView, RangeView


def test_what_is_alike_and_joins_end_to_end_is_one_road() -> None:
    made = condensed(product(ROAD, WAY))
    (road,) = made.segments
    assert (road.segment_id, road.start, road.end) == ("s1+2", "a", "d")
    assert (road.km_mid, road.km) == (3.0, RangeView(low=0.9 * 3, high=pytest.approx(3.3)))
    assert road.line == ((20.0, 5.0), (20.03, 5.0))
    (only,) = made.movements[0].options[0].legs
    assert (only.segment_id, only.is_forward) == ("s1+2", True)
    assert only.km == RangeView(low=0, high=3)
    assert (only.window.start, only.window.end) == (START, START + timedelta(hours=3))


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "RN2 Rue"},
        {"surface": "track"},
        {"state": "closed"},
        {"is_state_reported": True},
        {"exposure_class": 3},
        {"ordnance_records": 1},
    ],
)
def test_a_difference_that_the_product_tells_ends_a_road(changed: dict[str, object]) -> None:
    other = replace(ROAD[2], **changed)  # type: ignore[arg-type]
    assert [road.km_mid for road in condensed(product((*ROAD[:2], other), WAY)).segments] == [2, 1]


def test_a_junction_a_place_and_another_user_end_a_road() -> None:
    side = segment("s4", "b", "x", 0.5, title="Rue", route_ref="")
    assert len(condensed(product((*ROAD, side), WAY)).segments) == 3
    named = condensed(product(ROAD, WAY, places=(place("a"), place("b"), place("d"))))
    assert [road.segment_id for road in named.segments] == ["s1", "s3+1"]
    half = condensed(product(ROAD, WAY[:1]))
    assert [road.segment_id for road in half.segments] == ["s1", "s3+1"]


def test_places_on_segments_stay_where_they_are_on_the_ground() -> None:
    """The quarter point of s2 from its own start, which lies at its far end, is 1.75 km from a."""
    made = condensed(product(ROAD, WAY, patrols=(patrol(("s2", 0.25, 0.5), ("s3", 0.0, 1.0)),)))
    assert made.patrols[0].stretches == (
        ("s1+2", pytest.approx(1.5 / 3), pytest.approx(1.75 / 3)),
        ("s1+2", pytest.approx(2 / 3), pytest.approx(1.0)),
    )
    whole = condensed(
        product(ROAD, WAY, patrols=(patrol(("s1", 0, 1), ("s2", 0, 1), ("s3", 0, 1)),))
    )
    assert whole.patrols[0].stretches == (("s1+2", 0.0, pytest.approx(1.0)),)


def test_a_meeting_over_many_segments_is_one() -> None:
    street = segment("s4", "d", "e", 0.03, title="Rue", route_ref="")
    met = replace(conflict("s1", 0), more=tuple((key, 0.0, 1.0) for key in ("s2", "s3", "s4")))
    later = replace(conflict("s1", 20), mark="X8")
    made = condensed(product((*ROAD, street), (*WAY, leg("s4", 3)), conflicts=(met, later)))
    assert [one.mark for one in made.conflicts] == [met.mark, "X8"], (
        "numbers stay those of the week"
    )
    first = made.conflicts[0]
    assert (first.segment_id, first.more) == ("s1+2", (("s4", 0.0, 1.0),))
    assert first.window == met.window
    assert "RN2 Avenue, Rue (4.0 km in all)" in first.said.en


def test_a_timetable_keeps_the_points_at_which_it_bends() -> None:
    moments = [START + timedelta(minutes=m) for m in (0, 10, 20, 80, 90)]
    table = tuple(zip(moments, (0.0, 5.0, 10.0, 10.0, 15.0), strict=True))
    base = product(ROAD, WAY)
    option = replace(base.movements[0].options[0], fast=table, slow=table[:1])
    movement = replace(base.movements[0], options=(option,))
    made = condensed(replace(base, movements=(movement,))).movements[0].options[0]
    assert made.fast == (table[0], table[2], table[3], table[4])
    assert made.slow == table[:1]


def test_a_stub_of_a_metre_still_has_a_line() -> None:
    stub = segment("s9", "m", "n", 0.0, line=((20.0, 5.0), (20.000001, 5.0)))
    (road,) = condensed(product((stub,))).segments
    assert len(set(road.line)) == 2


def test_an_area_names_the_roads_that_are_drawn_and_tells_the_km_of_all() -> None:
    roads = (
        AreaRoadView(road="RN2 Avenue", km=1.5, segment_ids=("s1", "s2")),
        AreaRoadView(road="track", km=0.5, segment_ids=("s77",)),
    )
    area = AreaView(
        mark="Z1", area_id="a", name="Zone", effect="closure", added_min_per_km=None, since=None,
        until=START, roads=roads, movements=(), idle=None, outline=(),
    )  # fmt: skip
    (made,) = condensed(replace(product(ROAD, WAY), areas=(area,))).areas
    assert [(road.road, road.km, road.segment_ids) for road in made.roads] == [
        ("RN2 Avenue", 1.5, ("s1+2",)),
        ("track", 0.5, ()),
    ]


def test_a_closed_stretch_is_joined_as_its_roads_are() -> None:
    """Whatever the order of its segments, and apart where a part between them is left out."""
    closure = ClosureView(
        mark="R1", segment_id="s2", fraction=0.5, state="closed", said=Said(fr="", en=""),
        reported_at=START, expires_at=START,
        along=(("s3", 0.0, 0.3), ("s1", 0.4, 1.0), ("s2", 0.0, 1.0)),
    )  # fmt: skip
    (made,) = condensed(replace(product(ROAD, WAY), closures=(closure,))).closures
    ((road, low, high),) = made.along
    assert (road, low, high) == ("s1+2", pytest.approx(0.4 / 3), pytest.approx(2.3 / 3))
    torn = replace(closure, along=(("s1", 0.0, 1.0), ("s3", 0.0, 1.0)))
    (made,) = condensed(replace(product(ROAD, WAY), closures=(torn,))).closures
    assert len(made.along) == 2
