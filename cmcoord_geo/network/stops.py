"""Stops on a network: a segment is cut where a place or a point asked for lies on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.network.columns import Texts, Words
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.turns import Turns

#: A stop so near to the end of a segment, as a share of it or in metres, is that end.
_AT_END_M = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A stop to be put on the network: its node id, its name, and where it lies."""

    stop_id: str
    name: str
    segment: int
    fraction: float


def with_stops(
    network: RoadNetwork, stops: Sequence[Stop]
) -> tuple[RoadNetwork, Mapping[str, str]]:
    """
    Network with a node at each stop, and the node id of each stop.

    A stop at the end of a segment takes over that node; two stops at one node share it, under the id of the
    first. A segment that is cut becomes ``id/1``, ``id/2`` and so on; its crossings go where they lie.

    Parameters
    ----------
    network : RoadNetwork
    stops : sequence of Stop
    """
    made = _Cutter(network)
    by_segment: dict[int, list[Stop]] = {}
    for stop in stops:
        end = _end_of(network, stop)
        if end is None:
            by_segment.setdefault(stop.segment, []).append(stop)
        else:
            made.take_over(end, stop)
    for segment, on_it in by_segment.items():
        made.cut(segment, sorted(on_it, key=lambda stop: stop.fraction))
    return made.network(), made.node_of


def _end_of(network: RoadNetwork, stop: Stop) -> int | None:
    length_m = float(network.length_m[stop.segment])
    if stop.fraction * length_m <= _AT_END_M:
        return int(network.start[stop.segment])
    if (1 - stop.fraction) * length_m <= _AT_END_M:
        return int(network.end[stop.segment])
    return None


class _Cutter:
    """Collects new nodes and the rows that stand in the place of a cut segment."""

    def __init__(self, network: RoadNetwork) -> None:
        self._network = network
        self._ids = list(network.node_ids)
        self._names = list(network.node_names)
        self._lonlat: list[NDArray[np.float64]] = []
        self._cut: dict[int, list[tuple[float, int]]] = {}
        self._taken: dict[int, str] = {}
        self.node_of: dict[str, str] = {}

    def take_over(self, node: int, stop: Stop) -> None:
        """Give a node the id and the name of a stop, unless another stop has it."""
        owner = self._taken.setdefault(node, stop.stop_id)
        self.node_of[stop.stop_id] = owner
        if owner == stop.stop_id:
            self._give_way(stop.stop_id, node)
            self._ids[node], self._names[node] = stop.stop_id, stop.name

    def _give_way(self, stop_id: str, node: int) -> None:
        """Rename another node that has the id of a stop: a place on a road that the convoy may not drive."""
        other = self._network.node_index.get(stop_id)
        if other is not None and other != node and self._ids[other] == stop_id:
            self._ids[other] = f"{stop_id}~"

    def cut(self, segment: int, stops: Sequence[Stop]) -> None:
        """Cut a segment at its stops, in order; stops closer than a metre are one."""
        length_m = float(self._network.length_m[segment])
        cuts = self._cut.setdefault(segment, [])
        for stop in stops:
            if cuts and (stop.fraction - cuts[-1][0]) * length_m <= _AT_END_M:
                self.node_of[stop.stop_id] = self._ids[cuts[-1][1]]
                continue
            cuts.append((stop.fraction, len(self._ids)))
            self._give_way(stop.stop_id, len(self._ids))
            self._ids.append(stop.stop_id)
            self._names.append(stop.name)
            self._lonlat.append(_point_at(self._network.lines[segment], stop.fraction))
            self.node_of[stop.stop_id] = stop.stop_id

    def network(self) -> RoadNetwork:
        """Network with everything that was asked for."""
        network = self._network
        parts = _Parts.of(network, self._cut)
        where = parts.origin

        words: dict[str, Any] = {key: _column(getattr(network, key), where) for key in _WORDS}
        lonlat = np.reshape(self._lonlat, (-1, 2))
        return replace(
            network,
            node_ids=Texts.of(self._ids),
            node_names=Words.of(self._names),
            lon=np.concatenate([network.lon, lonlat[:, 0]]),
            lat=np.concatenate([network.lat, lonlat[:, 1]]),
            segment_ids=parts.segment_ids,
            start=parts.start,
            end=parts.end,
            length_m=network.length_m[where] * parts.share,
            length_low_m=network.length_low_m[where] * parts.share,
            length_high_m=network.length_high_m[where] * parts.share,
            lines=parts.lines,
            **words,
            crossings=tuple(parts.moved(crossing, network) for crossing in network.crossings),
            traffic=_traffic(network, parts),
        )


