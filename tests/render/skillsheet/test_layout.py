"""Sentences take what they need, and no more than the panels can spare."""

from __future__ import annotations

import pytest
from render.printmap.pencil import Pencil

from cmcoord_geo.render.skillsheet.layout import KEEP_PT, lay_out

SENTENCE = (
    "Incidents on the most exposed roads were fewer than announced, and none elsewhere is low."
)


def words(layout) -> str:
    return " ".join(line.text for column in layout.columns for line in column)


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_all_sentences_are_kept_in_order(count: int) -> None:
    sentences = [f"{i} {SENTENCE}" for i in range(count)]
    layout = lay_out(Pencil("A4"), sentences)
    assert words(layout) == " ".join(sentences)
    firsts = [line for column in layout.columns for line in column if line.is_first]
    assert len(firsts) == count
    assert firsts[0].face.is_bold


def test_more_sentences_are_smaller_and_leave_the_panels_their_room() -> None:
    few = lay_out(Pencil("A4"), [SENTENCE] * 3)
    many = lay_out(Pencil("A4"), [SENTENCE * 3] * 12)
    assert few.columns[0][0].face.size_pt == KEEP_PT
    assert many.columns[0][0].face.size_pt < KEEP_PT
    assert few.whole.height > many.whole.height > 100


def test_columns_are_balanced() -> None:
    layout = lay_out(Pencil("A4"), [SENTENCE] * 6)
    first, second = map(len, layout.columns)
    assert abs(first - second) <= 2
