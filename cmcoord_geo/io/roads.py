"""Which stretch of road a row speaks of on a surveyed network: a segment, or the chain between two places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.facts import road_classes
from cmcoord_geo.i18n import join
from cmcoord_geo.i18n.numbers import said_decimal
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.network.between import road_between, roads_of, turned
from cmcoord_geo.network.way_ids import road_of_way, way_id
from cmcoord_geo.units import KM_M, geodesic_m

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.io.row import Row
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.network.between import Chain

#: A place this near to the end of a road, as a share of its length, is the place where it ends.
_NEAR = 0.05
_KM_COLUMNS = ("km_from", "km_to", "at_km")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRef:
    """
    A road as a row names it.

    Attributes
    ----------
    network : RoadNetwork
    chains : tuple of Chain
        One; two where the way back has a carriageway of its own. Km count from the place named first.
    """

    network: RoadNetwork
    chains: tuple[Chain, ...]

    @property
    def length_km(self) -> float:
        """Length of the road, of the longer carriageway."""
        return max(chain.length_m for chain in self.chains) / KM_M

    def stretches(self, from_km: float, to_km: float) -> tuple[tuple[str, float, float], ...]:
        """Segment id and two fractions along it of every part between two km, both carriageways."""
        low, high = from_km / self.length_km, to_km / self.length_km
        return tuple(
            dict.fromkeys(
                (self.network.segment_ids[segment], start, end)
                for chain in self.chains
                for segment, start, end in chain.stretch(low, high)
            )
        )


def find_road(row: Row, network: RoadNetwork) -> RoadRef | None:
    """
    Road of the columns ``segment_id``, ``from_place``, ``to_place``; None when a fault was noted.

    Between two places it is the road that a person means; where two roads could be meant the tool never
    picks, and the finding names the other one.
    """
    ends = [row.place_on(network, column) for column in ("from_place", "to_place")]
    segment_id = way_id(network, row.identifier("segment_id"))
    if row.is_refused:
        return None
    if segment_id:
        return _by_id(row, network, segment_id, ends)
    if not all(ends):
        row.refuse("io.segment.none", "segment_id")
        return None
    return _between(row, network, ends)


def _by_id(row: Row, network: RoadNetwork, segment_id: str, ends: list[str]) -> RoadRef | None:
    chains = roads_of(network, segment_id)
    way = None if chains else road_of_way(network, segment_id)
    if way is not None:
        chains = (way.chain,)
    if not chains:
        row.refuse("io.segment.unknown_here", "segment_id")
        return None
    has_km = any(row.cell(column) for column in _KM_COLUMNS)
    if way is not None and not way.is_directed and has_km and not any(ends):
        row.refuse("io.segment.no_start", "from_place", ids=_ids(network, way.chain))
        return None
    ends_of = [_end_near(network, chains[0], key) for key in ends]
    start, end = ends_of
    is_wrong = any(key and found is None for key, found in zip(ends, ends_of, strict=True))
    if is_wrong or (start is not None and start == end):
        places = "–".join(network.node_ids[node] for node in chains[0].ends(network))
        row.refuse("io.segment.elsewhere", "segment_id", places=places)
        return None
    if start == _LAST or end == _FIRST:
        chains = tuple(turned(network, chain) for chain in chains)
    return RoadRef(network=network, chains=chains)


def _ids(network: RoadNetwork, chain: Chain) -> str:
    return ", ".join(network.segment_ids[i] for i in chain.segments.tolist())


_FIRST, _LAST = 0, 1


def _end_near(network: RoadNetwork, chain: Chain, place: str) -> int | None:
    """End of a road at which a place lies, of a long road also near by; None where it lies at neither."""
    if not place:
        return None
    node, nodes = network.node_index[place], chain.ends(network)
    if node in nodes:
        return nodes.index(node)
    away_m = [
        float(
            geodesic_m(*(column[i] for i in (node, end) for column in (network.lon, network.lat)))[
                0
            ]
        )
        for end in nodes
    ]
    nearest = min(away_m)
    return away_m.index(nearest) if nearest <= _NEAR * chain.length_m else None


def _between(row: Row, network: RoadNetwork, ends: list[str]) -> RoadRef | None:
    start, end = (network.node_index[key] for key in ends)
    found = road_between(network, start, end)
    if not found.chains:
        row.refuse("io.road.none", "to_place")
        return None
    road = RoadRef(network=network, chains=found.chains)
    if found.rival is not None:
        row.refuse(
            "io.road.rival",
            "to_place",
            km=f"{road.length_km:.0f}",
            other_km=f"{found.rival.length_m / KM_M:.0f}",
            other=_name(network, found.rival),
        )
        return None
    row.warn(
        "io.road.taken",
        "to_place",
        road=_name(network, found.chains[0]),
        km=said_decimal(road.length_km),
    )
    return road


def _name(network: RoadNetwork, chain: Chain) -> Said:
    """Names of the longest roads of a chain in its order, those without a name told once."""
    lengths: dict[str, float] = {}
    for segment in chain.segments.tolist():
        title = network.title(segment)
        lengths[title] = lengths.get(title, 0.0) + float(network.length_m[segment])
    in_rank = sorted(lengths, key=lambda title: -lengths[title])
    nameless = [title for title in in_rank if title in road_classes()]
    longest = [title for title in in_rank if title not in nameless[1:]][:3]
    return join([said_road(title) for title in lengths if title in longest])
