"""``cmcoord-geo incidents skill``: whether the exposure figures tell anything about the next month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    ConfigOption,
    ForceOption,
    JsonOption,
    LangOption,
    as_lang,
    load_config,
    told,
)
from cmcoord_geo.i18n import text


def skill(
    file: Annotated[Path, typer.Argument(help=told("skill_file"))],
    first: Annotated[str, typer.Option("--from", help=told("skill_from"))],
    last: Annotated[str, typer.Option("--to", help=told("skill_to"))],
    network: Annotated[str, typer.Option("--network", help=told("skill_network"))] = "bundled",
    memories: Annotated[
        Path | None, typer.Option("--memories", help=told("skill_memories"))
    ] = None,
    write_memories: Annotated[
        Path | None, typer.Option("--write-memories", help=told("skill_write"))
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help=told("skill_out"))] = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Forecast each month from the past alone, and score it."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.service import skill_files
        from cmcoord_geo.service.skill import SkillQuestion, ask_skill, report_lines, skill_json

        settings = load_config(config)
        if not force:
            skill_files.check_free(out, write_memories)
        question = SkillQuestion(
            file=file,
            first=first,
            last=last,
            network=network,
            memories=memories,
            is_fitting=write_memories is not None,
        )
        report = ask_skill(
            question,
            on_month=lambda done, of: console.progress(
                text("cli.skill_month", language, done=done, of=of)
            ),
        )
        console.count_findings(report.findings, language)
        if json:
            console.say_json(skill_json(report).rstrip())
        else:
            console.mark_exercise(language, is_exercise=report.is_exercise)
            for line in report_lines(report):
                console.say(line[language])
        if write_memories:
            skill_files.write_memories(report, write_memories)
            console.note(text("cli.written", language, path=write_memories))
        if out:
            files = skill_files.write_skill(
                report,
                skill_files.release_skill(report, settings),
                out,
                settings,
                lang=language,
                on_progress=lambda name: console.progress(text("cli.writing", language, name=name)),
            )
            for path in files:
                console.note(f"  {path}")
