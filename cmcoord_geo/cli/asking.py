"""Questions of a guided mapping: which column of the file holds what, and what its words mean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import text
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmcoord_geo.i18n import Lang


def is_watched() -> bool:
    """Whether a person is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_columns(
    missing: Sequence[str], left: Sequence[str], lang: Lang
) -> Iterator[tuple[str, str]]:
    """
    Ask for each column of ours that was not found which one of the file's holds it.

    Parameters
    ----------
    missing, left : sequence of str
        Columns of ours, and the names of the file that mean none of them yet.
    lang : str

    Yields
    ------
    ours, theirs : str
        Nothing for a column that the person leaves out.
    """
    open_ = list(left)
    meaning = {column.name: column.said[lang] for column in get_table("incidents").columns}
    for ours in missing:
        if not open_:
            return
        what = meaning[ours]
        _offer(text("incident_table.ask_column", lang, ours=ours, what=what), open_)
        theirs = _choice(open_, lang)
        if theirs:
            open_.remove(theirs)
            yield ours, theirs


def ask_classes(words: Sequence[str], lang: Lang) -> Mapping[str, str]:
    """
    Ask what each word of the file means.

    Parameters
    ----------
    words : sequence of str
    lang : str

    Returns
    -------
    mapping
        Word to class; words that the person leaves out are absent.
    """
    if not words:
        return {}
    classes = [(key, known.name[lang]) for key, known in incident_classes().items()]
    _offer(text("incident_table.ask_classes", lang), [f"{key}: {name}" for key, name in classes])
    found: dict[str, str] = {}
    for word in words:
        typer.echo(text("incident_table.ask_word", lang, word=word), err=True)
        meant = _choice([key for key, _ in classes], lang)
        if meant:
            found[word] = meant
    return found


def _offer(question: str, names: Sequence[str]) -> None:
    typer.echo(question, err=True)
    for number, name in enumerate(names, start=1):
        typer.echo(f"  {number:>2}  {name}", err=True)


def _choice(names: Sequence[str], lang: Lang) -> str:
    """One of the names, by its number or as it is written; empty where the person leaves it out."""
    while True:
        answer = typer.prompt(
            text("incident_table.ask", lang),
            default="", show_default=False, prompt_suffix=" ", err=True,
        )  # fmt: skip
        answer = str(answer).strip()
        if not answer or answer in names:
            return answer
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        typer.echo(text("incident_table.ask_again", lang, count=len(names)), err=True)
