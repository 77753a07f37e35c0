"""``cmcoord-geo depart FOLDER``: when each movement may leave, and why not at other hours."""

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
from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, text


def depart(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    movement: Annotated[str, typer.Option("--movement", help=told("depart_movement"))] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=14, help=told("depart_days"))] = 7,
    out: Annotated[Path | None, typer.Option("--out", help=told("depart_out"))] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=told("depart_pdf"))] = False,
    return_trap: Annotated[
        bool, typer.Option("--return-trap", help=told("depart_return_trap"))
    ] = False,
    base: Annotated[str | None, typer.Option("--from", help=told("depart_from"))] = None,
    to: Annotated[list[str] | None, typer.Option("--to", help=told("depart_to"))] = None,
    audience: AudienceOption = "owner",
    organisation: OrganisationOption = "",
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say when the movements of a folder may leave."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export.departures import departures_json, return_traps_json
        from cmcoord_geo.render.departure_text import build_departure_text
        from cmcoord_geo.render.return_trap_text import build_return_trap_text
        from cmcoord_geo.service import read_week
        from cmcoord_geo.service.departures import (
            check_departures_free,
            release_departures,
            write_departures,
        )
        from cmcoord_geo.service.return_traps import release_return_traps
        from cmcoord_geo.sharing import Audience

        if (base or to) and not return_trap:
            raise problem(DataError, "departures.only_traps")
        asked = Audience(kind=parse_audience(audience), organisation=organisation)
        settings = load_config(config)
        if out and not force:
            check_departures_free(out)
        picture = read_week(folder, settings, network=network, as_of=parse_as_of(as_of))
        console.tell_findings(picture.findings, language, asked=asked)
        if return_trap:
            traps = release_return_traps(
                picture, asked, settings, base=base or "", targets=tuple(to or ())
            )
            if json:
                console.say_json(return_traps_json(traps))
            else:
                console.say(build_return_trap_text(traps, lang=language).rstrip())
            return
        release = release_departures(picture, asked, settings, days=days, movement_id=movement)
        if json:
            console.say_json(departures_json(release.sheets))
        else:
            console.say(build_departure_text(release.sheets, lang=language).rstrip())
        if out:
            paths = write_departures(
                release.sheets, out, lang=language, has_pdf=pdf,
                on_progress=lambda name: console.progress(
                    text("cli.writing", language, name=name)
                ),
            )  # fmt: skip
            for path in paths:
                console.note(f"  {path}")
        console.show_withheld(release.withheld, language)
        console.show_refused(picture.findings, language)
