"""
Which roads a drawn line or point means: those that run along it, near enough, and no nearer road beside them.

A line is compared with every road near it, sample by sample. A road that only crosses the line does not run
along it; a road beside the one that the line follows is farther off than that one. Both carriageways of a
road are so close together that both are meant.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import geodesic_m, line_length_m

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: Metres between two samples, and samples of the shortest road.
STEP_M, LEAST_SAMPLES = 20.0, 4
#: A road this much farther off than the nearest one is another road; carriageways lie closer together.
BESIDE_M = 25.0
#: Cosine of the largest angle between a road and the line that it runs along.
ALONG = 0.7
#: Of a road that is meant so much lies along the line: a share, or metres (a crossing road has less).
LEAST_SHARE, LEAST_M = 0.5, 100.0
#: With less of it along the line a road is meant in part only.
WHOLE_SHARE = 0.8
#: Half the piece by which the direction of a line is taken, in metres.
_HALF_M = 5.0
#: Spots of a line at which its nearest road is asked for.
_SPOTS = 9
#: A query in degrees is this much wider than the limit in metres, which then decides.
_WIDER = 1.05
#: Metres of a degree of latitude, well below what it has anywhere.
_DEGREE_M = 110_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """
    A segment that a shape means.

    Attributes
    ----------
    segment : int
    share : float
        Part of its length along the line; 0 for a point.
    fraction : float
        Where along the segment, from its start, the middle of that part lies.
    away_m : float
        Largest distance of that part to the shape.
    """

    segment: int
    share: float
    fraction: float
    away_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    Roads that a shape means.

    Attributes
    ----------
    roads : tuple of Matched
        By segment; empty where none is near enough.
    line_share : float
        Part of the lines, or of the points, that lies on one of them.
    nearest : int
        Segment nearest to most of the shape; -1 without roads.
    nearest_m : float
        Metres to it.
    """

    roads: tuple[Matched, ...]
    line_share: float
    nearest: int
    nearest_m: float

    @property
    def away_m(self) -> float:
        """Largest distance between the shape and a road that it means."""
        return max((road.away_m for road in self.roads), default=0.0)


