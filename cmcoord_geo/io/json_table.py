"""A list of objects in JSON, such as an API answers, as rows of text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cmcoord_geo.errors import SchemaError, UnsafeFileError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.files import BOM, regular_file
from cmcoord_geo.io.text_table import MAX_CELL, MAX_COLUMNS, TextRow, TextTable
from cmcoord_geo.io.values import ISO, text_of
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.io.values import Conventions

MAX_BYTES = 256 * 2**20
#: Under which an answer holds its rows.
_LISTS = ("data", "results")


def read_json(path: str | Path) -> tuple[str, object]:
    """
    Name of a file and what it holds.

    Raises
    ------
    UnsafeFileError
        It is no JSON, or too large.
    DataError
        It is not there.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    try:
        return where.name, json.loads(where.read_bytes().decode("utf-8").removeprefix(BOM))
    except (ValueError, RecursionError, OSError) as error:
        raise problem(UnsafeFileError, "json_table.not_json", file=where.name) from error


def json_table(
    file: str, content: object, *, max_rows: int, conventions: Conventions = ISO
) -> TextTable:
    """
    Rows of the list that an answer holds; rows are counted from 1.

    Parameters
    ----------
    file : str
    content : object
        A list of objects, or an object with such a list under ``data`` or ``results``.
    max_rows : int
    conventions : Conventions
        How the readers of the cells expect a number to be written.

    Raises
    ------
    UnsafeFileError
        It holds no such list, or more rows or columns than the caps.
    SchemaError
        No row holds a value.
    """
    if isinstance(content, dict):
        content = next((content[key] for key in _LISTS if isinstance(content.get(key), list)), None)
    if not isinstance(content, list):
        raise problem(UnsafeFileError, "json_table.no_list", file=file)
    if len(content) > max_rows:
        raise problem(UnsafeFileError, "io.table.rows", file=file, limit=max_rows)
    found = [entry for entry in content if isinstance(entry, dict)]
    names = list(dict.fromkeys(str(key) for entry in found for key in entry))
    if not names:
        raise problem(SchemaError, "io.table.empty", facts={"table": file, "column": ""}, file=file)
    if len(names) > MAX_COLUMNS:
        raise problem(UnsafeFileError, "io.table.columns", file=file, limit=MAX_COLUMNS)
    rows, faults = [], []
    for number, entry in enumerate(content, start=1):
        if isinstance(entry, dict):
            rows.append(_row(number, [entry.get(name) for name in names], conventions))
        else:
            reason = said("json_table.no_object")
            faults.append(Finding(severity="error", said=reason, file=file, row=number))
    return TextTable(
        file=file, header=tuple(name.strip().casefold() for name in names), rows=tuple(rows),
        broken=len(faults), encoding="utf-8", separator="", findings=tuple(faults),
    )  # fmt: skip


def _row(number: int, values: list[object], conventions: Conventions) -> TextRow:
    cells, faults = [], {}
    for i, value in enumerate(values):
        words = text_of(value, conventions) if isinstance(value, str | int | float) else ""
        if not (value is None or isinstance(value, str | int | float)):
            faults[i] = "layer.nested"
        elif len(words) > MAX_CELL:
            words, faults[i] = "", "layer.long"
        cells.append(words)
    return TextRow(number=number, cells=tuple(cells), faults=faults)
