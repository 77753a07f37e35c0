"""
A map layer as a table: properties are the cells, and each feature keeps where it lies.

GeoJSON is read as JSON and a GeoPackage as the SQLite file that it is, feature by feature; no library opens
them that would follow a name to another file or address (SAFETY.md, files that come from others).
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from cmcoord_geo.errors import CrsError, DataError, SchemaError, UnsafeFileError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.io.files import BOM, regular_file
from cmcoord_geo.io.polygons import KINDS, Polygons, polygons_in, polygons_of
from cmcoord_geo.io.text_table import MAX_CELL, MAX_COLUMNS, TextRow, TextTable
from cmcoord_geo.io.values import ISO, text_of
from cmcoord_geo.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmcoord_geo.io.values import Conventions

#: Lines of longitude and latitude, shape (k, 2) each; a point is a line of one position.
Shape: TypeAlias = tuple[NDArray[np.float64], ...]

SUFFIXES = (".geojson", ".json", ".gpkg")
MAX_BYTES = 64 * 2**20
MAX_POSITIONS = 2_000_000
#: Names under which WGS84 in longitude and latitude stands in old GeoJSON.
_WGS84 = ("crs84", "epsg::4326", "epsg:4326")
_SQLITE = b"SQLite format 3\x00"
_STEPS, _MOST_STEPS = 100_000, 2_000
#: Bytes of the envelope by its code in the header of a geometry (GeoPackage 1.3, 2.1.3.1.1).
_ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_LINES = {"LineString", "MultiLineString"}
_POINTS = {"Point", "MultiPoint"}
#: Words of a GeoPackage for what may lie in a layer of lines.
_MAY_BE_LINES = {"GEOMETRY", "GEOMETRYCOLLECTION", *map(str.upper, _LINES)}

#: Name of a layer, of its column of geometries, its reference system, and the kind of its geometries.
_Entry: TypeAlias = tuple[object, object, object, object]
IsWanted: TypeAlias = Callable[[Sequence[str]], bool]
_Picking: TypeAlias = Callable[
    [sqlite3.Connection, Sequence[_Entry], str, str], tuple[_Entry, tuple[Finding, ...]]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """
    Features of one layer.

    Attributes
    ----------
    table : TextTable
        One row a feature.
    shapes : mapping
        Row number to where the feature lies; absent for a feature without a geometry.
    polygons : mapping
        Row number to the polygons of the feature, where they were asked for; their rings are the shape.
    """

    table: TextTable
    shapes: Mapping[int, Shape]
    polygons: Mapping[int, Polygons]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLayer:
    """
    Layer that must be the right one: no other is read in its place.

    Attributes
    ----------
    name : str
        The layer of this name must be there. Empty: the only one that may hold lines and has the columns.
    by_columns : callable
        Whether columns of these names, in lower case, are those of the layer.
    """

    name: str
    by_columns: IsWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feature:
    """One feature on its way: its number, its own id, cells by name, shape or the key of its fault."""

    number: int
    key: str
    cells: Mapping[str, Any]
    shape: Shape
    fault: str = ""
    polygons: Polygons = ()


def is_layer(path: str | Path) -> bool:
    """Whether a file is a map layer by its name."""
    return str(path).lower().endswith(SUFFIXES)


def read_layer(
    path: str | Path,
    *,
    name: str | WantedLayer,
    id_columns: Sequence[str],
    max_rows: int,
    conventions: Conventions = ISO,
    has_areas: bool = False,
    max_bytes: int = MAX_BYTES,
    max_positions: int = MAX_POSITIONS,
) -> Layer:
    """
    Features of a GeoJSON file, or of a layer of a GeoPackage, in longitude and latitude on WGS84.

    Parameters
    ----------
    path : str or Path
    name : str or WantedLayer
        Of the layer that is wanted; without it the only layer, or the first with a finding.
    id_columns : sequence of str
        Names of the column of ids; none is wanted where this is empty. Where no property has one of them the
        first is added: the feature's own id, or its number.
    max_rows : int
    conventions : Conventions
        How the readers of the cells expect a number to be written.
    has_areas : bool
        Features are polygons, or points; without it they are lines or points.
    max_bytes, max_positions : int
        Caps of the file.

    Raises
    ------
    UnsafeFileError
        It is not what its name says, is damaged, or larger than the caps.
    CrsError
        Its positions are not in longitude and latitude on WGS84.
    SchemaError
        It holds no feature layer.
    DataError
        The file is not there, or does not say which layer a :class:`WantedLayer` means.
    """
    where = regular_file(path, max_bytes=max_bytes)
    if where.name.lower().endswith(".gpkg"):
        wanted, picking = (
            (name, _named_or_first)
            if isinstance(name, str)
            else (name.name, _picking(name.by_columns))
        )
        found, sheet, told = _geopackage(where, wanted, max_rows, picking, has_areas=has_areas)
    else:
        found, sheet, told = _geojson(where, max_rows, has_areas=has_areas), "", ()
    if len(found) > max_rows:
        raise problem(UnsafeFileError, "io.table.rows", file=where.name, limit=max_rows)
    if sum(len(part) for feature in found for part in feature.shape) > max_positions:
        raise problem(UnsafeFileError, "layer.positions", file=where.name, limit=max_positions)
    return _layer(found, where.name, sheet, told, id_columns, conventions)


def _layer(
    found: Sequence[_Feature],
    file: str,
    sheet: str,
    told: tuple[Finding, ...],
    id_columns: Sequence[str],
    conventions: Conventions,
) -> Layer:
    names = list(dict.fromkeys(key for feature in found for key in feature.cells))
    header = [key.strip().casefold() for key in names]
    if len(names) > MAX_COLUMNS:
        raise problem(UnsafeFileError, "io.table.columns", file=file, limit=MAX_COLUMNS)
    has_id = not id_columns or not set(id_columns).isdisjoint(header)
    rows, faults = [], []
    for feature in found:
        if feature.fault:
            faults.append(
                Finding(
                    severity="error", said=said(feature.fault), file=file, sheet=sheet,
                    row=feature.number,
                )
            )  # fmt: skip
            continue
        cells = [_text(feature.cells.get(key), conventions) for key in names]
        own = [] if has_id else [(feature.key, "")]
        both = [*own, *cells]
        rows.append(
            TextRow(
                number=feature.number,
                cells=tuple(text for text, _ in both),
                faults={i: fault for i, (_, fault) in enumerate(both) if fault},
            )
        )
    table = TextTable(
        file=file,
        sheet=sheet,
        header=tuple(header) if has_id else (id_columns[0], *header),
        rows=tuple(rows),
        broken=len(faults),
        encoding="utf-8",
        separator="",
        findings=(*told, *faults),
    )
    return Layer(
        table=table,
        shapes={f.number: f.shape for f in found if f.shape and not f.fault},
        polygons={f.number: f.polygons for f in found if f.polygons and not f.fault},
    )


def _text(value: object, conventions: Conventions) -> tuple[str, str]:
    """Text of a property as a text file would write it, and the key of its fault."""
    if value is None:
        return "", ""
    if not isinstance(value, str | int | float):
        return "", "layer.nested"
    words = text_of(value, conventions)
    return ("", "layer.long") if len(words) > MAX_CELL else (words, "")


# ---------------------------------------------------------------- GeoJSON


def _geojson(where: Path, max_rows: int, *, has_areas: bool) -> list[_Feature]:
    features = read_collection(where, max_rows=max_rows)
    return [
        _feature(number, feature, has_areas=has_areas)
        for number, feature in enumerate(features, start=1)
    ]


def read_collection(where: Path, *, max_rows: int) -> list[object]:
    """
    Features of a GeoJSON FeatureCollection as they stand, none of them looked at.

    Parameters
    ----------
    where : Path
        A regular file of acceptable size (:func:`cmcoord_geo.io.files.regular_file`).
    max_rows : int

    Raises
    ------
    UnsafeFileError
        It is no FeatureCollection, or holds more features.
    CrsError
        It declares positions that are not in longitude and latitude on WGS84.
    """
    try:
        content = json.loads(where.read_bytes().decode("utf-8").removeprefix(BOM))
    except (ValueError, RecursionError, OSError) as error:
        raise problem(UnsafeFileError, "layer.not_geojson", file=where.name) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise problem(UnsafeFileError, "layer.not_geojson", file=where.name)
    _check_crs(content.get("crs"), where.name)
    if len(features) > max_rows:
        raise problem(UnsafeFileError, "io.table.rows", file=where.name, limit=max_rows)
    return features


def _check_crs(declared: object, file: str) -> None:
    if declared is None:
        return
    properties = declared.get("properties") if isinstance(declared, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if not name.casefold().endswith(_WGS84):
        raise problem(CrsError, "layer.crs", file=file)


def _feature(number: int, feature: object, *, has_areas: bool) -> _Feature:
    if not isinstance(feature, dict):
        return _Feature(number=number, key="", cells={}, shape=(), fault="layer.no_feature")
    key = feature.get("id")
    properties = feature.get("properties")
    made = _Feature(
        number=number,
        key=str(key) if isinstance(key, str | int) and str(key) else str(number),
        cells={str(k): v for k, v in properties.items()} if isinstance(properties, dict) else {},
        shape=(),
    )
    geometry = feature.get("geometry")
    if geometry is None:
        return made
    kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
    if kind not in _kinds(has_areas=has_areas):
        return replace(made, fault=_fault_of_kind(has_areas=has_areas))
    coordinates = geometry.get("coordinates")
    try:
        if kind in KINDS:
            return _with_polygons(made, polygons_of(kind, coordinates))
        return replace(made, shape=_parts(kind, coordinates))
    except (TypeError, ValueError, IndexError, OverflowError):
        return replace(made, fault="layer.broken_shape")


def _kinds(*, has_areas: bool) -> set[str]:
    return KINDS | {"Point"} if has_areas else _LINES | _POINTS


def _fault_of_kind(*, has_areas: bool) -> str:
    return "areas.no_polygon" if has_areas else "layer.shape"


def _with_polygons(feature: _Feature, polygons: Polygons) -> _Feature:
    rings = tuple(ring for polygon in polygons for ring in polygon)
    return replace(feature, shape=rings, polygons=polygons)


def _parts(kind: str, coordinates: Any) -> Shape:  # noqa: ANN401 - whatever the file holds
    if kind == "Point":
        return (_positions([coordinates]),)
    if kind == "MultiPoint":
        return tuple(_positions([one]) for one in coordinates)
    lines = [coordinates] if kind == "LineString" else coordinates
    parts = tuple(_positions(line) for line in lines)
    if not parts or min(map(len, parts)) < 2:
        raise ValueError
    return parts


def _positions(line: Any) -> NDArray[np.float64]:  # noqa: ANN401 - whatever the file holds
    """Longitude and latitude of a line; heights are dropped."""
    found = np.array([(_degree(x), _degree(y)) for x, y, *_ in line], dtype=np.float64)
    return _checked(found.reshape(-1, 2))


def _degree(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _checked(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    if not (np.abs(lonlat) <= (180.0, 90.0)).all():  # NaN fails too
        raise ValueError
    return lonlat


# ---------------------------------------------------------------- GeoPackage


def _geopackage(
    where: Path, name: str, max_rows: int, picking: _Picking, *, has_areas: bool
) -> tuple[list[_Feature], str, tuple[Finding, ...]]:
    with where.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise problem(UnsafeFileError, "layer.not_gpkg", file=where.name)
    waiting = where.with_name(f"{where.name}-wal")
    if waiting.is_file() and waiting.stat().st_size:
        raise problem(DataError, "layer.in_use", file=where.name)
    address = f"file:{quote(str(where.resolve()))}?mode=ro&immutable=1"
    try:
        base = sqlite3.connect(address, uri=True)
        try:
            return _read_geopackage(base, where.name, name, max_rows, picking, has_areas=has_areas)
        finally:
            base.close()
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise problem(UnsafeFileError, "layer.not_gpkg", file=where.name) from error


def _read_geopackage(
    base: sqlite3.Connection,
    file: str,
    name: str,
    max_rows: int,
    picking: _Picking,
    *,
    has_areas: bool,
) -> tuple[list[_Feature], str, tuple[Finding, ...]]:
    base.execute("PRAGMA trusted_schema = OFF")
    left = iter(range(_MOST_STEPS))
    base.set_progress_handler(lambda: next(left, None) is None, _STEPS)
    layers = base.execute(
        "SELECT c.table_name, g.column_name, g.srs_id, g.geometry_type_name FROM gpkg_contents c"
        " JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
        " JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table'"
        " WHERE c.data_type = 'features' ORDER BY c.table_name"
    ).fetchall()
    if not layers:
        raise problem(SchemaError, "layer.none", facts={"table": file, "column": ""}, file=file)
    (table, column, srs, _), told = picking(base, layers, file, name)
    _check_srs(base, srs, file)
    rows = _rows(base, str(table), str(column), max_rows)
    found = [
        made if blob is None else _shaped(made, blob, has_areas=has_areas) for made, blob in rows
    ]
    return found, str(table), told


def _named_or_first(
    _: sqlite3.Connection, layers: Sequence[_Entry], file: str, name: str
) -> tuple[_Entry, tuple[Finding, ...]]:
    """Layer of this name, else the first with a finding."""
    named = [layer for layer in layers if str(layer[0]).casefold() == name.casefold()]
    layer = (named or layers)[0]
    if named or len(layers) == 1:
        return layer, ()
    others = ", ".join(str(other[0]) for other in layers if other[0] != layer[0])
    reason = said("layer.layers", read=layer[0], others=others, name=name)
    return layer, (Finding(severity="warning", said=reason, file=file, sheet=str(layer[0])),)


def _picking(is_wanted: IsWanted) -> _Picking:
    """Rule that takes the layer that is named, or the only one with lines and the columns wanted."""

    def picking(
        base: sqlite3.Connection, layers: Sequence[_Entry], file: str, name: str
    ) -> tuple[_Entry, tuple[Finding, ...]]:
        there = ", ".join(str(layer[0]) for layer in layers)
        if name:
            for layer in layers:
                if str(layer[0]).casefold() == name.casefold():
                    return layer, ()
            raise problem(DataError, "layer.no_such", file=file, name=name, layers=there)
        fit = [
            layer
            for layer in layers
            if str(layer[3]).upper() in _MAY_BE_LINES and is_wanted(_columns_of(base, layer[0]))
        ]
        if len(layers) > 1 and len(fit) != 1:
            raise problem(DataError, "layer.choose", file=file, layers=there)
        return (fit or layers)[0], ()

    return picking


def _columns_of(base: sqlite3.Connection, table: object) -> list[str]:
    info = base.execute(f"PRAGMA table_info({_quoted(str(table))})")
    return [str(row[1]).strip().casefold() for row in info]


def _check_srs(base: sqlite3.Connection, srs: object, file: str) -> None:
    known = base.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (srs,),
    ).fetchone()
    if known is None or (str(known[0]).casefold(), known[1]) != ("epsg", 4326):
        raise problem(CrsError, "layer.crs", file=file)


def _rows(
    base: sqlite3.Connection, table: str, column: str, max_rows: int
) -> Iterator[tuple[_Feature, object]]:
    """Features without shape, and their geometry, in the order of their ids; one too many at most."""
    info = base.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    keys = [str(row[1]) for row in info if row[5]]
    names = [str(row[1]) for row in info]
    order = ", ".join(map(_quoted, keys)) or "rowid"
    picked = ", ".join(map(_quoted, names))
    rows = base.execute(
        f"SELECT {picked} FROM {_quoted(table)} ORDER BY {order} LIMIT ?",  # noqa: S608 - quoted names
        (max_rows + 1,),
    )
    for number, values in enumerate(rows, start=1):
        cells = dict(zip(names, values, strict=True))
        blob = cells.pop(column, None)
        key = str(cells.pop(keys[0])) if len(keys) == 1 else str(number)
        made = _Feature(
            number=int(key) if key.isdigit() and len(key) < 10 else number,
            key=key,
            cells={k: v for k, v in cells.items() if not isinstance(v, bytes)},
            shape=(),
        )
        yield made, blob


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shaped(feature: _Feature, blob: object, *, has_areas: bool) -> _Feature:
    import shapely

    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        return replace(feature, fault="layer.broken_shape")
    try:
        geometry = shapely.from_wkb(blob[8 + _ENVELOPE[(blob[3] >> 1) & 7] :])
        if geometry.geom_type not in _kinds(has_areas=has_areas):
            return replace(feature, fault=_fault_of_kind(has_areas=has_areas))
        if geometry.geom_type in KINDS:
            return _with_polygons(feature, polygons_in(geometry))
        parts = shapely.get_parts(geometry)
        shape = tuple(_checked(shapely.get_coordinates(part)) for part in parts)
    except (ValueError, KeyError, IndexError, TypeError, struct.error, shapely.GEOSException):
        return replace(feature, fault="layer.broken_shape")
    return replace(feature, shape=tuple(part for part in shape if len(part)))
