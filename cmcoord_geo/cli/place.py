"""``cmcoord-geo place NAME``: where a place or a position lies, in every notation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import JsonOption, LangOption, as_lang, told
from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.numbers import said_length
from cmcoord_geo.i18n.roads import said_road

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.service.lookup import Location


def place(
    name: Annotated[str, typer.Argument(help=told("place_name"))],
    network: Annotated[Path | None, typer.Option("--network", help=told("network_file"))] = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Look a place up."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service.lookup import look_up

        found = look_up(name, network=network)
        if json:
            console.say_json(to_json(found, kind="place"))
            return
        for location in found.locations:
            for line in _lines(location, language, has_roads=found.has_roads):
                console.say(line)
        if len(found.locations) > 1:
            console.say(text("lookup.several", language, count=len(found.locations)))


def _lines(location: Location, lang: Lang, *, has_roads: bool) -> Iterator[str]:
    def line(key: str, value: str) -> str:
        return "  " + text("network_info.line", lang, what=text(f"lookup.{key}", lang), value=value)

    kind = location.kind[lang]
    yield text("lookup.head", lang, name=location.name, kind=kind, place_id=location.place_id)
    yield line("where", location.where[lang])
    for key in ("decimal", "sexagesimal", "utm", "mgrs"):
        if written := getattr(location, key):
            yield line(key, written)
    if location.prefectures:
        key = "outline" if location.is_outline else "prefecture"
        yield line(key, " / ".join(location.prefectures))
    if not has_roads:
        yield line("road", text("lookup.no_network", lang))
    elif location.away_m is None:
        yield line("road", text("lookup.no_road", lang))
    else:
        away = said_length(location.away_m)
        yield line("road", text("lookup.away", lang, road=said_road(location.road), away=away))
    for what in location.told:
        yield f"  {text('cli.warning', lang)} {what[lang]}"
