"""Asked, offered, lapsed, confirmed, before, refused: each bin by what is known at the cut-off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from coordination.wants import BIN_H, NETWORK, issue, want
from sharing.week import at, patrols

from cmcoord_geo.coordination.offers import offered_patrols
from cmcoord_geo.coordination.presence import slots_of
from cmcoord_geo.model import CorridorResponse, TimeSpan
from cmcoord_geo.picture import Patrols

(CORRIDOR,) = issue([want(p, "A-B", 1, 6, 12) for p in "XY"]).added
MORNING = TimeSpan(earliest=at(1, 6), latest=at(1, 9))


def answer(word: str = "can", **other: object) -> CorridorResponse:
    given: dict[str, object] = {"composition": "minusca", "read_at": at(0, 18), **other}
    return CorridorResponse(corridor_id=CORRIDOR.corridor_id, answer=word, **given)


def states(*answers: CorridorResponse, as_of=None, more=None, corridor=CORRIDOR, fresh_h=0.0):
    offers = offered_patrols(NETWORK, [corridor], answers)
    found = slots_of(
        NETWORK,
        [corridor],
        offers.joined(more or Patrols.empty()),
        answers,
        as_of=as_of or at(0, 18),
        bin_h=BIN_H,
        fresh_h=fresh_h,
    )
    return [(one.start.hour, one.state, one.is_asked) for one in found]


def test_without_an_answer_it_is_asked() -> None:
    assert states() == [(6, "asked", True), (9, "asked", True)]


def test_offered_then_lapsed_when_nobody_confirms() -> None:
    assert states(answer()) == [(6, "offered", True), (9, "offered", True)]
    late = states(answer(), as_of=at(1, 13))
    assert late == [(6, "lapsed", True), (9, "lapsed", True)]


def test_confirmed_only_to_the_last_passage() -> None:
    done = answer(passed_at=at(1, 7))
    assert states(done, as_of=at(1, 8)) == [(6, "confirmed", True), (9, "offered", True)]
    assert states(done, as_of=at(1, 13)) == [(6, "confirmed", True), (9, "lapsed", True)]
    assert states(done)[0] == (6, "offered", True)  # a report from later is not used


def test_cannot_is_refused_and_so_is_what_another_window_leaves() -> None:
    assert [one[1] for one in states(answer("cannot"))] == ["refused", "refused"]
    beside = TimeSpan(earliest=at(1, 9), latest=at(1, 15))
    assert states(answer("other_window", window=beside)) == [
        (6, "refused", True),
        (9, "offered", True),
        (12, "offered", False),
    ]


def test_a_part_of_the_road_is_told_as_its_share() -> None:
    half = answer("partly", km=(0.0, NETWORK.length_km(0) / 2))
    offers = offered_patrols(NETWORK, [CORRIDOR], [half])
    slots = slots_of(NETWORK, [CORRIDOR], offers, [half], as_of=at(0, 18), bin_h=BIN_H, fresh_h=0.0)
    assert [one.share for one in slots] == pytest.approx([0.5, 0.5])


def test_any_patrol_on_the_road_counts_in_a_bin_that_was_asked_for() -> None:
    more = patrols(("P", "A-B", at(1, 6), at(1, 9)), ("Q", "B-C", at(1, 9), at(1, 12)))
    assert states(more=more) == [(6, "offered", True), (9, "asked", True)]


def test_a_composition_that_is_not_accepted_counts_for_nothing() -> None:
    """L111."""
    mixed = answer(composition="mixed")
    assert {one[1] for one in states(mixed)} == {"refused"}
    open_to_all = replace(CORRIDOR, accepts_mixed=True)
    assert {one[1] for one in states(mixed, corridor=open_to_all)} == {"offered"}


def test_a_patrol_is_no_verification_of_ordnance() -> None:
    asked = replace(CORRIDOR, presence=("eo_verification",))
    more = patrols(("P", "A-B", at(1, 6), at(1, 9)))
    assert {one[1] for one in states(more=more, corridor=asked)} == {"asked"}
    assert {one[1] for one in states(answer(), corridor=asked)} == {"offered"}


def test_a_patrol_without_times_is_not_offered() -> None:
    more = replace(patrols(("P", "A-B", at(1, 6), at(1, 9))), start_s=np.array([np.nan]))
    assert {one[1] for one in states(more=more)} == {"asked"}


def test_presence_shortly_before_is_what_a_convoy_wants_and_no_refusal() -> None:
    """L054: a recent patrol on the road, never beside the convoy; fresh to the end of the bin."""
    ahead = TimeSpan(earliest=at(1, 0), latest=at(1, 3))
    offer = answer("other_window", window=ahead)
    asked = {hours: [state for _, state, is_asked in states(offer, fresh_h=hours) if is_asked]
             for hours in (0.0, 9.0, 12.0)}  # fmt: skip
    assert asked == {0.0: ["refused"] * 2, 9.0: ["before", "refused"], 12.0: ["before"] * 2}
    passed = answer("other_window", window=ahead, passed_at=at(1, 2))
    told = states(passed, as_of=at(1, 5), fresh_h=12.0)
    assert [state for _, state, is_asked in told if is_asked] == ["before"] * 2


def test_presence_after_a_bin_or_without_follow_up_is_not_before_it() -> None:
    later = TimeSpan(earliest=at(1, 9), latest=at(1, 15))
    assert states(answer("other_window", window=later), fresh_h=48.0)[0][1] == "refused"
    ahead = TimeSpan(earliest=at(1, 0), latest=at(1, 3))
    gone = states(answer("other_window", window=ahead), as_of=at(1, 5), fresh_h=48.0)
    assert [state for _, state, is_asked in gone if is_asked] == ["refused"] * 2


def test_before_counts_for_the_part_of_the_road_that_it_is_on() -> None:
    ahead = TimeSpan(earliest=at(1, 0), latest=at(1, 3))
    half = answer("other_window", window=ahead, km=(0.0, NETWORK.length_km(0) / 2))
    offers = offered_patrols(NETWORK, [CORRIDOR], [half])
    slots = slots_of(
        NETWORK, [CORRIDOR], offers, [half], as_of=at(0, 18), bin_h=BIN_H, fresh_h=48.0
    )
    asked = [one for one in slots if one.is_asked]
    assert [one.state for one in asked] == ["before"] * 2
    assert [one.share for one in asked] == pytest.approx([0.5, 0.5])
