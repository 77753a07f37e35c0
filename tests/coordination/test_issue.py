"""Between two issues whole corridors come or go, so that their difference tells of nobody (H14)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from avenues import avenue
from coordination.wants import BIN_H, NETWORK, issue, want
from hypothesis import given
from hypothesis import strategies as st
from sharing.week import at

from cmcoord_geo.coordination import Demand
from cmcoord_geo.coordination.demand import bins_of
from cmcoord_geo.model import CorridorRequest

BOTH = (want("X", "A-B", 1, 6, 9), want("Y", "A-B", 1, 6, 9))


def bins(corridor: CorridorRequest) -> frozenset[int]:
    return bins_of(corridor.window.earliest, corridor.window.latest, hours=BIN_H)


def test_segments_in_a_row_are_one_corridor() -> None:
    demands = [want(p, key, 1, 6, 9) for p in "XY" for key in ("A-B", "B-C", "B-D")]
    assert sorted(one.segment_ids for one in issue(demands).added) == [("A-B", "B-C"), ("B-D",)]


def test_what_stands_keeps_its_name_and_window_when_more_come() -> None:
    (first,) = issue(BOTH).added
    later = issue([*BOTH, want("Z", "A-B", 1, 6, 12)], [first], now=at(0, 18), seed=b"other")
    assert later.standing == (first,)
    assert later.added == ()


@pytest.mark.parametrize("refusing", ["XY", "Y", "Z"])
def test_no_composition_is_asked_for_that_somebody_behind_it_refuses(refusing: str) -> None:
    """L111: a mixed patrol would cover nobody who refuses it, and the other side would not know."""
    (first,) = issue([want(p, "A-B", 1, 6, 9, accepts_mixed=True) for p in "XY"]).added
    assert first.accepts_mixed
    now = [
        want(p, "A-B", 1, 6, 9, accepts_mixed=p not in refusing) for p in sorted({*"XY", *refusing})
    ]
    later = issue(now, [first], now=at(0, 18))
    assert [one.corridor_id for one in later.withdrawn] == [first.corridor_id]
    (again,) = later.added
    assert (again.accepts_mixed, again.segment_ids) == (False, first.segment_ids)
    assert again.corridor_id != first.corridor_id


def test_a_need_that_became_more_urgent_is_asked_for_anew() -> None:
    (first,) = issue([want(p, "A-B", 1, 6, 9, priority=2) for p in "XY"]).added
    urgent = issue([want(p, "A-B", 1, 6, 9, priority=1) for p in "XY"], [first], now=at(0, 18))
    assert [one.priority for one in urgent.asked] == [1]
    less = issue([want(p, "A-B", 1, 6, 9, priority=3) for p in "XY"], [first], now=at(0, 18))
    assert less.standing == (first,)


def test_the_part_of_one_newcomer_is_not_added() -> None:
    """Else the difference of two issues would be the window of that one."""
    (first,) = issue(BOTH).added
    alone = want("Z", "A-B", 1, 9, 12)
    later = issue([*BOTH, alone], [first])
    assert later.added == ()
    assert later.held_back == (alone,)
    two = issue([*BOTH, alone, want("W", "A-B", 1, 9, 12)], [first])
    assert [one.window.earliest for one in two.added] == [at(1, 9)]


@pytest.mark.parametrize("left", [BOTH[:1], ()], ids=["one left", "none left"])
def test_it_is_withdrawn_whole_whether_one_is_left_or_none(left: tuple[Demand, ...]) -> None:
    (first,) = issue(BOTH).added
    later = issue(left, [first], now=at(0, 18))
    assert later.withdrawn == (replace(first, withdrawn_at=at(0, 18)),)
    assert later.asked == ()


def test_what_was_withdrawn_does_not_come_back_under_its_name() -> None:
    (first,) = issue(BOTH).added
    gone = issue((), [first]).withdrawn
    again = issue(BOTH, gone)
    assert again.withdrawn == gone
    assert [one.corridor_id for one in again.added] != [first.corridor_id]


def test_what_is_over_stays_on_file() -> None:
    (first,) = issue(BOTH).added
    later = issue((), [first], now=at(1, 9))
    assert (later.past, later.ledger) == ((first,), (first,))


def test_nothing_is_asked_for_hours_that_are_over() -> None:
    assert issue(BOTH, now=at(1, 9)).added == ()
    assert issue(BOTH, now=at(1, 8)).added != ()


def test_another_kind_of_presence_needs_enough_of_its_own() -> None:
    (first,) = issue(BOTH).added
    check = want("Z", "A-B", 1, 6, 9, presence="eo_verification")
    later = issue([*BOTH, check], [first])
    assert later.held_back == (check,)


def test_one_on_roads_that_are_gone_is_withdrawn() -> None:
    (first,) = issue(BOTH).added
    lost = replace(first, segment_ids=("no such",))
    assert [one.corridor_id for one in issue(BOTH, [lost]).withdrawn] == [first.corridor_id]


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
    max_size=8,
)


@given(first=WANTS, second=WANTS)
def test_the_difference_of_two_issues_is_whole_corridors_with_enough_behind(
    first: list[Demand], second: list[Demand]
) -> None:
    before = issue(first)
    after = issue(second, before.ledger, now=at(0, 18))
    old = {one.corridor_id: one for one in before.asked}
    for one in after.standing:
        assert one == old[one.corridor_id]
    for one in after.added:
        assert one.corridor_id not in old
        for key in one.segment_ids:
            new = {
                d.party
                for d in second
                if NETWORK.segment_ids[d.segment] == key
                and d.bins & bins(one) - _standing_bins(after.standing, key)
            }
            assert len(new) >= 2


def _standing_bins(standing: tuple[CorridorRequest, ...], key: str) -> frozenset[int]:
    return frozenset().union(*(bins(one) for one in standing if key in one.segment_ids))


@given(demands=WANTS)
def test_what_is_wanted_is_asked_for_or_held_back(demands: list[Demand]) -> None:
    found = issue(demands)
    for demand in demands:
        key = NETWORK.segment_ids[demand.segment]
        asked = frozenset().union(*(bins(one) for one in found.added if key in one.segment_ids))
        held = frozenset().union(
            *(
                one.bins
                for one in found.held_back
                if (one.party, one.segment) == (demand.party, demand.segment)
            )
        )
        assert demand.bins <= asked | held


def test_one_that_drives_there_and_one_back_want_one_road() -> None:
    network = avenue(dashes=20)
    there = [want("X", key, 1, 6, 9, network=network) for key in ("A-B", "B-C", "C-D")]
    back = [want("Y", key, 1, 6, 9, network=network) for key in ("E-F", "F-G", "G-H")]
    (corridor,) = issue([*there, *back], network=network).added
    sides = {("A-B", "B-C", "C-D"), ("E-F", "F-G", "G-H")}
    assert {tuple(sorted(corridor.segment_ids)), corridor.beside_ids} == sides
    assert issue([*there, *back[:2]], network=network).added[0].all_ids == (
        *("A-B", "B-C"),
        *("E-F", "F-G"),
    )
    assert issue(there, network=network).added == (), (
        "its other carriageway is no other organisation"
    )


def test_it_stands_while_both_are_behind_it_whichever_way_they_drive() -> None:
    network = avenue(dashes=20)
    demands = [
        want("X", "B-C", 1, 6, 9, network=network),
        want("Y", "F-G", 1, 6, 9, network=network),
    ]
    first = issue(demands, network=network)
    turned = [
        want("X", "F-G", 1, 6, 9, network=network),
        want("Y", "B-C", 1, 6, 9, network=network),
    ]
    later = issue(turned, first.ledger, network=network)
    assert (later.standing, later.added) == (first.added, ())


def test_who_drives_which_carriageway_changes_nothing() -> None:
    network = avenue(dashes=20)
    sides = ("A-B", "B-C", "C-D"), ("E-F", "F-G", "G-H")

    def issued(*parties: str):
        wants = [
            want(party, key, 1, 6, 9, network=network)
            for party, keys in zip(parties, sides, strict=True)
            for key in keys
        ]
        return issue(wants, network=network).added

    assert issued("X", "Y") == issued("Y", "X")
    assert issued("X", "X") == ()
