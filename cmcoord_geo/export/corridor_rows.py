"""Requested corridors as rows to answer in: what is asked, in both languages, then the columns to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import BANGUI

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.schemas import Column
    from cmcoord_geo.sharing.corridor_views import (
        AskedCorridorView,
        CorridorEndView,
        CorridorSheetView,
    )
    from cmcoord_geo.sharing.views import WindowView

TABLE = "corridor_answers"
#: Columns of the answer that the other side fills in; when it is read is no affair of theirs.
ANSWER = tuple(
    column for column in get_table(TABLE).columns if column.name not in {"corridor_id", "read_at"}
)
ASKED = (
    "exercise", "priority", "road", "first", "last", "km", "window", "presence", "must_not",
    "positions", "mgrs",
)  # fmt: skip


def both(words: Said) -> str:
    """French and English in one cell."""
    return words.fr if words.fr == words.en else f"{words.fr} · {words.en}"


def head_row() -> list[str]:
    """Names of the columns, in both languages; those of the answer are read back."""
    asked = [both(said(f"corridors.head.{name}")) for name in ASKED]
    return [_name(get_table(TABLE)["corridor_id"]), *asked, *map(_name, ANSWER)]


def _name(column: Column) -> str:
    return column.aliases[0]


def rows(sheet: CorridorSheetView) -> list[list[str]]:
    """Rows of a sheet, each with the whole corridor and its window as the answer to begin with."""
    return [_row(sheet, corridor) for corridor in sheet.corridors]


def _row(sheet: CorridorSheetView, corridor: AskedCorridorView) -> list[str]:
    asked: Mapping[str, str] = {
        "exercise": both(said("corridors.exercise")) if sheet.frame.is_exercise else "",
        "priority": str(corridor.priority),
        "road": _road(corridor),
        "first": both(corridor.first.name),
        "last": both(corridor.last.name),
        "km": str(corridor.km),
        "window": both(window_said(corridor.window)),
        "presence": "; ".join(both(kind) for kind in corridor.presence),
        "must_not": both(said("corridors.must_not", composition=corridor.composition)),
        "positions": " / ".join(map(_position, (corridor.first, corridor.last))),
        "mgrs": _mgrs(corridor),
    }
    answer: Mapping[str, str] = {
        "km_from": "0",
        "km_to": str(corridor.km),
        "start": _time(corridor.window.start),
        "end": _time(corridor.window.end),
    }
    return [
        corridor.corridor_id,
        *(asked[name] for name in ASKED),
        *(answer.get(column.name, "") for column in ANSWER),
    ]


def _road(corridor: AskedCorridorView) -> str:
    sides = both(said("corridors.both_sides")) if corridor.is_dual else ""
    return f"{corridor.road} ({sides})".strip() if sides else corridor.road


def window_said(window: WindowView) -> Said:
    """Window as its day and hours in Bangui."""
    start, end = window.start.astimezone(BANGUI), window.end.astimezone(BANGUI)
    return said("corridors.window", day=said_day(start), start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def _position(end: CorridorEndView) -> str:
    return f"{end.lat}, {end.lon}"


def _mgrs(corridor: AskedCorridorView) -> str:
    squares = [end.mgrs for end in (corridor.first, corridor.last)]
    return " / ".join(squares) if all(squares) else both(said("corridors.no_mgrs"))


def _time(moment: datetime) -> str:
    return moment.astimezone(BANGUI).isoformat(timespec="minutes")
