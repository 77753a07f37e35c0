"""Parts of a network without a link to the rest of it, ferries counted as links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.bare_roads import names_of, ways_of
from cmcoord_geo.network.flaws import Flaw
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.parts import are_ferries, component_of
from cmcoord_geo.network.snap import RoadIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network.road_network import RoadNetwork

#: Segments of an island that are named as its own.
_MOST_SEGMENTS = 3


def islands(network: RoadNetwork, cut_nodes: Collection[str] = ()) -> tuple[Flaw, ...]:
    """
    Every part but the longest, each with its way to the nearest road of the longest part.

    Its point is that from which the rest of the network is nearest: there a link may be missing. The longest
    comes first, those last that the extract cuts: their link may lie outside.

    Parameters
    ----------
    network : RoadNetwork
    cut_nodes : collection of str
        Ids of nodes at which the extract was cut.
    """
    part_of = component_of(network)[network.start]
    total_m = np.bincount(part_of, weights=network.length_m)
    main = int(total_m.argmax())
    segments = np.flatnonzero(part_of != main)
    if not len(segments):
        return ()
    cut = [network.node_index[key] for key in cut_nodes if key in network.node_index]
    is_cut = np.isin(network.start, cut) | np.isin(network.end, cut)
    flaws = _each(network, segments, part_of, part_of == main, is_cut)
    return tuple(sorted(flaws, key=_by_weight))


def _by_weight(flaw: Flaw) -> tuple[bool, float, tuple[str, ...]]:
    return flaw.is_cut, -(flaw.length_m or 0.0), flaw.segment_ids


def _each(
    network: RoadNetwork,
    segments: NDArray[np.int64],
    part_of: NDArray[np.int64],
    is_main: NDArray[np.bool_],
    is_cut: NDArray[np.bool_],
) -> Iterator[Flaw]:
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    is_ferry = are_ferries(network)
    on_land = is_main & ~is_ferry
    index = RoadIndex(network, is_wanted=on_land if on_land.any() else is_main)
    nearest, spots, away_m = index.nearest_to(lines, segments)
    order = np.lexsort((segments, part_of[segments]))
    bounds = np.flatnonzero(np.diff(part_of[segments[order]], prepend=-1, append=-2))
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        rows = order[first:last]
        best = int(rows[away_m[rows].argmin()])
        own = segments[rows]
        by_length = own[np.argsort(-network.length_m[own], kind="stable")].tolist()
        other = int(nearest[best])
        yield Flaw(
            kind="island",
            lon=float(spots[best, 0]),
            lat=float(spots[best, 1]),
            length_m=float(network.length_m[own].sum()),
            roads=len(own),
            is_cut=bool(is_cut[own].any()),
            is_ferry=bool(is_ferry[own].all()),
            names=names_of(network, by_length),
            segment_ids=tuple(network.segment_ids[i] for i in by_length[:_MOST_SEGMENTS]),
            way_ids=ways_of(network, by_length[:_MOST_SEGMENTS]),
            away_m=float(away_m[best]),
            other_id=network.segment_ids[other],
            other_name=network.title(other),
        )
