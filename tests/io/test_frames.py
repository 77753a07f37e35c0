"""GeoDataFrames of a network say what the network says."""

from __future__ import annotations

import pytest

from cmcoord_geo.io.frames import to_geodataframes
from cmcoord_geo.network import bundled_network


def test_frames_hold_every_node_and_segment() -> None:
    network = bundled_network()
    nodes, segments = to_geodataframes(network)
    assert list(nodes.index) == list(network.node_ids)
    assert list(segments.index) == list(network.segment_ids)
    assert str(nodes.crs) == str(segments.crs) == "EPSG:4326"
    assert segments.loc["L040", "start"] == "BGF"
    assert segments.loc["L040", "end"] == "DAM"
    assert segments["length_m"].sum() == pytest.approx(network.length_m.sum())
    assert segments["is_schematic"].all()


def test_lines_begin_and_end_at_their_junctions() -> None:
    network = bundled_network()
    nodes, segments = to_geodataframes(network)
    for row in segments.itertuples():
        first, last = row.geometry.coords[0], row.geometry.coords[-1]
        assert first == (nodes.loc[row.start].lon, nodes.loc[row.start].lat)
        assert last == (nodes.loc[row.end].lon, nodes.loc[row.end].lat)
