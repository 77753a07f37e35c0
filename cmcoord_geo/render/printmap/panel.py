"""Panels over foreign land: rows from top to bottom, each measured before the panel takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.sheet import TOP, Box, Face
from cmcoord_geo.render.printmap.typeset import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cmcoord_geo.render.printmap.sheet import Sheet
    from cmcoord_geo.render.printmap.typeset import Fitted

    #: Paints a row whose left edge and middle line are given.
    Paint = Callable[[float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    Column of a table.

    Attributes
    ----------
    head : str
    align : str
        left or right.
    gives : bool
        Narrowed when the table is wider than its panel.
    paints : sequence of callables, optional
        Drawing for each row instead of text; then ``width_mm`` holds.
    """

    head: str
    cells: Sequence[str] = ()
    align: str = "left"
    gives: bool = False
    is_bold: bool = False
    color: str = tokens.INK
    paints: Sequence[Paint] = ()
    width_mm: float = 0.0
    lines: int = 1


class Stack:
    """
    Rows from top to bottom in a given width.

    Parameters
    ----------
    sheet : Sheet
    width_mm : float
    unit : float
        Factor on sizes and distances, for a panel that has to shrink.
    """

    def __init__(self, sheet: Sheet, width_mm: float, *, unit: float = 1.0) -> None:
        self.sheet = sheet
        self.width_mm = width_mm
        self.unit = unit * sheet.scale
        self.zoom = unit
        self._rows: list[tuple[float, Paint]] = []
        self._cuts = 0

    @property
    def height_mm(self) -> float:
        """Height of all rows."""
        return sum(height for height, _ in self._rows)

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

    @property
    def cuts(self) -> int:
        """Texts that lost letters to their column."""
        return self._cuts

    def put(self, height_mm: float, paint: Paint) -> None:
        """Add a row of a height in millimetres on the sheet."""
        self._rows.append((height_mm, paint))

    def space(self, height: float) -> None:
        """Leave a gap, in units."""
        self.put(height * self.unit, lambda _left, _y: None)

    def rule(self, *, color: str = tokens.RULE) -> None:
        """Draw a line across."""
        self.put(
            1.6 * self.unit,
            lambda left, y: self.sheet.line(
                [(left, y), (left + self.width_mm, y)], color=color, width_pt=0.6
            ),
        )

    def text(self, text: str, face: Face | None = None, *, lines: int = 3) -> None:
        """Add text over the whole width."""
        self.keyed(text, 0.0, lambda _left, _y: None, face=face, lines=lines)

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
        """Add a drawing in a column of ``key`` units, and a text to its right."""
        chosen = self.face() if face is None else face
        indent = key * self.unit
        width = self.width_mm - indent
        fitted = fit(self.sheet, text, chosen, width, lines=lines)
        self._cuts += fitted.is_cut
        height = max(fitted.height_mm + 0.9 * self.unit, least * self.unit)

        def draw(left: float, y: float) -> None:
            paint(left, y)
            first = y - fitted.face.line_mm * (len(fitted.lines) - 1) / 2
            column = (left + indent, left + self.width_mm)
            for i, line in enumerate(fitted.lines):
                self.sheet.write(
                    line, left + indent, first + i * fitted.face.line_mm, fitted.face, column=column
                )

        self.put(height, draw)

    def beside(self, *stacks: Stack, gap: float = 3.0) -> None:
        """Add stacks next to one another, their tops level."""
        height = max(stack.height_mm for stack in stacks)
        self._cuts += sum(stack.cuts for stack in stacks)

        def draw(left: float, y: float) -> None:
            x = left
            for stack in stacks:
                stack.draw(x, y - height / 2)
                x += stack.width_mm + gap * self.unit

        self.put(height, draw)

    def table(
        self,
        columns: Sequence[Column],
        *,
        face: Face | None = None,
        gap: float = 2.4,
        row: float = 0.0,
    ) -> None:
        """Add a table; the columns that give are narrowed until it fits."""
        chosen = self.face() if face is None else face
        head = chosen.scaled(0.9)
        widths = self._widths(columns, chosen, head, gap * self.unit)
        lefts = [sum(widths[:i]) + gap * self.unit * i for i in range(len(columns))]
        if any(column.head for column in columns):
            self._table_row([c.head for c in columns], columns, widths, lefts, head, is_head=True)
            self.rule(color=tokens.INK)
        for number in range(max(len(column.cells or column.paints) for column in columns)):
            cells = [c.cells[number] if c.cells else "" for c in columns]
            self._table_row(cells, columns, widths, lefts, chosen, number=number, least=row)

    def _widths(self, columns: Sequence[Column], face: Face, head: Face, gap: float) -> list[float]:
        natural = []
        for column in columns:
            bold = self._cell_face(face, column)
            texts = [self.sheet.width_mm(cell, bold) for cell in column.cells]
            natural.append(
                max([column.width_mm * self.unit, self.sheet.width_mm(column.head, head), *texts])
                + 0.1
            )
        spare = self.width_mm - sum(natural) - gap * (len(columns) - 1)
        giving = [i for i, column in enumerate(columns) if column.gives]
        for i in giving:
            natural[i] = max(natural[i] + spare / len(giving), 8.0 * self.unit)
        return natural

    @staticmethod
    def _cell_face(face: Face, column: Column) -> Face:
        return Face(size_pt=face.size_pt, is_bold=column.is_bold, color=column.color)

    def _table_row(
        self,
        cells: Sequence[str],
        columns: Sequence[Column],
        widths: Sequence[float],
        lefts: Sequence[float],
        face: Face,
        *,
        is_head: bool = False,
        number: int = 0,
        least: float = 0.0,
    ) -> None:
        fits = [
            fit(
                self.sheet,
                cell,
                face if is_head else self._cell_face(face, column),
                width,
                lines=column.lines,
                floor=0.8,
            )
            for cell, column, width in zip(cells, columns, widths, strict=True)
        ]
        self._cuts += sum(one.is_cut for one in fits)
        height = max([least * self.unit, *(one.height_mm + 0.9 * self.unit for one in fits)])

        def draw(left: float, y: float) -> None:
            if number % 2 and not is_head:
                band = Box(
                    left=left - 0.8,
                    right=left + self.width_mm + 0.8,
                    top=y - height / 2,
                    bottom=y + height / 2,
                )
                self.sheet.box(band, fill=tokens.BAND, z=0.5)
            for column, fitted, width, offset in zip(columns, fits, widths, lefts, strict=True):
                if column.paints and not is_head:
                    column.paints[number](left + offset, y)
                else:
                    self._write_cell(fitted, column, left + offset, y, width)

        self.put(height, draw)

    def _write_cell(
        self, fitted: Fitted, column: Column, left: float, y: float, width: float
    ) -> None:
        x = left + (width if column.align == "right" else 0.0)
        step = fitted.face.line_mm
        first = y - step * (len(fitted.lines) - 1) / 2
        for i, line in enumerate(fitted.lines):
            self.sheet.write(
                line,
                x,
                first + i * step,
                fitted.face,
                align=column.align,
                column=(left, left + width),
            )

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

    def __init__(self, sheet: Sheet, part: str, width_mm: float, *, unit: float = 1.0) -> None:
        self.pad_mm = self.PAD_MM * unit * sheet.scale
        super().__init__(sheet, width_mm - 2 * self.pad_mm, unit=unit)
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
