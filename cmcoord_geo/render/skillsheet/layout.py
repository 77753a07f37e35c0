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

KEEP_PT, KEEP_LEAST_PT = 8.0, 5.6
#: Most of the height that the sentences may take.
KEEP_SHARE = 0.3
_SPLIT, _GAP_MM, _HITS_MM = 0.525, 5.0, 57.0


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
    keep_lines : tuple of str
        Sentences as they are broken.
    keep_face : Face
    """

    hits: Box
    months: Box
    groups: Box
    whole: Box
    keep: Box
    keep_lines: tuple[str, ...]
    keep_face: Face


def lay_out(sheet: Sheet, head: str, sentences: Sequence[str]) -> Layout:
    """Measure the sentences and share out the rest."""
    room = map_box(sheet)
    inner = Box(left=room.left, right=room.right, top=room.top + 2.0, bottom=room.bottom)
    face, lines = _sentences(f"{head} — {' '.join(sentences)}", inner)
    keep = Box(
        left=inner.left,
        right=inner.right,
        top=inner.bottom - len(lines) * face.line_mm - 3.0,
        bottom=inner.bottom,
    )
    whole = Box(left=inner.left, right=inner.right, top=inner.top, bottom=keep.top - 1.0)
    middle = inner.left + _SPLIT * inner.width
    left, right = middle - _GAP_MM, middle + _GAP_MM
    split = whole.top + _HITS_MM
    return Layout(
        hits=Box(left=whole.left, right=left, top=whole.top, bottom=split),
        months=Box(left=whole.left, right=left, top=split + 3.0, bottom=whole.bottom),
        groups=Box(left=right, right=whole.right, top=whole.top, bottom=whole.bottom),
        whole=whole,
        keep=keep,
        keep_lines=lines,
        keep_face=face,
    )


def _sentences(words: str, inner: Box) -> tuple[Face, tuple[str, ...]]:
    """Largest face in which the sentences leave the panels their room, and its lines."""
    face = Face(size_pt=KEEP_PT, is_bold=True)
    while True:
        lines = wrap(words, face, inner.width)
        if len(lines) * face.line_mm <= KEEP_SHARE * inner.height or face.size_pt <= KEEP_LEAST_PT:
            return face, tuple(lines)
        face = face.scaled(0.94)
