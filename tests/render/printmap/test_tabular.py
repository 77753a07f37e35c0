"""Tables: columns apart, wide enough for their content, or giving where the panel is narrow."""

from __future__ import annotations

import itertools

import pytest
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.panel import Stack
from cmcoord_geo.render.printmap.tabular import Column, Table

WAYS = ["Bangui → Bambari", "Kaga-Bandoro → Batangafo", "Bria → Ouadda"]
KM = ["385", "1 205", "–"]


def table(width_mm, *columns, **more) -> tuple[Pencil, Stack]:
    sheet = Pencil("A3")
    stack = Stack(sheet, width_mm)
    Table(stack, columns, **more).put()
    stack.draw(10.0, 20.0)
    return sheet, stack


def ways(**more) -> Column:
    return Column(head="trajet", cells=WAYS, **more)


def kms() -> Column:
    return Column(head="km", cells=KM, align="right")


def boxes(sheet, texts):
    return [next(w.box for w in sheet.written if w.text == text) for text in texts]


def test_right_aligned_numbers_end_where_the_panel_ends():
    sheet, _ = table(120.0, ways(gives=True), kms())
    for box in boxes(sheet, ["km", *KM]):
        assert box.right == pytest.approx(130.0)
    for box in boxes(sheet, ["trajet", *WAYS]):
        assert box.left == pytest.approx(10.0)


@pytest.mark.parametrize("width_mm", [45.0, 60.0, 120.0])
def test_no_two_cells_overlap_and_rows_keep_their_order(width_mm):
    sheet, stack = table(width_mm, ways(gives=True, lines=3), kms())
    for one, other in itertools.combinations(sheet.written, 2):
        assert not one.box.overlaps(other.box, slack_mm=0.25), (one.text, other.text)
    tops = [box.top for box in boxes(sheet, KM)]
    assert tops == sorted(tops)
    assert max(w.box.right for w in sheet.written) <= 10.0 + width_mm + 0.05
    assert max(w.box.bottom for w in sheet.written) <= 20.0 + stack.height_mm


def test_a_narrow_panel_cuts_the_column_that_gives_and_counts_it():
    sheet, stack = table(30.0, ways(gives=True), kms())
    assert set(KM) <= set(sheet.texts())
    assert stack.cuts == len([text for text in sheet.texts() if text.endswith("…")]) > 0
    wide_sheet, wide = table(120.0, ways(gives=True), kms())
    assert wide.cuts == 0
    assert set(WAYS) <= set(wide_sheet.texts())


def test_a_drawing_stands_in_its_row_with_the_width_it_asks_for():
    spots: list[tuple[float, float]] = []
    paints = [lambda left, y: spots.append((left, y)) for _ in WAYS]
    sheet, _ = table(120.0, Column(paints=paints, width=20.0), ways(gives=True), gap=2.0)
    assert [left for left, _ in spots] == [10.0] * 3
    for (_, y), box in zip(spots, boxes(sheet, WAYS), strict=True):
        assert box.top < y < box.bottom
        assert box.left == pytest.approx(10.0 + 20.0 + 2.0, abs=0.2)


def test_every_other_row_has_a_band_and_none_lies_under_two_rows():
    sheet, _ = table(120.0, ways(gives=True), kms())
    (band,) = [s.points for s in sheet.shapes if s.style["fill"] == tokens.BAND]
    first, second, third = boxes(sheet, WAYS)
    middle = (second.top + second.bottom) / 2
    assert band[:, 1].min() < middle < band[:, 1].max()
    for other in (first, third):
        assert not band[:, 1].min() < (other.top + other.bottom) / 2 < band[:, 1].max()
