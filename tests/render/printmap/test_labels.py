"""Labels find places that are free, the important ones first, and the same ones every time."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.labels import LEADER_FROM_MM, Label, draw_labels, place_labels
from cmcoord_geo.render.printmap.raster import Raster

SHEET = Pencil("A3")
WORDS = ("Bria", "Bangui", "Ouadda", "Kaga-Bandoro", "Ippy", "Zémio")


def label(text="Bria", x=50.0, y=40.0, rank=1.0, **more) -> Label:
    return Label(text=text, x=x, y=y, face=Face(size_pt=8.0), rank=rank, **more)


labels = st.builds(
    label,
    text=st.sampled_from(WORDS),
    x=st.floats(0, 100),
    y=st.floats(0, 80),
    rank=st.sampled_from([0.0, 1.0, 2.0]),
    is_needed=st.booleans(),
    is_near=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(wanted=st.lists(labels, max_size=25, unique=True), closed=st.floats(0, 90))
def test_no_two_labels_overlap_and_none_lies_on_what_is_closed(wanted, closed):
    raster = Raster(100, 80)
    hard = Box(left=closed, right=closed + 9, top=10, bottom=70)
    raster.block(hard)
    before = raster.hard.copy()
    placed, left_out = place_labels(SHEET, raster, wanted)
    assert {place.label for place in placed} | set(left_out) == set(wanted)
    assert len(placed) + len(left_out) == len(wanted)
    for place in placed:
        assert not place.box.overlaps(hard)
    for one, other in itertools.combinations(placed, 2):
        assert not one.box.overlaps(other.box)
        assert place.box.is_within(Box(left=0, top=0, right=100, bottom=80))
    for place in placed:
        raster.block(place.box, by=-1)
    assert (raster.hard == before).all(), "the boxes that were found are those that are closed"


@given(order=st.permutations([label(text, 50 + i, 40) for i, text in enumerate(WORDS)]))
@settings(max_examples=10, deadline=None)
def test_places_do_not_depend_on_the_order_of_asking(order):
    placed, left_out = place_labels(SHEET, Raster(100, 80), order)
    again, _ = place_labels(SHEET, Raster(100, 80), sorted(order, key=lambda one: one.text))
    assert placed == again
    assert len(placed) == len(WORDS)
    assert left_out == []


def one_gap() -> Raster:
    """Raster with room for one label, east of (50, 40)."""
    raster = Raster(100, 80)
    raster.block(Box(left=0, right=99, top=0, bottom=79))
    raster.block(Box(left=51, right=61, top=37, bottom=43), by=-1)
    return raster


def test_the_only_place_goes_to_the_lowest_rank():
    town, capital = label("Ippy", rank=3.0, y=39.8), label("Bria", rank=0.0)
    placed, left_out = place_labels(SHEET, one_gap(), [town, capital])
    assert [place.label for place in placed] == [capital]
    assert left_out == [town]


def test_a_label_in_need_goes_far_and_another_is_left_out():
    raster = Raster(100, 80)
    raster.block(box_about(50, 40, 14))
    placed, left_out = place_labels(
        SHEET, raster, [label("Bria", is_needed=True), label("Ippy", y=40.1)]
    )
    assert [place.label.text for place in placed] == ["Bria"]
    assert placed[0].gap_mm >= 10
    assert [one.text for one in left_out] == ["Ippy"]


def test_a_label_keeps_off_roads_where_it_can():
    raster = Raster(100, 80)
    free, _ = place_labels(SHEET, Raster(100, 80), [label()])
    raster.line(np.array([(51.0, 40.0), (99.0, 40.0)]), width_mm=5.0, cost=100.0)
    moved, _ = place_labels(SHEET, raster, [label()])
    assert free[0].box.left > 50 > moved[0].box.right


def test_a_near_label_is_left_out_rather_than_laid_on_a_road():
    raster = Raster(100, 80)
    raster.soft[:] = 60.0
    near = label(is_near=True)
    assert place_labels(SHEET, raster, [near]) == ([], [near])
    placed, _ = place_labels(SHEET, raster, [replace(near, is_near=False)])
    assert len(placed) == 1


@pytest.mark.parametrize(
    ("gap_mm", "leaders"), [(LEADER_FROM_MM - 0.1, 0), (LEADER_FROM_MM + 1, 1)]
)
def test_a_label_far_from_its_town_is_tied_to_it(gap_mm, leaders):
    sheet = Pencil("A3")
    (place,), _ = place_labels(sheet, Raster(100, 80), [label()])
    draw_labels(sheet, [replace(place, gap_mm=gap_mm)])
    assert len(sheet.lines) == leaders
    assert sheet.texts() == ["Bria"]
    assert sheet.written[0].box.is_within(place.box, slack_mm=0.6)
    for leader in sheet.lines:
        assert tuple(leader.points[0]) == (50.0, 40.0)
        assert place.box.left <= leader.points[1][0] <= place.box.right
