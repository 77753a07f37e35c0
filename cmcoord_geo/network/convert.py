"""
To and from networkx in the conventions of osmnx.

Nodes carry ``x`` and ``y``, edges ``length`` in metres, ``geometry`` and ``osmid``.
"""

from __future__ import annotations

import math
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import CrsError, DataError
from cmcoord_geo.facts import SURFACES
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.network.road_network import RoadNetwork

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    import networkx as nx
    from numpy.typing import NDArray
    from shapely import LineString

    from cmcoord_geo.facts import Crossing

#: Columns of a segment that travel as edge attributes of their own name.
_TEXTS = (
    *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)


def to_networkx(network: RoadNetwork) -> nx.MultiDiGraph[int]:
    """
    Graph with an edge for each arc, as osmnx makes them.

    Returns
    -------
    networkx.MultiDiGraph
        ``graph["crs"]`` is ``epsg:4326``; nodes are whole numbers, as osmnx wants them (their place
        in the network), with ``x``, ``y``, ``node_id`` and ``name``; edges carry ``osmid`` (the segment id),
        ``length`` in metres, ``length_low``, ``length_high``, ``geometry`` (LineString along the arc),
        ``reversed`` and the columns of the segment. ``position`` restores the order, and the crossings
        travel as ``graph["crossings"]``.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(
        crs="epsg:4326",
        name=network.name,
        is_schematic=network.is_schematic,
        source=network.source,
        licence=network.licence,
        crossings=network.crossings,
    )
    ids, names = list(network.node_ids), list(network.node_names)
    places = zip(ids, names, network.lon.tolist(), network.lat.tolist(), strict=True)
    for i, (node, name, lon, lat) in enumerate(places):
        graph.add_node(i, x=lon, y=lat, node_id=node, name=name, position=i)
    ends = zip(network.start.tolist(), network.end.tolist(), strict=True)
    for (start, end), (along, back), shared in zip(
        ends, _shapes(list(network.lines)), _edge_data(network), strict=True
    ):
        graph.add_edge(start, end, geometry=along, reversed=False, **shared)
        graph.add_edge(end, start, geometry=back, reversed=True, **shared)
    return graph


def _shapes(lines: Sequence[NDArray[np.float64]]) -> Iterator[tuple[LineString, LineString]]:
    """Line of each segment, and the same line from its end."""
    import shapely

    of_line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    points = np.concatenate([np.zeros((0, 2)), *lines])
    along = np.asarray(shapely.linestrings(points, indices=of_line))
    yield from zip(along.tolist(), shapely.reverse(along).tolist(), strict=True)


def _edge_data(network: RoadNetwork) -> Iterator[dict[str, Any]]:
    """What both arcs of each segment share."""
    columns: dict[str, Sequence[Any]] = {
        "osmid": list(network.segment_ids),
        "position": range(len(network)),
        "length": network.length_m.tolist(),
        "length_low": network.length_low_m.tolist(),
        "length_high": network.length_high_m.tolist(),
        "highway": list(network.road_class),
        "ref": list(network.route_ref),
        **{column: list(getattr(network, column)) for column in _TEXTS},
    }
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def from_networkx(
    graph: nx.MultiDiGraph[Any], *, crossings: tuple[Crossing, ...] | None = None
) -> RoadNetwork:
    """
    Network of a graph that :func:`to_networkx` made, or of one that says little.

    It keeps geometry, lengths, classes and numbers of roads and our own columns, nothing else. Tags of
    OpenStreetMap are **not** read: access, one-way roads, limits and surfaces of a graph that osmnx made are
    lost here, and it knows no traffic. :func:`cmcoord_geo.service.build_from_graph` reads them.

    Two opposite edges of one ``osmid`` and length become one segment; an edge without its opposite becomes
    a segment as well, for segments run both ways. What the graph does not say stays unknown: a missing or
    foreign surface is ``unknown`` and never paved, its defaults let nothing but a motorbike through, and
    the season zone is that of the nearest place of the gazetteer.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Unprojected (WGS84); nodes with ``x`` and ``y``, edges with ``length`` in metres.
    crossings : tuple of Crossing, optional
        Crossings of the segments; by default those that :func:`to_networkx` put on the graph.

    Raises
    ------
    CrsError
        The graph is projected or says no reference system.
    DataError
        A node has no coordinates, an edge no length, or the network would not be usable.
    """
    check_wgs84(graph.graph.get("crs"))
    nodes = dict(sorted(graph.nodes(data=True), key=lambda node: _position(node[1])))
    if any("x" not in data or "y" not in data for data in nodes.values()):
        raise problem(DataError, "graph.no_coordinates")
    index = {node: i for i, node in enumerate(nodes)}
    lonlat = np.array([(data["x"], data["y"]) for data in nodes.values()], float).reshape(-1, 2)
    found = _segments(graph)
    edges = [data for _, _, data in found]
    start = np.array([index[u] for u, _, _ in found], dtype=np.int64)
    end = np.array([index[v] for _, v, _ in found], dtype=np.int64)
    length_m = np.array([data["length"] for data in edges], dtype=float)
    middles = (lonlat[start] + lonlat[end]) / 2

    def texts(column: str, default: str | Sequence[str], *aliases: str) -> tuple[str, ...]:
        defaults = [default] * len(edges) if isinstance(default, str) else default
        names = (column, *aliases)
        return tuple(_text(data, names) or own for data, own in zip(edges, defaults, strict=True))

    return RoadNetwork(
        node_ids=tuple(str(data.get("node_id", node)) for node, data in nodes.items()),
        node_names=tuple(str(data.get("name", node)) for node, data in nodes.items()),
        lon=lonlat[:, 0],
        lat=lonlat[:, 1],
        segment_ids=_unique_ids(edges),
        start=start,
        end=end,
        length_m=length_m,
        length_low_m=_metres(edges, "length_low", length_m),
        length_high_m=_metres(edges, "length_high", length_m),
        lines=tuple(
            _line(data, lonlat[[a, b]]) for a, b, data in zip(start, end, edges, strict=True)
        ),
        road_class=texts("road_class", "unknown", "highway"),
        route_ref=texts("route_ref", "", "ref"),
        surface=tuple(
            word if word in SURFACES else "unknown" for word in texts("surface", "unknown")
        ),
        season_zone=texts("season_zone", [place.season_zone for place in nearest_places(middles)]),
        status_dry=texts("status_dry", "unknown"),
        status_wet=texts("status_wet", "unknown"),
        max_vehicle_dry=texts("max_vehicle_dry", "motorbike"),
        max_vehicle_wet=texts("max_vehicle_wet", "motorbike"),
        confidence=texts("confidence", "low"),
        note=texts("note", ""),
        crossings=graph.graph.get("crossings", ()) if crossings is None else crossings,
        is_schematic=bool(graph.graph.get("is_schematic", False)),
        name=str(graph.graph.get("name", "")),
        source=str(graph.graph.get("source", "")),
        licence=str(graph.graph.get("licence", "")),
    )


def check_wgs84(crs: object) -> None:
    """
    Refuse anything but longitude and latitude on WGS84.

    Raises
    ------
    CrsError
        The reference system of a graph is another, or none.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        is_wgs84 = CRS.from_user_input(crs).equals("epsg:4326", ignore_axis_order=True)
    except CRSError:
        is_wgs84 = False
    if not is_wgs84:
        raise problem(CrsError, "graph.crs", crs=crs or "–")


