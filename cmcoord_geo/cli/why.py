"""``cmcoord-geo incidents why``: the records behind the figure of a road."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    ConfigOption,
    JsonOption,
    LangOption,
    NetworkOption,
    as_lang,
    load_config,
    parse_as_of,
    told,
)


def why(
    road: Annotated[str, typer.Argument(help=told("why_road"))],
    incidents: Annotated[Path, typer.Option("--incidents", help=told("why_incidents"))],
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Tell what a figure of exposure rests on."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service.why import ask_why, why_lines

        found = ask_why(
            road,
            incidents,
            network=network,
            at=parse_as_of(as_of),
            config=load_config(config),
        )
        if json:
            console.say_json(to_json(found, kind="why").rstrip())
            return
        console.mark_exercise(language, is_exercise=found.is_exercise)
        for line in why_lines(found):
            console.say(line[language])
