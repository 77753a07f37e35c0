"""Where the panels of the sheet stand; the sentences below them take what they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.frame import map_box
from cmcoord_geo.render.printmap.typeset import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.render.printmap.sheet import Sheet

KEEP_PT, KEEP_LEAST_PT = 8.0, 5.2
#: Most of the height that the sentences may take.
KEEP_SHARE = 0.26
BULLET_MM, HEAD_MM = 3.4, 6.4
_SPLIT, _GAP_MM, _HITS_MM = 0.525, 5.0, 53.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLine:
    """
    A line of a sentence.

    Attributes
    ----------
    text : str
    face : Face
    is_first : bool
        Of its sentence: a bullet stands before it.
    """

    text: str
    face: Face
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    Boxes of the sheet, in millimetres.

    Attributes
    ----------
    hits, months, groups : Box
        The three panels.
    whole : Box
        All that lies above the sentences.
    keep : Box
    columns : tuple of tuple of KeepLine
        Sentences in two columns.
    """

    hits: Box
    months: Box
    groups: Box
    whole: Box
    keep: Box
    columns: tuple[tuple[KeepLine, ...], ...]

    def column(self, number: int) -> tuple[float, float]:
        """Left and right edge of a column of sentences, after the bullets."""
        edges = (
            (self.keep.left, self.hits.right),
            (self.groups.left, self.keep.right),
        )[number]
        return edges[0] + BULLET_MM, edges[1]


def lay_out(sheet: Sheet, sentences: Sequence[str]) -> Layout:
    """Measure the sentences and share out the rest."""
    room = map_box(sheet)
    inner = Box(left=room.left, right=room.right, top=room.top + 2.0, bottom=room.bottom)
    middle = inner.left + _SPLIT * inner.width
    left, right = middle - _GAP_MM, middle + _GAP_MM
    widths = (left - inner.left - BULLET_MM, inner.right - right - BULLET_MM)
    columns = _columns(sentences, widths, KEEP_SHARE * inner.height)
    high = HEAD_MM + max(map(_height, columns)) + 1.0
    keep = Box(left=inner.left, right=inner.right, top=inner.bottom - high, bottom=inner.bottom)
    whole = Box(left=inner.left, right=inner.right, top=inner.top, bottom=keep.top - 1.5)
    split = whole.top + _HITS_MM
    return Layout(
        hits=Box(left=whole.left, right=left, top=whole.top, bottom=split),
        months=Box(left=whole.left, right=left, top=split + 3.0, bottom=whole.bottom),
        groups=Box(left=right, right=whole.right, top=whole.top, bottom=whole.bottom),
        whole=whole,
        keep=keep,
        columns=columns,
    )


def _height(lines: Sequence[KeepLine]) -> float:
    return sum(line.face.line_mm for line in lines)


def _columns(
    sentences: Sequence[str], widths: tuple[float, float], most_mm: float
) -> tuple[tuple[KeepLine, ...], ...]:
    """Sentences in the largest face in which they leave the panels their room."""
    size = KEEP_PT
    while True:
        columns = _balanced(sentences, widths, Face(size_pt=size))
        if max(map(_height, columns)) <= most_mm or size <= KEEP_LEAST_PT:
            return columns
        size *= 0.96


def _balanced(
    sentences: Sequence[str], widths: tuple[float, float], face: Face
) -> tuple[tuple[KeepLine, ...], ...]:
    """Split between two sentences that makes the higher column lowest; the first sentence is bold."""
    bold = Face(size_pt=face.size_pt, is_bold=True)
    faces = [bold, *(face for _ in sentences[1:])]

    def lines(start: int, end: int, width: float) -> tuple[KeepLine, ...]:
        return tuple(
            KeepLine(text=line, face=faces[i], is_first=not n)
            for i in range(start, end)
            for n, line in enumerate(wrap(sentences[i], faces[i], width))
        )

    count = len(sentences)
    splits = [
        (lines(0, split, widths[0]), lines(split, count, widths[1]))
        for split in range(1, count + 1)
    ]
    return min(splits, key=lambda columns: max(map(_height, columns)))