class RoadMatcher:
    """
    Spatial index of the roads of a network, made once and asked for many shapes.

    Longitudes are shrunk by the cosine of the network's mean latitude; what decides is the distance on the
    ellipsoid.

    Parameters
    ----------
    network : RoadNetwork
    """

    def __init__(self, network: RoadNetwork) -> None:
        self._network = network
        lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
        narrow = float(np.cos(np.radians(network.lat.mean()))) if len(network.lat) else 1.0
        self._shrink = np.array([narrow, 1.0])
        owner = np.repeat(np.arange(len(lines)), np.diff(lines.first))
        self._lines = np.asarray(shapely.linestrings(lines.points * self._shrink, indices=owner))
        self._tree = shapely.STRtree(self._lines)

    def match(self, shape: Sequence[NDArray[np.float64]], *, limit_m: float) -> Match:
        """
        Roads that a shape means.

        Parameters
        ----------
        shape : sequence of ndarray of float64, shape (k, 2)
            Lines of longitude and latitude; one position is a point.
        limit_m : float
            A road farther off is not meant.
        """
        found: dict[int, Matched] = {}
        on_m = total_m = 0.0
        is_of_points = all(len(part) == 1 for part in shape)
        for part in shape:
            is_line = len(part) > 1 and line_length_m(part) > 0
            roads, share = self._line(part, limit_m) if is_line else self._point(part[0], limit_m)
            weight_m = 1.0 if is_of_points else line_length_m(part)
            on_m, total_m = on_m + share * weight_m, total_m + weight_m
            for road in roads:
                known = found.get(road.segment)
                found[road.segment] = road if known is None else _both(known, road)
        nearest, nearest_m = self._nearest(shape)
        return Match(
            roads=tuple(found[key] for key in sorted(found)),
            line_share=on_m / total_m if total_m else 0.0,
            nearest=nearest,
            nearest_m=nearest_m,
        )

    def _nearest(self, shape: Sequence[NDArray[np.float64]]) -> tuple[int, float]:
        """Segment that is nearest to most of a few spots along a shape, and its least distance to them."""
        longest = max(shape, key=line_length_m)
        spots = longest
        if len(longest) > 1:
            shares = (np.arange(_SPOTS) + 0.5) / _SPOTS
            line = shapely.LineString(longest)
            spots = _at(line, shares * line.length)
        found = [self._nearest_to(spot) for spot in spots]
        counts = Counter(segment for segment, _ in found)
        segment = max(counts, key=lambda key: (counts[key], -key))
        return segment, min(away_m for key, away_m in found if key == segment)

    def _nearest_to(self, position: NDArray[np.float64]) -> tuple[int, float]:
        if not len(self._lines):
            return -1, np.inf
        point = shapely.Point(position * self._shrink)
        segment = int(self._tree.nearest(point))
        on_road = shapely.get_coordinates(
            shapely.line_interpolate_point(
                self._lines[segment], shapely.line_locate_point(self._lines[segment], point)
            )
        )
        return segment, float(self._metres(position[None] * self._shrink, on_road)[0])

    def _metres(self, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
        """Geodesic distances between positions of the index."""
        a, b = one / self._shrink, other / self._shrink
        return geodesic_m(a[:, 0], a[:, 1], b[:, 0], b[:, 1])

    def _near(self, shape: shapely.Geometry, limit_m: float) -> NDArray[np.int64]:
        """Segments that may lie within a limit of a shape, in order."""
        wide = _WIDER * limit_m / _DEGREE_M
        found = self._tree.query(shape, predicate="dwithin", distance=wide)
        return np.sort(found).astype(np.int64)

    # ------------------------------------------------------------ points

    def _point(self, position: NDArray[np.float64], limit_m: float) -> tuple[list[Matched], float]:
        """Nearest road of a point, and other pieces of the same road that lie as near."""
        nearest, nearest_m = self._nearest_to(position)
        if not nearest_m <= limit_m:
            return [], 0.0
        point = shapely.Point(position * self._shrink)
        reach_m = min(nearest_m + BESIDE_M, limit_m)
        near = self._near(point, reach_m)
        along = shapely.line_locate_point(self._lines[near], point)
        spots = shapely.get_coordinates(shapely.line_interpolate_point(self._lines[near], along))
        away_m = self._metres(np.broadcast_to(position * self._shrink, spots.shape), spots)
        lengths = shapely.length(self._lines[near])
        title = _road_name(self._network, nearest)
        return [
            Matched(segment=i, share=0.0, fraction=float(s / length) if length else 0.0, away_m=m)
            for i, s, length, m in zip(
                near.tolist(), along.tolist(), lengths.tolist(), away_m.tolist(), strict=True
            )
            if i == nearest or (m <= reach_m and title and _road_name(self._network, i) == title)
        ], 1.0

    # ------------------------------------------------------------ lines

    def _line(self, part: NDArray[np.float64], limit_m: float) -> tuple[list[Matched], float]:
        """Roads along a line, and the share of the line that lies on one of them."""
        line = shapely.LineString(part * self._shrink)
        near = self._near(line, limit_m)
        if not len(near):
            return [], 0.0
        samples = self._samples(near, line)
        is_along = samples.is_aligned & (samples.away_m <= limit_m) & ~samples.is_past_end
        best_m = _best(samples.at_m, np.where(is_along, samples.away_m, np.inf))
        is_along &= samples.away_m <= best_m + BESIDE_M
        roads = [
            road
            for k, segment in enumerate(near.tolist())
            if (road := _judged(segment, samples, samples.owner == k, is_along)) is not None
        ]
        kept = np.isin(near[samples.owner], [road.segment for road in roads]) & is_along
        return roads, _share_on(samples.at_m[kept], line.length * _DEGREE_M)

    def _samples(self, near: NDArray[np.int64], line: shapely.LineString) -> _Samples:
        """Points along each road near a line, each with its distance to the line and both directions."""
        lengths_m = self._network.length_m[near]
        counts = np.maximum(np.ceil(lengths_m / STEP_M), LEAST_SAMPLES).astype(np.int64)
        owner = np.repeat(np.arange(len(near)), counts)
        first = np.repeat(np.cumsum(counts) - counts, counts)
        fraction = (np.arange(counts.sum()) - first + 0.5) / counts[owner]
        roads = self._lines[near[owner]]
        half = _HALF_M / _DEGREE_M
        along = fraction * shapely.length(roads)
        spots = _at(roads, along)
        at = np.asarray(shapely.line_locate_point(line, shapely.points(spots)))
        on_line = _at(line, at)
        road_way = _at(roads, along + half) - _at(roads, np.maximum(along - half, 0.0))
        line_way = _at(line, at + half) - _at(line, np.maximum(at - half, 0.0))
        product = np.abs((road_way * line_way).sum(axis=1))
        sizes = np.hypot(*road_way.T) * np.hypot(*line_way.T)
        away_m = self._metres(spots, on_line)
        return _Samples(
            owner=owner,
            fraction=fraction,
            weight_m=lengths_m[owner] / counts[owner],
            away_m=away_m,
            at_m=at * _DEGREE_M,
            is_aligned=product >= ALONG * sizes,
            is_past_end=(at <= 0) | (at >= line.length),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Samples:
    """
    Points on roads beside a line, all arrays of one length.

    ``at_m`` is where along the line, in metres that are a few per cent short: it only sorts.
    """

    owner: NDArray[np.int64]
    fraction: NDArray[np.float64]
    weight_m: NDArray[np.float64]
    away_m: NDArray[np.float64]
    at_m: NDArray[np.float64]
    is_aligned: NDArray[np.bool_]
    is_past_end: NDArray[np.bool_]


def _at(lines: Any, along: NDArray[np.float64]) -> NDArray[np.float64]:  # noqa: ANN401 - one line or many
    return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(lines, along)))


