"""
Incidents of the UCDP Georeferenced Event Dataset, as it is published (Sundberg and Melander 2013).

It holds fatal events only: no robbery, no checkpoint, no ambush without a death. So it covers the classes of
``data/ucdp_classes.csv`` and nothing else, from the first to the last day of the file.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows as shipped_rows
from cmcoord_geo.i18n import said
from cmcoord_geo.io.actors import actor_type
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

SOURCE_ID, CANDIDATE_ID = "ucdp_ged", "ucdp_candidate"
_NAMES = {
    SOURCE_ID: "UCDP Georeferenced Event Dataset",
    CANDIDATE_ID: "UCDP Candidate Events Dataset",
}
_NOTES = {SOURCE_ID: "io.ucdp.note", CANDIDATE_ID: "io.ucdp.candidate"}
#: Names of the files of the candidate dataset: a month (v26_0_10) or months (v26_01_26_09).
_CANDIDATE_FILE = re.compile(r"gedevent_v[0-9]+_(0_[0-9]+|[0-9]{2}_[0-9]+_[0-9]{2})", re.IGNORECASE)
COUNTRY = "Central African Republic"
#: Gleditsch and Ward number of the Central African Republic.
COUNTRY_ID = 482
#: ``date_prec`` to our scale: the day, some days or a week, a month or a year.
_TIME_PRECISION = {1: 1, 2: 2, 3: 2}
#: From this ``date_prec`` on only the month or the year is known.
VAGUE_DATE = 4


@cache
def _classes() -> Mapping[int, str]:
    return {
        int(row["type_of_violence"]): row["class_id"] for row in shipped_rows("ucdp_classes.csv")
    }


def is_ucdp(text: TextTable) -> bool:
    """Whether the header is that of the published dataset."""
    return not {"type_of_violence", "date_start"}.isdisjoint(text.header)


def is_candidate(text: TextTable) -> bool:
    """Whether a table is of the candidate dataset: by the state of its coding, or the name of its file."""
    if _CANDIDATE_FILE.search(text.file):
        return True
    if "code_status" not in text.header:
        return False
    i = text.header.index("code_status")
    return any(plain(row.cells[i]) not in {"", "clear"} for row in text.rows)


def parse_ucdp(
    text: TextTable, *, conventions: Conventions = ISO, until: datetime | None = None
) -> Reading[Incidents]:
    """
    Incidents of a UCDP GED table; rows of other countries are left out and counted.

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
    table = get_table("ucdp_ged")
    swap = count_swapped(
        text, find_columns(text, table), lat="latitude", lon="longitude", conventions=conventions
    )
    source_id = CANDIDATE_ID if is_candidate(text) else SOURCE_ID
    abroad: list[int] = []
    vague: list[int] = []

    def make(row: Row) -> Event:
        if _is_abroad(row):
            abroad.append(row.number)
            row.refuse_silently()
        elif (row.count("date_prec") or 1) >= VAGUE_DATE:
            vague.append(row.number)
        event = _event(row, swap, source_id)
        refuse_later(row, event.at, until, column="date_start")
        return event

    found = read_records(
        text, table, make, key=lambda event: event.incident_id, conventions=conventions
    )
    told = swap.findings(text.file)
    for key, numbers in (("io.ucdp.abroad", abroad), ("io.ucdp.vague", vague)):
        if numbers:
            reason = said(key, n=len(numbers), row=numbers[0])
            told += (Finding(severity="warning", said=reason, file=text.file, row=numbers[0]),)
    told += _coverage_findings(found.kept, file=text.file)
    events, placed = lowered(found.kept, file=text.file, column="latitude")
    told += (*placed, *reach_findings(events, file=text.file))
    return Reading(
        content=incident_columns(events, _sources(events, source_id)),
        findings=by_row((*told, *found.findings)),
        report=found.report,
    )


def _coverage_findings(events: Sequence[Event], *, file: str) -> tuple[Finding, ...]:
    told = stray_findings(events, file=file, column="date_start")
    if events and are_too_few(events):
        told += (Finding(severity="warning", said=said("io.ucdp.thin"), file=file),)
    return told


def _is_abroad(row: Row) -> bool:
    country, number = row.text("country"), row.count("country_id")
    if number is not None:
        return number != COUNTRY_ID
    return bool(country) and country.casefold() != COUNTRY.casefold()


def _event(row: Row, swap: Swap, source_id: str) -> Event:
    start = row.needed_day("date_start")
    end = row.needed_day("date_end") if row.cell("date_end") else start
    if not row.is_refused and end < start:
        row.refuse("io.ucdp.backwards", "date_end")
    lon, lat = read_position(row, lat="latitude", lon="longitude", swap=swap)
    return Event(
        incident_id=f"UCDP-{row.identifier('id')}",
        class_id=_classes().get(row.count("type_of_violence") or 0, ""),
        source_id=source_id,
        at=start + (end - start) / 2,
        lon=lon,
        lat=lat,
        precision=row.count("where_prec") or 0,
        place=row.text("where_coordinates"),
        time_precision=_TIME_PRECISION.get(row.count("date_prec") or 1, 3),
        actor=_actor(row),
        row=row.number,
    )


def _actor(row: Row) -> str:
    """Type of who did it: of two sides that fight, nobody says who began."""
    kind = row.count("type_of_violence")
    if kind == 1:
        return "unknown"
    return actor_type(row.text("side_a"), instead="armed_group")


def _sources(events: Sequence[Event], source_id: str) -> tuple[Source, ...]:
    """What the file covers, by its own first and last day; no class when it holds few events."""
    if not events:
        return ()
    first, last = period(events)
    is_too_few = are_too_few(events) or are_nowhere(events)
    return (
        Source(
            source_id=source_id,
            name=_NAMES[source_id],
            licence="CC BY 4.0",
            first=first,
            last=last,
            classes=() if is_too_few else tuple(sorted(set(_classes().values()))),
            areas=event_reach(events),
            is_assumed=True,
            note=said("io.ucdp.thin" if is_too_few else _NOTES[source_id]),
        ),
    )
