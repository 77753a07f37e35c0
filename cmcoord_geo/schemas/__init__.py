"""
Columns of every table that is read: name, kind, unit, meaning. Readers, templates and documentation share it.

The tables stand in ``tables.toml`` beside this file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, get_args

from cmcoord_geo.errors import ConfigError
from cmcoord_geo.i18n import Said, problem, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.i18n import Lang

Kind = Literal[
    "id",
    "text",
    "number",
    "mass",
    "hours",
    "limits",
    "count",
    "time",
    "day",
    "choice",
    "yes_no",
    "place",
    "segment",
    "vehicles",
    "places",
    "roads",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column of a table.

    Attributes
    ----------
    name : str
    kind : str
        How a cell is written: one of :data:`KINDS`.
    unit : str
        Empty where none applies.
    is_required : bool
        The column must stand in the file, and no cell of it may be empty.
    said : Said
        What it means.
    example : str
    values : tuple of str
        Words that a ``choice`` knows; vehicles that ``vehicles`` knows.
    words : mapping
        Value of a ``choice`` to other words for it, French and English.
    aliases : tuple of str
        Other names of the column in published files.
    low, high : float or None
        Limits of a number, both allowed.
    """

    name: str
    kind: Kind
    said: Said
    unit: str = ""
    is_required: bool = False
    example: str = ""
    values: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    One table: its name, its columns in order, what a row is.

    Attributes
    ----------
    name : str
    said : Said
    columns : tuple of Column
    max_rows : int
        More rows than this are refused before anything is parsed.
    is_published : bool
        Someone else's format: columns that are not listed here are left unread without a word.
    """

    name: str
    said: Said
    columns: tuple[Column, ...]
    max_rows: int
    is_published: bool = False

    def __getitem__(self, name: str) -> Column:
        """
        Return the column of a name.

        Raises
        ------
        ConfigError
            The table has none: a mistake of the program.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise problem(ConfigError, "schema.no_column", table=self.name, column=name)

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns that a file must have."""
        return tuple(column for column in self.columns if column.is_required)

    @property
    def spellings(self) -> Mapping[str, str]:
        """Every spelling of a column, to its name."""
        return {
            spelling: column.name
            for column in self.columns
            for spelling in (column.name, *column.aliases)
        }


@cache
def tables() -> Mapping[str, Table]:
    """All tables by name."""
    content = tomllib.loads(files(__name__).joinpath("tables.toml").read_text(encoding="utf-8"))
    return {name: _table(name, entry) for name, entry in content.items()}


def get_table(name: str) -> Table:
    """
    Table of a name.

    Raises
    ------
    ConfigError
        There is none, with the names that are known.
    """
    if name not in tables():
        raise problem(ConfigError, "schema.no_table", table=name, known=", ".join(tables()))
    return tables()[name]


def _table(name: str, entry: Mapping[str, Any]) -> Table:
    return Table(
        name=name,
        said=Said(fr=entry["fr"], en=entry["en"]),
        columns=tuple(_column(column) for column in entry["columns"]),
        max_rows=entry["max_rows"],
        is_published=entry.get("published", False),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        name=entry["name"],
        kind=entry["kind"],
        said=Said(fr=entry["fr"], en=entry["en"]),
        unit=entry.get("unit", ""),
        is_required=entry.get("required", False),
        example=entry.get("example", ""),
        values=tuple(entry.get("values", ())),
        words={value: tuple(words) for value, words in entry.get("words", {}).items()},
        aliases=tuple(entry.get("aliases", ())),
        low=entry.get("low"),
        high=entry.get("high"),
    )


def describe(table: Table, lang: Lang) -> str:
    """
    Table as Markdown, for the data dictionary.

    Examples
    --------
    >>> describe(get_table("consents"), "en").splitlines()[0]
    '### consents'
    """
    words = [
        text(f"schema.head.{word}", lang)
        for word in ("column", "kind", "required", "said", "example")
    ]
    rule = "|".join("---" for _ in words)
    lines = [_line(column, lang) for column in table.columns]
    head = [f"### {table.name}", "", table.said[lang], "", f"| {' | '.join(words)} |", f"|{rule}|"]
    return "\n".join([*head, *lines, ""])


def _line(column: Column, lang: Lang) -> str:
    names = ", ".join(f"`{name}`" for name in (column.name, *column.aliases))
    kind = text(f"schema.kind.{column.kind}", lang)
    if column.unit:
        kind = f"{kind}, {column.unit}"
    values = ", ".join(f"`{value}`" for value in column.values)
    meaning = f"{column.said[lang]} ({values})" if values else column.said[lang]
    needed = text("word.yes" if column.is_required else "word.no", lang)
    example = f"`{column.example}`" if column.example else ""
    return f"| {names} | {kind} | {needed} | {meaning} | {example} |"
