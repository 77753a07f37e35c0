"""
A sheet of an XLSX workbook as rows of text, by the rules of a text file.

A workbook is a ZIP archive that a stranger made: what it unpacks to, how far it is compressed and how many
rows and columns it has are checked before anything is loaded (SAFETY.md, files that come from others). A
cell gives its text; a number, a date or a yes is written as a text file would write it. What a cell does not
hold itself, because it is a formula or merged with others, is never taken for a value.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError, SchemaError, UnsafeFileError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.io.text_table import (
    LINES_PER_ROW,
    MAX_CELL,
    MAX_COLUMNS,
    TextRow,
    TextTable,
)
from cmcoord_geo.io.values import ISO, text_of
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray
    from openpyxl.workbook import Workbook

    from cmcoord_geo.io.values import Conventions

SUFFIX = ".xlsx"
MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 50 * 2**20
MAX_RATIO = 100
MAX_PARTS = 2000
MAX_MERGED = 2000
#: Below this a part may be compressed as far as it likes: an empty sheet is.
_RATIO_FROM = 2**20
#: Kinds of cell that hold no value of their own.
_FAULTS = {"f": "workbook.formula", "e": "workbook.error"}
_ZIP = b"PK\x03\x04"
_DECLARED = re.compile(rb"<!\s*(?:doctype|entity)", re.IGNORECASE)
_MERGED = re.compile(
    rb"<(?:[a-zA-Z0-9]+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)[\"']"
)


def is_workbook(path: str | Path) -> bool:
    """Whether a file is an XLSX workbook by its name."""
    return str(path).lower().endswith(SUFFIX)


def read_workbook(
    path: str | Path, *, sheet: str, max_rows: int, conventions: Conventions = ISO
) -> TextTable:
    """
    Rows of one sheet of an XLSX workbook.

    The sheet of the given name is read, else the only one that is shown; of several the first, with a finding
    that names the others.

    Parameters
    ----------
    path : str or Path
    sheet : str
        Name of the table.
    max_rows : int
    conventions : Conventions
        How the readers of the cells expect a number to be written.

    Raises
    ------
    UnsafeFileError
        The file is no workbook, is damaged, declares entities, or is larger than the caps.
    SchemaError
        The sheet holds no header.
    DataError
        The file is not there.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    try:
        _check(where)
        import openpyxl

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(where, read_only=True, keep_links=False)
            try:
                return _table(book, where, sheet, max_rows, conventions)
            finally:
                book.close()
    except DataError:
        raise
    except Exception as error:  # a parser of XML, of ZIP and of dates, each with errors of its own
        raise problem(UnsafeFileError, "workbook.damaged", file=where.name) from error


def _check(where: Path) -> None:
    """Refuse what is no workbook, or too much of one, before anything of it is parsed."""
    with where.open("rb") as file:
        is_zip = file.read(4) == _ZIP
    if not is_zip:
        raise problem(UnsafeFileError, "workbook.kind", file=where.name)
    with zipfile.ZipFile(where) as archive:
        parts = archive.infolist()
        _check_sizes(parts, where.name)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                _check_declared(archive.read(part), where.name)


