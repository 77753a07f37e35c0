"""Roads as columns: junctions, segments between them, arcs over segments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import SURFACES, season_zones, vehicles
from cmcoord_geo.i18n import Said, join, problem, said
from cmcoord_geo.network.columns import positions_of, words_of
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network.carried import CarriedLinks
    from cmcoord_geo.network.gazetteer import OwnPlaces
    from cmcoord_geo.network.rivers import Rivers
    from cmcoord_geo.network.traffic import Traffic

_PER_NODE = ("node_names", "lon", "lat")
_PER_SEGMENT = (
    *("start", "end", "length_m", "length_low_m", "length_high_m", "lines"),
    *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)
_STATUSES = ("open", "restricted", "closed", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadNetwork:
    """
    Road network: junctions (nodes) and the physical roads between them (segments), parallel roads kept.

    Each segment has two arcs for search: arc ``2 * i`` from its start to its end, arc ``2 * i + 1`` back.

    Attributes
    ----------
    node_ids : sequence of str, length n
        Junction ids; place ids where a junction is a place.
    node_names : sequence of str
    lon, lat : ndarray of float64, shape (n,)
        Degrees on WGS84.
    segment_ids : sequence of str, length m
    start, end : ndarray of int64, shape (m,)
        Nodes at both ends.
    length_m, length_low_m, length_high_m : ndarray of float64, shape (m,)
        Estimate and its range.
    lines : sequence of ndarray of float64, shape (k, 2)
        Longitude and latitude of each segment from start to end.
    road_class, route_ref, confidence, note : sequence of str
    surface : sequence of str
        One of ``facts.SURFACES``, or ``unknown``.
    season_zone : sequence of str
    status_dry, status_wet : sequence of str
        Default by season: open, restricted, closed, unknown. A prior, no observation.
    max_vehicle_dry, max_vehicle_wet : sequence of str
        Largest vehicle profile that passes by default.
    crossings : tuple of Crossing
        Bridges, ferries, fords and border crossings, each with the segments that use it.
    is_schematic : bool
        Drawn from town to town: true length, not the true line. Every product says so.
    name, source, licence : str
    traffic : Traffic or None
        Who may drive which way, and names of roads; None where every road is open both ways to everybody
        and its ends are places.
    places : OwnPlaces or None
        Named places that the map brings with it, also those far from any road.
    rivers : Rivers or None
        Rivers that the map brings with it.
    links : CarriedLinks or None
        Roads of this network that the links of the bundled one describe.
    redrawn : mapping or None
        Id of a segment that was drawn over another one to the id of the one that stands for both.
    node_index, segment_index : mapping
        Id to position in the columns.

    Raises
    ------
    DataError
        Something does not fit; every fault is named at once.
    """

    node_ids: Sequence[str]
    node_names: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    segment_ids: Sequence[str]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    length_m: NDArray[np.float64]
    length_low_m: NDArray[np.float64]
    length_high_m: NDArray[np.float64]
    lines: Sequence[NDArray[np.float64]] | Lines
    road_class: Sequence[str]
    route_ref: Sequence[str]
    surface: Sequence[str]
    season_zone: Sequence[str]
    status_dry: Sequence[str]
    status_wet: Sequence[str]
    max_vehicle_dry: Sequence[str]
    max_vehicle_wet: Sequence[str]
    confidence: Sequence[str]
    note: Sequence[str]
    crossings: tuple[Crossing, ...] = ()
    is_schematic: bool = False
    name: str = ""
    source: str = ""
    licence: str = ""
    traffic: Traffic | None = field(default=None, metadata={"only_if_there": True})
    places: OwnPlaces | None = field(default=None, metadata={"only_if_there": True})
    rivers: Rivers | None = field(default=None, metadata={"only_if_there": True})
    links: CarriedLinks | None = field(default=None, metadata={"only_if_there": True})
    redrawn: Mapping[str, str] | None = field(default=None, metadata={"only_if_there": True})
    node_index: Mapping[str, int] = field(init=False, compare=False, repr=False)
    segment_index: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise problem(DataError, "network.unusable", faults=join(faults, "; "))
        object.__setattr__(self, "node_index", positions_of(self.node_ids))
        object.__setattr__(self, "segment_index", positions_of(self.segment_ids))

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
        """Name of a segment as a person says it: the road's, or both places of its link, or its class."""
        if self.traffic is None:
            return "–".join(self.ends(segment))
        told = (self.route_ref[segment], self.traffic.names[segment])
        name = " ".join(word for word in told if word)
        if not name and self.links is not None:
            name = self.links.title_of(self.segment_ids[segment])
        return name or self.road_class[segment]

    def is_place(self, node: int) -> bool:
        """Whether a node is a place with a name, not a mere junction."""
        return self.traffic is None or bool(self.node_names[node])

    def parts_of(self, segment_id: str) -> tuple[int, ...]:
        """Segment of an id, or all its parts in order where a place cuts it; empty where there is none."""
        whole = self.segment_index.get(segment_id)
        if whole is not None:
            return (whole,)
        parts: list[int] = []
        while (part := self.segment_index.get(f"{segment_id}/{len(parts) + 1}")) is not None:
            parts.append(part)
        return tuple(parts)

    def segments_of_link(self, link_id: str) -> tuple[int, ...]:
        """Segments that a link of the bundled network describes; empty where none was carried over."""
        keys = self.links.segment_ids(link_id) if self.links else ()
        return tuple(part for key in keys for part in self.parts_of(key))

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


