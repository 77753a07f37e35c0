"""``cmcoord-geo check FOLDER``: every finding about the data at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    JsonOption,
    LangOption,
    NetworkOption,
    as_lang,
    parse_as_of,
    told,
)
from cmcoord_geo.i18n import text


def check(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Read a folder and say everything that is wrong with it."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service import check_folder

        checked = check_folder(
            folder,
            as_of=parse_as_of(as_of),
            network=network,
        )
    if json:
        console.say_json(to_json(checked, kind="check"))
    else:
        for finding in checked.findings:
            console.say(console.finding_line(finding, language))
        for report in checked.reports:
            console.say(
                text(
                    "cli.rows",
                    language,
                    file=report.file,
                    rows=report.rows,
                    accepted=report.accepted,
                    refused=report.refused,
                    duplicates=report.duplicates,
                )
            )
        console.say(text("cli.checked", language, errors=checked.errors, warnings=checked.warnings))
    if checked.errors:
        raise typer.Exit(console.REFUSED)