def _check_sizes(parts: Iterable[zipfile.ZipInfo], file: str) -> None:
    found = list(parts)
    unpacked = sum(part.file_size for part in found)
    packed = sum(part.compress_size for part in found)
    if len(found) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise problem(UnsafeFileError, "workbook.large", file=file, limit_mb=MAX_UNPACKED // 2**20)
    if unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise problem(UnsafeFileError, "workbook.ratio", file=file, limit=MAX_RATIO)


def _check_declared(content: bytes, file: str) -> None:
    """No part declares a document type or an entity, in any encoding."""
    if _DECLARED.search(content.replace(b"\x00", b"")):
        raise problem(UnsafeFileError, "workbook.entities", file=file)


def _table(
    book: Workbook, where: Path, wanted: str, max_rows: int, conventions: Conventions
) -> TextTable:
    chosen, told = _sheet(book, where.name, wanted)
    title, file = str(chosen.title), where.name
    chosen.reset_dimensions()  # what a sheet declares of its own size is not believed
    records = _records(chosen.rows, file=file, max_rows=max_rows, conventions=conventions)
    _, header = next(records, (0, ()))
    names = tuple(text.strip().casefold() for text, _ in _trimmed(header))
    if not names:
        raise problem(SchemaError, "io.table.empty", facts={"table": file, "column": ""}, file=file)
    merged = _merged(where, getattr(chosen, "_worksheet_path", ""), LINES_PER_ROW * max_rows)
    rows: list[TextRow] = []
    faults: list[Finding] = []
    for number, cells in records:
        filled = _trimmed(cells)
        if not filled:
            continue
        if len(rows) + len(faults) >= max_rows:
            raise problem(UnsafeFileError, "io.table.rows", file=file, limit=max_rows)
        if len(filled) > len(names):
            reason = said("io.table.width", cells=len(filled), columns=len(names))
            faults.append(
                Finding(severity="error", said=reason, file=file, sheet=title, row=number)
            )
            continue
        whole = (*filled, *[("", "")] * (len(names) - len(filled)))
        rows.append(
            TextRow(
                number=number,
                cells=tuple(text for text, _ in whole),
                faults=_faults(whole, merged, number),
            )
        )
    return TextTable(
        file=file, sheet=title, header=names, rows=tuple(rows), broken=len(faults),
        encoding="xlsx", separator="", findings=(*told, *faults),
    )  # fmt: skip


def _sheet(book: Workbook, file: str, wanted: str) -> tuple[Any, tuple[Finding, ...]]:
    """Sheet of a name, or the first that is shown, with a finding that names the others."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise problem(SchemaError, "io.table.empty", facts={"table": file, "column": ""}, file=file)
    named = [sheet for sheet in sheets if sheet.title.strip().casefold() == wanted.casefold()]
    chosen = (named or sheets)[0]
    others = ", ".join(sheet.title for sheet in sheets if sheet is not chosen)
    if named or not others:
        return chosen, ()
    reason = said("workbook.sheets", read=chosen.title, others=others, name=wanted)
    return chosen, (Finding(severity="warning", said=reason, file=file, sheet=chosen.title),)


def _faults(
    cells: Iterable[tuple[str, str]], merged: NDArray[np.bool_], number: int
) -> Mapping[int, str]:
    """Key of what is wrong with a cell, by column: a formula, an error, one of several merged ones."""
    found = {i: fault for i, (_, fault) in enumerate(cells) if fault}
    if number < len(merged):
        found |= dict.fromkeys(np.flatnonzero(merged[number]).tolist(), "workbook.merged")
    return found


def _records(
    rows: Iterable[Iterable[Any]], *, file: str, max_rows: int, conventions: Conventions
) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    """Number, texts and faults of each row from the first filled one."""
    has_begun = False
    for number, row in enumerate(rows, start=1):
        if number > LINES_PER_ROW * max_rows:
            raise problem(UnsafeFileError, "io.table.rows", file=file, limit=max_rows)
        cells = tuple(row)
        if len(cells) > MAX_COLUMNS:
            raise problem(UnsafeFileError, "io.table.columns", file=file, limit=MAX_COLUMNS)
        told = tuple(_text(cell, conventions) for cell in cells)
        has_begun = has_begun or bool(_trimmed(told))
        if has_begun:
            yield number, told


def _trimmed(cells: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    last = max((i for i, (text, fault) in enumerate(cells) if text.strip() or fault), default=-1)
    return cells[: last + 1]


def _text(cell: Any, conventions: Conventions) -> tuple[str, str]:  # noqa: ANN401 - two classes of openpyxl
    """Text of a cell as a text file would write it, and the key of its fault."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type in _FAULTS:
        return "", _FAULTS[cell.data_type]
    if isinstance(value, datetime):
        return value.isoformat(sep=" "), ""
    if isinstance(value, date | time):
        return value.isoformat(), ""
    words = text_of(value, conventions)
    return ("", "workbook.long") if len(words) > MAX_CELL else (words, "")


def _merged(where: Path, part: str, most_rows: int) -> NDArray[np.bool_]:
    """Which cells of a sheet are merged with others, by row number and column; only to the last such row."""
    with zipfile.ZipFile(where) as archive:
        found = _MERGED.findall(archive.read(part.lstrip("/")))
    if len(found) > MAX_MERGED:
        raise problem(UnsafeFileError, "workbook.many_merged", file=where.name, limit=MAX_MERGED)
    from openpyxl.utils import range_boundaries

    boxes = [range_boundaries(ref.decode()) for ref in found]
    last = min(max((int(box[3] or 0) for box in boxes), default=-1), most_rows)
    is_merged = np.zeros((last + 1, MAX_COLUMNS), dtype=bool)
    for left, top, right, bottom in boxes:
        is_merged[int(top or 0) : int(bottom or 0) + 1, int(left or 1) - 1 : int(right or 1)] = True
    return is_merged
