"""Movements, patrols, conflicts and corridors as the page's script reads them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render import sample

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.page import traffic
from cmcoord_geo.render.page.timeline import Timeline
from cmcoord_geo.sharing import views

WEEK = Timeline(sample.MONDAY)


def movement(mark: str) -> views.MovementView:
    return next(m for m in sample.movements() if m.mark == mark)


def shown_option(option: views.OptionView) -> dict:
    return traffic.movement_payload(replace(movement("H1"), options=(option,)), WEEK)["options"][0]


@pytest.mark.parametrize("mark", ["H1", "H3", "H4"])
def test_the_legs_and_timetables_of_an_option_end_where_its_road_ends(mark):
    ours = movement(mark)
    for option, shown in zip(
        ours.options, traffic.movement_payload(ours, WEEK)["options"], strict=True
    ):
        ways = [(leg["segment"], leg["isForward"]) for leg in shown["legs"]]
        assert ways == [(leg.segment_id, leg.is_forward) for leg in option.legs]
        end_km = shown["legs"][-1]["km"][1]
        for table in (shown["fast"], shown["slow"]):
            assert table == sorted(table)
            assert table[0][1] == 0
            assert table[-1][1] == end_km
        assert shown["fast"][-1][0] <= shown["slow"][-1][0]


def test_a_halt_is_a_stretch_of_time_without_kilometres():
    option = next(o for o in movement("H4").options if o.halt_places)
    table = shown_option(option)["slow"]
    nights = [
        (later[0] - earlier[0], earlier[1])
        for earlier, later in itertools.pairwise(table)
        if earlier[1] == later[1]
    ]
    assert len(nights) == len(option.halt_places)
    assert all(minutes > 8 * 60 for minutes, _ in nights)


def test_without_a_source_ordnance_is_unknown_and_not_none():
    option = replace(movement("H1").options[0], ordnance_records=0, has_ordnance_source=True)
    assert shown_option(option)["ordnance"] == 0
    assert shown_option(replace(option, has_ordnance_source=False))["ordnance"] is None


def test_a_patrol_without_window_or_passage_says_so():
    offered = replace(sample.patrols()[0], window=None, passed_at=None)
    shown = traffic.patrol_payload(offered, WEEK)
    assert shown["window"] is None
    assert shown["passed"] is None
    confirmed = next(p for p in sample.patrols() if p.passed_at)
    passed = (confirmed.passed_at - sample.MONDAY) / timedelta(minutes=1)
    assert traffic.patrol_payload(confirmed, WEEK)["passed"] == passed < 0


def test_windows_are_never_narrower_than_given():
    start, end = sample.at(0, 9) + timedelta(seconds=30), sample.at(0, 15) + timedelta(seconds=30)
    conflict = replace(sample.conflicts()[0], window=views.WindowView(start=start, end=end))
    assert traffic.conflict_payload(conflict, WEEK)["window"] == [540, 901]


def test_a_corridor_carries_nothing_of_the_movement_behind_it():
    corridor = sample.corridors()[0]
    shown = traffic.corridor_payload(corridor, WEEK)
    assert set(shown) == {"mark", "id", "stretches"}
    (stretch,) = shown["stretches"]
    assert stretch == {"segment": "L042", "km": [10, 106], "window": [540, 900]}


ends = st.tuples(*[st.floats(0, 2000, allow_subnormal=False)] * 2).map(sorted)


@given(length_km=ends, drive_h=ends, age_h=ends)
def test_the_range_of_the_page_holds_the_range_of_the_view(length_km, drive_h, age_h):
    option = next(o for m in sample.movements() for o in m.options if o.cover)
    spans = [views.RangeView(low=low, high=high) for low, high in (length_km, drive_h, age_h)]
    cover = replace(option.cover[0], age_h=spans[2])
    option = replace(option, length_km=spans[0], drive_h=spans[1], cover=(cover,))
    shown = shown_option(option)
    for span, (low, high) in zip(
        spans, (shown["length"], shown["drive"], shown["cover"][0]["age"]), strict=True
    ):
        assert low <= span.low <= span.high <= high
        assert high - low < span.high - span.low + 0.2001


def test_hours_are_rounded_away_from_what_they_promise():
    option = replace(movement("H1").options[0], drive_h=views.RangeView(low=8.96, high=9.04))
    assert shown_option(option)["drive"] == [8.9, 9.1]


def test_an_option_says_how_it_stands_against_the_fastest_where_it_was_compared():
    option = movement("H1").options[0]
    assert "against" not in shown_option(option)
    compared = views.ComparedView(
        fastest="B", is_fastest=False, below=0.9, above=0.1, tied=0.0, verdict="less",
        informed_percent=100, fastest_informed_percent=100, tail=3, mean_rank=1, tail_rank=1,
        said=(Said(fr="Un.", en="One."),),
    )  # fmt: skip
    assert shown_option(replace(option, compared=compared))["against"] == [
        Said(fr="Un.", en="One.")
    ]


def test_conditions_are_there_only_where_some_were_asked_for():
    ours = movement("H1")
    kept = Said(fr="Passer par X.", en="Go through X.")
    assert "conditions" not in traffic.movement_payload(ours, WEEK)
    assert "via" not in traffic.movement_payload(ours, WEEK)
    asked = replace(ours, conditions=(kept,), via=("SBT",))
    shown = traffic.movement_payload(asked, WEEK)
    assert (shown["conditions"], shown["via"]) == ([kept], ["SBT"])
