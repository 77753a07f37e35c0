"""Profiles are made from what was released: no movement, no profile; every figure is that of the option."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from render import sheets
from sharing import week
from sharing.week import CONFIG, MINUSCA, OWNER, PUBLIC

from cmcoord_geo.export import to_json
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing.profiles import profile_sheets


def released(audience: Audience = OWNER, **other: object):
    return build_product(week.picture(**other), week.plans(), audience, CONFIG).product


@pytest.mark.parametrize("audience", [MINUSCA, PUBLIC])
def test_who_is_given_no_movement_is_given_no_profile(audience: Audience) -> None:
    assert profile_sheets(released(audience), CONFIG) == ()


def test_a_partner_has_its_own_movement_alone() -> None:
    product = released(Audience(kind="owner", organisation="ORG-C"))
    (sheet,) = profile_sheets(product, CONFIG)
    told = to_json(sheet, kind="profile")
    assert "Ippy" in told
    assert "Sibut" not in told


def test_a_movement_without_a_road_has_none() -> None:
    marks = {view.mark for view in sheets.week().movements}
    assert marks - set(sheets.profiles()) == {"H10"}


def test_nothing_of_a_request_but_its_way_and_time_is_in_a_profile() -> None:
    """No organisation, cargo, purpose, marking or number of persons, even for the owner."""
    for sheet in profile_sheets(released(), CONFIG):
        told = to_json(sheet, kind="profile")
        assert not [word for word in ("ORG-", "vivres", "drapeau", "distribution") if word in told]
        json.loads(told)


def test_rates_cover_the_option_and_their_classes_are_those_of_the_map() -> None:
    for sheet in sheets.profiles().values():
        for option in sheet.options:
            assert option.rates[0].km.low == 0
            assert option.rates[-1].km.high == pytest.approx(option.km)
            assert sheet.longest_km >= option.km
            for rate in option.rates:
                assert rate.mean is None or rate.mean <= sheet.top


def test_towns_are_the_places_passed_with_their_km() -> None:
    option = sheets.profiles()["H4"].options[0]
    assert [(town.name, town.km) for town in option.towns] == [
        ("Bangui", 0.0), ("Damara", 76.0), ("Sibut", 184.0), ("Grimari", 302.0),
        ("Bambari", 382.0),
    ]  # fmt: skip


def test_roads_cover_the_option_and_tell_of_ordnance() -> None:
    sheet = sheets.profiles()["H11"]
    for option in sheet.options:
        assert sum(road.km.high - road.km.low for road in option.roads) == pytest.approx(option.km)
    assert [sum(road.ordnance_records > 0 for road in one.roads) for one in sheet.options] == [
        1, 1, 1,
    ]  # fmt: skip


def test_presence_of_one_patrol_on_neighbouring_roads_is_one_bar() -> None:
    (one,) = sheets.profiles()["H1"].options[0].presence
    assert (one.km.low, one.km.high, one.is_confirmed) == (0.0, pytest.approx(211), True)


def test_the_worst_stretch_has_the_highest_mean() -> None:
    option = sheets.profiles()["H2"].options[0]
    worst = max(option.rates, key=lambda rate: rate.mean)
    assert f"km {worst.km.low:.0f}–{worst.km.high:.0f}" in option.worst.en
    assert "of the km with information" in sheets.profiles()["H6"].options[0].worst.en


def test_nights_are_those_of_the_slow_pace() -> None:
    nights = sheets.profiles()["H6"].options[0].nights
    assert [round(km) for km in nights] == [0, 150, 279]


def test_what_is_not_known_is_asked_first() -> None:
    notes = " ".join(note.en for note in sheets.profiles()["H6"].notes)
    assert "To ask first — A: Chinko ferry (Rafaï) (km 148)" in notes
    assert "Mbari" not in notes  # a report says that it runs
    index = next(
        f for f in sheets.profiles()["H6"].options[0].facts if f.name.en == "exposure, index"
    )
    assert index.value.en.endswith("?")


def test_a_departure_after_the_expiry_is_said_first() -> None:
    product = released()
    frame = replace(product.frame, expires_at=product.movements[0].depart.start)
    (first, *_) = profile_sheets(replace(product, frame=frame), CONFIG)
    assert "after this sheet expires" in first.notes[0].en
    later = replace(frame, expires_at=frame.expires_at + timedelta(hours=1))
    (first, *_) = profile_sheets(replace(product, frame=later), CONFIG)
    assert "Part of the road" in first.notes[0].en
    never = replace(frame, expires_at=frame.expires_at + timedelta(days=30))
    (first, *_) = profile_sheets(replace(product, frame=never), CONFIG)
    assert "expires" not in first.notes[0].en


def test_no_source_of_ordnance_is_no_clearance() -> None:
    (first, *_) = profile_sheets(released(), CONFIG)
    assert any("no source" in note.en for note in first.notes)
    fact = next(f for f in first.options[0].facts if f.name.en == "explosive ordnance")
    assert fact.value.en == "?"


def test_a_ferry_has_the_states_of_the_river() -> None:
    marks = {mark.label.en: mark for mark in sheets.profiles()["H6"].options[0].marks}
    assert marks["Mbari ferry: running"].state == "running"
    assert marks["Chinko ferry (Rafaï) ?"].state == "unknown"
