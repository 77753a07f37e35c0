"""Roads on which the ends of a movement are put."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.parts import are_ferries, component_of
from cmcoord_geo.network.snap import RoadIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.network.road_network import RoadNetwork
    from cmcoord_geo.network.snap import Foot
    from cmcoord_geo.network.whereabouts import Spot

#: Roads shorter than this in all, without a link to the rest, are a fragment.
FRAGMENT_M = 1_000.0
#: A fragment of road is passed over for another road that is not farther than this.
ROUND_M = 500.0
_FERRY = "ferry"


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """
    Roads on which ends are put.

    Attributes
    ----------
    network : RoadNetwork
    index : RoadIndex
        Of the roads that are open to the convoy, without ferries.
    is_open : ndarray of bool, shape (2 m,)
        Arcs on which the convoy may drive by the map.
    limit_m : float
        Farther from a road a point is refused.
    """

    network: RoadNetwork
    index: RoadIndex
    is_open: NDArray[np.bool_]
    limit_m: float

    @classmethod
    def of(cls, network: RoadNetwork, is_open: NDArray[np.bool_], *, limit_m: float) -> Self:
        """Ground of the roads open to a convoy; nobody starts in the middle of a ferry's way."""
        is_wanted = (is_open[::2] | is_open[1::2]) & ~are_ferries(network)
        index = RoadIndex(network, is_wanted=is_wanted)
        return cls(network=network, index=index, is_open=is_open, limit_m=limit_m)

    def feet(self, spot: Spot, within_m: float) -> tuple[Foot, ...]:
        """Roads around a spot, nearest first."""
        return self.index.feet(spot.lon, spot.lat, within_m=min(within_m, self.limit_m))

    def reaches(self, spot: Spot) -> bool:
        """Whether a road open to the convoy lies within the limit of a spot."""
        (away_m,) = self.index.snap(np.array([(spot.lon, spot.lat)])).away_m.tolist()
        return bool(away_m <= self.limit_m)

    def title(self, foot: Foot) -> Said:
        """Name of the road at a foot, else what kind of road it is."""
        return said_road(self.network.title(foot.segment))

    @cached_property
    def closed(self) -> RoadIndex:
        """Roads on which the convoy may not drive in either direction, without ferries."""
        is_shut = ~(self.is_open[::2] | self.is_open[1::2])
        return RoadIndex(self.network, is_wanted=is_shut & ~are_ferries(self.network))

    @cached_property
    def linked_m(self) -> NDArray[np.float64]:
        """Length in metres of all roads open to the convoy that link with each segment, itself among them."""
        is_wanted = self.is_open[::2] | self.is_open[1::2]
        part_of = component_of(self.network, is_wanted=is_wanted)[self.network.start]
        lengths_m = np.bincount(part_of, weights=self.network.length_m * is_wanted)
        return lengths_m[part_of].astype(np.float64)

    @cached_property
    def part_of(self) -> NDArray[np.int64]:
        """Part of the network in which each segment lies, roads that are closed to the convoy included."""
        return component_of(self.network)[self.network.start]

    @cached_property
    def part_m(self) -> NDArray[np.float64]:
        """Length in metres of each part."""
        return np.bincount(self.part_of, weights=self.network.length_m).astype(np.float64)

    def is_fragment(self, foot: Foot) -> bool:
        """Whether a foot lies on a fragment of road without a link."""
        return bool(self.linked_m[foot.segment] < FRAGMENT_M)
