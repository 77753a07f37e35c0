"""``cmcoord-geo corridors``: ask for presence on roads, read the answers, rank what is unmet, draw it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.help import Command, Group
from cmcoord_geo.cli.options import (
    AsOfOption,
    AudienceOption,
    ConfigOption,
    ForceOption,
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
from cmcoord_geo.i18n import Lang, join, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.corridor_sheets import Asked

corridors = typer.Typer(cls=Group, help=told("corridors"), rich_markup_mode=None)
FolderArgument = Annotated[Path, typer.Argument(help=told("folder"))]


def _read(
    folder: Path, network: Path | None, as_of: str | None, settings: Config
) -> OperationalPicture:
    from cmcoord_geo.service import read_week

    return read_week(folder, settings, network=network, as_of=parse_as_of(as_of))


def _plan(picture: OperationalPicture, settings: Config, lang: Lang) -> Sequence[MovementPlan]:
    from cmcoord_geo.service import plan_week

    return plan_week(
        picture,
        settings,
        on_progress=console.planning(lang),
    )


@corridors.command("request", cls=Command, help=told("corridors_request"))
def request(
    folder: FolderArgument,
    out: Annotated[Path | None, typer.Option("--out", help=told("corridors_out"))] = None,
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Ask the other side for presence, bundled over organisations."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.render.corridor_text import corridor_text
        from cmcoord_geo.service.corridors import (
            ask_corridors,
            check_ledger,
            check_sheet_free,
            issue_sheet,
        )

        settings = load_config(config)
        if out:
            check_sheet_free(out, is_forced=force)
        picture = _read(folder, network, as_of, settings)
        console.show_findings(picture.findings, language)
        if out:
            check_ledger(picture)
        asked, sheet = ask_corridors(picture, _plan(picture, settings, language), settings)
        console.say(corridor_text(sheet, lang=language))
        if out:
            issue_sheet(folder, asked, sheet, out)
            issue = asked.issue
            console.note(
                text(
                    "corridors.issued",
                    language,
                    asked=len(issue.asked),
                    added=len(issue.added),
                    withdrawn=len(issue.withdrawn),
                )
            )
            console.note(f"  {out}")
        else:
            console.note(text("corridors.draft", language))
        _show_desk(picture, asked, settings, language)


def _show_desk(picture: OperationalPicture, asked: Asked, settings: Config, lang: Lang) -> None:
    """Say to the desk, beside the product, what is not requested and why."""
    from cmcoord_geo.service.corridors import held_back, unsaid_needs

    rows = held_back(picture, asked)
    if rows:
        least = settings.corridor.min_organisations
        console.note(text("corridors.held", lang, least=least))
        for movement, roads in rows:
            line = text("corridors.held_line", lang, movement=movement, roads=join(roads))
            console.note(f"  {line}")
        console.note(text("corridors.held_next", lang))
    if unsaid := unsaid_needs(picture, asked):
        console.note(text("corridors.unsaid_need", lang, movements=", ".join(unsaid)))
    console.show_withheld(asked.withheld, lang)


@corridors.command("answer", cls=Command, help=told("corridors_answer"))
def answer(
    folder: FolderArgument,
    answers: Annotated[Path, typer.Argument(help=told("corridors_answers"))],
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """Read the answers of the other side and keep them in the folder."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.render.corridor_text import moment_text
        from cmcoord_geo.service.corridors import take_answers

        settings = load_config(config)
        picture = _read(folder, network, as_of, settings)
        console.show_findings(picture.findings, language)
        read = take_answers(folder, answers, picture)
        console.show_findings(read.reading.findings, language)
        console.say(
            text(
                "corridors.answers_read",
                language,
                read=read.reading.report.rows,
                new=len(read.new),
                old=len(read.known),
                refused=read.reading.report.refused,
            )
        )
        if read.cutoff:
            console.note(
                text("corridors.cutoff", language, moment=moment_text(read.cutoff, lang=language))
            )


@corridors.command("rank", cls=Command, help=told("corridors_rank"))
def rank(
    folder: FolderArgument,
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Rank the corridors that were requested by unmet need."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.render.corridor_text import rank_text
        from cmcoord_geo.service.corridors import ask_corridors
        from cmcoord_geo.sharing.corridor_ranks import corridor_ranks

        settings = load_config(config)
        picture = _read(folder, network, as_of, settings)
        console.show_findings(picture.findings, language)
        plans = _plan(picture, settings, language)
        asked, _ = ask_corridors(picture, plans, settings)
        ranks = corridor_ranks(picture, plans, asked, settings)
        if json:
            console.say_json(to_json(ranks, kind="corridor_ranks"))
        else:
            console.say(rank_text(ranks, lang=language))


@corridors.command("calendar", cls=Command, help=told("corridors_calendar"))
def calendar(
    folder: FolderArgument,
    out: Annotated[Path, typer.Option("--out", help=told("corridors_picture"))],
    audience: AudienceOption = "minusca_ops",
    organisation: OrganisationOption = "",
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Draw the corridors that were requested over the week: asked, offered, confirmed, not covered."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.render.corridor_text import outdated_text
        from cmcoord_geo.service.corridors import ask_corridors, check_picture_free, write_calendar
        from cmcoord_geo.sharing import Audience
        from cmcoord_geo.sharing.corridor_ranks import outdated

        asked = Audience(kind=parse_audience(audience), organisation=organisation)
        settings = load_config(config)
        check_picture_free(out, is_forced=force)
        picture = _read(folder, network, as_of, settings)
        console.tell_findings(picture.findings, language, asked=asked)
        plans = _plan(picture, settings, language)
        write_calendar(picture, plans, asked, out, settings, lang=language)
        console.note(f"  {out}")
        if names := outdated(picture, ask_corridors(picture, plans, settings)[0]):
            console.note(outdated_text(names, lang=language))
