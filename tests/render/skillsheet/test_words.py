"""Headings and paragraphs keep to their column."""

from __future__ import annotations

from render.printmap.pencil import Pencil

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.skillsheet.words import LABEL, draw_heading, write_line, write_paragraph

BOX = Box(left=10, right=80, top=20, bottom=60)


def test_a_long_heading_shrinks_and_a_note_stands_below() -> None:
    pencil = Pencil("A4")
    low = draw_heading(pencil, BOX, "1", "Of ten incidents eight fell on the roads", "a note")
    plain = draw_heading(Pencil("A4"), BOX, "1", "short")
    number, title, note = pencil.written
    assert number.box.right < title.box.left
    assert title.box.right <= BOX.right + 0.1
    assert note.box.top > title.box.top
    assert low > plain > BOX.top


def test_a_paragraph_ends_where_its_lines_end() -> None:
    pencil = Pencil("A4")
    end = write_paragraph(pencil, "word " * 18 + "end", 10.0, 20.0, LABEL, right=80.0)
    assert len(pencil.written) == 2
    assert pencil.written[-1].box.bottom <= end + 0.6


def test_lines_are_aligned() -> None:
    pencil = Pencil("A4")
    for align in ("left", "center", "right"):
        write_line(pencil, "word", 10.0, 20.0, LABEL, right=80.0, align=align)
    left, middle, right = (written.box for written in pencil.written)
    assert left.left == 10.0
    assert abs((middle.left + middle.right) / 2 - 45.0) < 1e-6
    assert abs(right.right - 80.0) < 1e-6
