"""A sheet of text as an XLSX workbook: every cell a string, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.datavalidation import DataValidation

#: Moment that stands in every workbook, so that none tells when it was made.
_DATE = (2000, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
#: Rows below the example that are text too, where people will write.
_ROWS_OF_TEXT = 500
_WIDTH = 18
#: Most letters of a title, and of a text or a list, that a spreadsheet shows.
_TITLE, _LONGEST = 32, 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """
    What a spreadsheet tells whoever writes into a column.

    Attributes
    ----------
    title, words : str
        Shown beside the cell; no more of them than a spreadsheet shows.
    choices : tuple of str
        Offered as a list; other words are let through, because readers know more of them.
    """

    title: str
    words: str
    choices: tuple[str, ...] = ()


def write_workbook(
    where: Path,
    sheet: str,
    rows: Sequence[Sequence[str]],
    *,
    hints: Sequence[Hint] = (),
    is_forced: bool = False,
) -> Path:
    """
    Write rows of text as the only sheet of a workbook.

    Parameters
    ----------
    where : Path
    sheet : str
    rows : sequence of sequence of str
        The first is the header.
    hints : sequence of Hint
        One for each column; none where it is empty.
    is_forced : bool
        Whether a file that is already there is replaced.

    Raises
    ------
    DataError
        There is a file already, or it cannot be written.
    """
    content = _content(sheet, rows, hints)
    try:
        with where.open("wb" if is_forced else "xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise problem(DataError, "io.template.exists", file=where.name) from error
    except OSError as error:
        raise problem(DataError, "io.template.unwritable", file=where.name) from error
    return where


def _content(sheet: str, rows: Sequence[Sequence[str]], hints: Sequence[Hint]) -> bytes:
    import openpyxl
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    page.freeze_panes = "A2"
    for i in range(1, len(rows[0]) + 1):
        page.column_dimensions[get_column_letter(i)].width = _WIDTH
        for number in range(1, len(rows) + _ROWS_OF_TEXT + 1):
            cell = page.cell(row=number, column=i)
            cell.number_format = "@"
            if number <= len(rows) and rows[number - 1][i - 1]:
                cell.value = rows[number - 1][i - 1]
                cell.data_type = "s"  # never a formula
            if number == 1:
                cell.font = Font(bold=True)
    for i, hint in enumerate(hints, start=1):
        letter = get_column_letter(i)
        page.add_data_validation(
            _validation(hint, f"{letter}2:{letter}{len(rows) + _ROWS_OF_TEXT}")
        )
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _validation(hint: Hint, cells: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(hint.choices)
    has_list = 0 < len(listed) <= _LONGEST
    return DataValidation(
        type="list" if has_list else None,
        formula1=f'"{listed}"' if has_list else None,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle=hint.title[:_TITLE],
        prompt=hint.words[:_LONGEST],
        sqref=cells,
    )


def timeless(content: bytes) -> bytes:
    """Workbook without the moment at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.infolist():
            told = zipfile.ZipInfo(part.filename, date_time=_DATE)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, _MOMENT.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(part)))
    return made.getvalue()
