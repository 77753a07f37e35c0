"""
Areas to avoid, from a GeoJSON file: each a closure or an added cost, and until when.

Read with ``json``, feature by feature: one that cannot be read is refused with its reason, the others go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.io.files import regular_file
from cmcoord_geo.io.layers import read_collection
from cmcoord_geo.io.values import parse_time
from cmcoord_geo.model import AvoidArea, Finding
from cmcoord_geo.network.areas import touches_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork

MAX_BYTES = 64 * 2**20
MAX_AREAS = 20_000
#: Most minutes per km that a cost may add; more is a closure that was not called one.
MOST_MIN_PER_KM = 600.0
_EFFECTS = ("closure", "cost")
_LEAST_RING = 4
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReading:
    """Areas of a file, and what was wrong with the others."""

    areas: tuple[AvoidArea, ...]
    findings: tuple[Finding, ...]


class _RefusedError(Exception):
    """A feature that cannot be used, and why."""

    def __init__(self, reason: Said) -> None:
        super().__init__(reason.en)
        self.reason = reason


def read_areas(path: str | Path) -> AreaReading:
    """
    Areas of a GeoJSON FeatureCollection of polygons.

    Properties: ``area_id`` (else the feature's number), ``name``, ``effect`` (closure, cost), ``min_per_km``
    (minutes that each km inside adds, for a cost), ``until`` (needed: everything expires) and ``since``, both
    with their zone.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    UnsafeFileError
        It is no GeoJSON FeatureCollection, or larger than the caps.
    CrsError
        It declares positions that are not in longitude and latitude on WGS84.
    DataError
        It is not there.
    """
    where = regular_file(path, max_bytes=MAX_BYTES)
    features = read_collection(where, max_rows=MAX_AREAS)
    areas: dict[str, AvoidArea] = {}
    findings = []
    for number, feature in enumerate(features, start=1):
        try:
            area = _area(feature, number, taken=areas)
        except _RefusedError as refused:
            findings.append(
                Finding(severity="error", said=refused.reason, file=where.name, row=number)
            )
        else:
            areas[area.area_id] = area
    return AreaReading(areas=tuple(areas.values()), findings=tuple(findings))


def idle_findings(
    network: RoadNetwork, areas: Sequence[AvoidArea], *, at: datetime, file: str
) -> tuple[Finding, ...]:
    """
    Areas that change nothing, each with its reason: past or still to come, or on no road of the network.

    A closure whose latitude and longitude are swapped must not pass in silence.

    Parameters
    ----------
    network : RoadNetwork
    areas : sequence of AvoidArea
    at : datetime
        Departure.
    file : str
        Where they come from.
    """
    touched = {id(touch.area) for touch in touches_at(network, areas, at=at)}
    idle = [area for area in areas if id(area) not in touched]
    keys = ("areas.elsewhere" if area.is_live(at) else "areas.not_in_force" for area in idle)
    return tuple(
        Finding(severity="warning", said=said(key, name=area.name), file=file)
        for key, area in zip(keys, idle, strict=True)
    )


def _area(feature: object, number: int, *, taken: Collection[str]) -> AvoidArea:
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise _RefusedError(said("areas.no_polygon"))
    given = feature.get("properties")
    told: Mapping[str, Any] = given if isinstance(given, dict) else {}
    effect = str(told.get("effect", "")).strip().casefold()
    if effect not in _EFFECTS:
        raise _RefusedError(said("areas.effect", effect=effect or "–"))
    since, until = _moment(told, "since"), _moment(told, "until")
    if until is None:
        raise _RefusedError(said("areas.until"))
    if since is not None and since >= until:
        raise _RefusedError(said("areas.reversed"))
    key = str(told.get("area_id") or number)
    if key in taken:
        raise _RefusedError(said("areas.twice", area=key))
    return AvoidArea(
        area_id=key,
        name=str(told.get("name") or key),
        effect=cast("Literal['closure', 'cost']", effect),
        min_per_km=_min_per_km(told) if effect == "cost" else 0.0,
        since=since,
        until=until,
        polygons=_polygons(feature["geometry"]),
    )


def _moment(told: Mapping[str, Any], name: str) -> datetime | None:
    text = told.get(name)
    if text in (None, ""):
        return None
    try:
        return parse_time(str(text))
    except DataError as error:
        reason = error.said if isinstance(error.said, Said) else Said(fr=str(error), en=str(error))
        raise _RefusedError(said("areas.time", column=name, reason=reason)) from error


def _min_per_km(told: Mapping[str, Any]) -> float:
    value = told.get("min_per_km")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= float(cast("float", value)) <= MOST_MIN_PER_KM:
        raise _RefusedError(said("areas.cost", most=f"{MOST_MIN_PER_KM:g}"))
    return float(cast("float", value))


def _polygons(geometry: Mapping[str, Any]) -> tuple[tuple[Ring, ...], ...]:
    """Rings of each polygon, the outer one first; one that crosses itself is refused, never mended."""
    import shapely

    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    each = [coordinates] if kind == "Polygon" else coordinates
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(each, list) or not each:
        raise _RefusedError(said("areas.no_polygon"))
    try:
        found = tuple(tuple(_ring(ring) for ring in polygon) for polygon in each)
    except (TypeError, ValueError) as error:
        raise _RefusedError(said("layer.broken_shape")) from error
    for rings in found:
        if not rings or not shapely.Polygon(rings[0], rings[1:]).is_valid:
            raise _RefusedError(said("areas.crossed"))
    return found


def _ring(ring: Any) -> Ring:  # noqa: ANN401 - whatever the file holds
    points: NDArray[np.float64] = np.array([(float(x), float(y)) for x, y, *_ in ring])
    is_good = len(points) >= _LEAST_RING and bool((np.abs(points) <= (180.0, 90.0)).all())
    if not is_good or (points[0] != points[-1]).any():
        raise ValueError
    return tuple((float(x), float(y)) for x, y in points)
