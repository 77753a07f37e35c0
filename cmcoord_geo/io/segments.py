"""Which segment a row speaks of: by its id, or by two places that exactly one road joins."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRef:
    """
    A segment as a row names it.

    Attributes
    ----------
    segment_id : str
    length_km, length_high_km : float
    is_flipped : bool
        The row counts its km from the end of the segment.
    """

    segment_id: str
    length_km: float
    length_high_km: float
    is_flipped: bool

    def fraction(self, km: float) -> float:
        """Place on the segment, 0 at its start and 1 at its end, of km that the row counts."""
        share = min(1.0, km / self.length_km)
        return 1.0 - share if self.is_flipped else share


def find_segment(row: Row, network: RoadNetwork) -> SegmentRef | None:
    """
    Segment of the columns ``segment_id``, ``from_place``, ``to_place``; None when a fault was noted.

    Between two roads that join the same places, or none, the tool never picks: the finding says what to do.
    """
    start, end = row.place("from_place"), row.place("to_place")
    segment_id = row.identifier("segment_id")
    if row.is_refused:
        return None
    if segment_id:
        return _by_id(row, network, segment_id, start, end)
    if not (start and end):
        row.refuse("io.segment.none", "segment_id")
        return None
    return _between(row, network, start, end)


def _by_id(
    row: Row, network: RoadNetwork, segment_id: str, start: str, end: str
) -> SegmentRef | None:
    index = network.segment_index.get(segment_id)
    if index is None:
        row.refuse("io.segment.unknown", "segment_id")
        return None
    first, last = _ends(network, index)
    if (start and start not in {first, last}) or (end and end not in {first, last} - {start}):
        row.refuse("io.segment.elsewhere", "segment_id", places=network.title(index))
        return None
    return _ref(network, index, is_flipped=start == last or end == first)


def _between(row: Row, network: RoadNetwork, start: str, end: str) -> SegmentRef | None:
    found = [index for index in range(len(network)) if set(_ends(network, index)) == {start, end}]
    if not found or start == end:
        row.refuse("io.segment.not_neighbours", "to_place")
        return None
    if len(found) > 1:
        ids = ", ".join(network.segment_ids[index] for index in found)
        row.refuse("io.segment.parallel", "segment_id", ids=ids)
        return None
    return _ref(network, found[0], is_flipped=start == _ends(network, found[0])[1])


def _ends(network: RoadNetwork, index: int) -> tuple[str, str]:
    return network.node_ids[int(network.start[index])], network.node_ids[int(network.end[index])]


def _ref(network: RoadNetwork, index: int, *, is_flipped: bool) -> SegmentRef:
    return SegmentRef(
        segment_id=network.segment_ids[index],
        length_km=network.length_km(index),
        length_high_km=float(network.length_high_m[index]) / 1000,
        is_flipped=is_flipped,
    )


def read_km(row: Row, column: str, segment: SegmentRef, default: float) -> float:
    """Km of a cell along a segment, the default where it is empty; beyond its longest estimate a fault."""
    km = row.number_or_nan(column)
    if math.isnan(km):
        return default
    if km > segment.length_high_km:
        row.refuse("io.segment.beyond", column, length_km=f"{segment.length_high_km:.0f}")
    return km
