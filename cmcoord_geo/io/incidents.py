"""Incidents from a file in a published form, in our own, or in one that a mapping explains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.acled import is_acled, is_acled_deleted, parse_acled, parse_acled_deleted
from cmcoord_geo.io.events import (
    Event,
    are_too_few,
    assumed_source,
    incident_columns,
    refuse_later,
    stray_findings,
)
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.hxl import split_tags
from cmcoord_geo.io.incident_checks import cell_findings
from cmcoord_geo.io.incident_file import read_incident_table
from cmcoord_geo.io.incident_mapping import GEOPOINT, inso_mapping, usual_mapping
from cmcoord_geo.io.incident_shape import found_columns, is_inso, shaped
from cmcoord_geo.io.placeholders import lowered
from cmcoord_geo.io.positions import count_swapped, read_position
from cmcoord_geo.io.records import find_columns, read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.ucdp import is_ucdp, parse_ucdp
from cmcoord_geo.io.values import ISO, word_index
from cmcoord_geo.model import Finding
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.io.hxl import Tag
    from cmcoord_geo.io.incident_mapping import IncidentMapping
    from cmcoord_geo.io.positions import Swap
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

#: Precision of a record that does not say: an area.
DEFAULT_PRECISION = 3


def read_incidents(
    path: str | Path,
    *,
    sources: Sequence[Source] = (),
    conventions: Conventions = ISO,
    mapping: IncidentMapping | None = None,
    until: datetime | None = None,
) -> Reading[Incidents]:
    """
    Incidents of a file, in whatever form it is: the form is told by its columns, never by its name.

    Parameters
    ----------
    path : str or Path
        CSV, XLSX, GeoJSON, GeoPackage or JSON of an API: ACLED, its list of deletions, UCDP GED or candidate,
        a sheet of INSO's kind, a table as ``schemas.get_table("incidents")``, or any table that a mapping,
        its HXL tags or the usual names of columns explain.
    sources : sequence of Source
        What the sources of a plain table cover. A source that is not among them is taken to cover the days
        and classes that its records have, with a finding; with too few records it covers nothing.
    conventions : Conventions
    mapping : IncidentMapping, optional
        How this file is read, whatever its columns say.
    until : datetime, optional
        Moment after which no incident can be dated: such rows are refused. Without it they stay, for a
        picture at an earlier cut-off leaves them out by itself.

    Raises
    ------
    DataError
        The file cannot be read at all: not there, not what its name says, or without the required columns.
    """
    rules = conventions if mapping is None else mapping.conventions
    text, tags = split_tags(read_incident_table(path, conventions=rules))
    told = cell_findings(text)
    published = None if mapping else _published(text, conventions=rules, until=until)
    if published is not None:
        reading = published
    elif mapping is None and is_plain(text):
        reading = _parse_plain(text, sources=sources, conventions=rules, until=until)
    else:
        known = inso_mapping() if is_inso(text) else usual_mapping()
        mapping = mapping or replace(known, conventions=rules)
        reading = _parse_mapped(text, mapping, tags, sources=sources, until=until)
    return replace(reading, findings=by_row((*told, *reading.findings))) if told else reading


def _published(
    text: TextTable, *, conventions: Conventions, until: datetime | None
) -> Reading[Incidents] | None:
    """Incidents of a form that its publisher keeps; None where the table is in none of them."""
    if is_acled_deleted(text):
        return parse_acled_deleted(text)
    if is_acled(text):
        return parse_acled(text, conventions=conventions, until=until)
    if is_ucdp(text):
        return parse_ucdp(text, conventions=conventions, until=until)
    return None


def is_plain(text: TextTable) -> bool:
    """Whether a table has the required columns of our own."""
    spellings = get_table("incidents").spellings
    there = {spellings.get(name) for name in text.header}
    has_point = GEOPOINT in found_columns(text, usual_mapping()) and "lat" not in there
    return not has_point and all(column.name in there for column in get_table("incidents").required)


def _parse_mapped(
    text: TextTable,
    mapping: IncidentMapping,
    tags: Sequence[Tag | None],
    *,
    sources: Sequence[Source],
    until: datetime | None,
) -> Reading[Incidents]:
    """Incidents of a table that a mapping explains; what it declares stands before what others do."""
    made = shaped(text, mapping, tags)
    missing = [
        column.name
        for column in get_table("incidents").required
        if column.name not in made.table.header
    ]
    if missing:
        columns = ", ".join(missing)
        raise problem(
            SchemaError, "mapping.missing", facts={"table": "incidents", "column": columns},
            file=text.file, columns=columns, header=", ".join(text.header),
        )  # fmt: skip
    declared = mapping.declared()
    known = {source.source_id for source in declared}
    reading = _parse_plain(
        made.table,
        sources=(*declared, *(source for source in sources if source.source_id not in known)),
        conventions=mapping.conventions,
        until=until,
        default_source=mapping.source,
    )
    rows = reading.content
    if mapping.no_export is not None:
        rows = replace(rows, no_export=rows.no_export | mapping.no_export)
    rows = replace(rows, sources=tuple(_named(source, mapping) for source in rows.sources))
    findings = by_row((*made.findings, *reading.findings))
    return replace(reading, content=rows, findings=findings)


def _named(source: Source, mapping: IncidentMapping) -> Source:
    """Source of a mapping with its name, its licence, and the flag that none of its points may leave."""
    if not source.is_assumed or source.source_id != mapping.source:
        return source
    return replace(
        source, name=mapping.name or source.name, licence=mapping.licence,
        has_export=source.has_export and not mapping.no_export,
    )  # fmt: skip


def _parse_plain(
    text: TextTable,
    *,
    sources: Sequence[Source],
    conventions: Conventions,
    until: datetime | None,
    default_source: str = "",
) -> Reading[Incidents]:
    table = get_table("incidents")
    columns = find_columns(text, table)
    swap = count_swapped(text, columns, lat="lat", lon="lon", conventions=conventions)

    def make(row: Row) -> Event:
        event = _event(row, swap, default_source=default_source or Path(text.file).stem)
        refuse_later(row, event.at, until, column="occurred_at")
        return event

    found = read_records(
        text,
        table,
        make,
        key=lambda event: (event.source_id, event.incident_id),
        conventions=conventions,
        version=lambda event: event.changed_s,
    )
    covers, told = _sources(found.kept, sources, file=text.file)
    events, placed = lowered(found.kept, file=text.file, column="lat")
    return Reading(
        content=incident_columns(events, covers),
        findings=by_row((*swap.findings(text.file), *told, *placed, *found.findings)),
        report=found.report,
    )


@cache
def _class_words() -> Mapping[str, str]:
    return word_index(
        {key: (known.name.fr, known.name.en) for key, known in incident_classes().items()}
    )


def _event(row: Row, swap: Swap, *, default_source: str) -> Event:
    lon, lat = read_position(row, lat="lat", lon="lon", swap=swap)
    event = Event(
        incident_id=row.identifier("incident_id"),
        class_id=row.chosen("class", _class_words()),
        source_id=row.identifier("source_id") or default_source,
        at=row.needed_day("occurred_at"),
        lon=lon,
        lat=lat,
        precision=row.count("precision") or DEFAULT_PRECISION,
        place=row.text("place"),
        time_precision=row.count("time_precision") or 1,
        actor=row.choice("actor") or "unknown",
        no_export=row.yes_no("no_export"),
        duplicate_of=row.identifier("duplicate_of"),
        text=row.text("text"),
        changed_s=0 if (changed := row.time("changed_at")) is None else utc_seconds(changed),
        row=row.number,
    )
    if not row.is_refused and not row.cell("lat"):
        row.warn("io.incident.no_position", "lat")
    return event


def _sources(
    events: Sequence[Event], declared: Sequence[Source], *, file: str
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Declared sources, then those that only the records name, each with a finding."""
    known = {source.source_id for source in declared}
    others: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.source_id not in known:
            others[event.source_id].append(event)
    assumed = tuple(assumed_source(key, rows) for key, rows in others.items())
    told = [
        finding for rows in others.values() for finding in _undeclared_findings(rows, file=file)
    ]
    return (*declared, *assumed), tuple(told)


def _undeclared_findings(events: Sequence[Event], *, file: str) -> Iterable[Finding]:
    """What is to be done about a source that nobody declared, and its dates that look mistyped."""
    key = "io.incident.thin" if are_too_few(events) else "io.incident.undeclared"
    reason = said(key, source=events[0].source_id)
    yield Finding(severity="warning", said=reason, file=file, column="source_id")
    yield from stray_findings(events, file=file, column="occurred_at")
