"""``cmcoord-geo map FOLDER``: plan every movement of a folder and draw it for one audience."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.options import (
    AsOfOption,
    AudienceOption,
    ConfigOption,
    ForceOption,
    LangOption,
    NetworkOption,
    OrganisationOption,
    as_lang,
    load_config,
    parse_as_of,
    parse_audience,
    told,
)
from cmcoord_geo.i18n import Lang, text


def map_(
    folder: Annotated[Path, typer.Argument(help=told("folder"))],
    out: Annotated[Path, typer.Option("--out", help=told("out"))] = Path("out/map"),
    audience: AudienceOption = "owner",
    organisation: OrganisationOption = "",
    profiles: Annotated[bool, typer.Option("--profiles", help=told("profiles"))] = False,
    classes: Annotated[bool, typer.Option("--classes", help=told("classes"))] = False,
    network: NetworkOption = None,
    as_of: AsOfOption = None,
    config: ConfigOption = None,
    force: ForceOption = False,
    lang: LangOption = None,
) -> None:
    """Draw the movements and patrols of a folder."""
    language = as_lang(lang)
    with console.errors_in(language):
        draw_folder(
            folder,
            out,
            audience=audience,
            organisation=organisation,
            config_path=config,
            lang=language,
            is_forced=force,
            network=network,
            as_of=parse_as_of(as_of),
            has_profiles=profiles,
            has_classes=classes,
        )


def draw_folder(
    folder: Path,
    out: Path,
    *,
    audience: str,
    organisation: str,
    config_path: Path | None,
    lang: Lang,
    is_forced: bool,
    network: Path | None = None,
    as_of: datetime | None = None,
    is_demo: bool = False,
    has_profiles: bool = False,
    has_classes: bool = False,
) -> None:
    """Read, plan, draw, and say where the results lie and what was kept back."""
    from cmcoord_geo.service import (
        check_free,
        plan_week,
        read_week,
        release_product,
        write_products,
    )
    from cmcoord_geo.service.sheets import (
        check_sheets_free,
        clear_sheets,
        write_classes,
        write_profiles,
    )
    from cmcoord_geo.sharing import Audience

    def writing(name: str) -> None:
        console.progress(text("cli.writing", lang, name=name))

    asked = Audience(kind=parse_audience(audience), organisation=organisation)
    settings = load_config(config_path)
    if not is_forced:
        check_free(out)
        check_sheets_free(out, has_profiles=has_profiles, has_classes=has_classes)
    picture = read_week(folder, settings, network=network, as_of=as_of)
    if organisation and organisation not in {one.organisation for one in picture.movements}:
        console.note(text("cli.no_movement_of", lang, word=organisation))
    console.tell_findings(picture.findings, lang, asked=asked)
    plans = plan_week(
        picture,
        settings,
        on_progress=console.planning(lang),
    )
    release = release_product(picture, plans, asked, settings)
    files = write_products(
        release.product,
        out,
        lang=lang,
        is_forced=is_forced,
        on_progress=writing,
    )
    paths = list(files.values())
    if has_profiles:
        sheets = write_profiles(release.product, out, settings, lang=lang, on_progress=writing)
        paths += sheets or _missing("profile.none", lang)
    if has_classes:
        sheet = write_classes(
            release.product, picture, out, settings, lang=lang, on_progress=writing
        )
        paths += [sheet] if sheet else _missing("classmaps.not_for", lang)
    if is_forced:
        console.show_removed(clear_sheets(out, kept=paths), lang)
    console.say(text("cli.results_demo" if is_demo else "cli.results", lang))
    for path in paths:
        console.say(f"  {path}")
    console.show_withheld(release.withheld, lang)
    console.show_refused(picture.findings, lang)


def _missing(key: str, lang: Lang) -> list[Path]:
    """No file, and a word why."""
    console.note(text(key, lang))
    return []
