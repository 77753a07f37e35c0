"""``cmcoord-geo doctor``: whether this installation can do its work."""

from __future__ import annotations

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import JsonOption, LangOption, as_lang, default_lang
from cmcoord_geo.i18n import text


def doctor(json: JsonOption = False, lang: LangOption = default_lang()) -> None:
    """Look at versions, tables and tools."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service.health import Examination, examine

        found = examine()
    if json:
        console.say(to_json(Examination(checks=found), kind="doctor").rstrip())
    else:
        for entry in found:
            mark = text("cli.fine" if entry.is_fine else "cli.faulty", language)
            console.say(f"{mark} {entry.name[language]}: {entry.detail}")
    if not all(entry.is_fine or entry.is_optional for entry in found):
        raise typer.Exit(console.REFUSED)
