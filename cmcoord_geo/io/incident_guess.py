"""A first mapping for somebody's table, guessed from its names and words, to be checked by a person."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import text as told
from cmcoord_geo.io.hxl import split_tags
from cmcoord_geo.io.incident_file import read_incident_table
from cmcoord_geo.io.incident_mapping import inso_mapping, targets, usual_mapping
from cmcoord_geo.io.incident_shape import found_columns, is_inso
from cmcoord_geo.io.values import COMMA_NUMBER, ORDERED
from cmcoord_geo.network.places import plain
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.io.incident_mapping import IncidentMapping
    from cmcoord_geo.io.text_table import TextTable

#: More words than this in the column of the classes: it holds something else.
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """
    A mapping to be checked.

    Attributes
    ----------
    content : str
        TOML.
    columns : mapping
        Column of ours to the name of the file's.
    missing : tuple of str
        Required columns that were not found.
    left : tuple of str
        Columns of the file that mean none of ours.
    unknown_words : tuple of str
        Words of the classes that mean none of ours yet.
    """

    content: str
    columns: Mapping[str, str]
    missing: tuple[str, ...]
    left: tuple[str, ...]
    unknown_words: tuple[str, ...]


def guess_mapping(
    path: str | Path,
    *,
    lang: Lang,
    chosen: Mapping[str, str] | None = None,
    meant: Mapping[str, str] | None = None,
) -> Guess:
    """
    Mapping of a table, guessed; what cannot be told stands in it as a comment.

    Parameters
    ----------
    path : str or Path
    lang : str
        Of the comments.
    chosen : mapping, optional
        Column of ours to the name of the file's, as a person says.
    meant : mapping, optional
        Word of the file to class, as a person says.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table, tags = split_tags(read_incident_table(path))
    mapping = inso_mapping() if is_inso(table) else usual_mapping()
    wanted = {name: plain(word) for name, word in (chosen or {}).items()}
    places = {
        target: i
        for target, i in found_columns(table, mapping, tags).items()
        if target not in wanted and plain(table.header[i]) not in wanted.values()
    }
    for i, name in enumerate(table.header):
        places |= {target: i for target, word in wanted.items() if word == plain(name)}
    columns = {name: table.header[places[name]] for name in targets() if name in places}
    required = [column.name for column in get_table("incidents").required]
    required.remove("incident_id")  # made from the content where the file has none
    words = _words(table, places["class"]) if "class" in places else ()
    known = {word: _class_of(word, mapping) for word in words} | dict(meant or {})
    left = tuple(name for i, name in enumerate(table.header) if i not in places.values())
    return Guess(
        content=_content(Path(path), table, places, known, lang),
        columns=columns,
        left=left,
        missing=tuple(name for name in required if name not in columns),
        unknown_words=tuple(word for word, meant in known.items() if not meant),
    )


def _words(table: TextTable, column: int) -> tuple[str, ...]:
    words = sorted({row.cells[column].strip() for row in table.rows} - {""})
    return tuple(words) if len(words) <= _MOST_WORDS else ()


def _class_of(word: str, mapping: IncidentMapping) -> str:
    """Class of ours that a word means; empty where it is not known."""
    for known in incident_classes().values():
        if plain(word) in {plain(known.class_id), plain(known.name.fr), plain(known.name.en)}:
            return known.class_id
    return mapping.values["class"].get(plain(word), "")


def _content(
    path: Path,
    table: TextTable,
    places: Mapping[str, int],
    known: Mapping[str, str],
    lang: Lang,
) -> str:
    lines = [f"# {told('guess.head', lang, file=path.name)}", ""]
    lines += [f"source = {_quoted(path.stem)}", f"name = {_quoted(path.stem)}", 'licence = ""']
    lines += [f"no_export = true   # {told('guess.no_export', lang)}"]
    lines += [f"decimal_comma = {str(_has_comma(table, places)).lower()}"]
    lines += [*_order_lines(table, places, lang), "", "[columns]"]
    lines += [f"{name} = {_quoted(table.header[i])}" for name, i in places.items()]
    lines += [f"# {name} = " for name in targets() if name not in places]
    left = [name for i, name in enumerate(table.header) if i not in places.values()]
    if left:
        lines.append(f"# {told('guess.left', lang, columns=', '.join(map(_quoted, left)))}")
    lines += [
        "",
        "[values.class]",
        f"# {told('guess.classes', lang)} {', '.join(incident_classes())}",
    ]
    lines += [
        f"{'' if meant else '# '}{_quoted(word)} = {_quoted(meant)}"
        for word, meant in known.items()
    ]
    lines += ["", "[defaults]", "precision = 3", "", f"# {told('guess.covers', lang)}"]
    lines += ["# [covers]", "# first = 2026-01-01", "# last = 2026-12-31"]
    lines += ['# classes = ["robbery"]', '# areas = ["Ouaka"]']
    return "\n".join(lines) + "\n"


def _has_comma(table: TextTable, places: Mapping[str, int]) -> bool:
    """Whether the degrees are written with a comma."""
    columns = [places[name] for name in ("lat", "lon") if name in places]
    return any(COMMA_NUMBER.fullmatch(row.cells[i].strip()) for row in table.rows for i in columns)


def _order_lines(table: TextTable, places: Mapping[str, int], lang: Lang) -> Sequence[str]:
    """Order of day and month where the rows decide it; else a comment that says why not."""
    if "occurred_at" not in places:
        return ()
    cells = (row.cells[places["occurred_at"]].strip() for row in table.rows)
    found = [match for match in map(ORDERED.fullmatch, cells) if match]
    if not found:
        return ()
    is_dmy, is_mdy = (any(int(match[side]) > 12 for match in found) for side in (1, 2))
    if is_dmy == is_mdy:
        key = "guess.mixed" if is_dmy else "guess.open"
        return (f'# date_order = "dmy"   # {told(key, lang)}',)
    return (f'date_order = "{"dmy" if is_dmy else "mdy"}"',)


def _quoted(words: str) -> str:
    return json.dumps(re.sub(r"[\x00-\x1f\x7f]", " ", words), ensure_ascii=False)
