"""A table from a file of any kind that holds one: separated text, or a sheet of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.io.text_table import TextTable, read_text_table
from cmcoord_geo.io.values import ISO
from cmcoord_geo.io.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.schemas import Table

#: How the name of a file with a table may end, best first.
SUFFIXES = (".csv", ".xlsx")


def stem_of(name: str) -> tuple[str, str]:
    """
    Name of a file without its ending, and the ending.

    Examples
    --------
    >>> stem_of("road_status.xlsx")
    ('road_status', '.xlsx')
    """
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot else (name, "")


def read_table(path: str | Path, table: Table, *, conventions: Conventions = ISO) -> TextTable:
    """
    Rows of a CSV file, or of the sheet of an XLSX workbook that bears the name of the table.

    Raises
    ------
    UnsafeFileError
        The file is not what its name says, or too large.
    SchemaError
        It holds no header, or more columns or rows than the caps.
    """
    if is_workbook(path):
        return read_workbook(
            path, sheet=table.name, max_rows=table.max_rows, conventions=conventions
        )
    return read_text_table(path, max_rows=table.max_rows)
