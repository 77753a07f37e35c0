"""``cmcoord-geo template TABLE``: an empty table with its columns, or their meaning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import ForceOption, LangOption, as_lang, told
from cmcoord_geo.i18n import text

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang


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
        from cmcoord_geo.io.templates import PICTURE, write_template
        from cmcoord_geo.schemas import describe, tables

        if table == PICTURE:
            _picture(out, language, is_forced=force)
            return
        if table not in tables():
            if not table:
                console.say(text("cli.tables", language, known=", ".join((*tables(), PICTURE))))
                return
            raise problem(
                DataError, "cli.bad_table", word=table, known=", ".join((*tables(), PICTURE))
            )
        if out is None:
            console.say(describe(tables()[table], language))
            return
        path = write_template(table, out, lang=language, is_forced=force)
        console.say(text("cli.written", language, path=path))


def _picture(out: Path | None, language: Lang, *, is_forced: bool) -> None:
    """Write the template of ``picture.toml``, or show it."""
    from cmcoord_geo.facts import data_dir
    from cmcoord_geo.io.templates import write_picture_template

    if out is None:
        console.say((data_dir() / "picture_template.toml").read_text(encoding="utf-8").rstrip())
        return
    path = write_picture_template(out, is_forced=is_forced)
    console.say(text("cli.written", language, path=path))