_WORDS = (
    *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Parts:
    """Rows of the new network, each with the segment that it comes from and its share of it."""

    origin: NDArray[np.int64]
    share: NDArray[np.float64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    segment_ids: Sequence[str]
    lines: Lines
    bounds: Mapping[str, tuple[tuple[float, float, str], ...]]

    @classmethod
    def of(cls, network: RoadNetwork, cuts: Mapping[int, list[tuple[float, int]]]) -> _Parts:
        """Uncut segments first, in their order, then the parts of those that are cut."""
        whole = np.setdiff1d(np.arange(len(network)), list(cuts))
        each = list(network.segment_ids)
        ids = list(map(each.__getitem__, whole.tolist()))
        lines: list[NDArray[np.float64]] = []
        rows: list[tuple[int, float, int, int]] = []
        bounds: dict[str, tuple[tuple[float, float, str], ...]] = {}
        for segment, at in cuts.items():
            fractions = [0.0, *(fraction for fraction, _ in at), 1.0]
            nodes = [int(network.start[segment]), *(n for _, n in at), int(network.end[segment])]
            key = network.segment_ids[segment]
            parts = []
            for k, (low, high) in enumerate(pairwise(fractions)):
                rows.append((segment, high - low, nodes[k], nodes[k + 1]))
                ids.append(f"{key}/{k + 1}")
                lines.append(_part_of(network.lines[segment], low, high))
                parts.append((low, high, ids[-1]))
            bounds[key] = tuple(parts)
        added = np.array(rows, dtype=np.float64).reshape(-1, 4)
        return cls(
            origin=np.concatenate([whole, added[:, 0].astype(np.int64)]),
            share=np.concatenate([np.ones(len(whole)), added[:, 1]]),
            start=np.concatenate([network.start[whole], added[:, 2].astype(np.int64)]),
            end=np.concatenate([network.end[whole], added[:, 3].astype(np.int64)]),
            segment_ids=Texts.of(ids),
            lines=_lines(network, whole, lines),
            bounds=bounds,
        )

    def moved(self, crossing: Crossing, network: RoadNetwork) -> Crossing:
        """Crossing on the parts: on the one where it lies, or on all of them where that is not known."""
        if not self.bounds.keys() & crossing.at_km.keys():
            return crossing
        at_km: dict[str, float | None] = {}
        for key, km in crossing.at_km.items():
            if key not in self.bounds:
                at_km[key] = km
                continue
            length_km = network.length_km(network.segment_index[key])
            for low, high, part in self.bounds[key]:
                if km is None:
                    at_km[part] = None
                elif low * length_km <= km < high * length_km or high == 1.0 <= km / length_km:
                    at_km[part] = km - low * length_km
        return replace(crossing, at_km=at_km)


def _column(column: Sequence[str], where: NDArray[np.int64]) -> Words:
    """Words of a column at the rows that the new ones come from."""
    words = Words.packed(column)
    return Words(words.codes[where], words.vocabulary)


def _lines(
    network: RoadNetwork, whole: NDArray[np.int64], added: Sequence[NDArray[np.float64]]
) -> Lines:
    """Lines of the uncut segments, then those of the parts."""
    packed = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    sizes = np.diff(packed.first)
    is_whole = np.zeros(len(packed), dtype=bool)
    is_whole[whole] = True
    points = [packed.points[np.repeat(is_whole, sizes)], *added]
    counts = np.concatenate([sizes[is_whole], [len(line) for line in added]])
    first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Lines(np.concatenate(points), first)


def _traffic(network: RoadNetwork, parts: _Parts) -> Traffic | None:
    traffic = network.traffic
    if traffic is None:
        return None
    where = parts.origin
    return Traffic(
        names=_column(traffic.names, where),
        forward=traffic.forward[where],
        backward=traffic.backward[where],
        duration_s=traffic.duration_s[where] * parts.share,
        turns=None
        if traffic.turns is None
        else traffic.turns.moved(_rows_of(traffic.turns, where)),
    )


def _rows_of(turns: Turns, origin: NDArray[np.int64]) -> Mapping[int, Sequence[int]]:
    """New rows of each segment that a banned turn touches, from its start to its end."""
    order = np.argsort(origin, kind="stable")
    segments = np.unique(turns.arcs // 2)
    first = np.searchsorted(origin[order], segments, side="left").tolist()
    last = np.searchsorted(origin[order], segments, side="right").tolist()
    return {
        segment: order[a:b].tolist()
        for segment, a, b in zip(segments.tolist(), first, last, strict=True)
    }


def _along(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point from the start as a share of the whole, by drawn length."""
    shrink = np.array([np.cos(np.radians(line[:, 1].mean())), 1.0])
    steps = np.hypot(*(np.diff(line, axis=0) * shrink).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    share: NDArray[np.float64] = along / along[-1]
    return share


def _point_at(line: NDArray[np.float64], fraction: float) -> NDArray[np.float64]:
    along = _along(line)
    return np.array(
        [np.interp(fraction, along, line[:, 0]), np.interp(fraction, along, line[:, 1])]
    )


def _part_of(line: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    along = _along(line)
    inner = line[(along > low) & (along < high)]
    return np.vstack([_point_at(line, low), inner, _point_at(line, high)])
