"""``cmcoord-geo demo``: the bundled EXERCISE week, planned and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmcoord_geo.cli import console
from cmcoord_geo.cli.map import draw_folder
from cmcoord_geo.cli.options import (
    AudienceOption,
    LangOption,
    OrganisationOption,
    as_lang,
    told,
)


def demo(
    out: Annotated[Path, typer.Option("--out", help=told("out"))] = Path("out/demo"),
    audience: AudienceOption = "owner",
    organisation: OrganisationOption = "",
    lang: LangOption = None,
) -> None:
    """Plan and draw the EXERCISE week; its own earlier results are replaced."""
    language = as_lang(lang)
    with console.errors_in(language):
        from cmcoord_geo.facts import data_dir

        draw_folder(
            data_dir() / "exercise",
            out,
            audience=audience,
            organisation=organisation,
            config_path=None,
            lang=language,
            is_forced=True,
            is_demo=True,
        )
