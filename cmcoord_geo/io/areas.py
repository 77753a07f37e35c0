"""
Areas to avoid from a table (CSV, XLSX) or a map layer (GeoJSON, GeoPackage): each a closure or an added cost.

One row is one area, by the well-known text of its outline or as a circle; one feature of a layer is one by
its polygon, or as a circle round its point. What cannot be read is refused with its reason, the others go on.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from cmcoord_geo.i18n import said
from cmcoord_geo.io.layers import is_layer, read_layer
from cmcoord_geo.io.polygons import as_tuples, circle, is_sound, wkt_polygons
from cmcoord_geo.io.records import read_records
from cmcoord_geo.io.report import Reading
from cmcoord_geo.io.tables import read_table
from cmcoord_geo.io.values import ISO
from cmcoord_geo.model import AvoidArea, Finding
from cmcoord_geo.network.areas import all_touches, marked
from cmcoord_geo.schemas import get_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.io.layers import Shape
    from cmcoord_geo.io.polygons import Polygons
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.io.text_table import TextTable
    from cmcoord_geo.io.values import Conventions
    from cmcoord_geo.network import RoadNetwork

_CIRCLE = ("lat", "lon", "radius_km")


def read_areas(
    path: str | Path, *, conventions: Conventions = ISO
) -> Reading[tuple[AvoidArea, ...]]:
    """
    Areas of a file with the columns of ``schemas.get_table("areas")``.

    Parameters
    ----------
    path : str or Path
    conventions : Conventions

    Raises
    ------
    UnsafeFileError
        It is not what its name says, or larger than the caps.
    CrsError
        A layer is not in longitude and latitude on WGS84.
    SchemaError
        Required columns are missing.
    DataError
        It is not there.
    """
    table = get_table("areas")
    text, ground = _read(path, conventions)
    found = read_records(
        text,
        table,
        lambda row: _area(row, ground),
        key=lambda area: area.area_id,
        conventions=conventions,
    )
    return Reading(content=found.kept, findings=found.findings, report=found.report)


class _Ground:
    """Where the features of a layer lie; a table has none, and its cells say it."""

    def __init__(
        self,
        polygons: Mapping[int, Polygons],
        points: Mapping[int, Shape],
        *,
        is_layer: bool,
    ) -> None:
        self.polygons = polygons
        self.points = points
        self.is_layer = is_layer


def _read(path: str | Path, conventions: Conventions) -> tuple[TextTable, _Ground]:
    table = get_table("areas")
    if not is_layer(path):
        text = read_table(path, table, conventions=conventions)
        return text, _Ground({}, {}, is_layer=False)
    first = table.columns[0]
    layer = read_layer(
        path,
        name=table.name,
        id_columns=(first.name, *first.aliases),
        max_rows=table.max_rows,
        conventions=conventions,
        has_areas=True,
    )
    points = {row: shape for row, shape in layer.shapes.items() if row not in layer.polygons}
    return layer.table, _Ground(layer.polygons, points, is_layer=True)


def idle_findings(
    network: RoadNetwork,
    areas: Sequence[AvoidArea],
    *,
    departures: Sequence[datetime],
    as_of: datetime,
    file: str,
) -> Iterator[Finding]:
    """
    Areas that change nothing, each with its reason: on no road of the network, past, or still to come.

    A closure whose latitude and longitude are swapped must not pass in silence.

    Parameters
    ----------
    network : RoadNetwork
    areas : sequence of AvoidArea
    departures : sequence of datetime
        Of the movements; without one an area is past at the cut-off alone.
    as_of : datetime
    file : str
        Where they come from.
    """
    touched = {touch.mark for touch in all_touches(network, areas)}
    for mark, area in marked(areas):
        is_due = any(map(area.is_live, departures)) if departures else area.until > as_of
        if mark in touched and is_due:
            continue
        if mark in touched:
            key, column = "not_in_force", "until"
        else:
            key, column = ("swapped" if _is_turned(network, area) else "elsewhere"), ""
        reason = said(f"areas.{key}", name=area.name)
        yield Finding(severity="warning", said=reason, file=file, column=column)


def _is_turned(network: RoadNetwork, area: AvoidArea) -> bool:
    """Whether an area would touch a road with longitude and latitude the other way round."""
    turned = tuple(
        tuple(tuple((y, x) for x, y in ring) for ring in rings) for rings in area.polygons
    )
    is_on_earth = all(abs(y) <= 90.0 for rings in turned for ring in rings for _, y in ring)
    return is_on_earth and bool(all_touches(network, [replace(area, polygons=turned)]))


def _area(row: Row, ground: _Ground) -> AvoidArea:
    """Area of a row; every fault of the row is noted on it."""
    area_id = row.identifier("area_id")
    effect = row.choice("effect") or "closure"
    since, until = row.time("since"), row.needed_time("until")
    if since is not None and not row.is_refused and since >= until:
        row.refuse("areas.reversed", "since, until")
    return AvoidArea(
        area_id=area_id,
        name=row.text("name") or area_id,
        effect=cast("Literal['closure', 'cost']", effect),
        min_per_km=_min_per_km(row, effect),
        since=since,
        until=until,
        polygons=as_tuples(_outline(row, ground)),
    )


def _min_per_km(row: Row, effect: str) -> float:
    value = row.number_or_nan("min_per_km")
    if effect == "cost" and math.isnan(value):
        if row.cell("min_per_km") == "":
            row.refuse("areas.cost", "min_per_km")
        return 0.0
    if effect == "closure" and value > 0:
        row.warn("areas.closure_with_cost", "min_per_km")
    return value if effect == "cost" else 0.0


def _outline(row: Row, ground: _Ground) -> Polygons:
    """Polygons of a row; none where it is refused."""
    if row.number in ground.polygons:
        found, column = ground.polygons[row.number], ""
        if row.cell("radius_km"):
            row.warn("areas.radius_of_polygon", "radius_km")
    else:
        found, column = _written(row, ground)
    if found and not is_sound(found):
        row.refuse("areas.crossed", column)
    return found


def _written(row: Row, ground: _Ground) -> tuple[Polygons, str]:
    """Polygons that the cells of a row say, and the column that says so."""
    point = ground.points.get(row.number)
    text = row.cell("wkt")
    has_circle = point is not None or any(row.cell(name) for name in _CIRCLE)
    if text and has_circle:
        row.refuse("areas.two_outlines", "wkt, radius_km")
        return (), ""
    if text:
        try:
            return wkt_polygons(text), "wkt"
        except ValueError:
            row.refuse("areas.wkt", "wkt")
            return (), ""
    if has_circle:
        return _circle(row, point), "radius_km"
    if not row.faulty.keys() & {"wkt", *_CIRCLE}:
        row.refuse("areas.no_polygon" if ground.is_layer else "areas.no_outline", "wkt")
    elif not row.is_refused:
        row.refuse("areas.wkt", "wkt")
    return (), ""


def _circle(row: Row, point: Shape | None) -> Polygons:
    radius_km = row.number_or_nan("radius_km")
    if point is None:
        lon, lat = row.number_or_nan("lon"), row.number_or_nan("lat")
    else:
        lon, lat = (float(degree) for degree in point[0][0])
    missing = [name for name in _CIRCLE if not row.cell(name)]
    if point is not None:
        missing = [name for name in missing if name == "radius_km"]
    if missing:
        row.refuse("areas.half_circle", ", ".join(missing))
    if not math.isfinite(lon + lat + radius_km):
        return ()
    try:
        return circle(lon, lat, radius_km)
    except ValueError:
        row.refuse("areas.too_wide", "radius_km")
        return ()
