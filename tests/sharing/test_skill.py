"""Skill for its audience: sentences that the figures bear out, groups in which something can be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render import skills
from render.skills import NOW, evidence, skill, source, view

from cmcoord_geo.config import SharingConfig
from cmcoord_geo.sharing.skill import skill_audience, skill_view, told_regions


def told(of=None, **changed) -> str:
    return " ".join(sentence.en for sentence in view(of, **changed).keep)


def test_groups_keep_every_piece_and_record_and_are_large_enough() -> None:
    groups = view().groups
    assert sum(group.recorded for group in groups) == sum(part[2] for part in skills.PARTS)
    assert sum(group.expected for group in groups) == pytest.approx(
        sum(part[1] for part in skills.PARTS)
    )
    assert all(group.expected >= 10 for group in groups)
    assert all(group.low < group.recorded < group.high for group in groups)
    assert groups[0].caption.en == "62 %, least exposed: 18 → 12"
    assert groups[-1].caption.en == "0.5 %, most exposed: 107 → 81"


@given(
    st.lists(
        st.tuples(st.integers(0, 10_000), st.floats(0, 60, allow_nan=False), st.integers(0, 60)),
        min_size=1,
        max_size=8,
    ).filter(lambda parts: any(part[0] for part in parts))
)
def test_joined_groups_lose_nothing(parts: list[tuple[int, float, int]]) -> None:
    groups = view(skill([(20, 40)], parts)).groups
    assert groups
    assert sum(group.recorded for group in groups) == sum(part[2] for part in parts)
    assert sum(group.expected for group in groups) == pytest.approx(sum(part[1] for part in parts))
    assert len(groups) == 1 or all(group.expected >= 10 for group in groups)


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        (20, "more than announced (20 for 10): read the figure there as a minimum"),
        (3, "fewer than announced (3 for 10): the figure shows where, but counts too high"),
        (11, "about as many as announced (11 for 10)"),
    ],
)
def test_the_most_exposed_roads_are_told_as_they_were(recorded: int, words: str) -> None:
    assert words in told(skill(parts=[(9_000, 20.0, 20), (100, 10.0, recorded)]))


@pytest.mark.parametrize(
    ("expected", "words"),
    [(20.0, "In all, more than"), (46.0, "In all, about as many as"), (90.0, "In all, fewer than")],
)
def test_all_roads_are_told_as_they_were(expected: float, words: str) -> None:
    assert f"{words} announced: 46 for {expected:.0f}" in told(skill(parts=[(9, expected, 46)]))


def test_a_lone_group_is_no_most_exposed_one() -> None:
    lone = skill(parts=[(9, 30.0, 46)])
    assert "most exposed" not in told(lone)
    assert view(lone).groups[0].caption.en == "all roads: 30 → 46"


@pytest.mark.parametrize(
    ("gain", "words"),
    [
        ({}, "Of use to choose where to ask first, never to conclude"),
        ({"constant_rate": (-0.1, 2.0)}, "does not clearly do better than an even spread"),
        ({"raw_counts": (-0.1, 2.0)}, "A plain count of past incidents does about as well"),
        ({"raw_counts": (-2.0, -0.1)}, "A plain count of past incidents does clearly better"),
    ],
)
def test_use_is_claimed_only_where_it_is_clear(gain: dict, words: str) -> None:
    assert words in told(skill(gain=gain))
    others = told(skill(gain={"constant_rate": (1.0, 2.0)}))
    assert (words in others) == (not gain)


def test_a_simpler_model_is_advised_where_it_placed_better() -> None:
    assert "rely rather on" not in told()
    assert "rely rather on: the blur around past events" in told(
        skill(scores={"planar_kernel": -0.5})
    )


def test_limits_are_told() -> None:
    assert "Only what was recorded (ambush or armed attack on the road, robbery" in told()
    assert "255 records of the file" in told()
    assert "too coarse" not in told(unplaced=0)
    assert "The source ends on" not in told()
    early = source(last=NOW - timedelta(days=900))
    assert "The source ends on" in told(sources=(early,))
    assert "The source ends on" not in told(sources=(early, source()))


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "No incident of the next month fell on the 5 % of the roads"),
        (0.02, "fewer than one fell"),
        (0.1, "1 fell"),
        (0.79, "8 fell"),
        (0.97, "more than 9 fell"),
        (1.0, "10 fell"),
    ],
)
def test_headline_never_rounds_to_all_or_none(share: float, words: str) -> None:
    assert words in view(skill(hit_rate=(share, share))).headline.en


def test_too_few_tells_nothing_of_the_figures() -> None:
    found = skills.thin()
    assert not found.is_enough
    assert found.hits == found.groups == ()
    assert found.headline.en == "Too few incidents to tell"
    assert "neither borne out nor refuted" in found.keep[0].en
    assert not any("Of use" in sentence.en for sentence in found.keep)


def test_months_are_missed_with_several_incidents_and_most_elsewhere() -> None:
    months = view(skill([(0, 3), (1, 4), (2, 4), (40, 40)])).months
    assert [month.is_missed for month in months] == [False, True, False, False]
    assert [(month.year, month.month) for month in months] == [(2024, n) for n in range(1, 5)]


def test_cut_off_is_the_last_thing_known_and_expiry_counts_from_release() -> None:
    config = SharingConfig()
    hours = timedelta(hours=config.product_hours)
    late = skill_view(evidence(), config, now=NOW).frame
    assert late.as_of.isoformat() == "2024-08-31T23:59:59+01:00"
    assert late.expires_at == NOW + hours
    drill = skill_view(evidence(), config).frame
    assert drill.expires_at == drill.as_of + hours
    within = late.as_of - timedelta(days=9)
    for found in (
        skill_view(evidence(), config, now=within).frame,
        skill_view(evidence(as_of=within), config).frame,
    ):
        assert found.as_of == within
        assert found.expires_at == within + hours


@pytest.mark.parametrize(
    ("changed", "audience"),
    [
        ({}, "public"),
        ({"has_export": False}, "owner"),
        ({"is_assumed": True, "licence": ""}, "owner"),
        ({"is_assumed": True, "licence": "CC BY 4.0"}, "public"),
        ({"is_assumed": True, "has_export": False}, "owner"),
    ],
)
def test_a_source_that_is_kept_keeps_the_sheet(changed: dict, audience: str) -> None:
    kept = source(**changed)
    assert skill_audience([kept]) == audience
    frame = view(sources=(source(), kept)).frame
    assert frame.audience == audience
    assert ("do not pass on" in frame.audience_note.en) == (audience == "owner")


def test_a_source_without_a_licence_says_so() -> None:
    frame = view(sources=(source(licence="", is_exercise=False),)).frame
    assert "licence not stated" in frame.sources[0].said.en
    assert "licence non indiquée" in frame.sources[0].said.fr


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 30), max_size=12), st.integers(1, 9))
def test_small_regions_are_not_told_nor_found_by_subtraction(
    events: dict[int, int], least: int
) -> None:
    found = told_regions(events, audience="public", least=least)
    assert all(events[region] >= least for region in found)
    assert len(events) - len(found) != 1 or len(events) == 1
    assert told_regions(events, audience="owner", least=least) == set(events)


def test_the_view_holds_nothing_but_statistics() -> None:
    """A record's words have no place in it: the same figures of other regions give the same view."""
    elsewhere = replace(skill(), events_by_region={3: 40}, gain_by_region={3: {}}, planar_km=80.0)
    assert view(elsewhere) == view()
