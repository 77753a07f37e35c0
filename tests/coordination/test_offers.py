"""Answers as patrols: the last counts, parts lie where they were said, a passage stays reported."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from avenues import avenue
from coordination.wants import issue, want
from sharing.week import at
from towns import town

from cmcoord_geo.coordination.offers import (
    corridor_km,
    last_answers,
    offered_patrols,
    stretches_of,
)
from cmcoord_geo.model import CorridorResponse, TimeSpan
from cmcoord_geo.units import utc_seconds

#: Two segments that run towards each other: the second is drawn from its far end.
ROAD = town("A---B---C", route_ref="RN1")
(CORRIDOR,) = issue(
    [want(p, key, 1, 6, 9, network=ROAD) for p in "XY" for key in ROAD.segment_ids], network=ROAD
).added


def answer(word: str = "can", **other: object) -> CorridorResponse:
    given: dict[str, object] = {"composition": "minusca", "read_at": at(0, 18), **other}
    return CorridorResponse(corridor_id=CORRIDOR.corridor_id, answer=word, **given)


def offered(*answers: CorridorResponse):
    return offered_patrols(ROAD, [CORRIDOR], answers)


def test_can_offers_the_whole_corridor_in_its_window() -> None:
    found = offered(answer())
    assert found.patrol_id == (CORRIDOR.corridor_id,) * 2
    assert found.segment_id == CORRIDOR.segment_ids
    assert found.start_s.tolist() == [utc_seconds(at(1, 6))] * 2
    assert found.end_s.tolist() == [utc_seconds(at(1, 9))] * 2
    assert [found.from_fraction.tolist(), found.to_fraction.tolist()] == [[0, 0], [1, 1]]


def test_km_count_from_the_end_that_is_named_first() -> None:
    whole = corridor_km(ROAD, CORRIDOR)
    half = whole / 2
    assert list(stretches_of(ROAD, CORRIDOR, (0.0, half))) == [
        (CORRIDOR.segment_ids[0], 0.0, pytest.approx(1.0))
    ]
    rest = stretches_of(ROAD, CORRIDOR, (half / 2, whole))
    found = {key: (low, high) for key, low, high in rest}
    assert found == {
        CORRIDOR.segment_ids[0]: (pytest.approx(0.5), 1.0),
        CORRIDOR.segment_ids[1]: (0.0, 1.0),
    }


def test_km_count_so_too_on_a_segment_drawn_from_its_far_end() -> None:
    back = replace(
        ROAD,
        start=ROAD.end.copy(),
        end=ROAD.start.copy(),
        lines=[line[::-1] for line in ROAD.lines],
    )
    turned = replace(CORRIDOR, segment_ids=CORRIDOR.segment_ids)
    whole = corridor_km(back, turned)
    assert list(stretches_of(back, turned, (0.0, whole / 4))) == [
        (CORRIDOR.segment_ids[0], pytest.approx(0.5), 1.0)
    ]


def test_another_window_is_the_one_that_is_offered() -> None:
    window = TimeSpan(earliest=at(1, 12), latest=at(1, 15))
    found = offered(answer("other_window", window=window))
    assert found.start_s[0] == utc_seconds(at(1, 12))


@pytest.mark.parametrize("answers", [(), (answer("cannot"),), (answer(""),)])
def test_no_offer_no_patrol(answers: tuple) -> None:
    assert len(offered(*answers)) == 0


def test_the_last_answer_counts() -> None:
    later = answer("cannot", read_at=at(0, 19))
    assert len(offered(answer(), later)) == 0
    assert last_answers([answer(), later]) == {CORRIDOR.corridor_id: (later,)}


def test_rows_read_together_are_one_answer() -> None:
    parts = [answer("partly", km=(0.0, 2.0)), answer("partly", km=(4.0, 6.0))]
    assert last_answers(parts)[CORRIDOR.corridor_id] == tuple(parts)


def test_a_passage_stays_reported_when_the_offer_is_taken_back() -> None:
    found = offered(answer(passed_at=at(1, 7)), answer("cannot", read_at=at(1, 8)))
    assert found.passed_s.tolist() == [utc_seconds(at(1, 7))] * 2
    assert all(map(math.isnan, found.start_s))


def test_an_answer_about_roads_that_are_gone_gives_nothing() -> None:
    lost = replace(CORRIDOR, segment_ids=("no such",))
    assert len(offered_patrols(ROAD, [lost], [answer()])) == 0


def test_an_answer_is_about_both_carriageways() -> None:
    network = avenue(cell_m=500.0)
    both = replace(CORRIDOR, segment_ids=("A-B", "B-C", "C-D"), beside_ids=("E-F", "F-G", "G-H"))
    whole = list(stretches_of(network, both, None))
    assert [key for key, _, _ in whole] == list(both.all_ids)
    part = {key: (low, high) for key, low, high in stretches_of(network, both, (0.0, 2.25))}
    assert set(part) == {"A-B", "B-C", "E-F", "F-G"}
    assert part["F-G"] == pytest.approx(part["B-C"], abs=0.06)
