"""Labels and panels: nothing lies on anything else, and every text keeps to its column."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from render.printmap.drawn import SHEETS, drawn
from shapely import Polygon, box

from cmcoord_geo import facts

#: Millimetres by which boxes of text may touch: accents and descenders rarely meet.
SLACK = 0.25


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_no_label_lies_on_a_mark_a_panel_or_another_label(audience, paper, lang):
    scene = drawn(audience, paper, lang)
    assert len(scene.placed) > 50
    for place in scene.placed:
        scene.raster.block(place.box, by=-1)
        assert scene.raster.is_free(place.box), place.label.text
        scene.raster.block(place.box)
    for one, other in itertools.combinations(scene.placed, 2):
        assert not one.box.overlaps(other.box, slack_mm=0.01), (one.label.text, other.label.text)


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_cells_and_ends_of_movements_are_always_named(audience, paper, lang):
    assert not [label.text for label in drawn(audience, paper, lang).left_out if label.is_needed]


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_texts_keep_to_their_columns_and_do_not_overlap(audience, paper, lang):
    scene = drawn(audience, paper, lang)
    by_part: dict[str, list] = {}
    for written in scene.sheet.written:
        if written.column is not None:
            left, right = written.column
            assert written.box.left >= left - 0.05, written.text
            assert written.box.right <= right + 0.05, written.text
            by_part.setdefault(written.part, []).append(written)
    assert {"head", "foot", "legend", "closures"} <= set(by_part)
    for part, texts in by_part.items():
        for one, other in itertools.combinations(texts, 2):
            assert not one.box.overlaps(other.box, slack_mm=SLACK), (part, one.text, other.text)
        for written in texts if part in scene.panels else ():
            assert written.box.is_within(scene.panels[part], slack_mm=SLACK), (part, written.text)


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_no_text_of_the_exercise_week_is_cut(audience, paper, lang):
    scene = drawn(audience, paper, lang)
    assert not [w.text for w in scene.sheet.written if w.column and w.text.endswith("…")]


@pytest.mark.parametrize(("audience", "paper", "lang"), SHEETS)
def test_panels_stand_over_foreign_land_and_apart(audience, paper, lang):
    scene = drawn(audience, paper, lang)
    country = Polygon(np.vstack([scene.project(ring) for ring in facts.basemap()["country"]]))
    assert {"legend", "scale", "locator"} <= set(scene.panels)
    for part, panel in scene.panels.items():
        assert not country.intersects(box(panel.left, panel.top, panel.right, panel.bottom)), part
        assert panel.is_within(scene.project.frame), part
    for one, other in itertools.combinations(scene.panels.values(), 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize(("paper", "least_pt"), [("A4", 4.3), ("A3", 5.4)])
def test_no_text_in_a_column_is_smaller_than_can_be_read(paper, least_pt):
    scene = drawn("owner", paper, "fr")
    small = [(w.size_pt, w.text) for w in scene.sheet.written if w.column and w.size_pt < least_pt]
    assert not small
