"""What a person sees: results on stdout, progress and errors on stderr, errors as exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from cmcoord_geo.errors import CmcoordError
from cmcoord_geo.i18n import Lang, explain, text

if TYPE_CHECKING:
    from cmcoord_geo.model import Finding

REFUSED = 3


def say(words: str) -> None:
    """Write a result to stdout."""
    typer.echo(words)


def note(words: str) -> None:
    """Write something beside the result to stderr."""
    typer.echo(words, err=True)


def progress(words: str) -> None:
    """Show progress on stderr, when a person is there to read it."""
    if sys.stderr.isatty():
        note(words)


@contextmanager
def errors_in(lang: Lang) -> Iterator[None]:
    """Turn an error of the package into its sentence and its exit code."""
    try:
        yield
    except CmcoordError as error:
        note(text("cli.failed", lang, message=explain(error, lang)))
        raise typer.Exit(error.exit_code) from error


def show_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """Write findings to stderr, one line each."""
    for finding in findings:
        note(finding_line(finding, lang))


def finding_line(finding: Finding, lang: Lang) -> str:
    """One finding as a line: where, how grave, what."""
    parts = [finding.file, finding.sheet]
    if finding.row:
        parts.append(text("cli.row", lang, row=finding.row))
    if finding.column:
        parts.append(text("cli.column", lang, column=finding.column))
    where = ", ".join(part for part in parts if part)
    grade = text(f"cli.{finding.severity}", lang)
    return f"{grade} {where + ': ' if where else ''}{finding.said[lang]}"


def show_withheld(withheld: Mapping[tuple[str, str], int], lang: Lang) -> None:
    """Tell the desk that releases, on stderr, what the gate kept back."""
    for (kind, reason), count in sorted(withheld.items()):
        words = text("withheld.count", lang, count=count, reason=text(f"withheld.{reason}", lang))
        note(f"  {text(f'cli.kind_{kind}', lang)}: {words}")
