"""What looks wrong or missing on a network: islands, dead ends, missing junctions, names and surfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.i18n import Said, said
from cmcoord_geo.model import Finding
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: A dead end this near to a road without a junction is told.
NEAR_M = 10.0
_DEGREE_M = 111_195.0


def check_network(network: RoadNetwork) -> tuple[Finding, ...]:
    """Findings about a network, as warnings; an empty tuple where there is nothing to say."""
    return tuple(
        Finding(severity="warning", said=what) for check in _CHECKS for what in check(network)
    )


def component_of(
    network: RoadNetwork, *, is_wanted: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """
    Number of the connected part that each node lies in, whatever the direction of its roads.

    Parameters
    ----------
    network : RoadNetwork
    is_wanted : ndarray of bool, shape (m,), optional
        Segments that connect; all by default.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = len(network.node_ids)
    wanted = slice(None) if is_wanted is None else is_wanted
    start, end = network.start[wanted], network.end[wanted]
    graph = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _islands(network: RoadNetwork) -> Iterator[Said]:
    parts = component_of(network)[network.start]
    length_m = np.bincount(parts, weights=network.length_m)
    if len(length_m) > 1:
        km = (length_m.sum() - length_m.max()) / KM_M
        yield said("network_check.islands", count=int((length_m > 0).sum()) - 1, km=f"{km:.0f}")


def _degrees(network: RoadNetwork) -> NDArray[np.int64]:
    both = np.concatenate([network.start, network.end])
    return np.bincount(both, minlength=len(network.node_ids))


def _dead_ends(network: RoadNetwork) -> Iterator[Said]:
    count = int((_degrees(network) == 1).sum())
    if count:
        yield said("network_check.dead_ends", count=count)


def _near_misses(network: RoadNetwork) -> Iterator[Said]:
    """Dead ends close to a road that they do not touch."""
    ends = np.flatnonzero(_degrees(network) == 1)
    if not len(ends):
        return
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    shrink = (float(np.cos(np.radians(network.lat.mean()))), 1.0)
    owner = np.repeat(np.arange(len(lines)), np.diff(lines.first))
    tree = shapely.STRtree(np.asarray(shapely.linestrings(lines.points * shrink, indices=owner)))
    spots = shapely.points(np.column_stack([network.lon[ends], network.lat[ends]]) * shrink)
    end, segment = tree.query(spots, predicate="dwithin", distance=NEAR_M / _DEGREE_M)
    is_own = (network.start[segment] == ends[end]) | (network.end[segment] == ends[end])
    own = np.full(len(ends), -1)
    own[end[is_own]] = segment[is_own]
    # the road that a dead end leaves may itself come near through its other node: that is no miss
    neighbours = (network.start[segment], network.end[segment])
    other = np.where(network.start[own] == ends, network.end[own], network.start[own])
    touches = (neighbours[0] == other[end]) | (neighbours[1] == other[end])
    count = len(np.unique(end[~is_own & ~touches]))
    if count:
        yield said("network_check.near_misses", count=count, limit_m=f"{NEAR_M:.0f}")


def _nameless(network: RoadNetwork) -> Iterator[Said]:
    if network.traffic is None:
        return
    is_named = np.array(
        [bool(a or b) for a, b in zip(network.traffic.names, network.route_ref, strict=True)]
    )
    yield from _share("network_check.nameless", network, ~is_named)


def _unknown_surface(network: RoadNetwork) -> Iterator[Said]:
    is_unknown = np.array([word == "unknown" for word in network.surface])
    yield from _share("network_check.unknown_surface", network, is_unknown)


def _share(key: str, network: RoadNetwork, which: NDArray[np.bool_]) -> Iterator[Said]:
    if which.any():
        share = 100 * float(network.length_m[which].sum() / network.length_m.sum())
        yield said(key, share=f"{share:.0f}")


_CHECKS = (_islands, _near_misses, _dead_ends, _unknown_surface, _nameless)
