"""Small workbooks for the readers' tests."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl


def write_book(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "road_status",
    merged: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Path:
    """Workbook with one filled sheet and, before it, some empty ones."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    for title in others:
        book.create_sheet(title)
    book.save(path)
    return path


def write_rows(path: Path, rows: Sequence[dict[str, Any]], **more: Any) -> Path:
    """Workbook of rows; the first row's keys are the columns."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return write_book(path, [columns, *([row.get(c) for c in columns] for row in rows)], **more)


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Same workbook with the content of its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = [(part.filename, old.read(part)) for part in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(name, change(name, content))
    return path
