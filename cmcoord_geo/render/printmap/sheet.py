"""One sheet of paper in millimetres from its top left corner, drawn with matplotlib's own font."""

from __future__ import annotations

import unicodedata
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox, TransformedBbox

from cmcoord_geo.render.printmap import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.artist import Artist
    from numpy.typing import ArrayLike, NDArray

INCH_MM = 25.4
POINT_MM = INCH_MM / 72
#: Heights of DejaVu Sans in ems: capitals, and the box that holds accents and descenders.
CAPITAL_EM, ASCENT_EM, DESCENT_EM = 0.729, 0.93, 0.236
#: Above everything on the map.
TOP = 100.0
MEASURE_PT = 200.0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Rectangle in millimetres; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in millimetres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return self.bottom - self.top

    def overlaps(self, other: Box, *, slack_mm: float = 0.0) -> bool:
        """Whether two boxes share more than the slack in both directions."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack_mm
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack_mm
        )

    def is_within(self, other: Box, *, slack_mm: float = 0.0) -> bool:
        """Whether the box lies inside another."""
        return (
            self.left >= other.left - slack_mm
            and self.right <= other.right + slack_mm
            and self.top >= other.top - slack_mm
            and self.bottom <= other.bottom + slack_mm
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as it stands on the sheet: what, where, and the column it had to keep to, if any."""

    text: str
    box: Box
    part: str
    column: tuple[float, float] | None
    size_pt: float


@cache
def _font(*, is_bold: bool, is_italic: bool) -> FontProperties:
    name = {
        (False, False): "DejaVuSans",
        (True, False): "DejaVuSans-Bold",
        (False, True): "DejaVuSans-Oblique",
        (True, True): "DejaVuSans-BoldOblique",
    }[is_bold, is_italic]
    return FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf"))


@lru_cache(maxsize=20_000)
def _em_width(word: str, *, is_bold: bool, is_italic: bool) -> float:
    """Width of a word in ems, measured once, large and unhinted."""
    if not word:
        return 0.0
    font = _font(is_bold=is_bold, is_italic=is_italic).copy()
    font.set_size(MEASURE_PT)
    with _missing_glyphs_drawn_as_boxes():
        width, _, _ = _measure().get_text_width_height_descent(word, font, ismath=False)
    return float(width) / MEASURE_PT


@cache
def _measure() -> RendererAgg:
    """Renderer that only measures: one dot is one point."""
    return RendererAgg(1, 1, 72)


def literal(text: str) -> str:
    """
    Text on one line as it is, with white space and control characters made visible as a space or a box.

    Examples
    --------
    >>> literal("Bria\\nOuadda")
    'Bria Ouadda'
    """
    return "".join(
        " " if mark.isspace() and mark != "\u00a0" else "\ufffd" if _is_control(mark) else mark
        for mark in text
    )


def _is_control(mark: str) -> bool:
    return unicodedata.category(mark) in {"Cc", "Cs", "Co"}


