"""A table of any kind that is read, with where its rows lie when it is a map layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.io.layers import is_layer, read_layer
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.values import ISO

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cmcoord_geo.io.layers import Shape
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.schemas import Table


def read_located(
    path: str | Path, table: Table, *, conventions: Conventions = ISO
) -> tuple[TextTable, Mapping[int, Shape]]:
    """
    Rows of a file (CSV, XLSX, GeoJSON, GeoPackage), and the shapes of those that are drawn.

    Parameters
    ----------
    path : str or Path
    table : Table
    conventions : Conventions

    Returns
    -------
    rows : TextTable
    shapes : mapping
        Row number to where its feature lies; empty for a table.

    Raises
    ------
    DataError
        The file cannot be read at all.
    """
    if not is_layer(path):
        return read_table(path, table, conventions=conventions), {}
    first = table.columns[0]
    layer = read_layer(
        path,
        name=table.name,
        id_columns=(first.name, *first.aliases),
        max_rows=table.max_rows,
        conventions=conventions,
    )
    return layer.table, layer.shapes
