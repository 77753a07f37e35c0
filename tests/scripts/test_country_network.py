"""The made-up network of the benchmark of search: same seed, same arcs; chains, dead ends, few bridges."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import networkx as nx
import numpy as np
import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "country_network.py"
COLUMNS = ("tail", "head", "metres", "seconds", "exposure", "x", "y")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("country_network", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_same_seed_gives_the_same_arrays_and_another_does_not(script: ModuleType) -> None:
    first, again, other = (script.country_network(seed, nodes=2000) for seed in (3, 3, 4))
    for name in COLUMNS:
        assert getattr(first, name).tobytes() == getattr(again, name).tobytes(), name
        assert getattr(first, name).tobytes() != getattr(other, name).tobytes(), name


def test_it_has_about_the_size_that_is_asked_for_and_is_one_piece(script: ModuleType) -> None:
    country = script.country_network(1, nodes=6000)
    assert country.n_nodes == pytest.approx(6000, rel=0.02)
    assert len(country.tail) == pytest.approx(6000 * 58 / 24, rel=0.05)
    graph = nx.Graph(zip(country.tail.tolist(), country.head.tolist(), strict=True))
    assert len(graph) == country.n_nodes
    assert nx.is_connected(graph)


def test_both_directions_follow_one_another_and_cost_the_same(script: ModuleType) -> None:
    country = script.country_network(2, nodes=2000)
    assert (country.tail[::2] == country.head[1::2]).all()
    assert (country.head[::2] == country.tail[1::2]).all()
    for name in COLUMNS[2:5]:
        cost = getattr(country, name)
        assert cost.dtype == np.int64
        assert (cost[::2] == cost[1::2]).all()
        assert cost.min() >= (name != "exposure")


def test_it_is_road_like(script: ModuleType) -> None:
    """Half of the nodes lie along roads; costs disagree; no arc is shorter than its ends are apart."""
    country = script.country_network(1, nodes=6000)
    ways = np.bincount(country.tail, minlength=country.n_nodes)
    assert (ways == 2).mean() > 0.5
    assert (ways == 1).any()
    straight = np.hypot(
        country.x[country.tail] - country.x[country.head],
        country.y[country.tail] - country.y[country.head],
    )
    assert np.abs(country.metres - straight).max() <= 1
    ratio = country.exposure / country.seconds
    assert np.quantile(ratio, 0.99) > 5 * np.quantile(ratio, 0.2)
