"""Somebody's table in the columns of ``incidents``: only words that a mapping names are interpreted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.io.actors import actor_type
from cmcoord_geo.io.hxl import tagged_columns
from cmcoord_geo.io.incident_mapping import GEOPOINT, inso_mapping
from cmcoord_geo.model import Finding
from cmcoord_geo.network.places import plain
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmcoord_geo.io.hxl import Tag
    from cmcoord_geo.io.incident_mapping import IncidentMapping
    from cmcoord_geo.io.text_table import TextRow, TextTable

#: Latitude, longitude, height and accuracy in metres, as a KoBo form writes a point.
_FIGURE = r"[0-9]{1,6}(?:\.[0-9]{1,20})?"
_POINT = re.compile(rf"(-?{_FIGURE}) (-?{_FIGURE})(?: -?{_FIGURE})?(?: ({_FIGURE}))?")
#: A point this accurate, in metres, is exact; one less accurate is near.
_EXACT_M = 500.0
#: Column in which KoBo says whether somebody approved a submission.
_STATUS = "_validation_status"
_ACTORS = {"state_force", "armed_group", "criminal", "community", "unknown"}
#: What an id is made from where a table has none.
_IDENTITY = ("occurred_at", "class", "lat", "lon", "place", "text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """
    A table in our columns.

    Attributes
    ----------
    table : TextTable
    findings : tuple of Finding
        What was read as what, on the whole file.
    """

    table: TextTable
    findings: tuple[Finding, ...]


def found_columns(
    text: TextTable, mapping: IncidentMapping, tags: Sequence[Tag | None] = ()
) -> dict[str, int]:
    """
    Place of the column of each field: by the tags of the file, then by the names of the mapping.

    A name with a star, such as ``*_latitude``, stands for the one column that is so called; of several none
    is picked.
    """
    places = tagged_columns(tags)
    for target, words in mapping.columns.items():
        if target in places:
            continue
        where = [i for word in words for i in _called(word, text.header)]
        free = [i for i in where if i not in places.values()]
        if free:
            places[target] = free[0]
    if GEOPOINT in places and {"lat", "lon"} <= set(places):
        del places[GEOPOINT]
    return places


def is_inso(text: TextTable) -> bool:
    """Whether a table has the columns of INSO's kind: act, actor, place, impact, in either language."""
    found = found_columns(text, inso_mapping())
    return "impact" in text.header and {"class", "actor", "place"} <= set(found)


def shaped(text: TextTable, mapping: IncidentMapping, tags: Sequence[Tag | None] = ()) -> Shaped:
    """
    Table in the columns of ``incidents``, by a mapping and the tags of the file.

    Words of the classes, the precision and the actor are translated; the words of the source go to ``text``.

    Parameters
    ----------
    text : TextTable
    mapping : IncidentMapping
    tags : sequence of Tag or None
        Of each column, as of :func:`cmcoord_geo.io.hxl.split_tags`.
    """
    places = found_columns(text, mapping, tags)
    order = [column.name for column in get_table("incidents").columns]
    labels = {target: text.header[i] for target, i in places.items()}
    if GEOPOINT in places:
        point = labels[GEOPOINT]
        labels = {"lat": point, "lon": point, "precision": point} | labels
    there = {*labels, *mapping.defaults, "text"} - {GEOPOINT}
    has_id = "incident_id" in there
    header = tuple(name for name in order if name in there or name == "incident_id")
    status = text.header.index(_STATUS) if _STATUS in text.header else None
    rows = tuple(
        _row(row, places, mapping, header, is_rejected=_is_rejected(row, status))
        for row in text.rows
    )
    read = [f"{text.header[i]} → {target}" for target, i in places.items()]
    told = [said("mapping.read", columns=", ".join(read))]
    unread = [name for i, name in enumerate(text.header) if name and i not in places.values()]
    if unread:
        told.append(said("mapping.unread", columns=", ".join(unread)))
    if not has_id:
        told.append(said("mapping.made_ids"))
    if GEOPOINT in places:
        told.append(said("mapping.point_of_form"))
    table = replace(
        text, header=header, labels=tuple(labels.get(name, name) for name in header), rows=rows
    )
    return Shaped(
        table=table,
        findings=tuple(
            Finding(severity="warning", said=reason, file=text.file, sheet=text.sheet)
            for reason in told
        ),
    )


def _is_rejected(row: TextRow, status: int | None) -> bool:
    """Whether somebody looked at the row in KoBo and did not approve it."""
    return status is not None and "notapproved" in plain(row.cells[status])


def _row(
    row: TextRow,
    places: Mapping[str, int],
    mapping: IncidentMapping,
    header: Sequence[str],
    *,
    is_rejected: bool,
) -> TextRow:
    raw = {target: row.cells[i].strip() for target, i in places.items()}
    faults = {target: row.faults[i] for target, i in places.items() if i in row.faults}
    cells = {name: raw.get(name, "") or mapping.defaults.get(name, "") for name in header}
    for name in ("class", "precision", "no_export", "source_id"):
        if name in cells:
            cells[name] = _meant(cells[name], mapping.values.get(name, {}))
    if raw.get("actor"):
        cells["actor"] = _actor(raw["actor"], mapping.values.get("actor", {}))
    if raw.get(GEOPOINT):
        _put_point(raw[GEOPOINT], cells, faults)
    if is_rejected:
        faults["incident_id"] = "mapping.not_approved"
    words = (raw.get(name, "") for name in ("class", "actor", "text"))
    cells["text"] = " | ".join(word for word in words if word)
    if not cells["incident_id"] and "incident_id" not in places:
        cells["incident_id"] = _made_id(cells)
    return replace(
        row,
        cells=tuple(cells[name] for name in header),
        faults={header.index(name): key for name, key in faults.items() if name in header},
    )


def _meant(cell: str, words: Mapping[str, str]) -> str:
    return words.get(plain(cell), cell)


def _actor(cell: str, words: Mapping[str, str]) -> str:
    if plain(cell) in words:
        return words[plain(cell)]
    return cell if cell in _ACTORS else actor_type(cell)


def _put_point(point: str, cells: dict[str, str], faults: dict[str, str]) -> None:
    match = _POINT.fullmatch(point)
    if match is None:
        faults["lat"] = "mapping.geopoint"
        return
    cells["lat"], cells["lon"] = match[1], match[2]
    if match[3] and not cells["precision"]:
        cells["precision"] = "1" if float(match[3]) <= _EXACT_M else "2"


def _made_id(cells: Mapping[str, str]) -> str:
    content = "\x1f".join(cells.get(name, "") for name in _IDENTITY)
    return f"H{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def _called(word: str, header: Sequence[str]) -> list[int]:
    """Column of a name, at most one."""
    names = [_bare(name) for name in header]
    if _bare(word) in names:
        return [names.index(_bare(word))]
    last = [name.strip().casefold().rpartition("/")[2] for name in header]
    found = [i for i, name in enumerate(last) if "*" in word and fnmatchcase(name, word)]
    return found if len(found) == 1 else []


def _bare(name: str) -> str:
    """Name without the group of a KoBo form, accents, case and signs; a leading underscore stays."""
    last = name.strip().rpartition("/")[2]
    return ("_" if last.startswith("_") else "") + plain(last)
