"""Incidents from a CSV file: the published UCDP dataset or a plain log, told apart by the header."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.i18n import said
from cmcoord_geo.io.events import (
    Event,
    are_too_few,
    assumed_source,
    incident_columns,
    stray_findings,
)
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.positions import count_swapped, read_position
from cmcoord_geo.io.records import find_columns, read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.ucdp import is_ucdp, parse_ucdp
from cmcoord_geo.io.values import ISO, word_index
from cmcoord_geo.model import Finding
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmcoord_geo.io.positions import Swap
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

#: Precision of a record that does not say: an area.
DEFAULT_PRECISION = 3


def read_incidents(
    path: str | Path, *, sources: Sequence[Source] = (), conventions: Conventions = ISO
) -> Reading[Incidents]:
    """
    Incidents of a CSV file.

    Parameters
    ----------
    path : str or Path
        The published UCDP GED file, or a table as ``schemas.get_table("incidents")``.
    sources : sequence of Source
        What the sources of a plain table cover. A source that is not among them is taken to cover the days
        and classes that its records have, with a finding; with too few records it covers nothing.
    conventions : Conventions

    Raises
    ------
    DataError
        The file cannot be read at all: not there, not what its name says, or without the required columns.
    """
    text = read_table(path, get_table("incidents"), conventions=conventions)
    if is_ucdp(text):
        return parse_ucdp(text, conventions=conventions)
    return _parse_plain(text, sources=sources, conventions=conventions)


def _parse_plain(
    text: TextTable, *, sources: Sequence[Source], conventions: Conventions
) -> Reading[Incidents]:
    table = get_table("incidents")
    columns = find_columns(text, table)
    swap = count_swapped(text, columns, lat="lat", lon="lon", conventions=conventions)
    found = read_records(
        text,
        table,
        lambda row: _event(row, swap, default_source=Path(text.file).stem),
        key=lambda event: (event.source_id, event.incident_id),
        conventions=conventions,
    )
    covers, told = _sources(found.kept, sources, file=text.file)
    return Reading(
        content=incident_columns(found.kept, covers),
        findings=by_row((*swap.findings(text.file), *told, *found.findings)),
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
