"""
Requested corridors: ask for presence, read what is answered, rank what stays unmet, draw the calendar.

A folder keeps what was asked (``corridor_requests.csv``) and what was answered (``corridor_answers.csv``)
beside its other data, and both are read with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.io.corridor_answers import STATES, read_answers, with_answers
from cmcoord_geo.io.corridor_answers import TABLE as ANSWERS
from cmcoord_geo.io.corridors import TABLE as REQUESTS
from cmcoord_geo.io.corridors import corridors_csv as ledger_csv
from cmcoord_geo.io.workbook_writer import timeless
from cmcoord_geo.model import CorridorResponse
from cmcoord_geo.service.products import write_whole
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_calendar, corridor_sheet

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.i18n import Lang, Said
    from cmcoord_geo.io.report import Reading
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing import Audience
    from cmcoord_geo.sharing.corridor_sheets import Asked
    from cmcoord_geo.sharing.corridor_views import CorridorSheetView

#: How the name of a sheet may end.
KINDS = (".xlsx", ".csv", ".geojson")
#: How the name of a calendar may end.
PICTURES = (".png", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRead:
    """
    What a file of answers gave.

    Attributes
    ----------
    reading : Reading
    new, known : tuple of CorridorResponse
        Rows that were put on file, and those that were there already.
    cutoff : datetime or None
        Cut-off of the data from now on, where it moved.
    """

    reading: Reading[tuple[CorridorResponse, ...]]
    new: tuple[CorridorResponse, ...]
    known: tuple[CorridorResponse, ...]
    cutoff: datetime | None


def moment_of(picture: OperationalPicture) -> datetime:
    """Moment of a release: now, and for an exercise its own cut-off, so that it gives the same bytes."""
    return picture.as_of if picture.is_exercise else datetime.now(tz=UTC).replace(microsecond=0)


def ask_corridors(
    picture: OperationalPicture, plans: Sequence[MovementPlan], config: Config
) -> tuple[Asked, CorridorSheetView]:
    """
    What can be asked of the other side now, and the sheet that says so.

    Names of new corridors are drawn anew each time; those of an exercise are always the same.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    config : Config

    Raises
    ------
    SharingError
        The table of field x audience has a gap.
    """
    now = moment_of(picture)
    seed = b"" if picture.is_exercise else secrets.token_bytes(32)
    asked = ask(picture, plans, config, now=now, seed=seed)
    return asked, corridor_sheet(picture, asked.issue, config, now=now)


def check_sheet_free(out: Path, *, is_forced: bool) -> None:
    """
    Refuse a name that no sheet can have, or that is taken, before any work is done.

    Raises
    ------
    DataError
        The name ends otherwise, or the file is there and may not be replaced.
    """
    if out.suffix.lower() not in KINDS:
        raise problem(DataError, "corridors.kind", file=out.name)
    if out.exists() and not is_forced:
        raise problem(DataError, "service.file_exists", file=out.name)


def check_ledger(picture: OperationalPicture) -> None:
    """
    Refuse to go on where a row of what was issued cannot be read: writing the file anew would lose it.

    Raises
    ------
    DataError
        The file of issued corridors has such a row, or cannot be read at all.
    """
    for finding in picture.findings:
        if finding.severity == "error" and finding.file.startswith(f"{REQUESTS}."):
            raise problem(DataError, "corridors.ledger", file=finding.file)


def issue_sheet(folder: Path, asked: Asked, sheet: CorridorSheetView, out: Path) -> None:
    """
    Put an issue on file in its folder, then write its sheet: nothing is sent out that is not on file.

    Raises
    ------
    DataError
        A file cannot be written to.
    """
    write_whole(folder / f"{REQUESTS}.csv", ledger_csv(asked.issue.ledger))
    write_whole(out, _content(sheet, out.suffix.lower()))


def _content(sheet: CorridorSheetView, kind: str) -> bytes:
    from cmcoord_geo.export.corridors import corridors_csv, corridors_geojson, corridors_workbook

    if kind == ".csv":
        return corridors_csv(sheet)
    if kind == ".geojson":
        return corridors_geojson(sheet)
    return timeless(corridors_workbook(sheet))


def take_answers(folder: Path, answers: Path, picture: OperationalPicture) -> AnswersRead:
    """
    Read a file of answers and put what is new on file in the folder.

    Rows about one corridor that say what its last answer says already are not stored again.

    Parameters
    ----------
    folder : Path
    answers : Path
    picture : OperationalPicture
        Of the folder.

    Raises
    ------
    DataError
        No corridor was requested, a file cannot be read at all, or new rows would be lost in the stored one.
    """
    if not picture.corridors:
        raise problem(DataError, "corridors.no_ledger")
    read = partial(read_answers, answers, corridors=picture.corridors, network=picture.network)
    read_at = _read_at(picture, read(as_of=picture.as_of).content)
    reading = read(as_of=read_at)
    given = tuple(replace(one, read_at=None) for one in reading.content)
    new = tuple(one for one in given if not _is_known(one.corridor_id, given, picture.responses))
    if new:
        store = folder / f"{ANSWERS}.csv"
        write_whole(store, with_answers(store, new, read_at=read_at))
    known = tuple(one for one in given if one not in new)
    is_later = bool(new) and read_at > picture.as_of
    return AnswersRead(reading=reading, new=new, known=known, cutoff=read_at if is_later else None)


def _read_at(picture: OperationalPicture, given: Iterable[CorridorResponse]) -> datetime:
    """
    Moment of a reading, after every earlier one: what is read later counts.

    An exercise has a clock of its own, which goes on to what an answer tells; never beyond the corridors.
    """
    found = [moment_of(picture)]
    found += [one.read_at + timedelta(seconds=1) for one in picture.responses if one.read_at]
    if picture.is_exercise:
        end = max(corridor.window.latest for corridor in picture.corridors)
        told = (getattr(one, state) for one in given for state in (*STATES, "passed_at"))
        found += [moment for moment in told if moment is not None and moment <= end]
    return max(found)


def _is_known(
    corridor_id: str, given: Sequence[CorridorResponse], stored: Sequence[CorridorResponse]
) -> bool:
    """Whether all rows about a corridor stand among those that were read together last."""
    old = [one for one in stored if one.corridor_id == corridor_id]
    last = max((one.read_at for one in old if one.read_at), default=None)
    before = {replace(one, read_at=None) for one in old if one.read_at == last}
    return {one for one in given if one.corridor_id == corridor_id} == before


def held_back(
    picture: OperationalPicture, asked: Asked
) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    """Movements and roads for which presence is not asked because too few want it; for the desk alone."""
    found: dict[str, dict[Said, None]] = {}
    for demand in asked.issue.held_back:
        title = said_road(picture.network.title(demand.segment))
        found.setdefault(demand.movement_id, {}).setdefault(title)
    return tuple((movement, tuple(found[movement])) for movement in sorted(found))


def unsaid_needs(picture: OperationalPicture, asked: Asked) -> tuple[str, ...]:
    """Movements of which nobody said how great the need is."""
    wanting = {demand.movement_id for demand in asked.demands}
    return tuple(
        one.movement_id for one in picture.movements if one.movement_id in wanting and not one.need
    )


def check_picture_free(out: Path, *, is_forced: bool) -> None:
    """
    Refuse a name that no picture can have, or that is taken, before any work is done.

    Raises
    ------
    DataError
        The name ends otherwise, or the file is there and may not be replaced.
    """
    if out.suffix.lower() not in PICTURES:
        raise problem(DataError, "corridors.picture_kind", file=out.name)
    if out.exists() and not is_forced:
        raise problem(DataError, "service.file_exists", file=out.name)


def write_calendar(
    picture: OperationalPicture,
    plans: Sequence[MovementPlan],
    audience: Audience,
    out: Path,
    config: Config,
    *,
    lang: Lang,
) -> None:
    """
    Draw the corridors that were requested over the week, for one audience.

    Raises
    ------
    WithheldError
        The audience is given no corridors.
    DataError
        The file cannot be written to.
    """
    from cmcoord_geo.render.calendar import build_calendar

    now = moment_of(picture)
    asked = ask(picture, plans, config, now=now, seed=b"")
    calendar = corridor_calendar(picture, plans, asked.issue, audience, config, now=now)
    is_pdf = out.suffix.lower() == ".pdf"
    write_whole(out, build_calendar(calendar, lang=lang, as_pdf=is_pdf))
