"""The road of a way id that no segment bears whole: of a way in pieces, or of a drawing that was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.between import Chain
from cmcoord_geo.network.matching import pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.network.road_network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WayRoad:
    """
    Segments of a way, end to end.

    Attributes
    ----------
    chain : Chain
    is_directed : bool
        The chain runs as the way is drawn. The start of a drawing that was left out is known to nobody.
    """

    chain: Chain
    is_directed: bool


def way_id(network: RoadNetwork, word: str) -> str:
    """Id as the network writes it: on a surveyed network a bare number is a way of OpenStreetMap."""
    return f"w{word}" if network.traffic is not None and word.isdigit() else word


def road_of_way(network: RoadNetwork, segment_id: str) -> WayRoad | None:
    """
    Road of a way; None where no segment is a piece of it, or its pieces are not one line.

    Parameters
    ----------
    network : RoadNetwork
    segment_id : str
        As :func:`.matching.pieces_of` reads it.
    """
    pieces = list(dict.fromkeys(pieces_of(network, segment_id)))
    arcs = _in_a_row(network, pieces)
    if not arcs:
        return None
    row = np.array(arcs, dtype=np.int64)
    chain = Chain(
        segments=row // 2, is_forward=row % 2 == 0, end_m=np.cumsum(network.length_m[row // 2])
    )
    own = all(
        network.segment_ids[i].startswith((f"{segment_id}.", f"{segment_id}/")) for i in pieces
    )
    return WayRoad(chain=chain, is_directed=own and bool(chain.is_forward.all()))


def _in_a_row(network: RoadNetwork, pieces: Sequence[int]) -> list[int]:
    """Arcs that pass each piece once, end to end, the first piece forward if that goes; none if none do."""
    ends = {i: (int(network.start[i]), int(network.end[i])) for i in pieces}
    nodes = [node for pair in ends.values() for node in pair]
    loose = [node for node in dict.fromkeys(nodes) if nodes.count(node) == 1]
    if len(loose) != 2:
        return []
    starts = {ends[i][0] for i in pieces}
    node = next((end for end in loose if end in starts), loose[0])
    arcs: list[int] = []
    left = list(pieces)
    while left:
        found = next((i for i in left if node in ends[i]), None)
        if found is None:
            return []
        left.remove(found)
        is_forward = ends[found][0] == node
        arcs.append(2 * found + (not is_forward))
        node = ends[found][int(is_forward)]
    return arcs
