"""The segments of a way over the days ahead: how long they take, when they are closed, when nobody knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.facts import season_zones
from cmcoord_geo.network import passability, season_of
from cmcoord_geo.network.columns import texts_at
from cmcoord_geo.network.status import expiry
from cmcoord_geo.planning.announced import announced_bars
from cmcoord_geo.planning.spans import Spans, midnight_s
from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from cmcoord_geo.config import Config, StatusConfig
    from cmcoord_geo.model import RoadStatus
    from cmcoord_geo.network import Convoy, Passability, RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.bars import Bar
    from cmcoord_geo.planning.situation import Situation

#: A moment that no plan reaches.
_NEVER_S = 1e12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoadsAhead:
    """
    Some segments over the days ahead.

    Attributes
    ----------
    network : RoadNetwork
        These segments alone.
    edges : ndarray of float64, shape (e,)
        Moments from which something else holds: a season, or a report that no longer speaks.
    roads : tuple of Passability
        Roads from each of them on.
    low_s, mid_s, high_s : ndarray of float64, shape (e, m)
        Moving seconds, fewest to most; of a closed segment those of a time when it is open.
    shut : mapping
        Segment to what was announced on it: areas that close it, and operations.
    """

    network: RoadNetwork
    edges: NDArray[np.float64]
    roads: tuple[Passability, ...]
    low_s: NDArray[np.float64]
    mid_s: NDArray[np.float64]
    high_s: NDArray[np.float64]
    shut: Mapping[int, tuple[Bar, ...]]

    def spans_where(self, is_so: Sequence[bool]) -> Spans:
        """Spans of the times for which something is so."""
        ends = np.append(self.edges[1:], _NEVER_S)
        starts = self.edges.copy()
        starts[0] = -_NEVER_S
        return Spans.of(
            (float(start), float(end))
            for start, end, holds in zip(starts, ends, is_so, strict=True)
            if holds
        )


def roads_ahead(
    situation: Situation, segments: Sequence[int], first: date, days: int
) -> RoadsAhead:
    """
    Look at some segments over some days.

    Parameters
    ----------
    situation : Situation
    segments : sequence of int
    first : date
        In Bangui.
    days : int
    """
    return roads_of(
        situation.picture, situation.convoy, segments, first, days, config=situation.config
    )


def roads_of(
    picture: OperationalPicture,
    convoy: Convoy,
    segments: Sequence[int],
    first: date,
    days: int,
    *,
    config: Config,
) -> RoadsAhead:
    """
    Look at some segments over some days, for any movement of a convoy.

    Parameters
    ----------
    picture : OperationalPicture
    convoy : Convoy
    segments : sequence of int
    first : date
        In Bangui.
    days : int
    config : Config
    """
    network = _part(picture.network, segments)
    here = set(network.segment_ids)
    crossed = {crossing.crossing_id for crossing in network.crossings}
    status = tuple(
        report
        for report in picture.status
        if (report.crossing_id or report.segment_id) in here | crossed
    )
    moments = [
        midnight_s(first),
        *_season_changes(network, first, days),
        *_expiries(status, config.status),
    ]
    end_s = midnight_s(first + timedelta(days=days))
    edges = np.unique([moment for moment in moments if midnight_s(first) <= moment < end_s])
    roads = tuple(
        passability(
            network,
            convoy,
            at=to_datetime(edge),
            as_of=picture.as_of,
            status=status,
            config=config.status,
        )
        for edge in edges.tolist()
    )
    return RoadsAhead(
        network=network,
        edges=edges,
        roads=roads,
        low_s=_filled(np.array([each.low_s for each in roads])),
        mid_s=_filled(np.array([each.mid_s for each in roads])),
        high_s=_filled(np.array([each.high_s for each in roads])),
        shut=announced_bars(picture, network, config),
    )


def _part(network: RoadNetwork, segments: Sequence[int]) -> RoadNetwork:
    """Network of some segments, in their order."""
    rows = np.asarray(segments, dtype=np.int64)
    ids = texts_at(network.segment_ids, segments)
    nodes, ends = np.unique([network.start[rows], network.end[rows]], return_inverse=True)
    ends = ends.reshape(2, -1)
    columns: dict[str, Any] = {
        name: texts_at(getattr(network, name), segments)
        for name in (
            *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
            *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
        )
    }
    for name in ("length_m", "length_low_m", "length_high_m"):
        columns[name] = getattr(network, name)[rows]
    traffic = network.traffic
    if traffic is not None:
        traffic = replace(
            traffic,
            names=texts_at(traffic.names, segments),
            forward=traffic.forward[rows],
            backward=traffic.backward[rows],
            duration_s=traffic.duration_s[rows],
            turns=None,
        )
    there = set(ids)
    return replace(
        network,
        node_ids=texts_at(network.node_ids, nodes.tolist()),
        node_names=texts_at(network.node_names, nodes.tolist()),
        lon=network.lon[nodes],
        lat=network.lat[nodes],
        segment_ids=ids,
        start=ends[0],
        end=ends[1],
        lines=tuple(network.lines[row] for row in segments),
        crossings=tuple(one for one in network.crossings if there & one.at_km.keys()),
        traffic=traffic,
        **columns,
    )


def _season_changes(network: RoadNetwork, first: date, days: int) -> Iterator[float]:
    """Midnights at which the season of a zone changes."""
    for zone in sorted(set(network.season_zone)):
        seasons = [
            season_of(to_datetime(midnight_s(first + timedelta(days=n))), season_zones()[zone])
            for n in range(days)
        ]
        for n in range(1, days):
            if seasons[n] != seasons[n - 1]:
                yield midnight_s(first + timedelta(days=n))


def _expiries(status: Iterable[RoadStatus], config: StatusConfig) -> Iterator[float]:
    """Moments at which a report may stop speaking, by either rule of staleness."""
    for report in status:
        for is_wet in (True, False):
            yield expiry(report, is_wet=is_wet, config=config).timestamp()


def _filled(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds with the longest of other times where a segment is closed; 0 where it is always closed."""
    known = np.where(np.isfinite(seconds), seconds, 0.0).max(axis=0)
    return np.where(np.isfinite(seconds), seconds, known)
