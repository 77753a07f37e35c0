"""``cmcoord-geo network fetch``: the only command that uses the internet, once it has said how much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.asking import is_watched
from cmcoord_geo.cli.network import say_rows
from cmcoord_geo.cli.options import ForceOption, LangOption, as_lang, told
from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, text

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.service import AreaOffer, ExtractOffer

_YES = {"y", "yes", "o", "oui"}


def fetch(
    out: Annotated[Path, typer.Option("-o", "--out", help=told("network_out"))],
    extract: Annotated[list[str] | None, typer.Option(help=told("fetch_extract"))] = None,
    place: Annotated[str, typer.Option(help=told("fetch_place"))] = "",
    box: Annotated[str, typer.Option(help=told("fetch_box"))] = "",
    keep: Annotated[Path | None, typer.Option(help=told("fetch_keep"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=told("fetch_yes"))] = False,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Fetch roads over the internet and build a network file."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo import __version__
        from cmcoord_geo.service import check_targets, describe_network, fetch_network

        if [bool(extract), bool(place.strip()), bool(box.strip())].count(True) != 1:
            raise problem(DataError, "fetch.one_of")
        if place and not (yes or is_watched()):  # a name is told to nobody in vain
            raise problem(DataError, "fetch.not_agreed")
        offer = _offer(extract or [], place.strip(), box.strip(), language)
        for line in offer.lines():
            console.note(line[language])
        check_targets(offer, out, keep=keep, is_forced=force)
        if not (yes or _agrees(language)):
            console.note(text("fetch.nothing", language))
            raise typer.Exit(console.REFUSED)
        with console.progress_bar() as show:
            made, facts = fetch_network(
                offer,
                out,
                version=__version__,
                keep=keep,
                is_forced=force,
                on_progress=lambda words: show(words[language], None),
            )
        for finding in facts.told:
            console.note(f"{text('cli.warning', language)} {finding[language]}")
        say_rows(describe_network(made, facts), language)
        console.say(text("cli.written", language, path=out))


def _offer(extract: list[str], place: str, box: str, lang: Lang) -> ExtractOffer | AreaOffer:
    """What may be fetched; of a place its name is sent, and to whom is said before."""
    from cmcoord_geo.io.fetch.sources import address, host
    from cmcoord_geo.service import offer_box, offer_extracts, offer_place

    if extract:
        return offer_extracts(extract)
    if box:
        return offer_box(box)
    console.note(text("fetch.looking", lang, place=place, host=host(address("nominatim"))))
    return offer_place(place)


def _agrees(lang: Lang) -> bool:
    """
    Answer of the person.

    Raises
    ------
    DataError
        Nobody is there to give one.
    """
    if not is_watched():
        raise problem(DataError, "fetch.not_agreed")
    answer = typer.prompt(
        text("fetch.agree", lang), default="", show_default=False, prompt_suffix=" ", err=True
    )
    return str(answer).strip().casefold() in _YES
