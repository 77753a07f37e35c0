"""``cmcoord-geo network``: build a road network from OpenStreetMap, and look at it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.help import Command, Group
from cmcoord_geo.cli.options import ForceOption, JsonOption, LangOption, as_lang, told
from cmcoord_geo.i18n import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmcoord_geo.i18n import Lang, Said

network = typer.Typer(cls=Group, help=told("network"), rich_markup_mode=None)
NetworkArgument = Annotated[Path, typer.Argument(help=told("network_file"))]


@network.command("build", cls=Command, help=told("network_build"))
def build(
    files: Annotated[list[Path], typer.Argument(help=told("osm_files"))],
    out: Annotated[Path, typer.Option("-o", "--out", help=told("network_out"))],
    columns: Annotated[Path | None, typer.Option("--columns", help=told("line_columns"))] = None,
    layer: Annotated[str, typer.Option("--layer", help=told("line_layer"))] = "",
    licence: Annotated[str, typer.Option("--licence", help=told("line_licence"))] = "",
    links: Annotated[bool, typer.Option("--links/--no-links", help=told("carry_links"))] = True,
    join_m: Annotated[
        float | None, typer.Option("--join-m", min=0.0, max=100.0, help=told("line_join_m"))
    ] = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Build a network file."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo import __version__
        from cmcoord_geo.service import LineFiles, build_network_file, describe_network

        with console.progress_bar() as show:
            made, facts = build_network_file(
                files,
                out,
                version=__version__,
                is_forced=force,
                on_progress=lambda words, share: show(words[language], share),
                lines=LineFiles(columns=columns, layer=layer, licence=licence, join_m=join_m),
                has_links=links,
            )
        for finding in facts.told:
            console.note(f"{text('cli.warning', language)} {finding[language]}")
        say_rows(describe_network(made, facts), language)
        console.say(text("cli.written", language, path=out))


@network.command("export", cls=Command, help=told("network_export"))
def export(
    file: NetworkArgument,
    out: Annotated[Path, typer.Option("-o", "--out", help=told("export_out"))],
    vehicle: Annotated[str | None, typer.Option("--vehicle", help=told("export_vehicle"))] = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Write a network for other programs."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service import export_network, left_out, load_network

        made, _ = load_network(file)
        path = export_network(made, out, vehicle=vehicle, is_forced=force)
        less = left_out(made, path, vehicle=vehicle)
        if less:
            console.note(f"{text('cli.warning', language)} {less[language]}")
        console.say(text("cli.written", language, path=path))


@network.command("info", cls=Command, help=told("network_info"))
def info(file: NetworkArgument, json: JsonOption = False, lang: LangOption = None) -> None:
    """Tell what a network file holds."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service import describe_network, load_network, network_json

        made, facts = load_network(file)
        if json:
            from json import dumps

            console.say_json(dumps(network_json(made, facts), ensure_ascii=False, indent=1))
            return
        say_rows(describe_network(made, facts), language)
        for finding in facts.told:
            console.say(f"{text('cli.warning', language)} {finding[language]}")


@network.command("links", cls=Command, help=told("network_links"))
def links_carried(file: NetworkArgument, json: JsonOption = False, lang: LangOption = None) -> None:
    """Tell what was carried over from the bundled links."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.network.carry_report import as_rows, report
        from cmcoord_geo.service import load_network

        made, _ = load_network(file)
        if json:
            from json import dumps

            rows = as_rows(made, language)
            console.say_json(dumps(rows, ensure_ascii=False, indent=1, allow_nan=False))
            return
        for line in report(made):
            console.say(line[language])


@network.command("check", cls=Command, help=told("network_check"))
def check(
    file: NetworkArgument,
    out: Annotated[Path | None, typer.Option("-o", "--out", help=told("check_out"))] = None,
    places: Annotated[int, typer.Option("--places", min=0, help=told("check_places"))] = 3,
    every: Annotated[bool, typer.Option("--all", help=told("check_all"))] = False,
    force: ForceOption = False,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Tell what looks wrong on a network, and where."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.network.flaw_words import lines_of
        from cmcoord_geo.service.network_check import check_network_file

        limit = None if every else places
        checked = check_network_file(file, limit=limit, out=out, is_forced=force)
        if out is not None:
            console.note(text("cli.written", language, path=out))
        if json:
            console.say_json(to_json(checked, kind="network_check"))
            return
        if not checked.groups:
            console.say(text("flaw.none", language))
        for group in checked.groups:
            console.say(f"{text('cli.warning', language)} {group.said[language]}")
            for line in lines_of(group):
                console.say(f"  {line[language]}")


def say_rows(rows: Iterable[tuple[Said, str | Said]], lang: Lang) -> None:
    """Write labels and values, one line each."""
    for label, value in rows:
        shown = value if isinstance(value, str) else value[lang]
        console.say(text("network_info.line", lang, what=label[lang], value=shown))
