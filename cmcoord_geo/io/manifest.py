"""``picture.toml``: cut-off of a folder of data, whether it is an exercise, and what its sources cover."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import incident_classes, places
from cmcoord_geo.i18n import Said, problem
from cmcoord_geo.io.files import decode, read_bytes
from cmcoord_geo.io.values import (
    DATE_ORDERS,
    ISO,
    ZONE,
    Conventions,
    parse_choice,
    parse_day,
    parse_time,
    word_index,
)
from cmcoord_geo.model import Source
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 2**20
KNOWN = ("as_of", "is_exercise", "decimal_comma", "date_order", "zone", "network", "sources")
KNOWN_OF_SOURCE = (
    "id",
    "name",
    "licence",
    "first",
    "last",
    "classes",
    "areas",
    "has_export",
    "is_assumed",
    "note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """
    What ``picture.toml`` says about the files beside it.

    Attributes
    ----------
    as_of : datetime or None
        Cut-off of the data; None where it does not say.
    is_exercise : bool
    conventions : Conventions
    network : str
        Road network file that the rows are about, seen from the folder; empty for the bundled one.
    sources : tuple of Source
    """

    as_of: datetime | None = None
    is_exercise: bool = False
    conventions: Conventions = ISO
    network: str = ""
    sources: tuple[Source, ...] = ()


def read_manifest(path: str | Path) -> Manifest:
    """
    Content of a ``picture.toml``.

    Raises
    ------
    DataError
        It is no TOML, has a key that is not known, or a value that cannot be read; names the key.
    """
    file = Path(path).name
    text, _ = decode(read_bytes(path, max_bytes=MAX_BYTES), file=file)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise problem(
            DataError, "io.manifest.not_toml", file=file, line=_line_of(error, text)
        ) from error
    _check_keys(content, KNOWN, file)
    listed = content.get("sources", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise problem(DataError, "io.manifest.value", file=file, key="sources")
    is_exercise = _flag(content, "is_exercise", file, default=False)
    sources = tuple(_source(entry, file, is_exercise=is_exercise) for entry in listed)
    if len({source.source_id for source in sources}) < len(sources):
        raise problem(DataError, "io.manifest.twice", file=file)
    return Manifest(
        as_of=_moment(content, "as_of", file) if "as_of" in content else None,
        is_exercise=is_exercise,
        conventions=_conventions(content, file),
        network=_word(content, "network", file, ""),
        sources=sources,
    )


def _line_of(error: Exception, text: str) -> int:
    """Line that the reader of TOML names; the last one where it names the end of the file."""
    told = re.search(r"at line ([0-9]+)", str(error))
    return int(told[1]) if told else max(1, len(text.splitlines()))


def _conventions(content: Mapping[str, Any], file: str) -> Conventions:
    order, zone = (_word(content, key, file, "") for key in ("date_order", "zone"))
    if order not in DATE_ORDERS:
        raise problem(DataError, "mapping.order", file=file)
    if zone and not ZONE.fullmatch(zone):
        raise problem(DataError, "mapping.zone", file=file)
    return Conventions(
        decimal_comma=_flag(content, "decimal_comma", file, default=False),
        date_order=order,
        zone=zone,
    )


def _check_keys(content: Mapping[str, Any], known: tuple[str, ...], file: str) -> None:
    for key in content:
        if key not in known:
            raise problem(
                DataError, "io.manifest.unknown", file=file, key=key, known=", ".join(known)
            )


def _flag(content: Mapping[str, Any], key: str, file: str, *, default: bool) -> bool:
    value = content.get(key, default)
    if not isinstance(value, bool):
        raise problem(DataError, "io.manifest.value", file=file, key=key)
    return value


def _word(content: Mapping[str, Any], key: str, file: str, default: str | None = None) -> str:
    value = content.get(key, default)
    if not isinstance(value, str):
        raise problem(DataError, "io.manifest.value", file=file, key=key)
    return value


def _moment(content: Mapping[str, Any], key: str, file: str) -> datetime:
    value = content.get(key)
    try:
        return parse_time(value.isoformat() if isinstance(value, datetime) else str(value))
    except DataError as error:
        raise problem(
            DataError, "io.manifest.time", file=file, key=key, reason=error.said
        ) from error


def _day(content: Mapping[str, Any], key: str, file: str) -> date:
    value = content.get(key)
    try:
        return parse_day(value.isoformat() if isinstance(value, date) else str(value)).date()
    except DataError as error:
        raise problem(
            DataError, "io.manifest.time", file=file, key=key, reason=error.said
        ) from error


def _source(entry: Mapping[str, Any], file: str, *, is_exercise: bool) -> Source:
    _check_keys(entry, KNOWN_OF_SOURCE, file)
    classes = entry.get("classes")
    if not isinstance(classes, list) or not all(
        name in incident_classes() for name in map(str, classes)
    ):
        known = ", ".join(incident_classes())
        raise problem(DataError, "io.manifest.classes", file=file, known=known)
    first = datetime.combine(_day(entry, "first", file), time.min, tzinfo=BANGUI)
    last = datetime.combine(_day(entry, "last", file), time.min, tzinfo=BANGUI)
    if last < first:
        raise problem(DataError, "io.manifest.period", file=file)
    return Source(
        source_id=_word(entry, "id", file),
        name=_word(entry, "name", file, _word(entry, "id", file)),
        licence=_word(entry, "licence", file, ""),
        first=first,
        last=last + timedelta(days=1, seconds=-1),
        classes=tuple(map(str, classes)),
        areas=prefectures_named(entry.get("areas", []), file),
        has_export=_flag(entry, "has_export", file, default=False),
        is_exercise=is_exercise,
        is_assumed=_flag(entry, "is_assumed", file, default=False),
        note=_note(entry.get("note"), file),
    )


def prefectures_named(value: object, file: str) -> tuple[str, ...]:
    """
    Prefectures of 2021 that a source reaches; none named = the whole country.

    Raises
    ------
    DataError
        It is no list of them, with the names that are known.
    """
    known = sorted({place.prefecture_2021 for place in places().values() if place.country == "CAF"})
    index = word_index(dict.fromkeys(known, ()))
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise problem(DataError, "io.manifest.areas", file=file, known=", ".join(known))
    try:
        return tuple(parse_choice(name, index) for name in value)
    except DataError as error:
        raise problem(DataError, "io.manifest.areas", file=file, known=", ".join(known)) from error


def _note(value: object, file: str) -> Said | None:
    """Note in one language for both, or in each."""
    if value is None:
        return None
    if isinstance(value, str):
        return Said(fr=value, en=value)
    if (
        isinstance(value, dict)
        and set(value) == {"fr", "en"}
        and all(isinstance(v, str) for v in value.values())
    ):
        return Said(fr=value["fr"], en=value["en"])
    raise problem(DataError, "io.manifest.value", file=file, key="note")
