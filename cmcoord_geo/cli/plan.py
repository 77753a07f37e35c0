"""``cmcoord-geo plan FROM TO``: one movement, its options, reasons and doubts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    ConfigOption,
    ForceOption,
    JsonOption,
    LangOption,
    as_lang,
    default_lang,
    load_config,
    parse_moment,
    parse_vehicles,
    told,
)

_FileOption = Path | None


def plan(
    origin: Annotated[str, typer.Argument(help=told("origin"))],
    destination: Annotated[str, typer.Argument(help=told("destination"))],
    depart: Annotated[str, typer.Option("--depart", help=told("depart"))],
    vehicle: Annotated[list[str] | None, typer.Option("--vehicle", help=told("vehicle"))] = None,
    latest: Annotated[str | None, typer.Option("--latest", help=told("latest"))] = None,
    incidents: Annotated[_FileOption, typer.Option("--incidents", help=told("incidents"))] = None,
    patrols: Annotated[_FileOption, typer.Option("--patrols", help=told("patrols"))] = None,
    status: Annotated[_FileOption, typer.Option("--status", help=told("status"))] = None,
    persons: Annotated[int | None, typer.Option("--persons", min=1, help=told("persons"))] = None,
    marking: Annotated[str, typer.Option("--marking", help=told("marking"))] = "",
    returning: Annotated[
        bool | None, typer.Option("--return/--one-way", help=told("return"))
    ] = None,
    border: Annotated[bool, typer.Option("--border", help=told("border"))] = False,
    out: Annotated[Path | None, typer.Option("--out", help=told("plan_out"))] = None,
    force: ForceOption = False,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = default_lang(),
) -> None:
    """Plan one movement."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.export import to_json
        from cmcoord_geo.planning import plan_movement
        from cmcoord_geo.render.plan_text import build_text
        from cmcoord_geo.service import Question, ask, write_products
        from cmcoord_geo.sharing import Audience, build_product

        settings = load_config(config)
        now = datetime.now(tz=UTC).replace(microsecond=0)
        question = Question(
            origin=origin,
            destination=destination,
            vehicles=parse_vehicles(vehicle or ["lv_4x4"]),
            depart=parse_moment(depart, option="--depart"),
            latest=parse_moment(latest, option="--latest") if latest else None,
            as_of=parse_moment(as_of, option="--as-of") if as_of else now,
            incidents=incidents,
            patrols=patrols,
            status=status,
            persons=persons,
            marking=marking,
            is_return=returning,
            include_border=border,
        )
        picture, request = ask(question)
        console.show_findings(picture.findings, language)
        plans = [plan_movement(picture, request, settings)]
        audience = Audience(kind="owner")
        if out:
            written = write_products(
                picture, plans, out, audience=audience, config=settings, lang=language,
                is_forced=force,
            )  # fmt: skip
            for path in written.files.values():
                console.note(f"  {path}")
        product = build_product(picture, plans, audience, settings, purpose="planning").product
        console.say(
            to_json(product, kind="plan").rstrip()
            if json
            else build_text(product, lang=language).rstrip()
        )
