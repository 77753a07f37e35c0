"""``cmcoord-geo incidents``: look at incident files, and keep them in one table of the owner."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cmcoord_geo.cli import asking, console
from cmcoord_geo.cli.help import Command, Group
from cmcoord_geo.cli.options import (
    AsOfOption,
    ForceOption,
    JsonOption,
    LangOption,
    as_lang,
    parse_as_of,
    told,
)
from cmcoord_geo.i18n import problem, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.model import Source
    from cmcoord_geo.service.incidents import FilePreview, IncidentPreview

K = TypeVar("K")
incidents = typer.Typer(cls=Group, help=told("incidents_group"), rich_markup_mode=None)
FilesArgument = Annotated[list[Path], typer.Argument(help=told("incident_files"))]
MappingOption = Annotated[Path | None, typer.Option("--mapping", help=told("incident_mapping"))]
ReplaceOption = Annotated[bool, typer.Option("--replace", help=told("incident_replace"))]


@incidents.command("preview", cls=Command, help=told("incidents_preview"))
def preview(
    files: FilesArgument,
    out: Annotated[Path | None, typer.Option("-o", "--out", help=told("incident_store"))] = None,
    mapping: MappingOption = None,
    replace: ReplaceOption = False,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show what would be read."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service.incidents import preview_incidents

        found = preview_incidents(
            files, until=_until(as_of), store=out, mapping=mapping, is_replacing=replace
        )
        if json:
            from cmcoord_geo.export import to_json

            console.say_json(to_json(found, kind="incidents"))
        else:
            _show(found, language)
            for finding in found.findings:
                console.say(console.finding_line(finding, language))


@incidents.command("import", cls=Command, help=told("incidents_import"))
def import_(
    files: FilesArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help=told("incident_out"))],
    mapping: MappingOption = None,
    replace: ReplaceOption = False,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Add files to the owner's table."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service.incidents import import_incidents

        found = import_incidents(
            files, out, until=_until(as_of), mapping=mapping, is_replacing=replace
        )
        console.show_findings(found.findings, language)
        _show(found, language)
        console.say(text("cli.written", language, path=out))


@incidents.command("map-columns", cls=Command, help=told("incidents_map_columns"))
def map_columns(
    file: Annotated[Path, typer.Argument(help=told("incident_file"))],
    out: Annotated[Path, typer.Option("-o", "--out", help=told("mapping_out"))],
    column: Annotated[
        list[str] | None, typer.Option("--column", help=told("mapping_column"))
    ] = None,
    ask: Annotated[bool | None, typer.Option("--ask/--no-ask", help=told("mapping_ask"))] = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Guess a mapping, asking for what cannot be guessed; to be checked."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service.incidents import write_mapping

        chosen = _chosen(column or [])
        meant: Mapping[str, str] = {}
        if asking.is_watched() if ask is None else ask:
            chosen, meant = _asked(file, chosen, language)
        made = write_mapping(file, out, lang=language, chosen=chosen, meant=meant, is_forced=force)
        for name, theirs in made.columns.items():
            console.say(text("incident_table.column", language, ours=name, theirs=theirs))
        for name in made.missing:
            left = ", ".join(made.left)
            console.say(text("incident_table.no_column", language, ours=name, left=left))
        if made.unknown_words:
            words = ", ".join(made.unknown_words)
            console.say(text("incident_table.no_class", language, words=words))
        console.say(text("cli.written", language, path=out))
        console.say(text("incident_table.check_mapping", language, path=out))


def _asked(
    file: Path, chosen: Mapping[str, str], lang: Lang
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Columns and words as a person says where they cannot be guessed."""
    from cmcoord_geo.io.incident_guess import guess_mapping

    guess = guess_mapping(file, lang=lang, chosen=chosen)
    for ours, theirs in guess.columns.items():
        console.note(text("incident_table.column", lang, ours=ours, theirs=theirs))
    chosen = {**chosen, **dict(asking.ask_columns(guess.missing, guess.left, lang))}
    words = guess_mapping(file, lang=lang, chosen=chosen).unknown_words
    return chosen, asking.ask_classes(words, lang)


def _until(word: str | None) -> datetime:
    return parse_as_of(word) or datetime.now().astimezone()


def _chosen(words: list[str]) -> Mapping[str, str]:
    """``occurred_at=Quand`` as a column of ours and a name of the file."""
    from cmcoord_geo.errors import DataError
    from cmcoord_geo.io.incident_mapping import targets

    pairs = [word.partition("=") for word in words]
    for name, sign, theirs in pairs:
        if name.strip() not in targets() or not sign or not theirs.strip():
            raise problem(
                DataError, "incident_table.bad_column", word=f"{name}{sign}{theirs}",
                known=", ".join(targets()),
            )  # fmt: skip
    return {name.strip(): theirs.strip() for name, _, theirs in pairs}


# ---------------------------------------------------------------- what is shown


def _show(found: IncidentPreview, lang: Lang) -> None:
    for entry in found.files:
        _show_file(entry, lang)
    console.say(
        text(
            "incident_table.total",
            lang,
            stored=found.stored,
            total=found.total,
            linked=found.linked,
        )
    )
    for source in found.sources:
        _show_source(source, lang)


def _show_file(entry: FilePreview, lang: Lang) -> None:
    from cmcoord_geo.facts import incident_classes

    console.say(
        text(
            "incident_table.file", lang, file=entry.file, form=entry.form, rows=entry.rows,
            accepted=entry.accepted, refused=entry.refused, duplicates=entry.duplicates,
        )
    )  # fmt: skip
    if entry.withdrawn:
        console.say(text("incident_table.withdrawn", lang, n=entry.withdrawn))
    if not entry.first:
        return
    names = {key: known.name[lang] for key, known in incident_classes().items()}
    grades = {n: f"{n} {text(f'incident_table.precision_{min(n, 4)}', lang)}" for n in range(1, 8)}
    nowhere = {"": text("incident_table.nowhere", lang)}
    rows = {
        "period": f"{entry.first} – {entry.last}",
        "classes": _counts(entry.classes, names),
        "precisions": _counts(entry.precisions, grades),
        "areas": _counts(entry.areas, nowhere),
        "no_export": str(entry.no_export),
    }
    for key, value in rows.items():
        console.say(
            text("incident_table.line", lang, what=text(f"incident_table.{key}", lang), value=value)
        )


def _counts(counts: Mapping[K, int], names: Mapping[K, str]) -> str:
    return ", ".join(f"{names.get(key, key)} {count}" for key, count in counts.items())


def _show_source(source: Source, lang: Lang) -> None:
    from cmcoord_geo.facts import incident_classes

    classes = ", ".join(incident_classes()[name].name[lang] for name in source.classes)
    leaves = "owner" if source.is_assumed else "yes"
    console.say(
        text(
            "incident_table.source", lang, source=source.source_id,
            first=source.first.date(), last=source.last.date(),
            areas=", ".join(source.areas) or text("incident_table.country", lang),
            classes=classes or text("incident_table.no_classes", lang),
            licence=source.licence or text("incident_table.no_licence", lang),
            export=text(f"incident_table.export_{leaves if source.has_export else 'no'}", lang),
        )
    )  # fmt: skip
