"""
Incidents of ACLED, as it is exported (CSV, or the JSON of its API), and its list of deletions.

ACLED is a living file: an event may come again with a newer ``timestamp``, which replaces it, and may be
withdrawn. Its terms forbid redistribution: no point of it goes into a product.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows as shipped_rows
from cmcoord_geo.i18n import said
from cmcoord_geo.io.actors import acled_actor
from cmcoord_geo.io.events import (
    Event,
    are_nowhere,
    are_too_few,
    event_reach,
    incident_columns,
    period,
    reach_findings,
    refuse_later,
    stray_findings,
)
from cmcoord_geo.io.folding import by_row
from cmcoord_geo.io.placeholders import lowered
from cmcoord_geo.io.positions import count_swapped, read_position
from cmcoord_geo.io.records import find_columns, read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.values import ISO
from cmcoord_geo.model import Finding, Source
from cmcoord_geo.network.places import plain
from cmcoord_geo.picture import Incidents
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from cmcoord_geo.io.positions import Swap
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions

SOURCE_ID = "acled"
LICENCE = "ACLED terms of use: no redistribution"
COUNTRY = "Central African Republic"
ISO_CODE = "140"
#: ``geo_precision`` to our scale: 3 is a region, which says nothing of a road (user story AO1).
_PRECISION = {1: 1, 2: 2, 3: 4}


@cache
def _classes() -> Mapping[tuple[str, str], str]:
    return {
        (plain(row["event_type"]), plain(row["sub_event_type"])): row["class_id"]
        for row in shipped_rows("acled_classes.csv")
    }


@cache
def _class(kind: str, part: str) -> tuple[str, bool]:
    """Class of a type and sub-type, and whether the table has them: a type alone stands in, then context."""
    found = _classes().get((plain(kind), plain(part)))
    return found or _classes().get((plain(kind), ""), "context"), found is not None


def is_acled(text: TextTable) -> bool:
    """Whether the header is that of an export of ACLED."""
    return {"event_id_cnty", "event_date"} <= set(text.header)


def is_acled_deleted(text: TextTable) -> bool:
    """Whether the header is that of ACLED's list of deletions."""
    return {"event_id_cnty", "deleted_timestamp"} <= set(text.header) and not is_acled(text)


def parse_acled(
    text: TextTable, *, conventions: Conventions = ISO, until: datetime | None = None
) -> Reading[Incidents]:
    """
    Incidents of an ACLED table; rows of other countries are left out and counted.

    Parameters
    ----------
    text : TextTable
    conventions : Conventions
    until : datetime, optional
        Moment after which no incident can be dated.

    Raises
    ------
    SchemaError
        Columns are missing.
    """
    table = get_table("acled")
    swap = count_swapped(
        text, find_columns(text, table), lat="latitude", lon="longitude", conventions=conventions
    )
    noted: dict[str, list[int]] = {"io.acled.abroad": [], "io.acled.unlisted": []}

    def make(row: Row) -> Event:
        if _is_abroad(row):
            noted["io.acled.abroad"].append(row.number)
            row.refuse_silently()
        event = _event(row, swap, noted["io.acled.unlisted"])
        refuse_later(row, event.at, until, column="event_date")
        return event

    found = read_records(
        text, table, make, key=lambda event: event.incident_id, conventions=conventions,
        version=lambda event: event.changed_s,
    )  # fmt: skip
    told = swap.findings(text.file) + stray_findings(
        found.kept, file=text.file, column="event_date"
    )
    for key, numbers in noted.items():
        if numbers:
            reason = said(key, n=len(numbers), row=numbers[0])
            told += (Finding(severity="warning", said=reason, file=text.file, row=numbers[0]),)
    if found.kept and are_too_few(found.kept):
        told += (Finding(severity="warning", said=said("io.acled.thin"), file=text.file),)
    events, placed = lowered(found.kept, file=text.file, column="latitude")
    told += (*placed, *reach_findings(events, file=text.file))
    return Reading(
        content=incident_columns(events, _sources(events)),
        findings=by_row((*told, *found.findings)),
        report=found.report,
    )


def parse_acled_deleted(text: TextTable) -> Reading[Incidents]:
    """
    What the list of deletions withdraws; it holds no incident.

    Raises
    ------
    SchemaError
        Columns are missing.
    """
    found = read_records(
        text, get_table("acled_deleted"), _deletion, key=lambda entry: entry[0],
        version=lambda entry: entry[1],
    )  # fmt: skip
    return Reading(
        content=Incidents.empty(), findings=found.findings, report=found.report,
        withdrawn={(SOURCE_ID, key): moment for key, moment in found.kept},
    )  # fmt: skip


def _deletion(row: Row) -> tuple[str, int]:
    return row.identifier("event_id_cnty"), _seconds(row, "deleted_timestamp")


def _seconds(row: Row, column: str) -> int:
    """Seconds since 1970; 0 where the cell is empty."""
    cell = row.cell(column)
    if cell and not (cell.isascii() and cell.isdigit() and len(cell) <= 11):
        row.refuse("io.acled.timestamp", column)
        return 0
    return int(cell or 0)


def _is_abroad(row: Row) -> bool:
    code, country = row.cell("iso"), row.text("country")
    if code:
        return code != ISO_CODE
    return bool(country) and country.casefold() != COUNTRY.casefold()


def _event(row: Row, swap: Swap, unlisted: list[int]) -> Event:
    class_id, is_listed = _class(row.text("event_type"), row.text("sub_event_type"))
    if not is_listed and not row.is_refused:
        unlisted.append(row.number)
    lon, lat = read_position(row, lat="latitude", lon="longitude", swap=swap)
    words = [row.text(name) for name in ("event_type", "sub_event_type", "actor1", "actor2")]
    return Event(
        incident_id=row.identifier("event_id_cnty"),
        class_id=class_id,
        source_id=SOURCE_ID,
        at=row.needed_day("event_date"),
        lon=lon,
        lat=lat,
        precision=_PRECISION.get(row.count("geo_precision") or 0, 4),
        place=row.text("location"),
        time_precision=row.count("time_precision") or 1,
        actor=acled_actor(row.text("inter1"), row.text("inter2"), row.text("interaction")),
        no_export=True,
        text=" | ".join(filter(None, [*words, row.text("notes")])),
        changed_s=_seconds(row, "timestamp"),
        row=row.number,
    )


def _sources(events: Sequence[Event]) -> tuple[Source, ...]:
    """What the file covers, by its own first and last day; no class when it holds few events."""
    if not events:
        return ()
    first, last = period(events)
    is_too_few = are_too_few(events) or are_nowhere(events)
    return (
        Source(
            source_id=SOURCE_ID,
            name="ACLED",
            licence=LICENCE,
            first=first,
            last=last,
            classes=() if is_too_few else tuple(sorted(set(_classes().values()))),
            has_export=False,
            areas=event_reach(events),
            is_assumed=True,
            note=said("io.acled.thin" if is_too_few else "io.acled.note"),
        ),
    )
