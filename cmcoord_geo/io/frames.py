"""Road network as GeoDataFrames, for those who go on in geopandas or QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from cmcoord_geo.network import RoadNetwork

_NODE_COLUMNS = ("node_ids", "node_names", "lon", "lat")
_SEGMENT_COLUMNS = (
    *("segment_ids", "road_class", "route_ref", "surface", "season_zone"),
    *("length_m", "length_low_m", "length_high_m", "status_dry", "status_wet"),
    *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
)


def to_geodataframes(network: RoadNetwork) -> tuple[GeoDataFrame, GeoDataFrame]:
    """
    Nodes and segments as two GeoDataFrames in WGS84.

    Parameters
    ----------
    network : RoadNetwork

    Returns
    -------
    nodes : GeoDataFrame
        Indexed by junction id: ``node_name``, ``lon``, ``lat`` and a point.
    segments : GeoDataFrame
        Indexed by segment id: the columns of the network, ``start`` and ``end`` as junction ids,
        ``is_schematic``, and a line from start to end.
    """
    import geopandas as gpd
    from shapely import linestrings, points

    nodes = gpd.GeoDataFrame(
        {column.removesuffix("s"): list(getattr(network, column)) for column in _NODE_COLUMNS},
        geometry=points(network.lon, network.lat),
        crs="EPSG:4326",
    ).set_index("node_id")
    segments = gpd.GeoDataFrame(
        {
            **{
                name.removesuffix("_ids"): list(getattr(network, name)) for name in _SEGMENT_COLUMNS
            },
            "start": [network.node_ids[i] for i in network.start],
            "end": [network.node_ids[i] for i in network.end],
            "is_schematic": network.is_schematic,
        },
        geometry=[linestrings(line) for line in network.lines],
        crs="EPSG:4326",
    ).rename(columns={"segment": "segment_id"})
    return nodes, segments.set_index("segment_id")
