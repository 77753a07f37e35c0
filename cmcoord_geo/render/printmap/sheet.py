"""One sheet of paper in millimetres from its top left corner, drawn with matplotlib's own font."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox, TransformedBbox

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import (
    ASCENT_EM,
    CAPITAL_EM,
    DESCENT_EM,
    INCH_MM,
    Face,
    font,
    literal,
    missing_glyphs_drawn_as_boxes,
    text_width_mm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.artist import Artist
    from numpy.typing import ArrayLike, NDArray

#: Above everything on the map.
TOP = 100.0


class Style(TypedDict, total=False):
    """
    Look of a closed shape.

    Attributes
    ----------
    fill, edge : str
        Colours.
    width_pt : float
        Of the edge, in points on A3.
    dashes : tuple of float or None
        In widths of the edge.
    hatch : str or None
        matplotlib's pattern, in the colour of the edge.
    z : float
        Higher lies above.
    """

    fill: str
    edge: str
    width_pt: float
    dashes: tuple[float, ...] | None
    hatch: str | None
    z: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text as it stands on the sheet: what, where, and the column it had to keep to, if any."""

    text: str
    box: Box
    part: str
    column: tuple[float, float] | None
    size_pt: float


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
        self._canvas: Any = FigureCanvasAgg(self._figure)
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

    def face(
        self,
        size_pt: float,
        *,
        is_bold: bool = False,
        is_italic: bool = False,
        color: str = tokens.INK,
    ) -> Face:
        """Face of a size given for A3."""
        size = size_pt * self.scale
        return Face(size_pt=size, is_bold=is_bold, is_italic=is_italic, color=color)

    # ------------------------------------------------------------ shapes

    def line(
        self,
        points: ArrayLike,
        *,
        color: str = tokens.INK,
        width_pt: float = 1.0,
        dashes: tuple[float, ...] | None = None,
        cap: Literal["butt", "round"] = "butt",
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
            solid_capstyle=cap,
            dash_capstyle=cap,
        )
        shape.set_solid_capstyle(cap)
        shape.set_dash_capstyle(cap)
        self._axes.add_artist(shape)
        self._cut(shape)

    def polygon(self, points: ArrayLike, **style: Unpack[Style]) -> None:
        """Closed ring of points ``(n, 2)``."""
        ring = np.asarray(points, dtype=float)
        dashes, edge = style.get("dashes"), style.get("edge", "none")
        line: Any = "-" if dashes is None else (0.0, dashes)
        shape = PathPatch(
            Path(np.vstack([ring, ring[:1]]), closed=True),
            facecolor=style.get("fill", "none"),
            edgecolor=edge,
            linewidth=0.0 if edge == "none" else style.get("width_pt", 0.7) * self.scale,
            linestyle=line,
            hatch=style.get("hatch"),
            zorder=style.get("z", 1.0) + self._lift,
        )
        self._axes.add_artist(shape)
        self._cut(shape)

    def box(self, box: Box, **style: Unpack[Style]) -> None:
        """Draw a rectangle."""
        corners = (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        )
        self.polygon(corners, **style)

    def circle(self, x: float, y: float, radius_mm: float, **style: Unpack[Style]) -> None:
        """Draw a circle."""
        angle = np.linspace(0.0, 2 * np.pi, 40, endpoint=False)
        ring = np.column_stack([x + radius_mm * np.cos(angle), y + radius_mm * np.sin(angle)])
        self.polygon(ring, **style)

    def _cut(self, shape: Artist) -> None:
        box = self._clip
        if box is not None:
            corners = Bbox.from_extents(box.left, box.top, box.right, box.bottom)
            shape.set_clip_box(TransformedBbox(corners, self._axes.transData))

    # ------------------------------------------------------------ text

    def write(
        self,
        text: str,
        x: float,
        y: float,
        face: Face,
        *,
        align: Literal["left", "center", "right"] = "left",
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
        width = text_width_mm(text, face)
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width
        base = y + CAPITAL_EM * face.size_mm / 2
        letters = font(is_bold=face.is_bold, is_italic=face.is_italic).copy()
        letters.set_size(face.size_pt)
        shape = Text(
            left,
            base,
            literal(text),
            fontproperties=letters,
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
        with missing_glyphs_drawn_as_boxes():
            self._canvas.draw()
        return np.asarray(self._canvas.buffer_rgba())[:, :, :3].copy()

    def pdf(self) -> bytes:
        """Picture as PDF: letters as outlines, no author and no time."""
        made = BytesIO()
        untold = {"Creator": None, "Producer": None, "CreationDate": None}
        with missing_glyphs_drawn_as_boxes():
            self._figure.savefig(made, format="pdf", metadata=untold)
        return made.getvalue()
