"""Text in a column: measured, wrapped, shrunk a little, and cut with an ellipsis when nothing else helps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap.faces import literal, text_width_mm

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.faces import Face

#: Smallest size that is still read at arm's length, points as printed.
SMALLEST_PT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Lines that fit their column, their face, whether text was cut, or a word broken, to fit."""

    lines: tuple[str, ...]
    face: Face
    is_cut: bool = False
    is_broken: bool = False

    @property
    def height_mm(self) -> float:
        """Height of the lines."""
        return len(self.lines) * self.face.line_mm


def fit(text: str, face: Face, width_mm: float, *, lines: int = 1, floor: float = 0.84) -> Fitted:
    """
    Fit a text into a column.

    Parameters
    ----------
    width_mm : float
        Width of the column.
    lines : int
        Lines allowed.
    floor : float
        Smallest factor on the size; what then does not fit is cut and ends in "…".
    """
    whole = literal(text)
    least = max(floor, min(1.0, SMALLEST_PT / face.size_pt))
    smaller = face
    tried = []
    for factor in sorted({1.0, (1.0 + least) / 2, least}, reverse=True):
        smaller = face.scaled(factor)
        wrapped = wrap(whole, smaller, width_mm)
        if len(wrapped) <= lines:
            tried.append(Fitted(lines=tuple(wrapped), face=smaller))
    if tried:  # rather smaller letters than a word in two pieces
        unbroken = (one for one in tried if " ".join(one.lines).split() == whole.split())
        return next(unbroken, replace(tried[0], is_broken=True))
    wrapped = wrap(whole, smaller, width_mm)
    last = _shortened(wrapped[lines - 1] + " …", smaller, width_mm)
    return Fitted(lines=(*wrapped[: lines - 1], last), face=smaller, is_cut=True)


def wrap(text: str, face: Face, width_mm: float) -> list[str]:
    """Lines of a text, broken at spaces; a word wider than the column is broken inside."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if text_width_mm(joined, face) <= width_mm:
            lines[-1] = joined
            continue
        pieces = _broken(word, face, width_mm)
        lines[len(lines) if lines[-1] else 0 :] = pieces
    return lines


def _broken(word: str, face: Face, width_mm: float) -> list[str]:
    pieces = []
    while len(word) > 1 and text_width_mm(word, face) > width_mm:
        n = _longest(word, face, width_mm)
        pieces.append(word[:n])
        word = word[n:]
    return [*pieces, word]


def _longest(word: str, face: Face, width_mm: float) -> int:
    """Length of the longest beginning that fits, at least 1, found by halving."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width_mm(word[:middle], face) <= width_mm:
            low = middle
        else:
            high = middle - 1
    return low


def _shortened(text: str, face: Face, width_mm: float) -> str:
    if text_width_mm(text, face) <= width_mm:
        return text
    body = text.rstrip(" …")
    while body and text_width_mm(f"{body}…", face) > width_mm:
        body = body[:-1]
    return f"{body}…"
