"""
Areas to avoid on a network: which area touches which road, and by how much.

A closure closes; a cost never does: it is a preference of the search and mixes neither into driving time nor
into exposure (impassable, restricted and costly are three different things). What a plan says of an area
bears its mark alone: its name may tell of an incident or a source, and goes through the gate by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from cmcoord_geo.network.lines import Lines
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import AvoidArea
    from cmcoord_geo.network.road_network import RoadNetwork

#: A road that only grazes an area, by less than this, does not touch it.
GRAZE_M = 0.5
_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """
    One area on one segment.

    Attributes
    ----------
    area : AvoidArea
    mark : str
        Z1, Z2, ... by its place among the areas: how texts call it.
    segment : int
    inside_km : float
        Km of the segment that lie inside.
    """

    area: AvoidArea
    mark: str
    segment: int
    inside_km: float

    @property
    def added_s(self) -> float:
        """Seconds that the search adds for it."""
        return self.inside_km * self.area.min_per_km * _MINUTE_S


def touches_at(
    network: RoadNetwork, areas: Iterable[AvoidArea], *, at: datetime
) -> tuple[Touch, ...]:
    """
    Segments that areas in force at a moment touch, by segment and area.

    Parameters
    ----------
    network : RoadNetwork
        A schematic one is compared by its straight lines.
    areas : iterable of AvoidArea
    at : datetime
        Moment of the movement.
    """
    return _sorted_touches(network, [item for item in marked(areas) if item[1].is_live(at)])


def all_touches(network: RoadNetwork, areas: Iterable[AvoidArea]) -> tuple[Touch, ...]:
    """
    Segments that areas touch, whenever they are in force, by segment and area.

    Parameters
    ----------
    network : RoadNetwork
    areas : iterable of AvoidArea
    """
    return _sorted_touches(network, list(marked(areas)))


def marked(areas: Iterable[AvoidArea]) -> Iterator[tuple[str, AvoidArea]]:
    """Areas with their marks Z1, Z2, ..."""
    return ((f"Z{i}", area) for i, area in enumerate(areas, start=1))


def _sorted_touches(
    network: RoadNetwork, areas: Sequence[tuple[str, AvoidArea]]
) -> tuple[Touch, ...]:
    if not areas:
        return ()
    found = _touches(network, areas)
    return tuple(sorted(found, key=lambda touch: (touch.segment, touch.area.area_id)))


def _touches(network: RoadNetwork, areas: Iterable[tuple[str, AvoidArea]]) -> Iterator[Touch]:
    shrink = (float(np.cos(np.radians(network.lat.mean()))), 1.0)
    drawn, tree = _drawn(network, shrink)
    for mark, area in areas:
        shape = shapely.union_all(
            [
                shapely.Polygon(
                    np.array(rings[0]) * shrink, [np.array(ring) * shrink for ring in rings[1:]]
                )
                for rings in area.polygons
            ]
        )
        shapely.prepare(shape)
        near = np.sort(tree.query(shape, predicate="intersects"))
        share = np.ones(len(near))
        cut = ~shapely.covers(shape, drawn[near])  # most roads of a large area lie wholly inside
        parts = shapely.length(shapely.intersection(drawn[near[cut]], shape))
        share[cut] = parts / shapely.length(drawn[near[cut]])
        for segment, part in zip(near.tolist(), share.tolist(), strict=True):
            inside_m = part * float(network.length_m[segment])
            if inside_m >= GRAZE_M:
                yield Touch(area=area, mark=mark, segment=segment, inside_km=inside_m / KM_M)


@lru_cache(maxsize=1)
def _drawn(
    network: RoadNetwork, shrink: tuple[float, float]
) -> tuple[NDArray[np.object_], shapely.STRtree]:
    """Segments as shapes with their index: a week asks for the same ones for each movement."""
    lines = network.lines if isinstance(network.lines, Lines) else Lines.of(network.lines)
    owner = np.repeat(np.arange(len(lines)), np.diff(lines.first))
    drawn = np.asarray(shapely.linestrings(lines.points * shrink, indices=owner))
    return drawn, shapely.STRtree(drawn)


def added_seconds(network: RoadNetwork, touches: Iterable[Touch]) -> NDArray[np.float64]:
    """Seconds that the search adds on each segment, shape (m,)."""
    total = np.zeros(len(network))
    for touch in touches:
        total[touch.segment] += touch.added_s
    return total
