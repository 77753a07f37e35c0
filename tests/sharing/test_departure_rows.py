"""What the owner reads of a slot: rounded outward, reasons by number, costs and gains."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest
from planning.test_timed_search import presence_search
from render.departures import departure_sheets
from sharing import week

from cmcoord_geo.config import Config, DayConfig, RulesConfig
from cmcoord_geo.planning.timed_search import RoadSearch
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing.departure_rows import cover_class, other_road_view
from cmcoord_geo.sharing.departure_views import OtherRoadView
from cmcoord_geo.sharing.departures import build_departures

OPTIONS = [option for sheet in departure_sheets() for option in sheet.options]
SLOTS = [(option, slot) for option in OPTIONS for slot in option.slots]


def test_every_reason_of_a_slot_is_in_the_list_and_every_one_in_the_list_is_used() -> None:
    for option in OPTIONS:
        used = {number for slot in option.slots for number in (*slot.reasons, *slot.notes)}
        assert used == set(range(len(option.reasons)))


def test_arrivals_are_widened_to_quarters() -> None:
    for _, slot in SLOTS:
        if slot.arrive is not None:
            assert slot.arrive.start.minute % 15 == slot.arrive.end.minute % 15 == 0
            assert slot.depart < slot.arrive.start < slot.arrive.end or slot.verdict == "fast_only"


def test_cover_agrees_with_the_km_without_a_patrol() -> None:
    for option, slot in SLOTS:
        if slot.unpatrolled_km is not None:
            assert slot.cover == 0 or slot.unpatrolled_km < option.km
            assert slot.exposure is not None


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 0), (0.01, 1), (1 / 3, 1), (0.34, 2), (0.67, 3), (1.0, 3)]
)
def test_class_of_cover(share: float, expected: int) -> None:
    assert cover_class(share) == expected


def test_slots_after_the_data_expire_are_marked() -> None:
    expires = departure_sheets()[0].frame.expires_at
    for _, slot in SLOTS:
        assert slot.is_stale == (slot.depart >= expires)
    assert any(slot.is_stale for _, slot in SLOTS)


def test_each_offer_says_what_it_costs_and_gains() -> None:
    for option in OPTIONS:
        for offer in option.offered:
            assert option.slots[offer.slot].verdict == "in"
            assert offer.against
    same = [
        offer.against[0].fr
        for option in OPTIONS
        for offer in option.offered
        if offer.slot == option.asked
    ]
    assert set(same) <= {"le départ demandé"}


def test_answer_counts_the_departures_that_arrive_while_the_data_hold() -> None:
    """Everything expires: what leaves after it is told apart, never as a last departure."""
    seen = set()
    soon = replace(week.CONFIG, sharing=replace(week.CONFIG.sharing, product_hours=1))
    late = build_departures(
        week.picture(), plan_week(week.picture(), soon), week.OWNER, soon, days=2
    ).sheets
    for option in (*OPTIONS, *(option for sheet in late for option in sheet.options)):
        inside = [slot for slot in option.slots if slot.verdict == "in"]
        live = [slot for slot in inside if not slot.is_stale]
        if not inside:
            continue
        told = option.answer.en
        more = len(inside) - len(live)
        if live:
            assert told.startswith(f"{len(live)} departures arrive")
            assert f"at {live[-1].depart:%H:%M}." in told
        else:
            assert "No departure arrives before the data expire" in told
        assert (f"{more} more hold only" in told) == bool(live and more)
        seen.add((bool(live), bool(more)))
    assert {(True, True), (False, True)} <= seen


def test_the_way_back_is_told_in_quarters() -> None:
    back = [slot.back_by for _, slot in SLOTS if slot.back_by is not None]
    assert back
    assert all(moment.minute % 15 == moment.second == 0 for moment in back)


def test_what_is_not_known_is_asked_once() -> None:
    for option in OPTIONS:
        assert len(set(option.ask)) == len(option.ask)


def test_no_road_by_day_names_the_halts_that_it_needs() -> None:
    config = Config(rules=RulesConfig(halts=("NONE",)), day=DayConfig(before_sunset_min=600))
    sheets = build_departures(week.picture(), week.plans(), week.OWNER, config, days=2).sheets
    far = [option for sheet in sheets for option in sheet.options if not option.latest]
    assert far
    for option in far:
        assert option.answer.fr.startswith(("Aucun", "Non"))


def _other_road(found: RoadSearch) -> OtherRoadView:
    values = {entry.name: getattr(found, entry.name) for entry in fields(found)}
    return other_road_view({**values, "names": {}})


def test_a_road_that_gains_by_presence_is_told_with_and_without_it() -> None:
    view = _other_road(presence_search(is_confirmed=False))
    assert view.via == ("A", "C", "D")
    for said, words in (
        (view.said.en, ("without presence", "with confirmed passages", "with offers too")),
        (view.said.fr, ("sans présence", "avec les passages confirmés", "avec les offres aussi")),
    ):
        assert all(said.count(each) == 2 for each in words)  # of the road, and of the option
    figures = [
        [int(low) for low in re.findall(rf"(\d+) to \d+ {words}", view.said.en)]
        for words in ("without presence", "with confirmed", "with offers")
    ]
    assert all(len(each) == 2 for each in figures)


def test_what_was_left_out_of_the_search_is_said() -> None:
    found = RoadSearch(state="none", departures=9, unfinished=4, is_part=True)
    view = _other_road(found)
    assert "At 4 departures the search under presence was not finished" in view.said.en
    assert "within 1.5 times the fastest way" in view.said.en
    assert (view.departures, view.unfinished, view.depart) == (9, 4, None)
    assert "not finished" not in _other_road(replace(found, unfinished=0)).said.en
