"""Panels: as high as their rows, and nothing outside of them."""

from __future__ import annotations

import pytest
from render.printmap.pencil import Pencil, put_up

from cmcoord_geo.render.printmap.panel import Panel, Stack

LONG = "Ouanda-Djallé et retour par Ndélé, deux jours au moins, sans halte connue. " * 3


@pytest.fixture
def sheet() -> Pencil:
    return Pencil("A3")


def test_rows_follow_one_another_and_fill_the_height_that_was_announced(sheet):
    stack = Stack(sheet, 60.0)
    middles: list[float] = []
    for height in (4.0, 10.0, 6.0):
        stack.put(height, lambda _left, y: middles.append(y))
    stack.space(2.0)
    stack.draw(10.0, 100.0)
    assert middles == [102.0, 109.0, 117.0]
    assert stack.height_mm == 22.0


@pytest.mark.parametrize("zoom", [1.0, 0.76])
def test_a_panel_holds_its_texts(sheet, zoom):
    panel = Panel(sheet, "legend", 60.0, zoom=zoom)
    panel.text("Titre", panel.face(is_bold=True))
    panel.rule()
    panel.text(LONG, lines=12)
    panel.keyed(LONG, 18.0, lambda _left, _y: None, lines=12)
    box = put_up(panel)
    assert box.width == pytest.approx(60.0)
    assert len(sheet.written) > 8
    for written in sheet.written:
        assert written.box.is_within(box), written.text
        assert written.part == "legend"


def test_text_that_loses_letters_is_counted(sheet):
    stack = Stack(sheet, 60.0)
    stack.text("Bria")
    assert stack.cuts == 0
    stack.text(LONG, lines=1)
    other = Stack(sheet, 60.0)
    other.text(LONG, lines=1)
    stack.beside(other, Stack(sheet, 10.0))
    assert stack.cuts == 2


def test_stacks_beside_one_another_have_their_tops_level(sheet):
    both = Stack(sheet, 80.0)
    short, tall = Stack(sheet, 30.0), Stack(sheet, 40.0)
    spots: list[tuple[float, float]] = []
    short.put(4.0, lambda left, y: spots.append((left, y - 2.0)))
    tall.put(10.0, lambda left, y: spots.append((left, y - 5.0)))
    both.beside(short, tall, gap=3.0)
    both.draw(10.0, 50.0)
    assert spots == [(10.0, 50.0), (43.0, 50.0)]
    assert both.height_mm == 10.0


def test_a_key_stands_left_of_its_text_and_has_the_room_it_asks_for(sheet):
    stack = Stack(sheet, 60.0)
    drawn: list[tuple[float, float]] = []
    stack.keyed("Bria", 18.0, lambda left, y: drawn.append((left, y)), least=9.0)
    stack.draw(10.0, 50.0)
    (written,) = sheet.written
    assert drawn == [(10.0, 54.5)]
    assert written.box.left == pytest.approx(28.0)
    assert written.box.top < 54.5 < written.box.bottom
    assert stack.height_mm == 9.0
