"""A row of HXL tags (hxlstandard.org 1.1) in any table: it says what its columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows as shipped_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.io.text_table import TextTable

#: The row of tags is one of the first rows.
_FIRST_ROWS = 5
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag: its name without the sign, and its attributes."""

    name: str
    attributes: frozenset[str]


def split_tags(text: TextTable) -> tuple[TextTable, tuple[Tag | None, ...]]:
    """
    Table without its row of tags and what stands above it, and the tag of each column, if there is one.

    Parameters
    ----------
    text : TextTable
    """
    if _are_tags(text.header):
        return text, tuple(map(_tag, text.header))
    for i, row in enumerate(text.rows[:_FIRST_ROWS]):
        if _are_tags(row.cells):
            return replace(text, rows=text.rows[i + 1 :]), tuple(map(_tag, row.cells))
    return text, ()


def tagged_columns(tags: Sequence[Tag | None]) -> dict[str, int]:
    """
    Column of each field of an incident that a tag tells; the first row of the table that fits decides.

    Examples
    --------
    >>> tagged_columns([_tag("#date+reported"), _tag("#date +occurred"), _tag("#geo+lat")])
    {'occurred_at': 1, 'lat': 2}
    """
    found: dict[str, int] = {}
    for target, name, wanted in _meanings():
        where = [
            i for i, tag in enumerate(tags)
            if tag is not None and tag.name == name and wanted <= tag.attributes
        ]  # fmt: skip
        if where and target not in found and where[0] not in found.values():
            found[target] = where[0]
    return found


@cache
def _meanings() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple(
        (row["target"], row["tag"], frozenset(row["attributes"].split()))
        for row in shipped_rows("hxl_incidents.csv")
    )


def _are_tags(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(map(_TAG.fullmatch, filled))


def _tag(cell: str) -> Tag | None:
    if not cell.strip():
        return None
    name, *attributes = (word.strip().casefold() for word in cell.strip().lstrip("#").split("+"))
    return Tag(name=name, attributes=frozenset(attributes))
