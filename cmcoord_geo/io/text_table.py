"""
A separated text file as rows of text: nothing is converted, no row is lost on the way.

Rows are counted as a spreadsheet counts them: the header of a plain file is row 1, an empty line is a row,
and a cell with line breaks stays in its row.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import SchemaError, UnsafeFileError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.files import MAX_BYTES, decode, read_bytes
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SEPARATORS = (",", ";", "\t")
MAX_COLUMNS = 100
#: A cell that runs on longer has lost its closing quote.
MAX_LINES_IN_ROW = 50
#: With more lines than this for each row that is allowed, a file is not a table.
LINES_PER_ROW = 10
#: With more rows than this whose quotes do not close, a file is not a table.
MAX_BROKEN = 1000
#: What a spreadsheet cell holds at most.
MAX_CELL = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """
    One row as text.

    Attributes
    ----------
    number : int
        As a reader of the file counts; the header of a plain file is row 1.
    cells : tuple of str
        As many as the header has.
    faults : mapping
        Column to the key of what is wrong with its cell, where the file holds no value that could be read.
    """

    number: int
    cells: tuple[str, ...]
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable:
    """
    A separated text file, or a sheet or layer as if it were one.

    Attributes
    ----------
    file : str
        Name without folder.
    sheet : str
        Sheet or layer of the file; empty where it has none.
    header : tuple of str
        Names of the columns, in small letters.
    rows : tuple of TextRow
        Rows with as many cells as the header; empty rows are left out.
    broken : int
        Rows that were refused here, each with its finding.
    encoding, separator : str
    findings : tuple of Finding
    labels : tuple of str
        Names of the columns as the file has them, where ``header`` was translated; else empty.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[TextRow, ...]
    broken: int
    encoding: str
    separator: str
    findings: tuple[Finding, ...]
    sheet: str = ""
    labels: tuple[str, ...] = ()


def read_text_table(path: str | Path, *, max_rows: int, max_bytes: int = MAX_BYTES) -> TextTable:
    """
    Rows of a CSV file, with encoding (UTF-8, UTF-16, Windows-1252) and separator (, ; TAB) recognised.

    Raises
    ------
    UnsafeFileError
        The file is not what its name says, or too large (:func:`cmcoord_geo.io.files.read_bytes`).
    SchemaError
        It holds no header, or more columns or rows than the caps.
    """
    file = Path(path).name
    text, encoding = decode(read_bytes(path, max_bytes=max_bytes), file=file)
    if text.count("\n") + text.count("\r") > LINES_PER_ROW * max_rows:
        raise problem(UnsafeFileError, "io.table.rows", file=file, limit=max_rows)
    separator = find_separator(text)
    records = _records(text, separator)
    header, written = _header(records, file)
    rows, faults, long = _split(
        records, width=len(header), written=written, file=file, max_rows=max_rows
    )
    reason = said("io.table.surplus", separator=separator)
    surplus = (Finding(severity="warning", said=reason, file=file, row=number) for number in long)
    doubt = Finding(severity="warning", said=said("io.table.cp1252"), file=file)
    return TextTable(
        file=file,
        header=header,
        rows=rows,
        broken=len(faults),
        encoding=encoding,
        separator=separator,
        findings=(*([doubt] if encoding == "cp1252" else []), *faults, *surplus),
    )


def _header(
    records: Iterator[tuple[int, tuple[str, ...] | None]], file: str
) -> tuple[tuple[str, ...], int]:
    """Names in the first filled row, in small letters, and how many cells stand there, empty ones too."""
    cells = next((cells for _, cells in records if cells is None or _is_filled(cells)), ())
    if not cells:
        key = "io.table.empty" if cells is not None else "io.table.broken_header"
        raise problem(SchemaError, key, facts={"table": file, "column": ""}, file=file)
    header = tuple(name.strip().casefold() for name in _trimmed(cells))
    if len(header) > MAX_COLUMNS:
        raise problem(UnsafeFileError, "io.table.columns", file=file, limit=MAX_COLUMNS)
    return header, len(cells)


def find_separator(text: str) -> str:
    r"""
    Separator that divides the first filled line into the most cells; the comma where none does.

    Examples
    --------
    >>> find_separator("id;name, long;lat\n1;2;3")
    ';'
    """
    first = next((line for line in io.StringIO(text, newline="") if line.strip(" \t\r\n,;")), "")
    counts = {separator: _width(first, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: counts[separator])


def _width(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator, strict=True), ()))
    except csv.Error:
        return 0


def _records(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """Number and cells of each row; None where quotes do not close: the next row is then the next line."""
    lines = list(io.StringIO(text, newline=""))
    number = at = 0
    while at < len(lines):
        number += 1
        cells, used = _record(lines, at, separator)
        at += used
        yield number, cells


def _record(lines: list[str], at: int, separator: str) -> tuple[tuple[str, ...] | None, int]:
    """Cells of the row that starts at a line, and the lines that it takes."""
    reader = csv.reader(
        _terminated(lines[at : at + MAX_LINES_IN_ROW]), delimiter=separator, strict=True
    )
    try:
        cells = tuple(next(reader, ()))
    except csv.Error:
        return None, 1
    if any(len(cell) > MAX_CELL for cell in cells):
        return None, 1
    return cells, reader.line_num


def _terminated(lines: list[str]) -> Iterator[str]:
    """Lines with one kind of end, so that a lone carriage return does not stop the reader."""
    for line in lines:
        yield line[:-1] + "\n" if line.endswith("\r") else line


def _split(
    records: Iterable[tuple[int, tuple[str, ...] | None]],
    *,
    width: int,
    written: int,
    file: str,
    max_rows: int,
) -> tuple[tuple[TextRow, ...], tuple[Finding, ...], tuple[int, ...]]:
    """Rows, faults of those that were refused, and numbers of those with more cells than the header."""
    long: list[int] = []
    rows: list[TextRow] = []
    faults: list[Finding] = []
    broken = 0
    for number, cells in records:
        if cells is not None and not _is_filled(cells):
            continue
        if len(rows) + len(faults) >= max_rows:
            raise problem(UnsafeFileError, "io.table.rows", file=file, limit=max_rows)
        if cells is None:
            key, values = "io.table.quotes", {}
            broken += 1
            if broken > MAX_BROKEN:
                raise problem(UnsafeFileError, "io.table.broken", file=file, limit=MAX_BROKEN)
        elif len(_trimmed(cells)) > width or len(cells) < width:
            key, values = "io.table.width", {"cells": len(cells), "columns": width}
        else:
            rows.append(TextRow(number=number, cells=cells[:width]))
            long += [number] if len(cells) > written else []
            continue
        faults.append(Finding(severity="error", said=said(key, **values), file=file, row=number))
    return tuple(rows), tuple(faults), tuple(long)


def _is_filled(cells: Iterable[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Cells without the empty ones at the end."""
    last = max((i for i, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]
