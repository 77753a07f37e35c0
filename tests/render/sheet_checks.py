"""What holds for every sheet, whatever is drawn on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.sheet import Sheet, Written


def assert_text_stays_inside(sheet: Sheet) -> None:
    """No text leaves its column or the margins of the paper."""
    paper = sheet.paper
    page = Box(
        left=paper.margin_mm,
        right=paper.width_mm - paper.margin_mm,
        top=paper.margin_mm,
        bottom=paper.height_mm - paper.margin_mm,
    )
    for written in sheet.written:
        assert written.box.is_within(page, slack_mm=0.6), written.text
        if written.column is not None:
            left, right = written.column
            assert written.box.left >= left - 0.2, written.text
            assert written.box.right <= right + 0.2, written.text


def meeting(written: Iterable[Written]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that overlap."""
    for one, other in itertools.combinations([text for text in written if text.text], 2):
        if one.box.overlaps(other.box, slack_mm=0.35):
            yield one.text, other.text
