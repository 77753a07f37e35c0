"""``cmcoord-geo alternatives FOLDER MOVEMENT``: what can stand in for an escort, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    AudienceOption,
    ConfigOption,
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


def alternatives(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    movement: Annotated[str, typer.Argument(help=told("movement"))],
    audience: AudienceOption = "owner",
    organisation: OrganisationOption = "",
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Set the alternatives of one movement side by side."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.render.alternatives_text import build_alternatives_text
        from cmcoord_geo.service import read_week
        from cmcoord_geo.service.alternatives import ask_alternatives
        from cmcoord_geo.sharing import Audience

        asked = Audience(kind=parse_audience(audience), organisation=organisation)
        settings = load_config(config)
        picture = read_week(folder, settings, network=network, as_of=parse_as_of(as_of))
        console.tell_findings(picture.findings, language, asked=asked)
        view = ask_alternatives(picture, movement, asked, settings)
        if json:
            console.say_json(to_json(view, kind="alternatives"))
        else:
            console.say(build_alternatives_text(view, lang=language).rstrip())
        console.show_refused(picture.findings, language)
