"""Empty tables to fill in: the header, and one example row that readers leave out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import data_dir
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.values import FORMULA_START
from cmcoord_geo.io.workbook import is_workbook
from cmcoord_geo.io.workbook_writer import Hint, write_workbook
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.schemas import Column

#: What a folder says about itself: no table, and the one file that a spreadsheet cannot write.
PICTURE = "picture"


def write_template(
    table: str, path: str | Path, *, lang: Lang = "en", is_forced: bool = False
) -> Path:
    """
    Write a template: header and one example row, whose id starts with ``EXAMPLE``.

    A CSV file starts with a byte order mark, so that spreadsheets read accents. In a workbook (``.xlsx``)
    every column is text, so that no program turns a time or a number into something else; what a column
    means is told beside its cells, and its values are offered as a list.

    Parameters
    ----------
    table : str
        Name of a table of :func:`cmcoord_geo.schemas.tables`.
    path : str or Path
        File to write.
    lang : str
        Language of what a workbook tells.
    is_forced : bool
        Whether a file that is already there is replaced.

    Returns
    -------
    Path
        Where it lies.

    Raises
    ------
    DataError
        There is a file already, or it cannot be written.
    """
    columns = get_table(table).columns
    where = Path(path)
    if where.suffix.casefold() != ".csv" and not is_workbook(where):
        raise problem(DataError, "io.template.kind", file=where.name)
    _make_folder(where)
    if is_workbook(where):
        rows = [[column.name for column in columns], [column.example for column in columns]]
        hints = [_hint(column, lang) for column in columns]
        return write_workbook(where, table, rows, hints=hints, is_forced=is_forced)
    try:
        with where.open("w" if is_forced else "x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in columns])
            writer.writerow([guarded(column.example) for column in columns])
    except FileExistsError as error:
        raise problem(DataError, "io.template.exists", file=where.name) from error
    except OSError as error:
        raise problem(DataError, "io.template.unwritable", file=where.name) from error
    return where


def write_picture_template(path: str | Path, *, is_forced: bool = False) -> Path:
    """
    Write a ``picture.toml`` to fill in, every line of it explained.

    Raises
    ------
    DataError
        There is a file already, or it cannot be written.
    """
    where = Path(path)
    _make_folder(where)
    try:
        with where.open("wb" if is_forced else "xb") as file:
            file.write((data_dir() / "picture_template.toml").read_bytes())
    except FileExistsError as error:
        raise problem(DataError, "io.template.exists", file=where.name) from error
    except OSError as error:
        raise problem(DataError, "io.template.unwritable", file=where.name) from error
    return where


def _hint(column: Column, lang: Lang) -> Hint:
    choices = ("yes", "no") if column.kind == "yes_no" else tuple(column.values)
    return Hint(title=column.name, words=column.said[lang], choices=choices)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem(DataError, "io.template.unwritable", file=path.name) from error


def guarded(text: str) -> str:
    """
    Text with an apostrophe before what a spreadsheet would take for a formula.

    Examples
    --------
    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA_START) else text
