"""``cmcoord-geo doctor``: whether this installation can do its work."""

from __future__ import annotations

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import JsonOption, LangOption, as_lang
from cmcoord_geo.i18n import text


def doctor(json: JsonOption = False, lang: LangOption = None) -> None:
    """Look at versions, tables and tools."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service.health import Examination, examine

        found = examine()
    if json:
        console.say_json(to_json(Examination(checks=found), kind="doctor"))
    else:
        for entry in found:
            mark = text("cli.fine" if entry.is_fine else "cli.faulty", language)
            line = text("cli.at", language, where=entry.name[language], said=entry.detail)
            console.say(f"{mark} {line}")
    if not all(entry.is_fine or entry.is_optional for entry in found):
        raise typer.Exit(console.REFUSED)
