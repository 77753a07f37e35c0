"""Behind every stretch and window stand enough organisations, and one that is alone is in none (H14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from coordination.wants import BIN_H, CONFIG, NETWORK, want
from hypothesis import given
from hypothesis import strategies as st
from sharing.week import at
from towns import town, with_traffic

from cmcoord_geo.coordination import Demand
from cmcoord_geo.coordination.bundling import Stretch, behind_each, bundled, may_be_asked_for
from cmcoord_geo.coordination.demand import bins_of
from cmcoord_geo.network.dual_roads import OtherSides


def stretches(*demands: Demand, network=NETWORK, config=CONFIG) -> tuple[Stretch, ...]:
    return bundled(network, demands, bin_h=BIN_H, config=config, sides=OtherSides({}))


def told(found: Sequence[Stretch], network=NETWORK) -> list[tuple]:
    return [(network.segment_ids[one.segment], one.start, one.end) for one in found]


def test_two_organisations_in_one_bin() -> None:
    assert told(stretches(want("X", "A-B", 1, 6, 9), want("Y", "A-B", 1, 6, 9))) == [
        ("A-B", at(1, 6), at(1, 9))
    ]


@pytest.mark.parametrize(
    ("hours", "window"),
    [((9, 12), (6, 12)), ((15, 18), (6, 18)), ((12, 15), (6, 18))],
    ids=["half a day", "a day", "a day too"],
)
def test_a_window_is_widened_until_enough_stand_behind_it(
    hours: tuple[int, int], window: tuple[int, int]
) -> None:
    found = told(stretches(want("X", "A-B", 1, 6, 9), want("Y", "A-B", 1, *hours)))
    assert found == [("A-B", at(1, window[0]), at(1, window[1]))]


@pytest.mark.parametrize(
    "others",
    [
        (),
        (("X", "A-B", 1, 6, 9),),
        (("Y", "A-B", 2, 6, 9),),
        (("Y", "B-C", 1, 6, 9),),
    ],
    ids=["alone", "one organisation twice", "another day", "another road"],
)
def test_one_that_is_alone_is_held_back(others: tuple) -> None:
    demands = [want("X", "A-B", 1, 6, 9), *(want(*other) for other in others)]
    assert stretches(*demands) == ()


def test_a_wide_window_does_not_tell_whether_it_was_widened() -> None:
    """Else it would say that exactly one is in each half."""
    widened = stretches(want("X", "A-B", 1, 6, 9), want("Y", "A-B", 1, 9, 12))
    wide = stretches(want("X", "A-B", 1, 6, 12), want("Y", "A-B", 1, 6, 12))
    assert widened == wide


def test_more_may_be_asked_for() -> None:
    three = replace(CONFIG, min_organisations=3)
    demands = [want(name, "A-B", 1, 6, 9) for name in "XYZ"]
    assert stretches(*demands[:2], config=three) == ()
    assert len(stretches(*demands, config=three)) == 1


def test_the_strictest_composition_and_the_greatest_need_speak_for_all() -> None:
    (one,) = stretches(
        want("X", "A-B", 1, 6, 9, accepts_mixed=True, priority=3, presence="road_check"),
        want("Y", "A-B", 1, 6, 9, accepts_mixed=False, priority=1),
    )
    assert (one.accepts_mixed, one.priority) == (False, 1)
    assert one.presence == ("area_presence", "road_check")


WANTS = st.lists(
    st.builds(
        lambda party, key, first, length: want(
            party, key, 1, 6 + 3 * first, min(6 + 3 * (first + length), 18)
        ),
        st.sampled_from("WXYZ"),
        st.sampled_from(NETWORK.segment_ids),
        st.integers(0, 3),
        st.integers(1, 3),
    ),
    max_size=9,
)


@given(demands=WANTS)
def test_enough_organisations_stand_behind_each_stretch(demands: list[Demand]) -> None:
    for one in stretches(*demands):
        bins = bins_of(one.start, one.end, hours=BIN_H)
        parties = {d.party for d in demands if d.segment == one.segment and d.bins & bins}
        assert len(parties) >= 2
        assert behind_each(demands, [one.segment], bins) == {one.segment: parties}


@given(demands=WANTS)
def test_whoever_can_be_asked_for_is(demands: list[Demand]) -> None:
    """A day is the widest: with two organisations on a road in a day, all of their demand is met."""
    found = stretches(*demands)
    for demand in demands:
        others = {d.party for d in demands if d.segment == demand.segment}
        met = [
            one
            for one in found
            if one.segment == demand.segment
            and demand.bins <= bins_of(one.start, one.end, hours=BIN_H)
        ]
        assert len(met) == (len(others) > 1)


@given(demands=WANTS, names=st.permutations("WXYZ"), order=st.randoms())
def test_names_and_order_of_organisations_change_nothing(demands, names, order) -> None:
    other = dict(zip("WXYZ", names, strict=True))
    renamed = [replace(d, party=other[d.party], movement_id="?") for d in demands]
    order.shuffle(renamed)
    assert stretches(*renamed) == stretches(*demands)


@given(demands=WANTS, gone=st.sampled_from("WXYZ"))
def test_a_consent_removed_adds_no_road_and_no_finer_window(demands, gone: str) -> None:
    before, left = stretches(*demands), stretches(*(d for d in demands if d.party != gone))
    assert {one.segment for one in left} <= {one.segment for one in before}
    for one in left:
        kinds = {kind for old in before if old.segment == one.segment for kind in old.presence}
        assert set(one.presence) <= kinds


def test_on_a_surveyed_road_a_window_holds_for_a_whole_section() -> None:
    """Where it changed along the road it would tell when somebody passes there."""
    network = with_traffic(town("A--B--C--D", road_class="primary", route_ref="RR1"))
    hours = {"A-B": (6, 9), "B-C": (6, 12), "C-D": (9, 12)}
    demands = [
        want(party, key, 1, *when, network=network) for party in "XY" for key, when in hours.items()
    ]
    assert {one[1:] for one in told(stretches(*demands, network=network), network)} == {
        (at(1, 6), at(1, 12))
    }


def test_a_segment_with_one_organisation_is_left_out_of_its_section() -> None:
    network = with_traffic(town("A--B--C--D", road_class="primary", route_ref="RR1"))
    demands = [want("X", key, 1, 6, 9, network=network) for key in ("A-B", "B-C", "C-D")]
    demands += [want("Y", "A-B", 1, 6, 9, network=network)]
    demands += [want("Z", "C-D", 2, 6, 9, network=network)]
    assert [one[0] for one in told(stretches(*demands, network=network), network)] == ["A-B"]


def test_no_street_is_asked_for() -> None:
    roads = {"A-B": {"road_class": "residential"}}
    network = with_traffic(town("A--B--C", roads=roads, road_class="primary"))
    assert [may_be_asked_for(network, i) for i in range(2)] == [False, True]
    assert may_be_asked_for(NETWORK, 0)
