"""
The owner's own table of incidents: everything that was imported, in the columns of ``incidents``.

Beside a file of incidents may lie ``NAME.sources.toml`` (what its sources cover, written by an import) and
``NAME.columns.toml`` (how its columns are read).
"""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.io.incident_mapping import read_mapping
from cmcoord_geo.io.incidents import read_incidents
from cmcoord_geo.io.manifest import read_manifest
from cmcoord_geo.io.templates import guarded
from cmcoord_geo.io.values import ISO
from cmcoord_geo.schemas import get_table
from cmcoord_geo.units import BANGUI, to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cmcoord_geo.io.report import Reading
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

SOURCES, COLUMNS = ".sources.toml", ".columns.toml"
BESIDE = (SOURCES, COLUMNS)
_HEAD = (
    "# What the imported sources cover; written by cmcoord-geo incidents import.",
    "# Ce que couvrent les sources importées ; écrit par cmcoord-geo incidents import.",
    "# picture.toml: a source with the same id stands before the one here / l'emporte sur celle d'ici.",
)
#: A text longer than this, or of more lines, would not be read again.
_LONGEST, _MOST_LINES = 30_000, 40
_DAY_S, _NOON_S, _BANGUI_S = 86_400, 43_200, 3_600


def beside(path: str | Path, ending: str) -> Path:
    """
    File that lies beside a file of incidents.

    Examples
    --------
    >>> beside("data/incidents.csv", SOURCES).name
    'incidents.sources.toml'
    """
    where = Path(path)
    return where.with_name(f"{where.stem}{ending}")


def read_incident_file(
    path: str | Path,
    *,
    sources: Sequence[Source] = (),
    conventions: Conventions = ISO,
    until: datetime | None = None,
    is_exercise: bool = False,
) -> Reading[Incidents]:
    """
    Incidents of a file with what lies beside it.

    Parameters
    ----------
    path : str or Path
    sources : sequence of Source
        Stand before those that lie beside the file.
    conventions : Conventions
    until : datetime, optional
        Moment after which no incident can be dated.
    is_exercise : bool
        Whether what lies beside the file is synthetic.

    Raises
    ------
    DataError
        As :func:`~cmcoord_geo.io.read_incidents`, or a file beside it cannot be read.
    """
    there = beside(path, SOURCES)
    listed = read_manifest(there).sources if there.is_file() else ()
    known = {source.source_id for source in sources}
    columns = beside(path, COLUMNS)
    return read_incidents(
        path,
        sources=(
            *sources,
            *(
                replace(source, is_exercise=source.is_exercise or is_exercise)
                for source in listed
                if source.source_id not in known
            ),
        ),
        conventions=conventions,
        mapping=read_mapping(columns) if columns.is_file() else None,
        until=until,
    )


def render_incidents(incidents: Incidents) -> bytes:
    """
    Table as a CSV file in UTF-8 with its mark, the same bytes for the same rows.

    Parameters
    ----------
    incidents : Incidents
        In the order in which they are written.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    names = [column.name for column in get_table("incidents").columns]
    writer.writerow(names)
    for row in range(len(incidents)):
        cells = _cells(incidents, row)
        writer.writerow([cells[name] for name in names])
    return made.getvalue().encode("utf-8-sig")


def _cells(incidents: Incidents, row: int) -> dict[str, str]:
    changed = int(incidents.version[row])
    return {
        "incident_id": guarded(incidents.incident_id[row]),
        "occurred_at": _moment(int(incidents.at_s[row])),
        "class": incidents.class_id[row],
        "lat": _degree(float(incidents.lat[row])),
        "lon": _degree(float(incidents.lon[row])),
        "precision": str(int(incidents.precision[row])),
        "place": guarded(stored_text(incidents.place[row])),
        "source_id": guarded(incidents.source_id[row]),
        "time_precision": str(int(incidents.time_precision[row])),
        "actor": incidents.actor[row],
        "no_export": "yes" if incidents.no_export[row] else "no",
        "text": guarded(stored_text(incidents.text[row])),
        "duplicate_of": guarded(incidents.duplicate_of[row]),
        "changed_at": to_datetime(changed).isoformat() if changed else "",
    }


def _moment(seconds: int) -> str:
    """Day where it is noon in Bangui, else the time."""
    moment = to_datetime(seconds).astimezone(BANGUI)
    is_noon = (seconds + _BANGUI_S) % _DAY_S == _NOON_S
    return moment.date().isoformat() if is_noon else moment.isoformat()


def _degree(value: float) -> str:
    """Shortest decimal that is the same number, never with an exponent."""
    if not math.isfinite(value):
        return ""
    words = repr(value)
    return words if "e" not in words else f"{value:.12f}"


def stored_text(words: str) -> str:
    r"""
    Text as it is stored, so that it is read again: one kind of line end, not too long, not too many lines.

    Examples
    --------
    >>> stored_text("a\r\nb")
    'a\nb'
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if words.count("\n") > _MOST_LINES:
        words = " ".join(words.split("\n"))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def render_sources(sources: Iterable[Source], *, is_exercise: bool = False) -> bytes:
    """
    Sources as ``[[sources]]`` of a ``picture.toml``, by id.

    Parameters
    ----------
    sources : iterable of Source
    is_exercise : bool
        Whether they are synthetic.
    """
    lines = list(_HEAD)
    if is_exercise:
        lines.append("is_exercise = true")
    for source in sorted(sources, key=lambda entry: entry.source_id):
        lines += ["", "[[sources]]", *_source_lines(source)]
    return ("\n".join(lines) + "\n").encode()


def _source_lines(source: Source) -> Iterable[str]:
    yield f"id = {_quoted(source.source_id)}"
    yield f"name = {_quoted(source.name)}"
    yield f"licence = {_quoted(source.licence)}"
    yield f"first = {source.first.astimezone(BANGUI).date().isoformat()}"
    yield f"last = {source.last.astimezone(BANGUI).date().isoformat()}"
    yield f"classes = [{', '.join(map(_quoted, source.classes))}]"
    yield f"areas = [{', '.join(map(_quoted, source.areas))}]"
    yield f"has_export = {str(source.has_export).lower()}"
    yield f"is_assumed = {str(source.is_assumed).lower()}"
    if source.note is not None:
        yield f"note = {{ fr = {_quoted(source.note.fr)}, en = {_quoted(source.note.en)} }}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
