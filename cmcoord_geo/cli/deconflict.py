"""``cmcoord-geo deconflict FOLDER``: what stands against a week of movements as they are planned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    AudienceOption,
    ConfigOption,
    ForceOption,
    JsonOption,
    LangOption,
    NetworkOption,
    OrganisationOption,
    as_lang,
    load_config,
    parse_as_of,
    parse_audience,
    told,
)

_FileOption = Path | None


def deconflict(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    out: Annotated[_FileOption, typer.Option("--out", help=told("deconflict_out"))] = None,
    sites: Annotated[_FileOption, typer.Option("--sites", help=told("deconflict_sites"))] = None,
    earlier: Annotated[
        _FileOption, typer.Option("--earlier", help=told("deconflict_earlier"))
    ] = None,
    propose: Annotated[bool, typer.Option("--propose", help=told("deconflict_propose"))] = False,
    audience: AudienceOption = "owner",
    organisation: OrganisationOption = "",
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say what stands against a week of movements; exit code 5 when a conflict stands."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.render.conflict_text import build_conflict_text
        from cmcoord_geo.service.deconflict import (
            WeekRequest,
            ask_week,
            check_conflicts_free,
            conflicts_json,
            release_conflicts,
            write_conflicts,
        )
        from cmcoord_geo.sharing import Audience

        asked = Audience(kind=parse_audience(audience), organisation=organisation)
        settings = load_config(config)
        if out and not force:
            check_conflicts_free(out)
        week, findings = ask_week(
            WeekRequest(
                folder=folder,
                as_of=parse_as_of(as_of),
                network=network,
                sites=sites,
                earlier=earlier,
            ),
            settings,
            on_progress=console.planning(language),
        )
        console.tell_findings(findings, language, asked=asked)
        release = release_conflicts(week, asked, has_proposals=propose)
        view = release.view
        if json:
            console.say_json(conflicts_json(view))
        else:
            console.say(build_conflict_text(view, lang=language).rstrip())
        if out:
            for path in write_conflicts(view, out, lang=language):
                console.note(f"  {path}")
        console.show_withheld(release.withheld, language)
        console.show_refused(findings, language)
        if view.answer == "conflict":
            raise typer.Exit(console.CONFLICT)
