"""``cmcoord-geo incidents replay``: what the advice of past months would have been worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import JsonOption, LangOption, as_lang, told
from cmcoord_geo.i18n import text


def replay(
    file: Annotated[Path, typer.Argument(help=told("skill_file"))],
    first: Annotated[str, typer.Option("--from", help=told("skill_from"))],
    last: Annotated[str, typer.Option("--to", help=told("skill_to"))],
    network: Annotated[str, typer.Option("--network", help=told("skill_network"))] = "bundled",
    vehicle: Annotated[str, typer.Option("--vehicle", help=told("replay_vehicle"))] = "lv_4x4",
    memories: Annotated[
        Path | None, typer.Option("--memories", help=told("skill_memories"))
    ] = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Compare the advised road with the fastest, month by month."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service.replay import ask_replay, replay_json, replay_lines
        from cmcoord_geo.service.skill import SkillQuestion

        question = SkillQuestion(
            file=file, first=first, last=last, network=network, memories=memories
        )
        report = ask_replay(
            question,
            vehicle=vehicle,
            on_month=lambda done, of: console.progress(
                text("cli.skill_month", language, done=done, of=of)
            ),
        )
        console.count_findings(report.findings, language)
        if json:
            console.say_json(replay_json(report).rstrip())
            return
        console.mark_exercise(language, is_exercise=report.is_exercise)
        for line in replay_lines(report):
            console.say(line[language])
