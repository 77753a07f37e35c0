"""
Plain values made small for the data block: each text once, names of a table once, words of a column once.

A column of one value stands once too, and the tables inside the rows of another are one.

The page's script undoes it (``data.js``), so that neither side has to think of it.
"""

from __future__ import annotations

from typing import TypeAlias

from cmcoord_geo.i18n import Said

Plain: TypeAlias = "Said | dict[str, Plain] | list[Plain] | str | float | bool | None"

#: A column of words is listed apart when its table has at least so many rows, and each word stands in three.
ROWS_FOR_WORDS = 20
ROWS_PER_WORD = 3


class Packer:
    """
    Packs plain values, and gathers their texts.

    Attributes
    ----------
    texts : dict
        Text in both languages to its number, in the order of first use.
    shapes : dict
        Names of a table's columns to the number of that list, in the order of first use.

    Examples
    --------
    >>> packer = Packer()
    >>> packer.packed([{"id": "L001", "km": 80}, {"id": "L002"}])
    {'keys': 0, 'rows': [['L001', 80], ['L002']]}
    >>> list(packer.shapes)
    [('id', 'km')]
    >>> packer.packed([Said("oui", "yes"), Said("non", "no"), Said("oui", "yes")])
    [0, 1, 0]
    """

    def __init__(self) -> None:
        self.texts: dict[Said, int] = {}
        self.shapes: dict[tuple[str, ...], int] = {}

    def packed(self, value: Plain) -> Plain:
        """
        The same content, smaller.

        A text becomes its number; yes and no become 1 and 0. A list of mappings becomes
        ``{"keys": number of a shape, "rows": [[...]]}``: what a mapping lacks is None, and None at the end is
        left out.
        A column whose words recur becomes numbers of the words listed under ``words``, one value in every
        row stands under ``same``. Mappings of a column, or lists of them, become the rows of one table under
        ``parts``, and stand as how many of its rows are theirs: -1 is one mapping and no list.
        """
        if isinstance(value, Said):
            return self.texts.setdefault(value, len(self.texts))
        if isinstance(value, dict):
            return {key: self.packed(part) for key, part in value.items()}
        if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
            return int(value)
        if not isinstance(value, list):
            return value
        items = [part for part in value if isinstance(part, dict)]
        if items and len(items) == len(value):
            return self._table(items)
        return [self.packed(part) for part in value]

    def _table(self, items: list[dict[str, Plain]]) -> dict[str, Plain]:
        keys = list(dict.fromkeys(key for item in items for key in item))
        columns = {key: [item.get(key) for item in items] for key in keys}
        same = {key: columns[key][0] for key in keys if _is_same(columns[key])}
        keys = [key for key in keys if key not in same]
        words = {key: found for key in keys if (found := _recurring(columns[key]))}
        parts: dict[str, Plain] = {}
        for key in keys:
            if inner := _inner(columns[key]):
                parts[key] = self._table(inner)
                columns[key] = [_count(value) for value in columns[key]]
                continue
            columns[key] = [
                words[key].index(str(value)) if key in words else self.packed(value)
                for value in columns[key]
            ]
        rows = [_row([columns[key][i] for key in keys]) for i in range(len(items))]
        shape = self.shapes.setdefault(tuple(keys), len(self.shapes))
        table: dict[str, Plain] = {"keys": shape, "rows": rows}
        if words:
            table["words"] = {key: list(found) for key, found in words.items()}
        if same:
            table["same"] = {key: self.packed(value) for key, value in same.items()}
        if parts:
            table["parts"] = parts
        return table


def _row(row: list[Plain]) -> Plain:
    """Values of a row without what is None at its end."""
    while row and row[-1] is None:
        row.pop()
    return row


def _recurring(column: list[Plain]) -> list[str]:
    """Words of a column in which each recurs; empty for every other column."""
    words = [value for value in column if isinstance(value, str)]
    found = sorted(set(words))
    if len(words) < len(column) or len(words) < max(ROWS_FOR_WORDS, ROWS_PER_WORD * len(found)):
        return []
    return found


def _is_same(column: list[Plain]) -> bool:
    """Whether every row of a column says the same: one plain value."""
    first = column[0]
    return (
        len(column) > 1
        and not isinstance(first, dict | list)
        and all(value == first and type(value) is type(first) for value in column)
    )


def _inner(column: list[Plain]) -> list[dict[str, Plain]]:
    """Mappings of a column that holds mappings, or lists of them, and nothing else; empty for every other."""
    found: list[dict[str, Plain]] = []
    for value in column:
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                found.append(part)
            elif value is not None:
                return []
    return found


def _count(value: Plain) -> int | None:
    if value is None:
        return None
    return len(value) if isinstance(value, list) else -1