def _bins(at_m: NDArray[np.float64]) -> NDArray[np.int64]:
    return (at_m // STEP_M).astype(np.int64)


def _best(at_m: NDArray[np.float64], away_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least distance of any sample at the same place along the line, or one step before or after."""
    where = _bins(at_m) + 1
    least = np.full(int(where.max()) + 3, np.inf)
    np.minimum.at(least, where, away_m)
    near = np.minimum(least, np.minimum(np.roll(least, 1), np.roll(least, -1)))
    return np.asarray(near[where])


def _judged(
    segment: int, samples: _Samples, own: NDArray[np.bool_], is_along: NDArray[np.bool_]
) -> Matched | None:
    kept = own & is_along
    along_m = float(samples.weight_m[kept].sum())
    share = along_m / float(samples.weight_m[own].sum())
    if share < LEAST_SHARE and along_m < LEAST_M:
        return None
    return Matched(
        segment=segment,
        share=share,
        fraction=float(samples.fraction[kept].mean()),
        away_m=float(samples.away_m[kept].max()),
    )


def _share_on(at_m: NDArray[np.float64], length_m: float) -> float:
    """Share of a line near whose places a sample lies."""
    count = max(1, int(np.ceil(length_m / STEP_M)))
    hit = np.zeros(count + 3, dtype=bool)
    where = np.minimum(_bins(at_m), count)
    for shift in (0, 1, 2):
        hit[where + shift] = True
    return float(hit[1 : count + 1].mean())


def _both(one: Matched, other: Matched) -> Matched:
    """One segment that two parts of a shape mean."""
    wider = max(one, other, key=lambda road: road.share)
    return Matched(
        segment=one.segment,
        share=min(one.share + other.share, 1.0),
        fraction=wider.fraction,
        away_m=max(one.away_m, other.away_m),
    )


def _road_name(network: RoadNetwork, segment: int) -> tuple[str, ...]:
    """Number and name of a road; empty where it has neither."""
    name = network.traffic.names[segment] if network.traffic is not None else ""
    return tuple(word for word in (network.route_ref[segment], name) if word)


def pieces_of(network: RoadNetwork, segment_id: str) -> Iterator[int]:
    """
    Segment of an id, or every piece of it: of a way of OpenStreetMap, a segment that a place cuts, a link.

    Parameters
    ----------
    network : RoadNetwork
    segment_id : str
        ``w123`` is every segment of way 123; ``w123.2`` one of them, cut or not. A road drawn twice answers
        to the ids of both drawings.
    """
    whole = network.segment_index.get(segment_id)
    if whole is not None:
        yield whole
        return
    yield from network.segments_of_link(segment_id)
    starts = (f"{segment_id}.", f"{segment_id}/")
    for i, key in enumerate(network.segment_ids):
        if key.startswith(starts):
            yield i
    for gone, kept in (network.redrawn or {}).items():
        if gone == segment_id or gone.startswith(starts[0]):
            yield from pieces_of(network, kept)
