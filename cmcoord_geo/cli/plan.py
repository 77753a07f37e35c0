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
    NetworkOption,
    as_lang,
    load_config,
    parse_as_of,
    parse_moment,
    parse_vehicles,
    split_avoid,
    told,
)

_FileOption = Path | None


def plan(
    origin: Annotated[str, typer.Argument(help=told("origin"))],
    destination: Annotated[str, typer.Argument(help=told("destination"))],
    depart: Annotated[str, typer.Option("--depart", help=told("depart_at"))],
    vehicle: Annotated[list[str] | None, typer.Option("--vehicle", help=told("vehicle"))] = None,
    latest: Annotated[str | None, typer.Option("--latest", help=told("latest"))] = None,
    incidents: Annotated[_FileOption, typer.Option("--incidents", help=told("incidents"))] = None,
    patrols: Annotated[_FileOption, typer.Option("--patrols", help=told("patrols"))] = None,
    status: Annotated[_FileOption, typer.Option("--status", help=told("status"))] = None,
    avoid: Annotated[list[str] | None, typer.Option("--avoid", help=told("avoid"))] = None,
    via: Annotated[list[str] | None, typer.Option("--via", help=told("via"))] = None,
    max_hours: Annotated[float | None, typer.Option(help=told("max_hours"))] = None,
    max_km: Annotated[float | None, typer.Option(help=told("max_km"))] = None,
    max_exposure: Annotated[float | None, typer.Option(help=told("max_exposure"))] = None,
    min_informed: Annotated[float | None, typer.Option(help=told("min_informed"))] = None,
    sensitivity: Annotated[bool, typer.Option("--sensitivity", help=told("sensitivity"))] = False,
    persons: Annotated[int | None, typer.Option("--persons", min=1, help=told("persons"))] = None,
    marking: Annotated[str, typer.Option("--marking", help=told("marking"))] = "",
    returning: Annotated[
        bool | None, typer.Option("--return/--one-way", help=told("return"))
    ] = None,
    border: Annotated[bool, typer.Option("--border", help=told("border"))] = False,
    network: NetworkOption = None,
    snap_limit_m: Annotated[
        float, typer.Option("--snap-limit-m", min=1.0, help=told("snap_limit_m"))
    ] = 2000.0,
    out: Annotated[Path | None, typer.Option("--out", help=told("plan_out"))] = None,
    force: ForceOption = False,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Plan one movement."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.errors import NoRouteError
        from cmcoord_geo.export import to_json
        from cmcoord_geo.i18n import explain
        from cmcoord_geo.model import Limits
        from cmcoord_geo.planning import plan_movement
        from cmcoord_geo.render.plan_text import build_text
        from cmcoord_geo.service import Question, ask, check_free, release_product, write_products
        from cmcoord_geo.service.sheets import check_sheets_free, clear_sheets, write_profiles
        from cmcoord_geo.sharing import Audience

        settings = load_config(config)
        area_files, roads = split_avoid(avoid or ())
        question = Question(
            origin=origin,
            destination=destination,
            vehicles=parse_vehicles(vehicle or ["lv_4x4"]),
            depart=parse_moment(depart, option="--depart"),
            latest=parse_moment(latest, option="--latest") if latest else None,
            as_of=parse_as_of(as_of) or _now(),
            incidents=incidents,
            patrols=patrols,
            status=status,
            avoid=area_files,
            via=tuple(via or ()),
            forbidden=roads,
            limits=Limits(
                max_hours=max_hours,
                max_km=max_km,
                max_exposure=max_exposure,
                min_informed=None if min_informed is None else min_informed / 100,
            ),
            persons=persons,
            marking=marking,
            is_return=returning,
            include_border=border,
            network=network,
            snap_limit_m=snap_limit_m,
            status_config=settings.status,
        )
        if out and not force:
            check_free(out)
            check_sheets_free(out, has_profiles=True, has_classes=False)
        picture, request = ask(question)
        console.show_findings(picture.findings, language)
        try:
            made = plan_movement(
                picture, request, settings, with_sensitivity=sensitivity, with_questions=True
            )
        except NoRouteError as error:
            console.show_areas(picture.areas, explain(error, language), language)
            raise
        owner = Audience(kind="owner")
        product = release_product(picture, [made], owner, settings, purpose="planning").product
        if json:
            console.say_json(to_json(product, kind="plan"))
        else:
            console.say(build_text(product, lang=language).rstrip())
        if out:
            files = write_products(product, out, lang=language, is_forced=force)
            profiles = write_profiles(product, out, settings, lang=language)
            for path in (*files.values(), *profiles):
                console.note(f"  {path}")
            if force:
                console.show_removed(clear_sheets(out, kept=profiles), language)
        console.show_refused(picture.findings, language)
        if product.conflicts:
            raise typer.Exit(console.CONFLICT)


def _now() -> datetime:
    return datetime.now(tz=UTC).replace(microsecond=0)
