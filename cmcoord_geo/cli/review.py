"""``cmcoord-geo review FOLDER``: which plans are ready, and what changed under the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    ConfigOption,
    JsonOption,
    LangOption,
    NetworkOption,
    as_lang,
    load_config,
    parse_as_of,
    told,
)
from cmcoord_geo.i18n import Lang, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.service.review import Review


def review(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    movement: Annotated[
        list[str] | None, typer.Option("--movement", help=told("review_movement"))
    ] = None,
    acknowledge: Annotated[
        bool, typer.Option("--acknowledge", help=told("review_acknowledge"))
    ] = False,
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Say which plans rest on what was acknowledged, and what changed under the others."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.service import plan_week, read_week
        from cmcoord_geo.service import review as service

        settings = load_config(config)
        picture = read_week(folder, settings, network=network, as_of=parse_as_of(as_of))
        console.show_findings(picture.findings, language)
        every = service.review_week(
            picture,
            plan_week(picture, settings, on_progress=console.planning(language)),
            settings,
            folder,
        )
        reviews = service.chosen(every, movement or ())
        if acknowledge:
            reviews = service.acknowledge(reviews, folder)
        if json:
            reviewed = service.WeekReview(is_exercise=picture.is_exercise, movements=reviews)
            console.say_json(to_json(reviewed, kind="review"))
        else:
            console.mark_exercise(language, is_exercise=picture.is_exercise)
            for line in (line for one in reviews for line in _lines(one, language)):
                console.say(line)
            if any(one.changes for one in reviews):
                console.say(text("review.hint", language))


def _lines(review: Review, lang: Lang) -> Iterator[str]:
    """State of a movement, below it what is to be read again and what stands against it."""
    yield text(_state(review), lang, movement=review.movement_id, count=len(review.current))
    for one in review.changes:
        change, kind = (
            text(f"review.change.{one.change}", lang),
            text(f"review.kind.{one.kind}", lang),
        )
        line = "review.line_fields" if one.fields else "review.line"
        told = ", ".join(text(f"review.field.{name}", lang) for name in one.fields)
        yield text(line, lang, change=change, kind=kind, key=one.key, fields=told)
    for key, found in (("conflicts", review.conflicts), ("unknown_conflicts", review.unknown)):
        if found:
            kinds = ", ".join(f"{kind} × {count}" for kind, count in found.items())
            yield text(f"review.{key}", lang, count=sum(found.values()), kinds=kinds)


def _state(review: Review) -> str:
    if not review.has_plan:
        return "review.no_plan"
    if not review.is_acknowledged:
        return "review.never"
    if review.is_expired:
        return "review.expired"
    if review.changes:
        return "review.changed"
    return "review.ready" if review.is_ready else "review.read"
