"""Options that several commands share, and how their words are read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cmcoord_geo.cli.language import help_lang, system_lang
from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import LANGS, Lang, problem, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import VehicleCount

_HERE: Lang = help_lang()
#: How a file of areas ends.
_AREA_FILES = (".csv", ".xlsx", ".geojson", ".gpkg", ".json")


def told(key: str) -> str:
    """Help text in the language that the line asks for, else of the system."""
    return text(f"help.{key}", _HERE)


def _lang(word: str | None) -> str | None:
    if word is not None and word not in LANGS:
        raise typer.BadParameter(told("lang"))
    return word


LangOption = Annotated[str | None, typer.Option("--lang", callback=_lang, help=told("lang"))]
AudienceOption = Annotated[str, typer.Option("--audience", help=told("audience"))]
OrganisationOption = Annotated[str, typer.Option("--organisation", help=told("organisation"))]
ForceOption = Annotated[bool, typer.Option("--force", help=told("force"))]
JsonOption = Annotated[bool, typer.Option("--json", help=told("json"))]
ConfigOption = Annotated[Path | None, typer.Option("--config", help=told("config"))]
NetworkOption = Annotated[Path | None, typer.Option("--network", help=told("network_file"))]
AsOfOption = Annotated[str | None, typer.Option("--as-of", help=told("as_of"))]


def as_lang(word: str | None) -> Lang:
    """Language that an option named, else that of the system."""
    return next((lang for lang in LANGS if lang == word), system_lang())


def parse_moment(word: str, *, option: str) -> datetime:
    """
    Moment with its zone.

    Raises
    ------
    DataError
        It is no ISO 8601 time, or it has no offset: a time without a zone is never guessed (H7).
    """
    try:
        moment = datetime.fromisoformat(word.strip())
    except ValueError:
        raise problem(DataError, "cli.bad_time", option=option, word=word) from None
    if moment.tzinfo is None:
        raise problem(DataError, "cli.naive_time", option=option, word=word)
    return moment


def parse_as_of(word: str | None) -> datetime | None:
    """Cut-off that was asked for, read as :func:`parse_moment` does; None where none was."""
    return parse_moment(word, option="--as-of") if word else None


def parse_vehicles(words: list[str]) -> tuple[VehicleCount, ...]:
    """
    Vehicles such as ``truck_6x6:4``; without a number, two: the common rule of the smallest convoy.

    Raises
    ------
    DataError
        A number is no whole number above zero.
    """
    from cmcoord_geo.model import VehicleCount

    found = []
    for word in words:
        name, _, number = word.partition(":")
        if number and not (number.isascii() and number.isdigit() and int(number) > 0):
            raise problem(DataError, "cli.bad_count", word=word)
        found.append(VehicleCount(vehicle_id=name.strip(), count=int(number or 2)))
    return tuple(found)


def split_avoid(words: Sequence[str]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """
    Files of areas, and roads, of what was typed after ``--avoid``: a name that ends like a file is one.

    Raises
    ------
    DataError
        A name ends like a file, and there is none.
    """
    files: list[Path] = []
    roads: list[str] = []
    for word in words:
        path = Path(word)
        if path.suffix.lower() in _AREA_FILES or path.is_file():
            if not path.is_file():
                raise problem(DataError, "forbidden.no_file", file=path.name)
            files.append(path)
        else:
            roads.append(word)
    return tuple(files), tuple(roads)


def parse_audience(word: str) -> str:
    """
    Kind of audience.

    Raises
    ------
    DataError
        There is no such audience.
    """
    from cmcoord_geo.sharing import AUDIENCE_KINDS

    kind = {"minusca": "minusca_ops"}.get(word, word)
    if kind not in AUDIENCE_KINDS:
        known = ", ".join(AUDIENCE_KINDS)
        raise problem(DataError, "cli.bad_audience", word=word, known=known)
    return kind


def load_config(path: Path | None) -> Config:
    """Settings of a file, or the proposed defaults."""
    from cmcoord_geo.config import Config, read_config

    return read_config(path) if path else Config()