_Edge = tuple["Hashable", "Hashable", "Mapping[str, Any]"]


def _segments(graph: nx.MultiDiGraph[Any]) -> list[_Edge]:
    """
    Edges that make a segment each, the opposite of one left out, in the order of the network they came from.

    Of two opposite edges the one that runs as its segment was drawn (``reversed`` is False) is kept.
    """
    alone: dict[Hashable, list[int]] = {}
    kept: list[_Edge] = []
    for u, v, data in graph.edges(data=True):
        what = _identity(data, u, v)
        waiting = alone.get((v, u, what))
        if not waiting:
            alone.setdefault((u, v, what), []).append(len(kept))
            kept.append((u, v, data))
            continue
        first = waiting.pop()
        if kept[first][2].get("reversed") is True and data.get("reversed") is False:
            kept[first] = u, v, data
    return sorted(kept, key=lambda edge: _position(edge[2]))


def _position(data: Mapping[str, Any]) -> float:
    """Place in the network that a node or edge came from; last where it came from none."""
    position = float(data.get("position", math.inf))
    return math.inf if math.isnan(position) else position


def _identity(data: Mapping[str, Any], u: Hashable, v: Hashable) -> Hashable:
    """What two opposite edges of one road have in common: their ways, and their length to 1 cm."""
    try:
        length_m = float(data["length"])
    except (KeyError, TypeError, ValueError) as error:
        raise problem(DataError, "graph.no_length", start=u, end=v) from error
    return frozenset(map(str, _several(data.get("osmid")))), round(length_m, 2)


def _unique_ids(edges: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Segment ids: the ``osmid``, numbered from the second time on."""
    taken: dict[str, None] = {}
    for data in edges:
        base = "-".join(map(str, _several(data.get("osmid")))) or "segment"
        names = chain([base], (f"{base}#{n}" for n in count(2)))
        taken[next(name for name in names if name not in taken)] = None
    return tuple(taken)


def _several(value: object) -> list[object]:
    """Value of an attribute as a list: osmnx joins the values of roads that it joins."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def _text(data: Mapping[str, Any], columns: Sequence[str]) -> str:
    """First text of the first of these attributes that has one; tables leave NaN where none is."""
    for column in columns:
        for value in _several(data.get(column)):
            if isinstance(value, str) and value:
                return value
    return ""


def _metres(
    edges: Sequence[Mapping[str, Any]], column: str, default_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Column of lengths, with a default where an edge says none."""
    given = np.array([data.get(column, np.nan) for data in edges], dtype=float)
    return np.where(np.isnan(given), default_m, given)


def _line(data: Mapping[str, Any], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of an edge's geometry, or the straight line between its ends."""
    points: Any = getattr(data.get("geometry"), "coords", ends)  # a table leaves NaN where none is
    return np.asarray(points, dtype=np.float64)[:, :2]
