"""To and from networkx, in the conventions of osmnx: nodes ``x`` and ``y``, edges ``length``, ``geometry``, ``osmid``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import CrsError, DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.road_network import RoadNetwork

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

#: Columns of a segment that travel as edge attributes of their own name.
_TEXTS = (
    *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)
_CRS = {"epsg:4326", "wgs84", "ogc:crs84"}


def to_networkx(network: RoadNetwork) -> nx.MultiDiGraph[str]:
    """
    Graph with an edge for each arc, as osmnx makes them.

    Returns
    -------
    networkx.MultiDiGraph
        ``graph["crs"]`` is ``epsg:4326``; nodes carry ``x``, ``y`` and ``name``; edges ``osmid`` (the
        segment id), ``length`` in metres, ``length_low``, ``length_high``, ``geometry`` (LineString along
        the arc), ``reversed`` and the columns of the segment.
    """
    import networkx as nx
    from shapely import LineString

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        crs="epsg:4326", name=network.name, is_schematic=network.is_schematic,
        source=network.source, licence=network.licence,
    )  # fmt: skip
    for node, name, lon, lat in zip(
        network.node_ids, network.node_names, network.lon, network.lat, strict=True
    ):
        graph.add_node(node, x=float(lon), y=float(lat), name=name)
    for i, segment_id in enumerate(network.segment_ids):
        a, b = network.node_ids[network.start[i]], network.node_ids[network.end[i]]
        shared = {
            "osmid": segment_id,
            "length": float(network.length_m[i]),
            "length_low": float(network.length_low_m[i]),
            "length_high": float(network.length_high_m[i]),
            "highway": network.road_class[i],
            "ref": network.route_ref[i],
            **{column: getattr(network, column)[i] for column in _TEXTS},
        }
        line = network.lines[i]
        graph.add_edge(a, b, geometry=LineString(line), reversed=False, **shared)
        graph.add_edge(b, a, geometry=LineString(line[::-1]), reversed=True, **shared)
    return graph


def from_networkx(graph: nx.MultiDiGraph[Any], *, crossings: tuple[Any, ...] = ()) -> RoadNetwork:
    """
    Network of a graph in the conventions of osmnx.

    Two opposite edges of one ``osmid`` and length become one segment. What the graph does not say stays
    unknown: a missing surface is ``unknown`` and never paved.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Unprojected (WGS84); nodes with ``x`` and ``y``, edges with ``length`` in metres.
    crossings : tuple of Crossing
        Crossings of the segments, which a graph does not carry.

    Raises
    ------
    CrsError
        The graph is projected or says no reference system.
    DataError
        A node has no coordinates, or an edge no length.
    """
    crs = str(graph.graph.get("crs", "")).casefold()
    if crs not in _CRS:
        raise problem(CrsError, "graph.crs", crs=crs or "–")
    nodes = list(graph.nodes(data=True))
    index = {node: i for i, (node, _) in enumerate(nodes)}
    if any("x" not in data or "y" not in data for _, data in nodes):
        raise problem(DataError, "graph.no_coordinates")
    pairs = _paired_edges(graph)
    lon = np.array([float(data["x"]) for _, data in nodes])
    lat = np.array([float(data["y"]) for _, data in nodes])
    start = np.array([index[u] for u, _, _ in pairs], dtype=np.int64)
    end = np.array([index[v] for _, v, _ in pairs], dtype=np.int64)
    edges = [data for _, _, data in pairs]
    lengths = np.array([float(data["length"]) for data in edges])

    def texts(column: str, default: str, *aliases: str) -> tuple[str, ...]:
        return tuple(_first(data, (column, *aliases), default) for data in edges)

    return RoadNetwork(
        node_ids=tuple(str(node) for node, _ in nodes),
        node_names=tuple(str(data.get("name", node)) for node, data in nodes),
        lon=lon,
        lat=lat,
        segment_ids=_unique_ids(edges),
        start=start,
        end=end,
        length_m=lengths,
        length_low_m=np.array([float(data.get("length_low", data["length"])) for data in edges]),
        length_high_m=np.array([float(data.get("length_high", data["length"])) for data in edges]),
        lines=tuple(
            _line(data, (lon[a], lat[a]), (lon[b], lat[b]))
            for a, b, data in zip(start, end, edges, strict=True)
        ),
        road_class=texts("road_class", "unknown", "highway"),
        route_ref=texts("route_ref", "", "ref"),
        surface=texts("surface", "unknown"),
        season_zone=texts("season_zone", "centre"),
        status_dry=texts("status_dry", "unknown"),
        status_wet=texts("status_wet", "unknown"),
        max_vehicle_dry=texts("max_vehicle_dry", "motorbike"),
        max_vehicle_wet=texts("max_vehicle_wet", "motorbike"),
        confidence=texts("confidence", "low"),
        note=texts("note", ""),
        crossings=crossings,
        is_schematic=bool(graph.graph.get("is_schematic", False)),
        name=str(graph.graph.get("name", "")),
        source=str(graph.graph.get("source", "")),
        licence=str(graph.graph.get("licence", "")),
    )


def _paired_edges(graph: nx.MultiDiGraph[Any]) -> list[tuple[Any, Any, Mapping[str, Any]]]:
    """Edges, with the opposite of one already seen left out."""
    seen: dict[tuple[str, Any, Any, float], int] = {}
    found: list[tuple[Any, Any, Mapping[str, Any]]] = []
    for u, v, data in graph.edges(data=True):
        if "length" not in data:
            raise problem(DataError, "graph.no_length", start=u, end=v)
        key = str(data.get("osmid", "")), u, v, float(data["length"])
        opposite = key[0], v, u, key[3]
        if seen.get(opposite, 0):
            seen[opposite] -= 1
            continue
        seen[key] = seen.get(key, 0) + 1
        found.append((u, v, data))
    return found


def _unique_ids(edges: list[Mapping[str, Any]]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    ids = []
    for data in edges:
        base = str(data.get("osmid", "segment"))
        counts[base] = counts.get(base, 0) + 1
        ids.append(base if counts[base] == 1 else f"{base}#{counts[base]}")
    return tuple(ids)


def _first(data: Mapping[str, Any], columns: tuple[str, ...], default: str) -> str:
    for column in columns:
        value = data.get(column)
        if isinstance(value, list):
            value = value[0] if value else None
        if value not in {None, ""}:
            return str(value)
    return default


def _line(
    data: Mapping[str, Any], a: tuple[float, float], b: tuple[float, float]
) -> np.ndarray[Any, Any]:
    geometry = data.get("geometry")
    if geometry is None:
        return np.array([a, b], dtype=float)
    return np.asarray(geometry.coords, dtype=float)[:, :2]
