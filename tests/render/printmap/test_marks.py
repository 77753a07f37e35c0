"""Marks: told apart without colour, and no larger than the room that is kept for them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap import marks, tokens
from cmcoord_geo.render.printmap.boxes import Box

X, Y = 100.0, 60.0


def on_sheet(draw, *given, paper="A3", **more) -> Pencil:
    sheet = Pencil(paper)
    draw(sheet, X, Y, *given, **more)
    return sheet


def form(sheet: Pencil) -> tuple:
    """What is left of a mark in black and white: its outlines, what is filled dark, and its signs."""
    dark = {tokens.INK, tokens.PATROL, tokens.SECOND}
    shapes = [
        (np.round(s.points, 2).tobytes(), s.style.get("fill") in dark, s.style.get("dashes"))
        for s in sheet.shapes
    ]
    lines = [np.round(stroke.points, 2).tobytes() for stroke in sheet.lines]
    return (*shapes, *lines, *sheet.texts())


def extent(sheet: Pencil) -> Box:
    points = np.vstack([stroke.points for stroke in (*sheet.lines, *sheet.shapes)])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Box(left=left, top=top, right=right, bottom=bottom)


FERRY = ("running", "restricted", "conflicting", "out", "unknown")
STATES = {
    "closure": [(marks.draw_closure, s) for s in ("closed", "restricted", "conflicting", "odd")],
    "ferry": [(marks.draw_crossing, "ferry", s) for s in FERRY],
    "crossing": [(marks.draw_crossing, k, "") for k in ("ferry", "bridge", "ford", "border")],
    "bridge": [(marks.draw_crossing, "bridge", s) for s in ("unknown", "closed", "conflicting")],
    "default": [(marks.draw_default_state, s) for s in ("closed", "unknown")],
    "town": [(marks.draw_town, r) for r in ("cell", "contact", "town")],
}


@pytest.mark.parametrize("kind", STATES)
def test_states_and_kinds_are_told_apart_without_colour(kind):
    forms = [form(on_sheet(draw, *given)) for draw, *given in STATES[kind]]
    for one, other in itertools.combinations(forms, 2):
        assert one != other


def test_confirmed_and_precise_are_filled():
    for draw, given, key in (
        (marks.draw_patrol_badge, ("P1",), "is_confirmed"),
        (marks.draw_incident, (), "is_precise"),
    ):
        yes, no = (on_sheet(draw, *given, **{key: value}) for value in (True, False))
        assert yes.shapes[0].style["fill"] != tokens.PAPER
        assert no.shapes[0].style["fill"] == tokens.PAPER


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_marks_keep_to_the_room_that_is_closed_for_them(paper):
    all_marks = [mark for states in STATES.values() for mark in states]
    for draw, *given in all_marks:
        sheet = on_sheet(draw, *given, paper=paper)
        reach = marks.MARK_MM * sheet.scale + 0.01
        assert extent(sheet).is_within(
            Box(left=X - reach, right=X + reach, top=Y - reach, bottom=Y + reach)
        ), given
    sheet = on_sheet(marks.draw_ordnance, "EE", paper=paper)
    reach = marks.TRIANGLE_MM * sheet.scale + 0.01
    assert extent(sheet).is_within(
        Box(left=X - reach, right=X + reach, top=Y - reach, bottom=Y + reach)
    )


BADGES = [
    (marks.draw_movement_badge, {}),
    (marks.draw_patrol_badge, {"is_confirmed": True}),
    (marks.draw_patrol_badge, {"is_confirmed": False}),
    (marks.draw_conflict_badge, {}),
]


@pytest.mark.parametrize("text", ["H1", "H1 H2 H3 H4 +12"])
@pytest.mark.parametrize(("draw", "more"), BADGES)
def test_a_badge_fills_the_box_that_is_kept_for_it_and_holds_its_text(draw, more, text):
    sheet = on_sheet(draw, text, **more)
    box = marks.badge_box(sheet, X, Y, text)
    outline = extent(sheet)
    assert outline.is_within(box, slack_mm=0.01)
    assert outline.width == pytest.approx(box.width, abs=0.05)
    (written,) = sheet.written
    assert written.text == text
    assert box.left < written.box.left < written.box.right < box.right
