"""
Answers about requested corridors: read from the workbook that came back, and kept as rows that only grow.

What was stored once is never rewritten: new rows are put after the old ones, byte for byte as they were.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import astuple, replace
from typing import TYPE_CHECKING

from cmcoord_geo.coordination.offers import corridor_km
from cmcoord_geo.errors import SchemaError
from cmcoord_geo.i18n import problem
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.io.corridors import written_time
from cmcoord_geo.io.records import find_columns, read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.templates import guarded
from cmcoord_geo.model import CorridorRequest, CorridorResponse, TimeSpan
from cmcoord_geo.planning.conflicts.kinds import speaks_of
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.io.row import Row
    from cmcoord_geo.network import RoadNetwork

TABLE = "corridor_answers"
#: Km beyond the end of a road that rounding explains.
_SLACK_KM = 0.5
#: How far a request came: each has a time of its own.
STATES = ("received_at", "relayed_at", "answered_at")


def read_answers(
    path: str | Path,
    *,
    corridors: Iterable[CorridorRequest],
    network: RoadNetwork,
    as_of: datetime,
) -> Reading[tuple[CorridorResponse, ...]]:
    """
    Answers of a workbook or CSV file with the columns of ``schemas.get_table("corridor_answers")``.

    A row that is not answered yet is left out without a word. A bad row is refused and the others are kept.

    Parameters
    ----------
    path : str or Path
    corridors : iterable of CorridorRequest
        Those that were requested; an answer about another is refused.
    network : RoadNetwork
    as_of : datetime
        An offer that ran out before it is told.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    table = get_table(TABLE)
    known = {corridor.corridor_id: corridor for corridor in corridors}
    found = read_records(
        read_table(path, table),
        table,
        lambda row: _answer(row, known, network, as_of),
        key=astuple,
    )
    told = tuple(answer for answer in found.kept if says_something(answer))
    return Reading(content=told, findings=found.findings, report=found.report)


def says_something(answer: CorridorResponse) -> bool:
    """Whether a row holds an answer, a passage or a state: one as it was sent out does not."""
    states = (answer.received_at, answer.relayed_at, answer.answered_at)
    return bool(answer.answer or answer.passed_at or any(states))


def _answer(
    row: Row, known: Mapping[str, CorridorRequest], network: RoadNetwork, as_of: datetime
) -> CorridorResponse:
    start, end = row.bangui_time("start"), row.bangui_time("end")
    corridor = known.get(row.identifier("corridor_id"))
    answer = CorridorResponse(
        corridor_id=row.identifier("corridor_id"),
        answer=row.choice("answer"),
        km=None if corridor is None else _km(row, corridor, network),
        window=_window(row, corridor, start, end),
        valid_until=row.bangui_time("valid_until"),
        provider=row.choice("provider") or "unknown",
        composition=row.choice("composition") or "unknown",
        passed_at=row.bangui_time("passed_at"),
        received_at=row.bangui_time("received_at"),
        relayed_at=row.bangui_time("relayed_at"),
        answered_at=row.bangui_time("answered_at"),
        read_at=row.time("read_at"),
        remark=_remark(row),
    )
    if corridor is None:
        row.refuse("io.answer.unknown", "corridor_id")
    elif not row.is_refused and says_something(answer):
        _check(row, answer, corridor, as_of)
    return answer


def _remark(row: Row) -> str:
    """Remark, unless it names what must not be written: then it is not kept, and that is told."""
    remark = row.text("remark")
    if not speaks_of(remark, "unwritten"):
        return remark
    row.warn("io.answer.remark", "remark")
    return ""


def _window(
    row: Row, corridor: CorridorRequest | None, start: datetime | None, end: datetime | None
) -> TimeSpan | None:
    """Window that is offered; None for the one that was asked for."""
    if corridor is None or (start is None and end is None):
        return None
    window = TimeSpan(
        earliest=start or corridor.window.earliest, latest=end or corridor.window.latest
    )
    if not row.is_refused and window.latest <= window.earliest:
        row.refuse("io.answer.backwards", "end")
    return None if window == corridor.window else window


def _km(row: Row, corridor: CorridorRequest, network: RoadNetwork) -> tuple[float, float] | None:
    """Part that is offered; None for all of the corridor."""
    low, high = row.number_or_nan("km_from"), row.number_or_nan("km_to")
    if any(key not in network.segment_index for key in corridor.all_ids):
        return None
    whole = corridor_km(network, corridor)
    low, high = 0.0 if math.isnan(low) else low, whole if math.isnan(high) else high
    if max(low, high) > max(whole + _SLACK_KM, 1.0):  # sheets have whole km, and one at least
        row.refuse("io.answer.beyond", "km_to", length_km=said_decimal(whole))
    elif high <= low:
        row.refuse("io.answer.km", "km_to")
    return None if low < _SLACK_KM and high > whole - _SLACK_KM else (low, high)


