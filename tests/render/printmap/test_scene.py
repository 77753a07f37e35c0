"""Names of stretches, as tables and lists write them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.printmap.pencil import blank
from render.sample import product

WEEK = product("public")
PLACES = {"A": "Alpha", "B": "Beta", "C": "Gamma"}


@pytest.fixture(scope="module")
def scene():
    """Three towns with a road each: L1 from A to B, L2 from C to B, L3 from C to A."""
    road, town = WEEK.segments[0], WEEK.places[0]
    ends = {"L1": "AB", "L2": "CB", "L3": "CA"}
    segments = [replace(road, segment_id=k, start=a, end=b) for k, (a, b) in ends.items()]
    places = [replace(town, place_id=key, name=name) for key, name in PLACES.items()]
    return blank(replace(WEEK, segments=tuple(segments), places=tuple(places)))


@pytest.mark.parametrize(
    ("segment_ids", "name"),
    [
        (["L1"], "Alpha – Beta"),
        (["L1", "L2"], "Alpha – Gamma"),
        (["L1", "L1"], "Alpha – Beta"),
        (["L2", "L1", "L2"], "Gamma – Alpha"),
    ],
)
def test_a_chain_is_named_by_its_ends_however_often_it_is_driven(scene, segment_ids, name):
    assert scene.stretch_name(segment_ids) == name


def test_a_ring_is_named_by_places_and_not_by_numbers(scene):
    assert set(scene.stretch_name(["L1", "L2", "L3"]).split(" – ")) <= set(PLACES.values())


def test_what_the_product_does_not_hold_keeps_its_id(scene):
    assert scene.stretch_name(["L9"]) == "L9"
    assert scene.place_name("Z") == "Z"
    assert scene.place_name("A") == "Alpha"


def test_a_large_sheet_is_the_large_paper():
    assert blank(WEEK, paper="A3").is_large
    assert not blank(WEEK, paper="A4").is_large
