"""Panels over foreign land: rows from top to bottom, each measured before the panel takes its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.faces import Face
from cmcoord_geo.render.printmap.sheet import TOP, Sheet
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.boxes import Box
    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.render.printmap.typeset import Fitted

#: Paints a row whose left edge and middle line are given.
Paint = Callable[[float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Room that a panel is offered: width of its box, factor on its sizes, and rows of a table at most."""

    width_mm: float
    zoom: float
    rows: int


def paint_nothing(_left: float, _y: float) -> None:
    """Paint of a row that holds text alone, or nothing."""


class Stack:
    """
    Rows from top to bottom in a given width.

    Parameters
    ----------
    sheet : Sheet
    width_mm : float
    zoom : float
        Factor on sizes and distances, for a panel that has to shrink.

    Attributes
    ----------
    unit : float
        Millimetres on the sheet for a millimetre on A3 at full size.
    height_mm : float
        Height of all rows.
    cuts : int
        Texts that lost letters to their column.
    left_out : int
        Rows for which there was no room.
    """

    def __init__(self, sheet: Sheet, width_mm: float, *, zoom: float = 1.0) -> None:
        self.sheet = sheet
        self.width_mm = width_mm
        self.zoom = zoom
        self.unit = zoom * sheet.scale
        self.height_mm = 0.0
        self.cuts = 0
        self.left_out = 0
        self._rows: list[tuple[float, Paint]] = []

    def face(
        self,
        size_pt: float = tokens.PANEL_PT,
        *,
        is_bold: bool = False,
        is_italic: bool = False,
        color: str = tokens.INK,
    ) -> Face:
        """Face in the panel's own scale."""
        return Face(size_pt=size_pt * self.unit, is_bold=is_bold, is_italic=is_italic, color=color)

    def put(self, height_mm: float, paint: Paint, *, cuts: int = 0) -> None:
        """Add a row of a height in millimetres on the sheet."""
        self._rows.append((height_mm, paint))
        self.height_mm += height_mm
        self.cuts += cuts

    def space(self, height: float) -> None:
        """Leave a gap, in units."""
        self.put(height * self.unit, paint_nothing)

    def rule(self, *, color: str = tokens.RULE) -> None:
        """Draw a line across."""

        def draw(left: float, y: float) -> None:
            self.sheet.line([(left, y), (left + self.width_mm, y)], color=color, width_pt=0.6)

        self.put(1.6 * self.unit, draw)

    def text(self, text: str, face: Face | None = None, *, lines: int = 3) -> None:
        """Add text over the whole width."""
        self.keyed(text, 0.0, paint_nothing, face=face, lines=lines)

    def keyed(
        self,
        text: str,
        key: float,
        paint: Paint,
        *,
        face: Face | None = None,
        lines: int = 3,
        least: float = 0.0,
    ) -> None:
        """Add a drawing in a column of ``key`` units and a text to its right, ``least`` units high."""
        indent = key * self.unit
        width = self.width_mm - indent
        fitted = fit(text, self.face() if face is None else face, width, lines=lines)

        def draw(left: float, y: float) -> None:
            paint(left, y)
            self.write(fitted, left + indent, y, width)

        height = max(fitted.height_mm + 0.9 * self.unit, least * self.unit)
        self.put(height, draw, cuts=fitted.is_cut)

    def write(
        self,
        fitted: Fitted,
        left: float,
        y: float,
        width: float,
        *,
        align: Literal["left", "right"] = "left",
    ) -> None:
        """Write a fitted text into its column, its lines centred on ``y``."""
        step = fitted.face.line_mm
        first = y - step * (len(fitted.lines) - 1) / 2
        x = left + (width if align == "right" else 0.0)
        column = (left, left + width)
        for i, line in enumerate(fitted.lines):
            self.sheet.write(line, x, first + i * step, fitted.face, align=align, column=column)

    def beside(self, *stacks: Stack, gap: float = 3.0) -> None:
        """Add stacks next to one another, their tops level."""
        height = max(stack.height_mm for stack in stacks)

        def draw(left: float, y: float) -> None:
            x = left
            for stack in stacks:
                stack.draw(x, y - height / 2)
                x += stack.width_mm + gap * self.unit

        self.put(height, draw, cuts=sum(stack.cuts for stack in stacks))

    def draw(self, left: float, top: float) -> None:
        """Draw the rows from a corner downwards."""
        y = top
        for height, paint in self._rows:
            paint(left, y + height / 2)
            y += height


class Panel(Stack):
    """
    A stack with a title in a white box.

    Parameters
    ----------
    part : str
        Name under which its texts are kept.
    width_mm : float
        Of the box.
    """

    PAD_MM = 2.3

    def __init__(self, sheet: Sheet, part: str, width_mm: float, *, zoom: float = 1.0) -> None:
        self.pad_mm = self.PAD_MM * zoom * sheet.scale
        super().__init__(sheet, width_mm - 2 * self.pad_mm, zoom=zoom)
        self.part = part

    @property
    def outer_width_mm(self) -> float:
        """Width of the box."""
        return self.width_mm + 2 * self.pad_mm

    @property
    def outer_height_mm(self) -> float:
        """Height of the box."""
        return self.height_mm + 1.5 * self.pad_mm

    def draw_in(self, box: Box) -> None:
        """Draw box and rows above the map."""
        with self.sheet.inside(self.part, lift=TOP, zoom=self.zoom):
            self.sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.8, z=0)
            self.draw(box.left + self.pad_mm, box.top + 0.75 * self.pad_mm)


def titled_panel(scene: Scene, part: str, room: Room) -> Panel:
    """Panel of one part of the sheet with its title."""
    panel = Panel(scene.sheet, part, room.width_mm, zoom=room.zoom)
    panel.text(
        text(f"print.{part}.title", scene.lang),
        panel.face(tokens.PANEL_PT * 1.06, is_bold=True),
        lines=2,
    )
    panel.space(0.6)
    return panel