def _check(row: Row, answer: CorridorResponse, corridor: CorridorRequest, as_of: datetime) -> None:
    """Findings about a row that can be read."""
    is_whole = answer.km is None and answer.window is None
    if answer.answer == "partly" and is_whole:
        row.refuse("io.answer.no_part", "answer")
    if answer.answer == "other_window" and answer.window is None:
        row.refuse("io.answer.no_window", "start, end")
    is_offer = answer.answer not in {"", "cannot"}
    if not row.is_refused and (is_offer or answer.passed_at):
        _check_composition(row, answer, corridor)
    if corridor.withdrawn_at is not None:
        row.warn("io.answer.withdrawn", "corridor_id")
    if is_offer and not answer.passed_at:
        _check_validity(row, answer, corridor, as_of)
        _check_hours(row, answer.window or corridor.window, corridor.window)
    if answer.passed_at and answer.passed_at > as_of:
        row.warn("io.answer.later", "passed_at")
    states = [moment for name in STATES if (moment := getattr(answer, name)) is not None]
    if any(moment > as_of for moment in states):
        row.warn("io.answer.ahead", ", ".join(STATES))
    if states != sorted(states):
        row.warn("io.answer.states", ", ".join(STATES))


def _check_composition(row: Row, answer: CorridorResponse, corridor: CorridorRequest) -> None:
    """What is not accepted, or not known, does not count for everybody (L111)."""
    if answer.composition == "unknown":
        row.warn("io.answer.composition", "composition")
    elif answer.composition != "minusca" and not corridor.accepts_mixed:
        row.warn("io.answer.not_accepted", "composition")


def _check_hours(row: Row, offered: TimeSpan, asked: TimeSpan) -> None:
    """Presence beside the convoys is what nobody wants (L041): an offer in their hours is told at once."""
    is_beside = offered.earliest < asked.latest and offered.latest > asked.earliest
    if is_beside and not row.is_refused:
        row.warn("io.answer.same_hours", "start, end")


def _check_validity(
    row: Row, answer: CorridorResponse, corridor: CorridorRequest, as_of: datetime
) -> None:
    """An offer that ran out says nothing any more; one that ends before its window begins never did."""
    window = answer.window or corridor.window
    until = answer.valid_until or window.latest
    if until <= window.earliest:
        row.warn("io.answer.void", "valid_until")
    elif until <= as_of:
        row.warn("io.answer.expired", "valid_until")


def with_answers(path: Path, answers: Sequence[CorridorResponse], *, read_at: datetime) -> bytes:
    """
    Content of the file of stored answers with new rows after the old ones.

    Parameters
    ----------
    path : Path
        File of stored answers; made when it is not there.
    answers : sequence of CorridorResponse
    read_at : datetime

    Raises
    ------
    SchemaError
        The stored file lacks columns that an answer needs: a row put after it would be lost.
    """
    names = [column.name for column in get_table(TABLE).columns]
    old = b""
    if path.exists():
        text = read_table(path, get_table(TABLE))
        columns = find_columns(text, get_table(TABLE))
        missing = ", ".join(name for name in names if name not in columns)
        if missing or text.separator != "," or not text.encoding.startswith("utf-8"):
            raise problem(
                SchemaError, "io.answer.store", facts={"table": TABLE, "column": missing},
                file=path.name, columns=missing or "–",
            )  # fmt: skip
        old = path.read_bytes()
        places = {columns[name]: name for name in names}
        names = [places.get(i, "") for i in range(len(text.header))]
    made = io.StringIO()
    writer = csv.writer(made)
    if not old:
        writer.writerow(names)
    for answer in answers:
        cells = _cells(replace(answer, read_at=read_at))
        writer.writerow([cells.get(name, "") for name in names])
    if not old:
        return made.getvalue().encode("utf-8-sig")
    gap = b"" if old.endswith(b"\n") else b"\r\n"
    return old + gap + made.getvalue().encode()


def _cells(answer: CorridorResponse) -> Mapping[str, str]:
    """Answer as text, by column."""
    low, high = ("", "") if answer.km is None else (f"{km:g}" for km in answer.km)
    window = answer.window
    times = ("valid_until", "passed_at", *STATES, "read_at")
    return {
        "corridor_id": answer.corridor_id,
        "answer": answer.answer,
        "km_from": low,
        "km_to": high,
        "start": written_time(window.earliest if window else None),
        "end": written_time(window.latest if window else None),
        "provider": answer.provider,
        "composition": answer.composition,
        "remark": guarded(answer.remark),
        **{name: written_time(getattr(answer, name)) for name in times},
    }
