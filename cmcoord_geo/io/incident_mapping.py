"""Which columns of somebody's table hold what of an incident: a TOML file, shipped or of one's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import incident_classes, toml
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.files import decode, read_bytes
from cmcoord_geo.io.manifest import prefectures_named
from cmcoord_geo.io.values import DATE_ORDERS, ISO, ZONE, Conventions
from cmcoord_geo.model import Source
from cmcoord_geo.network.places import plain
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_BYTES = 2**20
#: A column that holds latitude and longitude in one cell, as KoBo writes it.
GEOPOINT = "geopoint"
_WORDS = ("source", "name", "licence", "date_order", "zone")
_FLAGS = ("no_export", "decimal_comma")
_TABLES = ("columns", "values", "defaults", "covers")
_COVERS = ("first", "last", "classes", "areas")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """
    What a file is said to cover.

    Attributes
    ----------
    first, last : date
    classes, areas : tuple of str
        No area = the whole country.
    """

    first: date
    last: date
    classes: tuple[str, ...]
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMapping:
    """
    How a table is read as incidents.

    Attributes
    ----------
    columns : mapping
        Column of ours (or ``geopoint``) to the names that may hold it, the first that is there.
    values : mapping
        Column of ours to words of the file, folded, and what each stands for.
    defaults : mapping
        Column of ours to what an empty or absent cell stands for.
    source, name, licence : str
        Of the source; empty: the name of the file.
    no_export : bool or None
        Whether its rows are kept out of every product; None: not said.
    covers : Covers or None
    conventions : Conventions
    """

    columns: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    name: str = ""
    licence: str = ""
    no_export: bool | None = None
    covers: Covers | None = None
    conventions: Conventions = ISO

    def declared(self) -> tuple[Source, ...]:
        """Source that the mapping declares; none where it does not say what it covers."""
        if self.covers is None or not self.source:
            return ()
        last = datetime.combine(self.covers.last, time.min, tzinfo=BANGUI)
        return (
            Source(
                source_id=self.source,
                name=self.name or self.source,
                licence=self.licence,
                first=datetime.combine(self.covers.first, time.min, tzinfo=BANGUI),
                last=last + timedelta(days=1, seconds=-1),
                classes=self.covers.classes,
                areas=self.covers.areas,
                has_export=self.no_export is False,
            ),
        )


def targets() -> tuple[str, ...]:
    """Columns that a mapping may name."""
    return (*(column.name for column in get_table("incidents").columns), GEOPOINT)


@cache
def usual_mapping() -> IncidentMapping:
    """Columns of the usual tables (``data/incident_columns.toml``)."""
    return parse_mapping(toml("incident_columns.toml"), file="incident_columns.toml")


@cache
def inso_mapping() -> IncidentMapping:
    """Columns of a sheet of INSO's kind (``data/inso.toml``)."""
    return parse_mapping(toml("inso.toml"), file="inso.toml")


def read_mapping(path: str | Path) -> IncidentMapping:
    """
    Mapping of a TOML file.

    Raises
    ------
    DataError
        It is no TOML, or holds what no mapping holds; names the key.
    """
    file = Path(path).name
    text, _ = decode(read_bytes(path, max_bytes=MAX_BYTES), file=file)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise problem(DataError, "mapping.not_toml", file=file) from error
    return parse_mapping(content, file=file)


def parse_mapping(content: Mapping[str, Any], *, file: str) -> IncidentMapping:
    """
    Mapping of the content of a TOML file.

    Raises
    ------
    DataError
        It holds what no mapping holds; names the key.
    """
    _check_kinds(content, file)
    columns = {
        name: (words,) if isinstance(words, str) else tuple(words)
        for name, words in content.get("columns", {}).items()
    }
    values = {
        name: {plain(word): meant for word, meant in words.items()}
        for name, words in content.get("values", {}).items()
    }
    return IncidentMapping(
        columns=columns,
        values=values,
        defaults={name: str(value) for name, value in content.get("defaults", {}).items()},
        source=content.get("source", ""),
        name=content.get("name", ""),
        licence=content.get("licence", ""),
        no_export=content.get("no_export"),
        covers=_covers(content["covers"], file) if "covers" in content else None,
        conventions=Conventions(
            decimal_comma=content.get("decimal_comma", False),
            date_order=content.get("date_order", ""),
            zone=content.get("zone", ""),
        ),
    )


def _check_kinds(content: Mapping[str, Any], file: str) -> None:
    """Refuse keys that are not known and values of another kind."""
    for key, value in content.items():
        is_good = (
            (key in _WORDS and isinstance(value, str))
            or (key in _FLAGS and isinstance(value, bool))
            or (key in _TABLES and isinstance(value, dict))
        )
        if not is_good:
            known = ", ".join((*_WORDS, *_FLAGS, *_TABLES))
            raise problem(DataError, "mapping.key", file=file, key=key, known=known)
    for key in ("columns", "values", "defaults"):
        for name, value in content.get(key, {}).items():
            if name not in targets() or not _is_value(key, value):
                known = ", ".join(targets())
                raise problem(
                    DataError, "mapping.target", file=file, key=f"{key}.{name}", known=known
                )
    if content.get("date_order", "") not in DATE_ORDERS:
        raise problem(DataError, "mapping.order", file=file)
    if content.get("zone") and not ZONE.fullmatch(content["zone"]):
        raise problem(DataError, "mapping.zone", file=file)


def _is_value(key: str, value: object) -> bool:
    if key == "columns":
        names = [value] if isinstance(value, str) else value
        return isinstance(names, list) and all(isinstance(name, str) for name in names)
    if key == "values":
        return isinstance(value, dict) and all(isinstance(word, str) for word in value.values())
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _covers(content: Mapping[str, Any], file: str) -> Covers:
    classes = content.get("classes")
    first, last = (_day(content.get(key)) for key in ("first", "last"))
    is_good = set(content) <= set(_COVERS) and isinstance(classes, list)
    is_good = is_good and all(name in incident_classes() for name in map(str, classes or ()))
    if not is_good or first is None or last is None or last < first:
        known = ", ".join(incident_classes())
        raise problem(DataError, "mapping.covers", file=file, known=known)
    return Covers(
        first=first,
        last=last,
        classes=tuple(map(str, classes or ())),
        areas=prefectures_named(content.get("areas", []), file),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
