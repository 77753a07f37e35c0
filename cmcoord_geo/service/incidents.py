"""Incidents of any files: looked at before anything is kept, and kept in one table of the owner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.incident_guess import guess_mapping
from cmcoord_geo.io.incident_mapping import read_mapping
from cmcoord_geo.io.incident_sources import completed, united_sources
from cmcoord_geo.io.incident_store import (
    SOURCES,
    beside,
    read_incident_file,
    render_incidents,
    render_sources,
    stored_text,
)
from cmcoord_geo.io.incidents import read_incidents
from cmcoord_geo.io.manifest import read_manifest
from cmcoord_geo.io.merge import merge_incidents
from cmcoord_geo.io.picture import MANIFEST
from cmcoord_geo.model import Finding
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.i18n import Lang
    from cmcoord_geo.io.incident_guess import Guess
    from cmcoord_geo.io.incident_mapping import IncidentMapping
    from cmcoord_geo.io.report import Reading
    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """
    What one file gives: ``rows == accepted + refused + duplicates``.

    Attributes
    ----------
    file, form : str
        Name of the file, and the table it was read as.
    rows, accepted, refused, duplicates : int
    classes, precisions, areas : mapping
        Class, precision, prefecture (of the nearest place; empty: no position) to accepted rows.
    first, last : str
        First and last day of an accepted row, ISO 8601; empty without one.
    no_export : int
        Accepted rows that go into no product, by their own flag or that of their source.
    withdrawn : int
        Records that the file takes back.
    """

    file: str
    form: str
    rows: int
    accepted: int
    refused: int
    duplicates: int
    classes: Mapping[str, int]
    precisions: Mapping[int, int]
    areas: Mapping[str, int]
    first: str
    last: str
    no_export: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPreview:
    """
    What files would give together.

    Attributes
    ----------
    files : tuple of FilePreview
    stored : int
        Rows that were there before.
    total : int
        Rows that are there afterwards.
    linked : int
        Of them, rows that count with a row of another source.
    sources : tuple of Source
    findings : tuple of Finding
    """

    files: tuple[FilePreview, ...]
    stored: int
    total: int
    linked: int
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """All rows in their order, and what is said of them."""

    incidents: Incidents
    preview: IncidentPreview


def preview_incidents(
    files: Sequence[Path],
    *,
    until: datetime,
    store: Path | None = None,
    mapping: Path | None = None,
    is_replacing: bool = False,
) -> IncidentPreview:
    """
    What would be read, without keeping any of it.

    Parameters
    ----------
    files : sequence of Path
    until : datetime
        Moment after which no incident can be dated.
    store : Path, optional
        Table to which they would be added.
    mapping : Path, optional
        How the files are read, whatever their columns say.
    is_replacing : bool
        Whether a row replaces the stored one of the same id.

    Raises
    ------
    DataError
        A file cannot be read at all.
    """
    return _gather(files, until, store, mapping, is_replacing=is_replacing).preview


def import_incidents(
    files: Sequence[Path],
    out: Path,
    *,
    until: datetime,
    mapping: Path | None = None,
    is_replacing: bool = False,
) -> IncidentPreview:
    """
    Add the rows of files to a table, and write what its sources cover beside it.

    No stored row is lost but one that its source withdrew or changed. The same files again give the same
    bytes. Parameters as :func:`preview_incidents`.

    Raises
    ------
    DataError
        A file cannot be read at all, or the table cannot be written.
    """
    found = _gather(files, until, out, mapping, is_replacing=is_replacing)
    is_exercise = any(source.is_exercise for source in found.preview.sources)
    content = render_incidents(found.incidents)
    elsewhere = {source.source_id for source in _declared(out)}
    own = [source for source in found.preview.sources if source.source_id not in elsewhere]
    write_whole(beside(out, SOURCES), render_sources(own, is_exercise=is_exercise))
    write_whole(out, content)
    return found.preview


def _gather(
    files: Sequence[Path],
    until: datetime,
    store: Path | None,
    mapping: Path | None,
    *,
    is_replacing: bool,
) -> _Gathered:
    columns = read_mapping(mapping) if mapping else None
    kept = [read_incident_file(store)] if store is not None and store.is_file() else []
    new = [_reading(path, columns, until) for path in files]
    sources, told = united_sources(
        source for reading in (*kept, *new) for source in reading.content.sources
    )
    declared = {source.source_id: source for source in _declared(store)}
    sources = tuple(declared.get(source.source_id, source) for source in sources)
    level = [
        replace(reading, content=replace(reading.content, sources=sources))
        for reading in (*kept, *new)
    ]
    ordered = [*level[len(kept) :], *level[: len(kept)]] if is_replacing else level
    joined, merged = merge_incidents(ordered, sources)
    keys = list(zip(joined.at_s.tolist(), joined.source_id, joined.incident_id, strict=True))
    rows = joined.only(np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))
    sources = completed(sources, rows)
    changed = () if is_replacing else _changed(kept, new)
    findings = [finding for reading in new for finding in reading.findings]
    return _Gathered(
        incidents=rows,
        preview=IncidentPreview(
            files=tuple(_file_preview(reading, sources) for reading in new),
            stored=sum(len(reading.content) for reading in kept),
            total=len(rows),
            linked=sum(map(bool, rows.duplicate_of)),
            sources=sources,
            findings=(*findings, *told, *changed, *merged),
        ),
    )


def _declared(store: Path | None) -> tuple[Source, ...]:
    """Sources that people declare in ``picture.toml`` beside a table: what it says stands first."""
    beside_it = store.with_name(MANIFEST) if store is not None else None
    return read_manifest(beside_it).sources if beside_it and beside_it.is_file() else ()


def _reading(path: Path, mapping: IncidentMapping | None, until: datetime) -> Reading[Incidents]:
    if mapping is None:
        return read_incident_file(path, until=until)
    return read_incidents(path, mapping=mapping, until=until)


def _file_preview(reading: Reading[Incidents], sources: Iterable[Source]) -> FilePreview:
    rows, report = reading.content, reading.report
    closed = {source.source_id for source in sources if not source.has_export}
    is_closed = np.array([name in closed for name in rows.source_id], bool) | rows.no_export
    days = _period(rows)
    return FilePreview(
        file=report.file,
        form=report.table,
        rows=report.rows,
        accepted=report.accepted,
        refused=report.refused,
        duplicates=report.duplicates,
        classes=dict(sorted(Counter(rows.class_id).items())),
        precisions=dict(sorted(Counter(rows.precision.tolist()).items())),
        areas=dict(sorted(Counter(_areas(rows)).items())),
        first=days[0],
        last=days[1],
        no_export=int(is_closed.sum()),
        withdrawn=len(reading.withdrawn),
    )


def _period(rows: Incidents) -> tuple[str, str]:
    """First and last day in Bangui."""
    if not len(rows):
        return "", ""
    first, last = (int(rows.at_s.min()), int(rows.at_s.max()))
    days = [to_datetime(at_s).astimezone(BANGUI).date().isoformat() for at_s in (first, last)]
    return days[0], days[1]


def _areas(rows: Incidents) -> list[str]:
    """Prefecture (2021) of the nearest place to each row; empty without a position."""
    is_known = np.isfinite(rows.lon)
    nearest = nearest_places(np.column_stack([rows.lon, rows.lat])[is_known])
    names = iter(place.prefecture_2021 for place in nearest)
    return [next(names) if known else "" for known in is_known.tolist()]


def _changed(
    kept: Sequence[Reading[Incidents]], new: Sequence[Reading[Incidents]]
) -> tuple[Finding, ...]:
    """A finding for each file that tells stored records otherwise, and nothing says which is newer."""
    stored = {
        key: (reading.content, row)
        for reading in kept
        for row, key in enumerate(reading.content.keys())
    }
    told = []
    for reading in new:
        rows = reading.content
        others = [
            key
            for row, key in enumerate(rows.keys())
            if key in stored and _differs(rows, row, *stored[key])
        ]
        if others:
            reason = said("io.incident.changed", n=len(others), one=others[0])
            told.append(Finding(severity="warning", said=reason, file=reading.report.file))
    return tuple(told)


def _differs(rows: Incidents, row: int, old: Incidents, i: int) -> bool:
    if int(rows.version[row]) != int(old.version[i]):
        return False
    words = ("class_id", "place", "text")
    numbers = ("lon", "lat", "at_s", "precision")
    return any(
        stored_text(getattr(rows, name)[row]) != getattr(old, name)[i] for name in words
    ) or not all(
        np.array_equal(getattr(rows, name)[row], getattr(old, name)[i], equal_nan=True)
        for name in numbers
    )


def write_mapping(
    file: Path,
    out: Path,
    *,
    lang: Lang,
    chosen: Mapping[str, str],
    meant: Mapping[str, str] | None = None,
    is_forced: bool = False,
) -> Guess:
    """
    Write a guessed mapping of the columns of a file, to be checked by a person.

    Parameters
    ----------
    file, out : Path
    lang : str
        Of its comments.
    chosen : mapping
        Column of ours to the name of the file's, as a person says.
    meant : mapping, optional
        Word of the file to class, as a person says.
    is_forced : bool
        Whether a file that is already there is replaced.

    Raises
    ------
    DataError
        The file cannot be read, or there is a mapping already, or it cannot be written.
    """
    if out.exists() and not is_forced:
        raise problem(DataError, "io.template.exists", file=out.name)
    made = guess_mapping(file, lang=lang, chosen=chosen, meant=meant)
    write_whole(out, made.content.encode())
    return made
