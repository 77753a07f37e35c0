"""Corridors say where and about when, never who (L054, H14)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sharing import week
from sharing.week import at
from towns import town

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.export import to_json
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.corridors import bundle_corridors
from cmcoord_geo.sharing.generalise import Stretch
from cmcoord_geo.sharing.released import CorridorRequest

NETWORK = town(
    "A--B--C\n   |\n   D",
    roads={key: {"route_ref": "RN2"} for key in ("A-B", "B-C")},
)


def wish(segment_id: str, start, end) -> Stretch:
    return Stretch(segment_id=segment_id, start=start, end=end)


def bundled(*requests: tuple[str, tuple[Stretch, ...]]):
    found = [(party, CorridorRequest(stretches=parts)) for party, parts in requests]
    return bundle_corridors(NETWORK, found, config=SharingConfig())


def windows(corridors) -> list[tuple]:
    return [
        (part.segment_id, part.window.start, part.window.end)
        for corridor in corridors
        for part in corridor.stretches
    ]


def test_two_organisations_in_one_window_are_one_corridor() -> None:
    part = (wish("A-B", at(1, 6), at(1, 9)),)
    (corridor,) = bundled(("X", part), ("Y", part))
    assert windows([corridor]) == [("A-B", at(1, 6), at(1, 9))]
    assert not corridor.is_lone
    assert corridor.mark == "C1"


def test_a_lone_one_is_widened() -> None:
    (corridor,) = bundled(("X", (wish("A-B", at(1, 6), at(1, 9)),)))
    assert windows([corridor]) == [("A-B", at(1, 6), at(1, 12))]
    assert corridor.is_lone


def test_two_movements_of_one_organisation_are_alone() -> None:
    """H14: k counts organisations, not movements."""
    part = (wish("A-B", at(1, 6), at(1, 9)),)
    (corridor,) = bundled(("X", part), ("X", part))
    assert corridor.is_lone
    assert windows([corridor]) == [("A-B", at(1, 6), at(1, 12))]


def test_lone_ones_of_a_day_meet_when_widened() -> None:
    found = bundled(
        ("X", (wish("A-B", at(1, 6), at(1, 9)),)), ("Y", (wish("A-B", at(1, 9), at(1, 12)),))
    )
    assert windows(found) == [("A-B", at(1, 6), at(1, 12))]
    assert not found[0].is_lone


def test_windows_that_only_touch_are_not_one() -> None:
    both = {"X": (at(1, 6), at(1, 9)), "Y": (at(1, 9), at(1, 12))}
    requests = [
        (party + str(twin), (wish("A-B", *window),)) for party, window in both.items() for twin in (1, 2)
    ]  # fmt: skip
    assert [part[1:] for part in windows(bundled(*requests))] == list(both.values())


def test_a_numbered_road_is_one_corridor_and_another_is_not() -> None:
    """A-B and B-C are both RN2; B-D has no number."""
    day = (at(1, 6), at(1, 9))
    found = bundled(("X", tuple(wish(key, *day) for key in ("A-B", "B-C", "B-D"))))
    assert sorted([part.segment_id for part in one.stretches] for one in found) == [
        ["A-B", "B-C"],
        ["B-D"],
    ]


def test_lone_and_shared_parts_of_a_road_stay_apart() -> None:
    day = (at(1, 6), at(1, 9))
    found = bundled(
        ("X", (wish("A-B", *day), wish("B-C", *day))), ("Y", (wish("A-B", *day),))
    )  # fmt: skip
    assert [one.is_lone for one in found] == [False, True]


WISHES = st.lists(
    st.tuples(
        st.sampled_from("XYZ"),
        st.sampled_from(NETWORK.segment_ids),
        st.integers(0, 20),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=8,
)


def requests_of(drawn: list) -> list[tuple[str, tuple[Stretch, ...]]]:
    """Requests of (party, segment, first bin of 3 h from six on, number of bins)."""
    bins = timedelta(hours=3)
    return [
        (party, (wish(key, at(1, 6) + bins * first, at(1, 6) + bins * (first + n)),))
        for party, key, first, n in drawn
    ]


@given(drawn=WISHES, names=st.permutations("XYZ"), order=st.randoms())
def test_names_and_order_of_organisations_change_nothing(
    drawn: list, names: list[str], order: random.Random
) -> None:
    requests = requests_of(drawn)
    other = dict(zip("XYZ", names, strict=True))
    renamed = [(other[party], parts) for party, parts in requests]
    order.shuffle(renamed)
    assert bundled(*renamed) == bundled(*requests)


@given(drawn=WISHES)
def test_every_wish_lies_in_a_corridor(drawn: list) -> None:
    """Bundling and widening never lose presence that was asked for."""
    requests = requests_of(drawn)
    put_out = windows(bundled(*requests))
    for _, (part,) in requests:
        assert any(
            key == part.segment_id and start <= part.start and end >= part.end
            for key, start, end in put_out
        )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_order_of_plans_changes_no_byte(order: tuple[int, ...]) -> None:
    plans = week.plans()
    first = build_product(week.picture(), plans, week.MINUSCA, week.CONFIG).product
    shuffled = [plans[i] for i in order]
    again = build_product(week.picture(), shuffled, week.MINUSCA, week.CONFIG).product
    assert to_json(again, kind="plan") == to_json(first, kind="plan")


def test_renaming_organisations_changes_no_byte() -> None:
    other = {"ORG-A": "Zèbre", "ORG-B": "ORG-A", "ORG-C": "ORG-B"}
    renamed = [
        replace(plan, request=replace(plan.request, organisation=other[plan.request.organisation]))
        for plan in week.plans()
    ]
    consents = tuple(week.consent(name) for name in other.values())
    first = build_product(week.picture(), week.plans(), week.MINUSCA, week.CONFIG)
    again = build_product(week.picture(consents=consents), renamed, week.MINUSCA, week.CONFIG)
    assert again.product == first.product


def test_the_week_holds_a_shared_and_a_lone_corridor() -> None:
    corridors = build_product(
        week.picture(), week.plans(), week.MINUSCA, week.CONFIG
    ).product.corridors
    told = {
        (part.segment_id, part.window.start, part.window.end): one.is_lone
        for one in corridors
        for part in one.stretches
    }
    assert told == {
        (week.segment("SBT", "GRI"), at(1, 6), at(1, 15)): False,
        (week.segment("IPP", "BIV"), at(2, 6), at(2, 18)): True,
    }


def test_on_streets_a_road_is_one_corridor_and_no_street_is_asked_for() -> None:
    """The drawn road runs A to E; its second half lies before its first in the network."""
    roads = {"A-B": {"road_class": "residential"}}
    drawn = town("A--B--C--D--E", roads=roads, road_class="primary", route_ref="RR1")
    masks = np.full(len(drawn), everybody(), dtype=np.uint8)
    traffic = Traffic(names=("",) * 4, forward=masks, backward=masks, duration_s=np.full(4, np.nan))
    network = replace(drawn, traffic=traffic)
    stretches = tuple(wish(key, at(1, 6), at(1, 9)) for key in ("C-D", "A-B", "D-E", "B-C"))
    (corridor,) = bundle_corridors(
        network, [("ORG-A", CorridorRequest(stretches=stretches))], config=SharingConfig()
    )
    assert [part.segment_id for part in corridor.stretches] in (
        ["B-C", "C-D", "D-E"],
        ["D-E", "C-D", "B-C"],
    )
    assert corridor.stretches[0].km.high == 3.0
