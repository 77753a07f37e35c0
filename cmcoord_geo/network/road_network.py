"""Roads as columns: junctions, segments between them, arcs over segments."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.facts import Crossing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadNetwork:
    """
    Road network: junctions (nodes) and the physical roads between them (segments), parallel roads kept.

    Each segment has two arcs for search: arc ``2 * i`` from its start to its end, arc ``2 * i + 1`` back.

    Attributes
    ----------
    node_ids : tuple of str, length n
        Junction ids; place ids where a junction is a place.
    node_names : tuple of str
    lon, lat : ndarray of float64, shape (n,)
        Degrees on WGS84.
    segment_ids : tuple of str, length m
    start, end : ndarray of int64, shape (m,)
        Nodes at both ends.
    length_m, length_low_m, length_high_m : ndarray of float64, shape (m,)
        Estimate and its range.
    lines : tuple of ndarray of float64, shape (k, 2)
        Longitude and latitude of each segment from start to end.
    road_class, route_ref, surface, season_zone, confidence, note : tuple of str
    status_dry, status_wet : tuple of str
        Default by season: open, restricted, closed. A prior, no observation.
    max_vehicle_dry, max_vehicle_wet : tuple of str
        Largest vehicle profile that passes by default.
    crossings : tuple of Crossing
        Bridges, ferries, fords and border crossings, each with the segments that use it.
    is_schematic : bool
        Drawn from town to town: true length, not the true line. Every product says so.
    name, source, licence : str
    """

    node_ids: tuple[str, ...]
    node_names: tuple[str, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    segment_ids: tuple[str, ...]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length_m: NDArray[np.float64]
    length_low_m: NDArray[np.float64]
    length_high_m: NDArray[np.float64]
    lines: tuple[NDArray[np.float64], ...]
    road_class: tuple[str, ...]
    route_ref: tuple[str, ...]
    surface: tuple[str, ...]
    season_zone: tuple[str, ...]
    status_dry: tuple[str, ...]
    status_wet: tuple[str, ...]
    max_vehicle_dry: tuple[str, ...]
    max_vehicle_wet: tuple[str, ...]
    confidence: tuple[str, ...]
    note: tuple[str, ...]
    crossings: tuple[Crossing, ...] = ()
    is_schematic: bool = False
    name: str = ""
    source: str = ""
    licence: str = ""
    node_index: Mapping[str, int] = field(init=False, compare=False, repr=False)
    segment_index: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._check()
        object.__setattr__(self, "node_index", {key: i for i, key in enumerate(self.node_ids)})
        object.__setattr__(
            self, "segment_index", {key: i for i, key in enumerate(self.segment_ids)}
        )

    def _check(self) -> None:
        faults = list(self._faults())
        if faults:
            message = "The road network is not usable: " + "; ".join(faults) + "."
            raise DataError(message)

    def _faults(self) -> Iterable[str]:
        n, m = len(self.node_ids), len(self.segment_ids)
        per_node = {"node_names", "lon", "lat"}
        whole = {
            "node_ids",
            "segment_ids",
            "crossings",
            "is_schematic",
            "name",
            "source",
            "licence",
        }
        for entry in fields(self):
            if not entry.init or entry.name in whole:
                continue
            size = len(getattr(self, entry.name))
            if size != (n if entry.name in per_node else m):
                yield f"column {entry.name} has {size} values"
        if len(set(self.node_ids)) < n or len(set(self.segment_ids)) < m:
            yield "ids occur twice"
        ends = np.concatenate([self.start, self.end])
        if m and (ends.min() < 0 or ends.max() >= n):
            yield "a segment ends at a junction that does not exist"
        if not all(np.isfinite(column).all() for column in (self.lon, self.lat, self.length_m)):
            yield "a coordinate or length is not a number"
        elif m and self.length_m.min() <= 0:
            yield "a segment has no length"

    def __len__(self) -> int:
        """Count the segments."""
        return len(self.segment_ids)

    @property
    def tail(self) -> NDArray[np.int64]:
        """Node that each arc leaves, shape (2 m,)."""
        return np.column_stack([self.start, self.end]).ravel()

    @property
    def head(self) -> NDArray[np.int64]:
        """Node that each arc reaches, shape (2 m,)."""
        return np.column_stack([self.end, self.start]).ravel()

    def ends(self, segment: int) -> tuple[str, str]:
        """Names of the places at both ends of a segment."""
        return self.node_names[int(self.start[segment])], self.node_names[int(self.end[segment])]

    def title(self, segment: int) -> str:
        """Name of a segment as a person says it, such as ``Sibut–Grimari``."""
        return "–".join(self.ends(segment))

    def length_km(self, segment: int) -> float:
        """Estimated length of a segment in km."""
        return float(self.length_m[segment]) / KM_M


def arc_segment(arc: int) -> tuple[int, bool]:
    """
    Segment of an arc, and whether the arc runs from the segment's start to its end.

    Examples
    --------
    >>> arc_segment(5)
    (2, False)
    """
    return arc // 2, arc % 2 == 0
