"""Tables in panels: columns as wide as their content, some of which give when the panel is narrow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.render.printmap import tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.faces import text_width_mm
from cmcoord_geo.render.printmap.typeset import SMALLEST_PT, fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.render.printmap.faces import Face
    from cmcoord_geo.render.printmap.panel import Paint, Stack
    from cmcoord_geo.render.printmap.typeset import Fitted

#: Smallest factor on the letters of a cell.
FLOOR = 0.85
#: A column that gives keeps at least this many units.
LEAST = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    Column of a table.

    Attributes
    ----------
    head : str
    cells : sequence of str
    align : {"left", "right"}
    gives : bool
        Narrowed when the table is wider than its panel, the first such column first; widened when there is
        room.
    lines : int
        Lines that a cell may take.
    paints : sequence of callables
        Drawings instead of text, ``width`` units wide.
    """

    head: str = ""
    cells: Sequence[str] = ()
    align: Literal["left", "right"] = "left"
    gives: bool = False
    is_bold: bool = False
    color: str = tokens.INK
    lines: int = 1
    paints: Sequence[Paint] = ()
    width: float = 0.0

    def face(self, face: Face) -> Face:
        """Face of the column's cells."""
        return replace(face, is_bold=self.is_bold, color=self.color)


class Table:
    """
    A table, laid into a stack row by row.

    Parameters
    ----------
    stack : Stack
    columns : sequence of Column
        Of equal length.
    gap : float
        Between columns, in units.
    row : float
        Least height of a row, in units.
    """

    def __init__(
        self, stack: Stack, columns: Sequence[Column], *, gap: float = 2.4, row: float = 0.0
    ) -> None:
        self._stack = stack
        self._columns = columns
        self._gap_mm = gap * stack.unit
        self._row_mm = row * stack.unit
        self._body = stack.face()
        self._head = self._body.scaled(0.9)
        self._widths = self._fitting_widths()
        self._lefts = [sum(self._widths[:i]) + self._gap_mm * i for i in range(len(columns))]

    def put(self) -> None:
        """Add head and rows to the stack."""
        if any(column.head for column in self._columns):
            heads = [
                fit(column.head, self._head, width, floor=0.8)
                for column, width in zip(self._columns, self._widths, strict=True)
            ]
            self._put_row(heads, None)
            self._stack.rule(color=tokens.INK)
        for number in range(max(len(c.cells or c.paints) for c in self._columns)):
            self._put_row(self._fitted(number), number)

    def _fitting_widths(self) -> list[float]:
        stack, widths = self._stack, []
        for column in self._columns:
            face = column.face(self._body)
            texts = [text_width_mm(cell, face) for cell in column.cells]
            head = text_width_mm(column.head, self._head)
            widths.append(max([column.width * stack.unit, head, *texts]) + 0.1)
        spare = stack.width_mm - sum(widths) - self._gap_mm * (len(widths) - 1)
        giving = [i for i, column in enumerate(self._columns) if column.gives]
        for i in giving:
            if spare >= 0:
                widths[i] += spare / len(giving)
                continue
            narrower = max(widths[i] + spare, min(widths[i], self._least_mm(self._columns[i])))
            spare += widths[i] - narrower
            widths[i] = narrower
        if spare < 0 and giving:  # rather cut a text, which is counted, than leave the panel
            first = giving[0]
            widths[first] = max(widths[first] + spare, LEAST * stack.unit)
        return widths

    def _least_mm(self, column: Column) -> float:
        """Narrowest width of a column that gives: no word is broken in two."""
        face = column.face(self._body)
        face = face.scaled(max(FLOOR, min(1.0, SMALLEST_PT / face.size_pt)))
        words = {word for cell in column.cells for word in cell.replace("– ", "–_").split(" ")}
        widest = max((text_width_mm(word, face) for word in words), default=0.0)
        return max(widest + 0.1, LEAST * self._stack.unit)

    def _fitted(self, number: int) -> list[Fitted]:
        return [
            fit(
                column.cells[number] if column.cells else "",
                column.face(self._body),
                width,
                lines=column.lines,
                floor=FLOOR,
            )
            for column, width in zip(self._columns, self._widths, strict=True)
        ]

    def _put_row(self, cells: Sequence[Fitted], number: int | None) -> None:
        """Add one row; the head has no number."""
        unit = self._stack.unit
        high = max(cell.height_mm for cell in cells) + 0.6 * unit
        height = high if number is None else max(self._row_mm, high)

        def draw(left: float, y: float) -> None:
            if number is not None and number % 2:
                self._draw_band(left, y, height)
            for column, cell, width, offset in zip(
                self._columns, cells, self._widths, self._lefts, strict=True
            ):
                if number is not None and column.paints:
                    column.paints[number](left + offset, y)
                else:
                    self._stack.write(cell, left + offset, y, width, align=column.align)

        self._stack.put(height, draw, cuts=sum(cell.is_cut or cell.is_broken for cell in cells))

    def _draw_band(self, left: float, y: float, height: float) -> None:
        over = 0.9 * self._stack.unit
        right = left + self._stack.width_mm
        band = Box(left=left - over, right=right + over, top=y - height / 2, bottom=y + height / 2)
        self._stack.sheet.box(band, fill=tokens.BAND, z=0.5)
