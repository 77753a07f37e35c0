"""
A road network for other programs: GeoPackage for QGIS, GraphML for osmnx, GeoJSON.

A network is public data and no record of a movement, so it is written here, beside the reader of its file.
Each file carries the source and the licence of the network; it is written to a temporary name and renamed.
Who may drive stands in access tags of OpenStreetMap, so that what is built of it again is no more open.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import vehicles
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.i18n.numbers import said_km
from cmcoord_geo.io.graphml import write_graphml
from cmcoord_geo.io.public_files import geojson, target, write_geopackage, write_whole
from cmcoord_geo.network import to_networkx
from cmcoord_geo.network.osm.tables import tag_rules
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx
    from numpy.typing import NDArray

    from cmcoord_geo.network import RoadNetwork

SUFFIXES = (".gpkg", ".graphml", ".geojson")
_COLUMNS = (
    *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)
_WAY = re.compile(r"w(\d+)")


def export_network(
    network: RoadNetwork, path: str | Path, *, vehicle: str | None = None, is_forced: bool = False
) -> Path:
    """
    Write a network in the format that the name of the file says.

    Parameters
    ----------
    network : RoadNetwork
    path : str or Path
        ``.gpkg`` (layers segments, nodes, crossings), ``.graphml`` (directed arcs, as osmnx reads them) or
        ``.geojson`` (segments, RFC 7946).
    vehicle : str, optional
        Profile whose arcs GraphML holds; without it those that any vehicle may drive.
    is_forced : bool
        Whether a file that is already there may be replaced.

    Raises
    ------
    DataError
        The name says no format, the file is there already, there is no such vehicle, or the system refuses.
    """
    where = target(path, suffixes=SUFFIXES, is_forced=is_forced)
    if vehicle is not None and vehicle not in vehicles():
        raise problem(DataError, "vehicle.unknown", vehicle=vehicle, known=", ".join(vehicles()))
    return write_whole(where, lambda part: _write(network, part, vehicle))


def left_out(network: RoadNetwork, path: str | Path, *, vehicle: str | None = None) -> Said | None:
    """
    What an export does not hold: of GraphML the roads that are closed both ways; None where it holds all.

    Parameters
    ----------
    network : RoadNetwork
    path : str or Path
    vehicle : str, optional
        As it was exported for.
    """
    if Path(path).suffix.lower() != ".graphml":
        return None
    is_open = _open_arcs(network, vehicle)
    is_closed = ~(is_open[::2] | is_open[1::2])
    if not is_closed.any():
        return None
    km = float(network.length_m[is_closed].sum()) / KM_M
    who = vehicles()[vehicle].name if vehicle else said("network_export.anyone")
    return said("network_export.closed", count=int(is_closed.sum()), km=said_km(km), who=who)


def _write(network: RoadNetwork, part: Path, vehicle: str | None) -> None:
    match part.suffix.lower():
        case ".gpkg":
            _write_layers(network, part)
        case ".graphml":
            write_graphml(to_osmnx(network, vehicle=vehicle), part)
        case _:
            part.write_text(_geojson(network), encoding="utf-8", newline="\n")


def to_osmnx(network: RoadNetwork, *, vehicle: str | None = None) -> nx.MultiDiGraph[int]:
    """
    Graph of the arcs that a vehicle may drive, in the words of osmnx: ``osmid``, ``oneway``, ``reversed``.

    Parameters
    ----------
    network : RoadNetwork
    vehicle : str, optional
        Any vehicle by default.
    """
    graph = to_networkx(network)
    graph.graph.pop("crossings", None)
    is_open = _open_arcs(network, vehicle)
    is_oneway = (is_open != _other_way(is_open)).tolist()
    by_key = {_access_key(name): _words(network, name, is_oneway) for name in vehicles()}
    names = None if network.traffic is None else list(network.traffic.names)
    closed = []
    for start, end, key, data in graph.edges(keys=True, data=True):
        segment = int(data["position"])
        arc = 2 * segment + int(data["reversed"])
        if not is_open[arc]:
            closed.append((start, end, key))
        way = _WAY.match(str(data["osmid"]))
        data["segment_id"] = data["osmid"]
        data["osmid"] = int(way[1]) if way else segment
        data["oneway"] = is_oneway[arc]
        data |= {key: words[arc] for key, words in by_key.items()}
        if names is not None:
            data["name"] = names[segment]
    graph.remove_edges_from(closed)
    return graph


def _other_way(of_arcs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What the opposite of each arc has."""
    return of_arcs.reshape(-1, 2)[:, ::-1].ravel()


