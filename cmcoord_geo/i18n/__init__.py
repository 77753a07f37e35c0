"""
French and English.

Every sentence a user reads has a key and stands in one of the ``*.toml`` tables beside this file, in both
languages, with named places for values (``{place}``). Values are data: they are put in, never read as a
template. A word that agrees with a number stands beside it in its two forms: ``{count} {count:day|days}``.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from cmcoord_geo.errors import CmcoordError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Lang = Literal["fr", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

_SPACE_AT_SIGN = re.compile(r" (?=[:;!?»%])|(?<=«) ")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: What stands between groups of three digits, and before decimals.
_SIGNS: Mapping[Lang, tuple[str, str]] = {"fr": ("\u202f", ","), "en": (",", ".")}
_Error = TypeVar("_Error", bound=CmcoordError)


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages."""

    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return self.fr if lang == "fr" else self.en


def french_spaces(words: str) -> str:
    """
    French sentence with no-break spaces where its typography has a space before or after a sign.

    It is done to the sentences of the tables alone, never to values that are put in.

    Examples
    --------
    >>> french_spaces("Vu : « oui » ; 5 %.").count("\N{NO-BREAK SPACE}")
    5
    """
    return _SPACE_AT_SIGN.sub("\N{NO-BREAK SPACE}", words)


class _Agreeing(string.Formatter):
    """Puts values in, and of two forms of a word the one that goes with the value."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:  # type: ignore[explicit-override]  # noqa: ANN401
        one, between, many = format_spec.partition("|")
        if not between:
            return str(super().format_field(value, format_spec))
        return one if _is_singular(str(value), self._lang) else many


def _is_singular(value: str, lang: Lang) -> bool:
    """Whether a word beside a number stands in the singular: below two in French, at one in English."""
    group, decimal = _SIGNS[lang]
    numbers = _NUMBER.findall(value.replace(group, "").replace(decimal, "."))
    highest = max(map(float, numbers), default=0.0)  # of a range, such as 1–2
    return highest < 2 if lang == "fr" else highest == 1


def _filled(pattern: str, lang: Lang, values: Mapping[str, object]) -> str:
    if "|" in pattern:
        return _Agreeing(lang).vformat(pattern, (), values)
    return pattern.format(**values)


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Said]]:
    for word, value in table.items():
        key = f"{prefix}{word}"
        if isinstance(value, dict) and set(value) == set(LANGS):
            yield key, Said(fr=french_spaces(value["fr"]), en=value["en"])
        else:
            yield from _leaves(value, f"{key}.")


@cache
def messages() -> Mapping[str, Said]:
    """All sentences by key, from every table beside this module."""
    found: dict[str, Said] = {}
    for table in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".toml"):
            found.update(_leaves(tomllib.loads(table.read_text(encoding="utf-8"))))
    return found


def said(key: str, /, **values: object) -> Said:
    """
    Sentence of a key in both languages, with its values put in.

    A value that is itself a :class:`Said` is put in in the language of the sentence.

    Raises
    ------
    ConfigError
        No table has the key: a mistake of the program, found by the tests.
    """
    pattern = messages().get(key)
    if pattern is None:
        message = f"no text for {key!r}"
        raise ConfigError(message)
    parts = {
        lang: {
            name: value[lang] if isinstance(value, Said) else value
            for name, value in values.items()
        }
        for lang in LANGS
    }
    return Said(**{lang: _filled(pattern[lang], lang, parts[lang]) for lang in LANGS})


def text(key: str, lang: Lang, /, **values: object) -> str:
    """
    Sentence of a key in one language.

    Examples
    --------
    >>> text("word.none", "fr")
    'aucun'
    """
    return said(key, **values)[lang]


def join(parts: Iterable[Said], separator: str = ", ") -> Said:
    """
    Texts one after the other, in both languages; French has a space before a semicolon too.

    Examples
    --------
    >>> join([Said(fr="un", en="one"), Said(fr="deux", en="two")])
    Said(fr='un, deux', en='one, two')
    """
    told = tuple(parts)
    between = Said(fr=french_spaces(separator.replace("; ", " ; ")), en=separator)
    return Said(**{lang: between[lang].join(part[lang] for part in told) for lang in LANGS})


def problem(
    kind: type[_Error], key: str, /, facts: Mapping[str, Any] | None = None, **values: object
) -> _Error:
    """
    Error of a kind whose message stands in both languages.

    Parameters
    ----------
    kind : type
        Class of the error.
    key : str
        Key of the sentence.
    facts : mapping, optional
        Attributes that the class asks for.
    **values
        What the sentence puts in.
    """
    both = said(key, **values)
    error = kind(both.en, **(facts or {}))
    error.said = both
    return error


def explain(error: CmcoordError, lang: Lang) -> str:
    """Message of an error in a language, as far as it has one."""
    both = error.said
    return both[lang] if isinstance(both, Said) else str(error)
