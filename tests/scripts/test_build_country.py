"""The made-up country of the benchmark: same seed, same bytes; towns that hang on few bridges."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import networkx as nx
import numpy as np
import pytest
import shapely

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.osm.build import build_network

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_country.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_country", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(
    script: ModuleType, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.osm", "b.osm", "c.osm")]
    for path, seed in zip(files, (3, 3, 4), strict=True):
        script.write_country(script.make_country(400, seed), path)
    first, again, other = (path.read_bytes() for path in files)
    assert first == again
    assert first != other
    assert b"EXERCISE" in first


def test_all_junctions_hang_together_and_rivers_are_crossed_on_bridges_only(
    script: ModuleType,
) -> None:
    country = script.make_country(600, 1)
    graph = nx.Graph(zip(country.start.tolist(), country.end.tolist(), strict=True))
    assert len(graph) == 600
    ends = np.stack([country.lonlat[country.start], country.lonlat[country.end]], axis=1)
    rivers = shapely.union_all([shapely.linestrings(river) for river in country.rivers])
    is_over = shapely.intersects(shapely.linestrings(ends), rivers)
    assert is_over.sum() > 0
    assert not (is_over & ~country.is_bridge).any()


def test_it_builds_with_its_bridges_and_main_roads(script: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "country.osm.pbf"
    country = script.make_country(600, 1)
    script.write_country(country, path)
    network = build_network(read_osm(path), name="country", source="country").network
    assert len(network) == len(country.start)
    assert sum(crossing.kind == "bridge" for crossing in network.crossings) == int(
        country.is_bridge.sum()
    )
    assert {"primary", "secondary", "track", "residential"} <= set(network.road_class)
