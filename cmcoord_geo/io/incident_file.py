"""The table of an incident file, whatever it is: CSV, XLSX, GeoJSON, GeoPackage, or JSON of an API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmcoord_geo.io.json_table import json_table, read_json
from cmcoord_geo.io.layers import is_layer, read_layer
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.text_table import read_text_table
from cmcoord_geo.io.values import ISO, text_of
from cmcoord_geo.io.workbook import is_workbook
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from pathlib import Path

    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions

#: How the name of an incident file may end.
SUFFIXES = (".csv", ".xlsx", ".geojson", ".json", ".gpkg")
MAX_BYTES = 256 * 2**20
_LATITUDES = {"lat", "latitude", "_latitude"}


def read_incident_table(path: str | Path, *, conventions: Conventions = ISO) -> TextTable:
    """
    Rows of a file; a point of a map layer becomes the columns ``lat`` and ``lon`` where there are none.

    Raises
    ------
    UnsafeFileError
        The file is not what its name says, or too large.
    CrsError
        Its positions are not in longitude and latitude on WGS84.
    SchemaError
        It holds no header, or more columns or rows than the caps.
    DataError
        It is not there.
    """
    table = get_table("incidents")
    if str(path).lower().endswith(".json"):
        file, content = read_json(path)
        if not (isinstance(content, dict) and content.get("type") == "FeatureCollection"):
            return json_table(file, content, max_rows=table.max_rows, conventions=conventions)
    if is_layer(path):
        return _layer_table(path, max_rows=table.max_rows, conventions=conventions)
    if is_workbook(path):
        return read_table(path, table, conventions=conventions)
    return read_text_table(path, max_rows=table.max_rows, max_bytes=MAX_BYTES)


def _layer_table(path: str | Path, *, max_rows: int, conventions: Conventions) -> TextTable:
    layer = read_layer(
        path, name="incidents", id_columns=(), max_rows=max_rows, conventions=conventions,
        max_bytes=MAX_BYTES,
    )  # fmt: skip
    text = layer.table
    if not _LATITUDES.isdisjoint(text.header):
        return text
    rows = []
    for row in text.rows:
        point = layer.shapes.get(row.number, ())
        cells = ("", "")
        if len(point) == 1 and len(point[0]) == 1:
            lon, lat = point[0][0].tolist()
            cells = text_of(float(lat), conventions), text_of(float(lon), conventions)
        rows.append(replace(row, cells=(*row.cells, *cells)))
    return replace(text, header=(*text.header, "lat", "lon"), rows=tuple(rows))
