"""What a person sees: results on stdout, progress and errors on stderr, errors as exit codes."""

from __future__ import annotations

import codecs
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING

import typer

from cmcoord_geo.errors import CmcoordError
from cmcoord_geo.i18n import Lang, explain, text

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.model import AvoidArea, Finding
    from cmcoord_geo.sharing import Audience

REFUSED = 3
#: A possible meeting with a patrol is left in the option kept.
CONFLICT = 5
#: What old code pages lack, as they can show it.
_PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "→": "->",
        "–": "-",
        "—": "-",
        "’": "'",
        "“": '"',
        "”": '"',
        "×": "x",
    }
)
_PLAIN_NAME = "cmcoord-plain"


def prepare_streams() -> None:
    """Let stdout and stderr write any text in whatever encoding the terminal has."""
    codecs.register_error(_PLAIN_NAME, _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_PLAIN_NAME)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    shown = error.object[error.start : error.end].translate(_PLAIN)
    return shown.encode("ascii", "replace").decode(), error.end


def say(words: str) -> None:
    """Write a result to stdout."""
    typer.echo(words)


def say_json(content: str) -> None:
    """Write JSON to stdout; with escapes where the encoding there could not hold every character."""
    if not (sys.stdout.encoding or "").casefold().startswith("utf"):
        content = json.dumps(json.loads(content), indent=1)
    say(content.rstrip())


def note(words: str) -> None:
    """Write something beside the result to stderr."""
    typer.echo(words, err=True)


def mark_exercise(lang: Lang, *, is_exercise: bool) -> None:
    """Say first that what follows rests on invented data, where it does."""
    if is_exercise:
        say(text("word.exercise", lang))


def progress(words: str) -> None:
    """Show progress on stderr, when a person is there to read it."""
    if sys.stderr.isatty():
        note(words)


def planning(lang: Lang) -> Callable[[int, int], None]:
    """Progress of a week that is planned: how many movements are done, of how many."""
    return lambda done, of: progress(text("cli.planning", lang, done=done, of=of))


_BAR = 24


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float | None], None]]:
    """
    One line on stderr that is written over, for a person only: what is being done, and a bar if known.

    Yields
    ------
    callable
        Takes the words and a share from 0 to 1, or None.
    """
    shown: list[int] = []

    def show(words: str, share: float | None) -> None:
        if not sys.stderr.isatty():
            return
        line = bar_line(words, share, shutil.get_terminal_size().columns)
        typer.echo(f"\r{line.ljust(max(shown, default=0))}", err=True, nl=False)
        shown[:] = [len(line)]

    try:
        yield show
    finally:
        if shown:
            typer.echo("", err=True)


def bar_line(words: str, share: float | None, columns: int) -> str:
    """
    Bar, share and words in at most one line of a terminal.

    Examples
    --------
    >>> bar_line("7 ways", 0.5, 80)
    '[############............]  50 % 7 ways'
    >>> bar_line("7 ways", None, 80)
    '7 ways'
    """
    if share is not None:
        full = int(share * _BAR)
        words = f"[{'#' * full}{'.' * (_BAR - full)}] {int(share * 100):3d} % {words}"
    return words[: max(columns - 1, 1)]


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


def show_areas(areas: Iterable[AvoidArea], message: str, lang: Lang) -> None:
    """Write the names of the areas to avoid that an error calls by their marks to stderr."""
    from cmcoord_geo.network.areas import marked

    told = set(re.findall(r"\bZ\d+\b", message))
    for mark, area in marked(areas):
        if mark not in told:
            continue
        note(f"  {text('areas.named', lang, mark=mark, name=area.name)}")


def count_findings(findings: Iterable[Finding], lang: Lang) -> None:
    """Tell how many findings there are without what they quote: this run is for others than the owner."""
    grades = [finding.severity for finding in findings]
    if grades:
        errors = grades.count("error")
        note(text("cli.counted", lang, errors=errors, warnings=len(grades) - errors))


def tell_findings(findings: Iterable[Finding], lang: Lang, *, asked: Audience) -> None:
    """Write findings for the desk, or how many there are where the product is for somebody else."""
    is_for_the_desk = asked.kind == "owner" and not asked.organisation
    (show_findings if is_for_the_desk else count_findings)(findings, lang)


def show_refused(findings: Iterable[Finding], lang: Lang) -> None:
    """
    Write as the last line to stderr how many rows and files were refused; nothing when none were.

    The result rests on the rest, so the command ends with 0 all the same.
    """
    faults = [finding for finding in findings if finding.severity == "error" and finding.file]
    files = {fault.file for fault in faults if not fault.row}
    rows = {(fault.file, fault.sheet, row) for fault in faults for row in fault.rows}
    if files or rows:
        note(text("cli.refused", lang, rows=len(rows), files=len(files)))


def show_removed(paths: Iterable[Path], lang: Lang) -> None:
    """Name on stderr the files of an earlier week that were removed; nothing when none were."""
    names = ", ".join(path.name for path in paths)
    if names:
        note(text("cli.removed", lang, files=names))


def finding_line(finding: Finding, lang: Lang) -> str:
    """One finding as a line: how grave, where, what."""
    from cmcoord_geo.io.layers import is_layer

    parts = [finding.file, finding.sheet]
    if finding.row:
        key = "cli.feature" if is_layer(finding.file) else "cli.row"
        parts.append(text(key, lang, row=finding.row))
    if finding.column:
        parts.append(text("cli.column", lang, column=finding.column))
    where = ", ".join(part for part in parts if part)
    grade = text(f"cli.{finding.severity}", lang)
    said = finding.said[lang]
    return f"{grade} {text('cli.at', lang, where=where, said=said) if where else said}"


def show_withheld(withheld: Mapping[tuple[str, str], int], lang: Lang) -> None:
    """Tell the desk that releases, on stderr, what the gate kept back."""
    if withheld:
        note(text("cli.withheld", lang))
    for (kind, reason), count in sorted(withheld.items()):
        words = text("withheld.count", lang, count=count, reason=text(f"withheld.{reason}", lang))
        note(f"  {text('cli.at', lang, where=text(f'cli.kind_{kind}', lang), said=words)}")
