"""
Files of public data for other programs: whole or not at all, the same bytes for the same content.

Each says of itself where its content comes from and under which licence.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import geopandas as gpd

#: Digits of a degree that RFC 7946 advises: a centimetre.
_DIGITS = 7
#: Moment that a GeoPackage says it was changed: none, so that the same content gives the same bytes.
_NO_MOMENT = "1970-01-01T00:00:00.000Z"


def target(path: str | Path, *, suffixes: Sequence[str], is_forced: bool) -> Path:
    """
    Path of a file that may be written.

    Parameters
    ----------
    path : str or Path
    suffixes : sequence of str
        Formats, of which the name must end in one.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    DataError
        The name says no format, or the file is there already.
    """
    where = Path(path)
    if where.suffix.lower() not in suffixes:
        raise problem(DataError, "export.format", file=where.name, formats=", ".join(suffixes))
    if where.exists() and not is_forced:
        raise problem(DataError, "service.file_exists", file=where.name)
    return where


def write_whole(where: Path, write: Callable[[Path], None]) -> Path:
    """
    Write a file under a temporary name beside its own, and rename it when it is whole.

    Parameters
    ----------
    where : Path
    write : callable
        Writes the file at the path that it is given.

    Raises
    ------
    DataError
        The system refuses.
    """
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=where.parent, prefix=f".{where.name}.") as folder:
            part = Path(folder) / where.name
            write(part)
            with part.open("rb") as file, suppress(OSError):
                os.fsync(file.fileno())
            part.replace(where)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise problem(DataError, "service.unwritable", file=where.name, reason=reason) from error
    return where


def geojson(
    about: Mapping[str, str],
    rows: Iterable[tuple[Mapping[str, Any], str, Any]],
) -> str:
    """
    GeoJSON with one feature a line, so that two versions can be compared.

    Parameters
    ----------
    about : mapping
        Name, source and licence.
    rows : iterable of tuple
        Properties, kind of geometry and its coordinates; None in their place for a feature without a place.
    """
    features = (
        json.dumps(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": None
                if lonlat is None
                else {"type": kind, "coordinates": np.round(lonlat, _DIGITS).tolist()},
            },
            ensure_ascii=False,
        )
        for properties, kind, lonlat in rows
    )
    head = json.dumps(dict(about), ensure_ascii=False)[1:-1]
    return (
        '{"type": "FeatureCollection", '
        + head
        + ', "features": [\n'
        + ",\n".join(features)
        + "\n]}\n"
    )


def write_geopackage(
    part: Path, layers: Mapping[str, gpd.GeoDataFrame], about: Mapping[str, str]
) -> None:
    """Write layers into one GeoPackage, each with what the file says of itself."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_MOMENT})
    try:
        for name, layer in layers.items():
            layer.to_file(
                part,
                layer=name,
                driver="GPKG",
                engine="pyogrio",
                mode="a" if part.exists() else "w",
                layer_metadata=dict(about),
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
