"""Lists of like things as tables: their names once, their values in rows."""

from __future__ import annotations

from typing import TypeAlias

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | float | bool | None"


def packed(value: Plain) -> Plain:
    """
    The same content with every list of mappings as ``{"keys": [...], "rows": [[...], ...]}``.

    What a mapping lacks is None in its row; the page's script turns tables back into lists (``data.js``).

    Examples
    --------
    >>> packed([{"id": "L001", "km": 80}, {"id": "L002"}])
    {'keys': ['id', 'km'], 'rows': [['L001', 80], ['L002']]}
    """
    if isinstance(value, dict):
        return {key: packed(part) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    items = [part for part in value if isinstance(part, dict)]
    if not items or len(items) < len(value):
        return [packed(part) for part in value]
    keys = list(dict.fromkeys(key for item in items for key in item))
    return {"keys": list(keys), "rows": [_row(item, keys) for item in items]}


def _row(part: dict[str, Plain], keys: list[str]) -> list[Plain]:
    """Values in the order of the keys, without what is None at the end."""
    row = [packed(part.get(key)) for key in keys]
    while row and row[-1] is None:
        row.pop()
    return row
