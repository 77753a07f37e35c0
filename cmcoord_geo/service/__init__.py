"""The front door: one function for each job a user has."""

from __future__ import annotations

from cmcoord_geo.io.graph_file import osmnx_way_tags
from cmcoord_geo.io.network_export import export_network, left_out
from cmcoord_geo.service.checks import check_folder
from cmcoord_geo.service.fetching import (
    AreaOffer,
    ExtractOffer,
    check_targets,
    fetch_network,
    offer_box,
    offer_extracts,
    offer_place,
)
from cmcoord_geo.service.networks import (
    LineFiles,
    build_from_graph,
    build_network_file,
    describe_network,
    load_network,
    network_json,
)
from cmcoord_geo.service.planning import plan_week, read_week
from cmcoord_geo.service.products import check_free, release_product, write_products
from cmcoord_geo.service.requests import Question, ask

__all__ = [
    "AreaOffer",
    "ExtractOffer",
    "LineFiles",
    "Question",
    "ask",
    "build_from_graph",
    "build_network_file",
    "check_folder",
    "check_free",
    "check_targets",
    "describe_network",
    "export_network",
    "fetch_network",
    "left_out",
    "load_network",
    "network_json",
    "offer_box",
    "offer_extracts",
    "offer_place",
    "osmnx_way_tags",
    "plan_week",
    "read_week",
    "release_product",
    "write_products",
]
