"""What a set of tags means, and several drawings together."""

from __future__ import annotations

import math

import pytest

from cmcoord_geo.network.osm.meaning import Meaning, first_number, meaning_of, together


def meaning(**tags: str) -> Meaning:
    return meaning_of(tuple(sorted(tags.items())))


@pytest.mark.parametrize(
    ("tags", "is_outline"),
    [
        ({"highway": "service", "area": "yes"}, True),
        ({"highway": "footway"}, True),
        ({"highway": "service", "area": "yes", "access": "no"}, False),
        ({"highway": "service", "area": "yes", "ford": "yes"}, False),
        ({"highway": "service", "access": "no"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "service"}, False),
        ({"highway": "path"}, False),
    ],
)
def test_an_outline_is_closed_by_nothing_else(tags: dict[str, str], *, is_outline: bool) -> None:
    assert meaning(**tags).is_outline == is_outline


@pytest.mark.parametrize(
    ("ref", "number"),
    [("RN2", "RN2"), ("RN2;RN8", "RN2"), ("fixme", ""), (" FIXME ", ""), ("", "")],
)
def test_a_reminder_of_a_mapper_is_no_number(ref: str, number: str) -> None:
    assert first_number(ref) == number


def test_capital_letters_make_no_crossing() -> None:
    assert meaning(highway="primary", ford="No", bridge="NO").crossing_kind == ""
    assert meaning(highway="primary", ford="Yes").crossing_kind == "ford"


@pytest.mark.parametrize(
    ("tags", "dry", "wet"),
    [
        ({"bridge:condition": "poor"}, "restricted", "restricted"),
        ({"destroyed:bridge": "yes", "bridge": "bailey"}, "restricted", "restricted"),
        ({"opening_hours": "06:00-18:00"}, "restricted", "restricted"),
        ({"flood_prone": "yes"}, "open", "restricted"),
        ({"smoothness": "awful"}, "restricted", "closed"),
        ({"toll:hgv": "yes"}, "open", "open"),
    ],
)
def test_doubt_on_the_state_is_no_open_road(tags: dict[str, str], dry: str, wet: str) -> None:
    found = meaning(highway="primary", surface="asphalt", **tags)
    assert (found.status_dry, found.status_wet) == (dry, wet)


def test_hours_of_a_road_are_told_as_a_condition() -> None:
    road = meaning(highway="primary", opening_hours="06:00-18:00")
    assert "condition: opening_hours=06:00-18:00" in road.note
    assert "condition" not in meaning(route="ferry", opening_hours="06:00-18:00").note


def test_what_casts_doubt_stands_in_the_note() -> None:
    note = meaning(**{"highway": "primary", "bridge:condition": "poor"}).note
    assert "state: bridge:condition=poor" in note.split("; ")


def test_a_ferry_on_a_road_is_a_ferry() -> None:
    both = meaning(highway="primary", route="ferry", duration="00:30")
    assert (both.crossing_kind, both.highway, both.duration_s) == ("ferry", "ferry", 1800)


def test_together_the_more_cautious_word_wins_whichever_is_first() -> None:
    good = meaning(highway="primary", surface="asphalt")
    bad = meaning(highway="primary", surface="laterite", seasonal="yes")
    for drawings in ((good, bad), (bad, good)):
        both = together(drawings)
        assert (both.surface, both.status_dry, both.status_wet) == ("laterite", "open", "closed")
        assert (both.max_vehicle_dry, both.max_vehicle_wet) == ("heavy_truck", "motorbike")


def test_together_a_tagged_surface_counts_before_that_of_the_class() -> None:
    road, track = meaning(highway="tertiary", surface="laterite"), meaning(highway="track")
    both = together([road, track])
    assert (both.surface, both.status_dry, both.max_vehicle_wet) == (
        "laterite",
        "restricted",
        "lv_4x4",
    )
    assert together([meaning(highway="tertiary"), track]).surface == "track"


def test_together_an_unknown_state_stays_unknown_and_confidence_low() -> None:
    both = together([meaning(highway="primary", surface="asphalt"), meaning(highway="primary")])
    assert (both.surface, both.status_dry, both.confidence) == ("paved", "unknown", "low")


def test_together_the_longest_time_of_a_ferry_counts() -> None:
    quick, slow = (meaning(route="ferry", duration=each) for each in ("00:10", "00:30"))
    assert together([quick, slow]).duration_s == 1800
    assert math.isnan(together([meaning(route="ferry")]).duration_s)


@pytest.mark.parametrize(
    ("key", "value", "wet"),
    [
        ("motor_vehicle:forward:conditional", "no @ (wet)", "closed"),
        ("hgv:backward:conditional", "no @ (Jun-Oct)", "closed"),
        ("hgv:conditional", "no @ (wet)", "closed"),
        ("maxweight:hgv:conditional", "5 @ (Jun-Oct)", "restricted"),
        ("maxweight:conditional", "5 @ (wet)", "restricted"),
        ("maxheight:hgv:forward:conditional", "3 @ (wet)", "restricted"),
        ("oneway:hgv:conditional", "yes @ (Mo-Fr)", "restricted"),
    ],
)
def test_a_condition_with_a_direction_or_a_vehicle_is_doubt_as_one_without(
    key: str, value: str, wet: str
) -> None:
    tags = {"highway": "primary", "surface": "asphalt", key: value}
    found = meaning_of(tuple(sorted(tags.items())))
    assert "conditional" in found.flags
    assert found.status_dry == "restricted"
    if wet == "closed":
        assert found.max_vehicle_wet in {"lv_4x4", "motorbike"} or found.status_wet == "closed"
    else:
        assert found.status_wet == wet
