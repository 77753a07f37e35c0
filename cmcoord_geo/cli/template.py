"""``cmcoord-geo template TABLE``: an empty table with its columns, or their meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import ForceOption, LangOption, as_lang, told
from cmcoord_geo.i18n import text


def template(
    table: Annotated[str, typer.Argument(help=told("table"))] = "",
    out: Annotated[Path | None, typer.Option("--out", help=told("template_out"))] = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Write a template, or tell what the columns mean."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.errors import DataError
        from cmcoord_geo.i18n import problem
        from cmcoord_geo.io import write_template
        from cmcoord_geo.schemas import describe, tables

        if table not in tables():
            if not table:
                console.say(text("cli.tables", language, known=", ".join(tables())))
                return
            raise problem(DataError, "cli.bad_table", word=table, known=", ".join(tables()))
        if out is None:
            console.say(describe(tables()[table], language))
            return
        console.say(text("cli.written", language, path=write_template(table, out, is_forced=force)))
