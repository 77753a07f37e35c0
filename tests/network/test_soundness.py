"""What looks wrong on a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from osm_world import write_world
from towns import town

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.soundness import check_network, component_of


def told(network: object) -> str:
    return " ".join(finding.said.en for finding in check_network(network))


def test_an_island_is_told() -> None:
    network = town("A---B---A1\n\nC---D".replace("A1", "E"))
    assert len(set(component_of(network).tolist())) == 2
    assert "1 island(s)" in told(network)
    assert "island" not in told(town("A---B"))


def test_dead_ends_are_counted() -> None:
    assert "2 dead end(s)" in told(town("A---B"))
    assert "dead end" not in told(town("A--B\n|  |\nC--D"))


def test_a_missing_junction_is_told() -> None:
    """B ends a few metres from the road C-D and does not touch it."""
    network = town("A--B  C\n      |\n      D", cell_m=1000)
    lon = network.lon.copy()
    b = network.node_ids.index("B")
    c = network.node_ids.index("C")
    lon[b] = network.lon[c] - 5 / 111_000
    lat = network.lat.copy()
    lat[b] = (network.lat[c] + network.lat[network.node_ids.index("D")]) / 2
    lines = tuple(
        np.array([[lon[a], lat[a]], [lon[e], lat[e]]])
        for a, e in zip(network.start, network.end, strict=True)
    )
    near = replace(network, lon=lon, lat=lat, lines=lines)
    assert "1 end(s) of road within 10 m" in told(near)
    assert "within 10 m" not in told(network)


def test_unknown_surface_and_names_are_shares(tmp_path: Path) -> None:
    world = build_network(read_osm(write_world(tmp_path / "w.osm")), name="w", source="w").network
    assert "with unknown surface" in told(world)
    assert "without name or number" in told(world)
    assert "unknown surface" not in told(town("A---B"))
