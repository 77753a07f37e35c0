"""The page of columns says what the readers read."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import write_tables  # noqa: E402


def test_page_is_as_it_would_be_written() -> None:
    assert write_tables.PAGE.read_text(encoding="utf-8") == write_tables.page(), (
        "run scripts/write_tables.py"
    )


def test_every_column_stands_on_the_page() -> None:
    page = write_tables.page()
    for table in write_tables.tables().values():
        assert f"## {table.name}" in page
        assert all(f"`{column.name}`" in page for column in table.columns)
