"""Faces of the one font that matplotlib brings along, and the width of text in them."""

from __future__ import annotations

import unicodedata
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.backend_bases import RendererBase

INCH_MM = 25.4
POINT_MM = INCH_MM / 72
#: Heights of DejaVu Sans in ems: capitals, and the box that holds accents and descenders.
CAPITAL_EM, ASCENT_EM, DESCENT_EM = 0.729, 0.93, 0.236
MEASURE_PT = 200.0
#: Letters measured at once.
PIECE = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A size in points as printed, a weight, a slope and a colour."""

    size_pt: float
    is_bold: bool = False
    is_italic: bool = False
    color: str = tokens.INK

    @property
    def size_mm(self) -> float:
        """Size of an em."""
        return self.size_pt * POINT_MM

    @property
    def line_mm(self) -> float:
        """Distance from line to line."""
        return self.size_mm * 1.22

    def scaled(self, factor: float) -> Face:
        """Return the same face in another size."""
        return replace(self, size_pt=self.size_pt * factor)


@cache
def font(*, is_bold: bool, is_italic: bool) -> FontProperties:
    """One of the four files; the fonts of the machine are never asked."""
    name = {
        (False, False): "DejaVuSans",
        (True, False): "DejaVuSans-Bold",
        (False, True): "DejaVuSans-Oblique",
        (True, True): "DejaVuSans-BoldOblique",
    }[is_bold, is_italic]
    return FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf"))


def _word_em(word: str, *, is_bold: bool, is_italic: bool) -> float:
    """Width of a word in ems; a very long one in pieces, so that its beginnings cost no more."""
    pieces = [word[i : i + PIECE] for i in range(0, len(word), PIECE)]
    return sum(_piece_em(piece, is_bold=is_bold, is_italic=is_italic) for piece in pieces)


@lru_cache(maxsize=20_000)
def _piece_em(piece: str, *, is_bold: bool, is_italic: bool) -> float:
    """Width of some letters in ems, measured once, large and unhinted."""
    large = font(is_bold=is_bold, is_italic=is_italic).copy()
    large.set_size(MEASURE_PT)
    with missing_glyphs_drawn_as_boxes():
        width, _, _ = _measure().get_text_width_height_descent(piece, large, ismath=False)
    return float(width) / MEASURE_PT


@cache
def _measure() -> RendererBase:
    """Renderer that only measures: one dot is one point."""
    new: Any = RendererAgg
    renderer: RendererBase = new(1, 1, 72)
    return renderer


@lru_cache(maxsize=20_000)
def literal(text: str) -> str:
    r"""
    Text on one line as it is, white space as spaces, control characters as boxes.

    Examples
    --------
    >>> literal("Bria\nOuadda")
    'Bria Ouadda'
    """
    return "".join(
        " " if _breaks(mark) else "\ufffd" if _is_control(mark) else mark for mark in text
    )


def _breaks(mark: str) -> bool:
    """Whether a line may end at a letter: white space, though no space that holds a number together."""
    return mark.isspace() and mark not in "\u00a0\u202f"


def _is_control(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs", "Co"}


@contextmanager
def missing_glyphs_drawn_as_boxes() -> Iterator[None]:
    """A letter that the font lacks is drawn as a box: no reason to warn, and none to stop."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"(?s).*[Gg]lyph .*missing")
        yield


def text_width_mm(text: str, face: Face) -> float:
    """Width of a text as drawn: letters are not hinted, so that widths grow with the size alone."""
    return _text_em(text, is_bold=face.is_bold, is_italic=face.is_italic) * face.size_mm


@lru_cache(maxsize=50_000)
def _text_em(text: str, *, is_bold: bool, is_italic: bool) -> float:
    """Width of a text in ems: its words and the spaces between them."""
    words = literal(text).split(" ")
    spaces = (len(words) - 1) * _word_em(" ", is_bold=is_bold, is_italic=is_italic)
    return spaces + sum(_word_em(word, is_bold=is_bold, is_italic=is_italic) for word in words)