def _faults(network: RoadNetwork) -> Iterator[Said]:
    """Everything that is wrong with a network; nothing when it is usable."""
    whole = set()
    for columns, ids in ((_PER_NODE, network.node_ids), (_PER_SEGMENT, network.segment_ids)):
        for column in columns:
            size = len(getattr(network, column))
            if size == len(ids):
                whole.add(column)
            else:
                yield said("network.size", column=column, size=size, expected=len(ids))
    for needed, check in _CHECKS:
        if whole.issuperset(needed):
            yield from check(network)


def _ids(network: RoadNetwork) -> Iterator[Said]:
    for column in ("node_ids", "segment_ids"):
        ids = getattr(network, column)
        if len(set(ids)) < len(ids):
            twice = [key for key, count in Counter(ids).items() if count > 1]
            yield said("network.twice", column=column, ids=_few(twice))


def _positions(network: RoadNetwork) -> Iterator[Said]:
    with np.errstate(invalid="ignore"):
        is_good = (np.abs(network.lon) <= 180) & (np.abs(network.lat) <= 90)
    yield from _bad("network.position", network.node_ids, ~is_good)


def _ends(network: RoadNetwork) -> Iterator[Said]:
    count = len(network.node_ids)
    is_good = np.ones(len(network), dtype=bool)
    for nodes in (network.start, network.end):
        is_good &= (nodes >= 0) & (nodes < count)
    yield from _bad("network.end", network.segment_ids, ~is_good)


def _lengths(network: RoadNetwork) -> Iterator[Said]:
    low, middle, high = network.length_low_m, network.length_m, network.length_high_m
    is_length = np.isfinite(middle) & (middle > 0)
    yield from _bad("network.length", network.segment_ids, ~is_length)
    is_range = (low > 0) & (low <= middle) & (middle <= high) & np.isfinite(high)
    yield from _bad("network.range", network.segment_ids, is_length & ~is_range)


def _lines(network: RoadNetwork) -> Iterator[Said]:
    if isinstance(network.lines, Lines):
        yield from _bad("network.line", network.segment_ids, ~network.lines.are_usable())
        return
    is_good = [
        line.ndim == 2 and line.shape[1] == 2 and len(line) > 1 and bool(np.isfinite(line).all())
        for line in map(np.asarray, network.lines)
    ]
    yield from _bad("network.line", network.segment_ids, ~np.array(is_good, dtype=bool))


def _words(network: RoadNetwork) -> Iterator[Said]:
    vocabularies: tuple[tuple[str, Collection[str]], ...] = (
        ("surface", (*SURFACES, "unknown")),
        ("season_zone", season_zones()),
        ("status_dry", _STATUSES),
        ("status_wet", _STATUSES),
        ("max_vehicle_dry", vehicles()),
        ("max_vehicle_wet", vehicles()),
    )
    for column, known in vocabularies:
        strange = sorted(words_of(getattr(network, column)) - set(known))
        if strange:
            yield said("network.word", column=column, words=_few(strange))


def _traffic(network: RoadNetwork) -> Iterator[Said]:
    if network.traffic is None:
        return
    for column in ("names", "forward", "backward", "duration_s"):
        size = len(getattr(network.traffic, column))
        if size != len(network):
            yield said("network.size", column=column, size=size, expected=len(network))
    turns = network.traffic.turns
    if turns is not None and not turns.are_usable(network.tail, network.head):
        yield said("network.turns")


def _crossings(network: RoadNetwork) -> Iterator[Said]:
    there = set(network.segment_ids)
    for crossing in network.crossings:
        if not there & crossing.at_km.keys():
            yield said("network.crossing", crossing=crossing.crossing_id)


_Check = tuple[tuple[str, ...], "Callable[[RoadNetwork], Iterator[Said]]"]
#: Columns that must be whole for a check, and the check.
_CHECKS: tuple[_Check, ...] = (
    ((), _ids),
    (("lon", "lat"), _positions),
    (("start", "end"), _ends),
    (("length_m", "length_low_m", "length_high_m"), _lengths),
    (("lines",), _lines),
    ((), _words),
    ((), _traffic),
    ((), _crossings),
)


def _bad(key: str, ids: Sequence[str], is_bad: NDArray[Any]) -> Iterator[Said]:
    """Fault of all rows together that break one promise."""
    if is_bad.any():
        yield said(key, ids=_few([ids[int(i)] for i in np.flatnonzero(is_bad)]))


def _few(words: Sequence[str]) -> str:
    """First words of a list, with a sign when there are more."""
    return ", ".join(map(repr, words[:5])) + (", …" if len(words) > 5 else "")