def _words(network: RoadNetwork, vehicle: str, is_oneway: list[bool]) -> list[str]:
    """Access of a vehicle to each arc: yes where it may drive along it and, unless one way, back."""
    is_open = _open_arcs(network, vehicle)
    is_yes = is_open & (_other_way(is_open) | np.array(is_oneway, dtype=bool))
    return list(map(_yes, is_yes.tolist()))


def _open_arcs(network: RoadNetwork, vehicle: str | None) -> NDArray[np.bool_]:
    if network.traffic is None:
        return np.ones(2 * len(network), dtype=bool)
    if vehicle is not None:
        return network.traffic.arcs_open([vehicles()[vehicle].rank])
    both = np.column_stack([network.traffic.forward, network.traffic.backward]).ravel()
    is_open: NDArray[np.bool_] = both != 0
    return is_open


def _rows(network: RoadNetwork) -> Iterator[dict[str, Any]]:
    """Columns of each segment."""
    by_key = {_access_key(name): _open_arcs(network, name) for name in vehicles()}
    for i, key in enumerate(network.segment_ids):
        row = {"segment_id": key, **{name: getattr(network, name)[i] for name in _COLUMNS}}
        row["name"] = "" if network.traffic is None else network.traffic.names[i]
        row["from_node"] = network.node_ids[int(network.start[i])]
        row["to_node"] = network.node_ids[int(network.end[i])]
        row["length_m"] = round(float(network.length_m[i]), 2)
        row["length_low_m"] = round(float(network.length_low_m[i]), 2)
        row["length_high_m"] = round(float(network.length_high_m[i]), 2)
        for name, is_open in by_key.items():
            row[f"{name}:forward"] = _yes(is_open[2 * i])
            row[f"{name}:backward"] = _yes(is_open[2 * i + 1])
        row["is_schematic"] = network.is_schematic
        yield row


def _access_key(vehicle: str) -> str:
    """Key that speaks of a vehicle before any other does."""
    return str(tag_rules()["keys"][vehicle][-1])


def _yes(is_open: object) -> str:
    return "yes" if is_open else "no"


def _about(network: RoadNetwork) -> Mapping[str, str]:
    return {"name": network.name, "source": network.source, "licence": network.licence}


def _geojson(network: RoadNetwork) -> str:
    rows = zip(_rows(network), network.lines, strict=True)
    return geojson(_about(network), ((row, "LineString", line) for row, line in rows))


def _write_layers(network: RoadNetwork, part: Path) -> None:
    import geopandas as gpd
    from shapely import linestrings, points

    segments = gpd.GeoDataFrame(
        list(_rows(network)),
        geometry=[linestrings(line) for line in network.lines],
        crs="EPSG:4326",
    )
    nodes = gpd.GeoDataFrame(
        {"node_id": list(network.node_ids), "name": list(network.node_names)},
        geometry=points(network.lon, network.lat),
        crs="EPSG:4326",
    )
    layers = {"segments": segments, "nodes": nodes}
    if network.crossings:
        rows = list(_crossing_rows(network))
        spots = [row.pop("lonlat") for row in rows]
        layers["crossings"] = gpd.GeoDataFrame(rows, geometry=points(spots), crs="EPSG:4326")
    write_geopackage(part, layers, _about(network))


def _crossing_rows(network: RoadNetwork) -> Iterator[dict[str, Any]]:
    """A row for each crossing, at its place on the first segment that uses it."""
    for crossing in network.crossings:
        key = next(key for key in crossing.at_km if key in network.segment_index)
        segment = network.segment_index[key]
        km = crossing.at_km[key]
        share = 0.5 if km is None else min(1.0, km / network.length_km(segment))
        line = network.lines[segment]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        at = share * along[-1]
        yield {
            "crossing_id": crossing.crossing_id,
            "kind": crossing.kind,
            "name_fr": crossing.name.fr,
            "name_en": crossing.name.en,
            "segment_ids": " ".join(crossing.at_km),
            "is_place_known": km is not None,
            "capacity_t": crossing.capacity_t,
            "default_state": crossing.default_state,
            "hours": crossing.hours,
            "lonlat": (np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])),
        }
