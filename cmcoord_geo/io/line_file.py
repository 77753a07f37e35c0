"""
Lines of a GeoPackage or GeoJSON file to the columns of their roads, by a mapping of their columns.

Each line gets the tags that its columns say, and means what a way of OpenStreetMap with these tags means.
Lines meet where their points coincide to a ten-millionth of a degree, as ways meet in a shared node; ends
that miss a line by little are joined afterwards (:mod:`cmcoord_geo.network.osm.joining`).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import toml
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.io.files import decode, read_bytes
from cmcoord_geo.io.folding import folded
from cmcoord_geo.io.layers import WantedLayer, read_layer
from cmcoord_geo.model import Finding
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.levels import LEVEL_KEYS
from cmcoord_geo.network.osm.meaning import first_number, meaning_of
from cmcoord_geo.network.osm.strands import number_of, place_of
from cmcoord_geo.network.osm.tables import highway_class, relevant_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.io.layers import Layer
    from cmcoord_geo.io.text_table import TextRow, TextTable
    from cmcoord_geo.network.osm.extract import Tags

MAX_BYTES = 2 * 2**30
MAX_ROWS = 2_000_000
MAX_POSITIONS = 60_000_000
_MAPPING_BYTES = 2**20
#: Column in which exports of OpenStreetMap gather the tags that have no column of their own.
_OTHER_TAGS = "other_tags"
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"[^0-9]*([0-9]{1,18})(?:\.[0-9]+)?")
_FEW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumns:
    """
    How the columns of a line file are read.

    Attributes
    ----------
    columns : mapping
        OpenStreetMap key to the names of the columns that may hold it, the first that is there.
    values : mapping
        Key to words of the file and the value that each stands for.
    """

    columns: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def usual_columns() -> LineColumns:
    """Columns of the usual exports (``data/line_columns.toml``)."""
    table = toml("line_columns.toml")
    return LineColumns(columns=table["columns"], values=table["values"])


def read_line_columns(path: str | Path) -> LineColumns:
    """
    Mapping of a TOML file, in front of the usual one.

    ``[columns]`` says for an OpenStreetMap key which column holds it, or several of which a file has one;
    ``[values.KEY]`` says what their words mean.

    Raises
    ------
    DataError
        It is no TOML, or holds something else.
    """
    file = Path(path).name
    text, _ = decode(read_bytes(path, max_bytes=_MAPPING_BYTES), file=file)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise problem(DataError, "lines.not_toml", file=file) from error
    columns, values = table.pop("columns", {}), table.pop("values", {})
    is_good = isinstance(columns, dict) and isinstance(values, dict) and not table
    is_good = is_good and all(map(_are_names, columns.values()))
    is_good = is_good and all(
        isinstance(words, dict) and all(isinstance(word, str) for word in words.values())
        for words in values.values()
    )
    if not is_good:
        raise problem(DataError, "lines.mapping", file=file)
    usual = usual_columns()
    return LineColumns(
        columns={**usual.columns, **{key: _names(given) for key, given in columns.items()}},
        values={**usual.values, **values},
    )


def _are_names(given: object) -> bool:
    return isinstance(given, str) or (
        isinstance(given, list) and all(isinstance(name, str) for name in given)
    )


def _names(given: str | list[str]) -> tuple[str, ...]:
    """Columns of a key, the first that a file has being read."""
    return (given,) if isinstance(given, str) else tuple(given)


def read_lines(
    path: str | Path, *, layer: str = "", columns: LineColumns | None = None
) -> OsmExtract:
    """
    Roads of the lines of a file.

    Parameters
    ----------
    path : str or Path
        ``.gpkg``, ``.geojson`` or ``.json``, in longitude and latitude on WGS84.
    layer : str
        Layer of a GeoPackage that holds several.
    columns : LineColumns, optional
        The usual ones by default.

    Raises
    ------
    UnsafeFileError
        It is not what its name says, is damaged, or larger than the caps.
    CrsError
        Its positions are not in longitude and latitude on WGS84.
    DataError
        It is not there, or no column says the class of a road.
    """
    mapping = columns or usual_columns()
    found = read_layer(
        path,
        name=WantedLayer(name=layer, by_columns=lambda header: _says_class(header, mapping)),
        id_columns=(),
        max_rows=MAX_ROWS,
        max_bytes=MAX_BYTES,
        max_positions=MAX_POSITIONS,
    )
    header = found.table.header
    place, unread = _places_of(header, mapping)
    if not _says_class(header, mapping):
        raise problem(
            DataError, "lines.no_class", file=found.table.file, columns=", ".join(header[:_FEW])
        )
    roads = _Roads()
    if own := own_surfaces(header):
        surfaces = {**own, **mapping.values.get("surface", {})}
        mapping = replace(mapping, values={**mapping.values, "surface": surfaces})
    faults = list(found.table.findings)
    for row in found.table.rows:
        wrong = _fault_of(row, found, place)
        if wrong is None:
            roads.add(dict(_tags(row, place, mapping)), row, found)
        else:
            faults.append(wrong)
    told = [_with_place(finding) for finding in folded(faults)]
    told += _unknown_classes(roads, found.table, place)
    read = [f"{header[i]} → {key}" for key, i in place.items()]
    told += [said("lines.read", file=found.table.file, columns=", ".join(read))]
    if unread:
        told += [said("lines.unread", file=found.table.file, columns=", ".join(unread))]
    if own:
        told.append(said("lines.own_export", file=found.table.file))
    return roads.extract(tuple(told), has_nodes=bool(own))


def _fault_of(row: TextRow, found: Layer, place: Mapping[str, int]) -> Finding | None:
    """Why a feature is left out: a property that says something of the road cannot be read, or no line."""
    table = found.table
    at = Finding(severity="warning", said=said("lines.shapeless"), file=table.file)
    at = replace(at, sheet=table.sheet, row=row.number)
    for i in place.values():
        if i in row.faults:
            reason = said(row.faults[i])
            return replace(at, severity="error", said=reason, column=table.header[i])
    return None if _lines_of(row, found) else at


def _lines_of(row: TextRow, found: Layer) -> list[NDArray[np.float64]]:
    return [line for line in found.shapes.get(row.number, ()) if len(line) > 1]


def _with_place(finding: Finding) -> Said:
    """What a finding says, behind its file, layer, feature and column."""
    where: Said | str = finding.file
    for key, value in (
        ("layer", finding.sheet),
        ("feature", finding.row),
        ("column", finding.column),
    ):
        if value:
            where = said(f"lines.in_{key}", where=where, value=value)
    return said("cli.at", where=where, said=finding.said)


def _unknown_classes(roads: _Roads, table: TextTable, place: Mapping[str, int]) -> Iterator[Said]:
    """Words for classes that no table knows, and what to do; a file with no others is refused."""
    if not roads.unread:
        return
    words = [f"{word or '–'} ({count})" for word, count in roads.unread.most_common()]
    values: dict[str, Any] = {
        "file": table.file,
        "column": table.header[place["highway" if "highway" in place else "route"]],
        "count": roads.unread.total(),
        "words": ", ".join(words[:_FEW]) + (", …" if len(words) > _FEW else ""),
        "word": next(filter(None, roads.unread), "…"),
    }
    if not roads.ids:
        raise problem(DataError, "lines.unknown_class", **values)
    yield said("lines.unknown_class", **values)


def own_surfaces(header: Collection[str]) -> Mapping[str, str]:
    """Our own words for surfaces and the tag that each stands for; none in a file of others."""
    own = toml("export_words.toml")
    return own["surface"] if set(own["columns"]) <= set(header) else {}


def _says_class(header: Sequence[str], columns: LineColumns) -> bool:
    return not {"highway", "route"}.isdisjoint(_places_of(header, columns)[0])


def _places_of(header: Sequence[str], columns: LineColumns) -> tuple[dict[str, int], list[str]]:
    """Place of the column of each key, and the columns that say nothing of a road."""
    place: dict[str, int] = {}
    for key, names in columns.columns.items():
        where = [header.index(name.casefold()) for name in names if name.casefold() in header]
        if where:
            place[key] = where[0]
    kept = {*relevant_keys(), *LEVEL_KEYS, _OTHER_TAGS}
    for i, name in enumerate(header):
        if name.partition(":")[0] in kept and name not in place and i not in place.values():
            place[name] = i
    return place, [name for i, name in enumerate(header) if i not in place.values() and name]


def _tags(
    row: TextRow, place: Mapping[str, int], columns: LineColumns
) -> Iterator[tuple[str, str]]:
    """Tags that a row says; a column of its own speaks before the gathered ones."""
    if _OTHER_TAGS in place:
        for key, value in _PAIR.findall(row.cells[place[_OTHER_TAGS]]):
            yield key, value.replace('\\"', '"')
    for key, i in place.items():
        word = row.cells[i].strip()
        value = columns.values.get(key, {}).get(word, word)
        if value and key != _OTHER_TAGS:
            yield key, value


@dataclass(slots=True)
class _Roads:
    """Roads as they come; a node is numbered by its place, so that lines of two files meet in it."""

    ids: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    route_refs: list[str] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    known: dict[Tags, int] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)

    def add(self, tags: Mapping[str, str], row: TextRow, found: Layer) -> None:
        """Keep each part of a line on which somebody may drive, or that is a road though closed."""
        if highway_class(tags) is None:
            self.unread[tags.get("highway", "")] += 1
            return
        kept = {*relevant_keys(), *LEVEL_KEYS}
        heard = tuple(sorted(t for t in tags.items() if t[0].partition(":")[0] in kept))
        if not meaning_of(heard).is_kept:
            return
        number = _NUMBER.fullmatch(tags.get("osm_id", ""))
        for line in _lines_of(row, found):
            self.ids.append(int(number[1]) if number else row.number)
            self.codes.append(self.known.setdefault(heard, len(self.known)))
            self.names.append(tags.get("name", ""))
            self.route_refs.append(first_number(tags.get("ref", "")))
            self.lines.append(number_of(line))

    def extract(self, told: tuple[Said, ...], *, has_nodes: bool) -> OsmExtract:
        """Columns of the roads; points that coincide are one node."""
        refs = np.concatenate([np.zeros(0, np.int64), *self.lines])
        node_ids = np.unique(refs)
        lon, lat = place_of(node_ids)
        sizes = [len(line) for line in self.lines]
        return OsmExtract(
            way_ids=np.array(self.ids, dtype=np.int64),
            way_tags=np.array(self.codes, dtype=np.int64),
            first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            refs=refs,
            tags=tuple(self.known),
            names=tuple(self.names),
            route_refs=tuple(self.route_refs),
            node_ids=node_ids,
            lon=lon,
            lat=lat,
            node_tags={},
            places=(),
            osm_date="",
            unread_ways={},  # told with the name of the column
            told=told,
            has_nodes=has_nodes,
        )
