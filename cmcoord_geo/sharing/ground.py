"""What lies under the roads of a surveyed network, and which of its places and roads a product shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places, road_classes
from cmcoord_geo.sharing.views import GroundView, PlaceView
from cmcoord_geo.units import CAR_BOX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork

#: A network over so much of the country's box is shown on the whole country.
_COUNTRY_SHARE = 0.4
#: Rim around the roads, as a share of their extent and in degrees at least.
_RIM, _LEAST_RIM = 0.04, 0.005
#: A product shows lesser roads too while all together are no more than this.
_FEW_SEGMENTS = 2500
#: Named places of a network that a product shows, besides those of the gazetteer.
_MOST_PLACES = 150
#: Kinds of places of a map that are named first, and the level of a place that no shown road passes.
_TOWNS, _ELSEWHERE = frozenset({"city", "town"}), 2


def ground_view(network: RoadNetwork) -> GroundView | None:
    """Ground under a surveyed network: its own extent, on our base map where it lies in CAR; else None."""
    if network.traffic is None:
        return None
    west, south, east, north = _box(network)
    in_car = bool(
        west >= CAR_BOX[0] and south >= CAR_BOX[1] and east <= CAR_BOX[2] and north <= CAR_BOX[3]
    )
    is_country = in_car and east - west > _COUNTRY_SHARE * (CAR_BOX[2] - CAR_BOX[0])
    rim = max(_RIM * (east - west), _RIM * (north - south), _LEAST_RIM)
    extent = (west - rim, south - rim, east + rim, north + rim)
    return GroundView(extent=None if is_country else extent, has_base=in_car, name=network.name)


def _box(network: RoadNetwork) -> tuple[float, float, float, float]:
    """West, south, east and north of everything but ferries, which may lead abroad."""
    on_land = np.array([word != "ferry" for word in network.road_class])
    nodes = np.concatenate([network.start[on_land], network.end[on_land]])
    lon, lat = network.lon[nodes], network.lat[nodes]
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def shown_segments(network: RoadNetwork, wanted: Collection[str]) -> NDArray[np.int64]:
    """
    Segments that a product shows: all of a small network, else main roads and what is wanted besides.

    Classes are added from the largest down while there are few segments, so that a district shows its
    streets and a country its main roads.

    Parameters
    ----------
    network : RoadNetwork
    wanted : collection of str
        Ids that are shown whatever their class.
    """
    if network.traffic is None:
        return np.arange(len(network))
    classes = np.array(network.road_class)
    shown = np.isin(classes, [name for name, row in road_classes().items() if row.is_main])
    for name in road_classes():
        more = shown | (classes == name)
        if more.sum() > _FEW_SEGMENTS:
            break
        shown = more
    there = [network.segment_index[key] for key in wanted if key in network.segment_index]
    shown[there] = True
    return np.flatnonzero(shown)


def network_places(
    network: RoadNetwork, ends: Iterable[tuple[str, str]], used: Collection[str] = ()
) -> tuple[PlaceView, ...]:
    """
    Places of a surveyed network that the gazetteer does not know.

    Where it has more than a sheet can name, towns come first, then what lies on the roads that are used, and
    no village elsewhere.

    Parameters
    ----------
    network : RoadNetwork
    ends : iterable of (node id, name)
        Ends of the movements that the product shows, each with what a person calls it.
    used : collection of str
        Segments of the options and patrols that it shows.
    """
    named = dict(ends)
    own = [key for key in named if key in network.node_index and key not in places()]
    others = [
        key
        for key, name in zip(network.node_ids, network.node_names, strict=True)
        if name and key not in places() and key not in named
    ]
    road = _best_road(network)
    level = dict(zip(others, _levels(network, others, used), strict=True))
    if len(others) > _MOST_PLACES:
        others = [key for key in others if level[key] < _ELSEWHERE]
    others.sort(key=lambda key: (level[key], road[network.node_index[key]], key))
    return tuple(_place(network, key, named.get(key, "")) for key in (*own, *others[:_MOST_PLACES]))


def _levels(network: RoadNetwork, keys: Iterable[str], used: Collection[str]) -> Iterator[int]:
    """Of each node 0 for a town, 1 for another place on a road that is used, 2 for one elsewhere."""
    on_way = {
        int(end[network.segment_index[segment]])
        for segment in used
        if segment in network.segment_index
        for end in (network.start, network.end)
    }
    own = network.places
    towns = (
        set()
        if own is None
        else {name for name, kind in zip(own.names, own.kinds, strict=True) if kind in _TOWNS}
    )
    for key in keys:
        node = network.node_index[key]
        is_town = network.node_names[node] in towns
        yield 0 if is_town else 1 if node in on_way else _ELSEWHERE


def _best_road(network: RoadNetwork) -> NDArray[np.int64]:
    """Place of the largest road at each node in the table of classes."""
    order = {name: i for i, name in enumerate(road_classes())}
    rank = np.array([order.get(word, len(order)) for word in network.road_class])
    best = np.full(len(network.node_ids), len(order) + 1)
    np.minimum.at(best, network.start, rank)
    np.minimum.at(best, network.end, rank)
    return best


def _place(network: RoadNetwork, key: str, name: str) -> PlaceView:
    node = network.node_index[key]
    return PlaceView(
        place_id=key,
        name=name or network.node_names[node],
        alt_names=(),
        lon=float(network.lon[node]),
        lat=float(network.lat[node]),
        role="town",
        prefecture="",
        airstrip="",
    )
