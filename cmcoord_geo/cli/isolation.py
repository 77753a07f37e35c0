"""``cmcoord-geo isolation``: which loss of a crossing or road cuts off which place."""

from __future__ import annotations

from dataclasses import replace
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
    as_lang,
    load_config,
    parse_as_of,
    parse_audience,
    told,
)
from cmcoord_geo.i18n import text

_FileOption = Path | None


def isolation(
    base: Annotated[str | None, typer.Option("--from", help=told("isolation_from"))] = None,
    to: Annotated[list[str] | None, typer.Option("--to", help=told("isolation_to"))] = None,
    vehicle: Annotated[
        list[str] | None, typer.Option("--vehicle", help=told("isolation_vehicle"))
    ] = None,
    wet_vehicle: Annotated[
        str | None, typer.Option("--wet-vehicle", help=told("isolation_wet_vehicle"))
    ] = None,
    bound_h: Annotated[
        float | None, typer.Option("--bound-h", min=0.0, help=told("isolation_bound_h"))
    ] = None,
    status: Annotated[_FileOption, typer.Option("--status", help=told("isolation_status"))] = None,
    network: Annotated[_FileOption, typer.Option("--network", help=told("network_file"))] = None,
    snap_limit_m: Annotated[
        float, typer.Option("--snap-limit-m", min=1.0, help=told("snap_limit_m"))
    ] = 2000.0,
    out: Annotated[_FileOption, typer.Option("--out", help=told("isolation_out"))] = None,
    audience: AudienceOption = "owner",
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say which single loss cuts a place off, or makes its way long."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export.boards import boards_json
        from cmcoord_geo.render.board_text import build_board_text
        from cmcoord_geo.service.isolation import (
            IsolationRequest,
            ask_boards,
            check_board_free,
            release_boards,
            write_boards,
        )
        from cmcoord_geo.sharing import Audience

        asked = Audience(kind=parse_audience(audience))
        settings = load_config(config)
        if bound_h is not None:
            settings = replace(settings, isolation=replace(settings.isolation, bound_h=bound_h))
        if out and not force:
            check_board_free(out)
        request = IsolationRequest(
            base=base,
            targets=tuple(to or ()),
            vehicles=tuple(vehicle or ()),
            wet_vehicle=wet_vehicle,
            as_of=parse_as_of(as_of),
            status=status,
            network=network,
            snap_limit_m=snap_limit_m,
        )
        picture, question = ask_boards(request)
        console.tell_findings(picture.findings, language, asked=asked)
        release = release_boards(picture, question, asked, settings)
        if json:
            console.say_json(boards_json(release.boards))
        else:
            console.say(build_board_text(release.boards, lang=language).rstrip())
        if out:
            files = write_boards(
                release.boards,
                out,
                lang=language,
                on_progress=lambda name: console.progress(text("cli.writing", language, name=name)),
            )
            for path in files:
                console.note(f"  {path}")
        console.show_withheld(release.withheld, language)