class Sheet:
    """
    A sheet that is drawn on and then taken as PNG.

    Parameters
    ----------
    paper : Paper
    dpi : int
        Dots per inch, for measuring as for drawing.

    Attributes
    ----------
    scale : float
        What widths and sizes given for A3 are multiplied by.
    written : list of Written
        Every text, in the order of drawing.
    part : str
        Name of what is being drawn, kept with each text.
    """

    def __init__(self, paper: tokens.Paper, *, dpi: int) -> None:
        self.paper = paper
        self.scale = paper.scale
        self.dpi = dpi
        self.part = "map"
        self.written: list[Written] = []
        self._lift = 0.0
        self._clip: Box | None = None
        size = (paper.width_mm / INCH_MM, paper.height_mm / INCH_MM)
        self._figure = Figure(figsize=size, dpi=dpi, facecolor="white")
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, paper.width_mm)
        self._axes.set_ylim(paper.height_mm, 0)
        self._axes.set_axis_off()
        self._axes.set_autoscale_on(False)

    @contextmanager
    def inside(
        self, part: str, *, lift: float = 0.0, clip: Box | None = None, zoom: float = 1.0
    ) -> Iterator[None]:
        """Name, lift, clip and zoom what is drawn within."""
        before = self.part, self._lift, self._clip, self.scale
        self.part, self._lift, self._clip = part, self._lift + lift, clip
        self.scale *= zoom
        try:
            yield
        finally:
            self.part, self._lift, self._clip, self.scale = before

    def face(self, size_pt: float, **look: Any) -> Face:
        """Face of a size given for A3."""
        return Face(size_pt=size_pt * self.scale, **look)

    # ------------------------------------------------------------ shapes

    def line(
        self,
        points: ArrayLike,
        *,
        color: str = tokens.INK,
        width_pt: float = 1.0,
        dashes: tuple[float, ...] | None = None,
        cap: str = "butt",
        z: float = 1.0,
    ) -> None:
        """Line through points ``(n, 2)``; width in points on A3, dashes in widths."""
        xy = np.asarray(points, dtype=float)
        style: Any = "-" if dashes is None else (0.0, dashes)
        shape = Line2D(
            xy[:, 0],
            xy[:, 1],
            color=color,
            linewidth=width_pt * self.scale,
            linestyle=style,
            zorder=z + self._lift,
            solid_joinstyle="round",
            dash_joinstyle="round",
        )
        shape.set_solid_capstyle(cap)  # type: ignore[arg-type]
        shape.set_dash_capstyle(cap)  # type: ignore[arg-type]
        self._axes.add_line(shape)
        self._cut(shape)

    def polygon(
        self,
        points: ArrayLike,
        *,
        fill: str = "none",
        edge: str = "none",
        width_pt: float = 0.7,
        dashes: tuple[float, ...] | None = None,
        hatch: str | None = None,
        z: float = 1.0,
    ) -> None:
        """Closed ring of points ``(n, 2)``."""
        ring = np.asarray(points, dtype=float)
        self._patch(
            Outline(np.vstack([ring, ring[:1]]), closed=True),
            fill=fill,
            edge=edge,
            width_pt=width_pt,
            dashes=dashes,
            hatch=hatch,
            z=z,
        )

    def box(self, box: Box, **style: Any) -> None:
        """Rectangle; the style is that of `polygon`."""
        corners = [
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ]
        self.polygon(corners, **style)

    def circle(self, x: float, y: float, radius_mm: float, **style: Any) -> None:
        """Circle; the style is that of `polygon`."""
        angle = np.linspace(0.0, 2 * np.pi, 40, endpoint=False)
        self.polygon(
            np.column_stack([x + radius_mm * np.cos(angle), y + radius_mm * np.sin(angle)]), **style
        )

    def _patch(
        self,
        outline: Outline,
        *,
        fill: str,
        edge: str,
        width_pt: float,
        dashes: tuple[float, ...] | None,
        hatch: str | None,
        z: float,
    ) -> None:
        style: Any = "-" if dashes is None else (0.0, dashes)
        shape = PathPatch(
            outline,
            facecolor=fill,
            edgecolor=edge,
            linewidth=width_pt * self.scale if edge != "none" else 0.0,
            linestyle=style,
            hatch=hatch,
            zorder=z + self._lift,
        )
        self._axes.add_patch(shape)
        self._cut(shape)

    def _cut(self, shape: Artist) -> None:
        box = self._clip
        if box is not None:
            corners = Bbox.from_extents(box.left, box.top, box.right, box.bottom)
            shape.set_clip_box(TransformedBbox(corners, self._axes.transData))

    # ------------------------------------------------------------ text

    def width_mm(self, text: str, face: Face) -> float:
        """Width of a text as drawn: letters are not hinted, so that widths grow with the size alone."""
        whole = literal(text)
        words = whole.split(" ")
        spaces = (len(words) - 1) * _em_width(" ", is_bold=face.is_bold, is_italic=face.is_italic)
        letters = sum(_em_width(w, is_bold=face.is_bold, is_italic=face.is_italic) for w in words)
        return (letters + spaces) * face.size_mm

    def write(
        self,
        text: str,
        x: float,
        y: float,
        face: Face,
        *,
        align: str = "left",
        halo_pt: float = 0.0,
        column: tuple[float, float] | None = None,
        z: float = 5.0,
    ) -> Box:
        """
        One line of text, its capitals centred on ``y``; never read as mathematics.

        Returns
        -------
        Box
            What the text covers.
        """
        width = self.width_mm(text, face)
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width
        base = y + CAPITAL_EM * face.size_mm / 2
        font = _font(is_bold=face.is_bold, is_italic=face.is_italic).copy()
        font.set_size(face.size_pt)
        shape = Text(
            left,
            base,
            literal(text),
            fontproperties=font,
            color=face.color,
            ha="left",
            va="baseline",
            parse_math=False,
            zorder=z + self._lift,
        )
        if halo_pt:
            stroke = withStroke(linewidth=halo_pt * self.scale, foreground="white")
            shape.set_path_effects([stroke])
        self._axes.add_artist(shape)
        shape.set_clip_on(False)
        box = Box(
            left=left,
            right=left + width,
            top=base - ASCENT_EM * face.size_mm,
            bottom=base + DESCENT_EM * face.size_mm,
        )
        self.written.append(
            Written(text=text, box=box, part=self.part, column=column, size_pt=face.size_pt)
        )
        return box

    # ------------------------------------------------------------ result

    def pixels(self) -> NDArray[np.uint8]:
        """Picture as ``(height, width, 3)`` bytes."""
        with _missing_glyphs_drawn_as_boxes():
            self._canvas.draw()
        return np.asarray(self._canvas.buffer_rgba())[:, :, :3].copy()


@contextmanager
def _missing_glyphs_drawn_as_boxes() -> Iterator[None]:
    """A letter that the font lacks is drawn as a box: no reason to warn, and none to stop."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"(?s).*[Gg]lyph .*missing")
        yield


def row_of(boxes: Sequence[Box]) -> Box:
    """Box around boxes."""
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
