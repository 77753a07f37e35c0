"""The road between two places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from ascii_town import Road
from hypothesis import given, settings
from hypothesis import strategies as st
from towns import town as drawn

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.between import Chain, road_between
from cmcoord_geo.network.traffic import Traffic, everybody


def town(drawing: str, **more: Any) -> RoadNetwork:
    return drawn(drawing, road_class="primary", **more)


def between(network: RoadNetwork, start: str, end: str) -> list[list[str]]:
    found = road_between(network, network.node_index[start], network.node_index[end])
    return [[network.segment_ids[i] for i in chain.segments.tolist()] for chain in found.chains]


def test_a_chain_of_segments_joins_two_places() -> None:
    network = town("A--B--C")
    assert between(network, "A", "C") == [["A-B", "B-C"]]
    assert between(network, "C", "A") == [["B-C", "A-B"]]
    assert between(network, "A", "A") == []


def test_nothing_joins_islands() -> None:
    assert between(town("A--B C--D"), "A", "D") == []


def test_the_main_road_is_meant_also_where_a_track_is_shorter() -> None:
    drawing = "A---B\n|   |\nC---D"
    track = {"A-B": {"road_class": "track"}}
    assert between(town(drawing, roads=track), "A", "B") == [["A-C", "C-D", "B-D"]]
    assert between(town(drawing), "A", "B") == [["A-B"]]


def test_a_dual_carriageway_is_one_road() -> None:
    network = town("A----B", more=[Road("A", "B", 5000.0)])
    masks = np.array([everybody(), 0], dtype=np.uint8)
    network = replace(
        network,
        traffic=Traffic(
            names=("", ""), forward=masks, backward=masks[::-1], duration_s=np.full(2, np.nan)
        ),
    )
    out, back = road_between(network, 0, 1).chains
    assert [network.segment_ids[i] for i in (*out.segments, *back.segments)] == ["A-B", "A-B#2"]
    assert back.at(0.1) == (1, pytest.approx(0.1))


def test_another_road_that_runs_elsewhere_is_a_rival() -> None:
    """A ring has two sides: as long as each other, nobody can say which is meant."""
    ring = town("A---B\n|   |\n|   |\nC---D")
    start, end = ring.node_index["A"], ring.node_index["D"]
    assert road_between(ring, start, end).rival is not None
    longer = town("A---B\n|   |\n|   |\nC---D", roads={"C-D": {"road_class": "secondary"}})
    found = road_between(longer, start, end)
    assert found.rival is not None  # 5 % more is no clear choice
    clear = town("A---B\n|   |\n|   |\nC---D", roads={"C-D": {"road_class": "tertiary"}})
    assert road_between(clear, start, end).rival is None


def test_a_second_track_beside_the_road_is_no_rival() -> None:
    network = town("A----B", more=[Road("A", "B", 5000.0)])
    assert road_between(network, 0, 1).rival is None


def chain(*lengths_m: float, is_forward: tuple[bool, ...]) -> Chain:
    return Chain(
        segments=np.arange(len(lengths_m)),
        is_forward=np.array(is_forward),
        end_m=np.cumsum(lengths_m),
    )


def test_a_place_and_a_stretch_of_a_chain() -> None:
    made = chain(100.0, 300.0, is_forward=(True, False))
    assert made.at(0.125) == (0, pytest.approx(0.5))
    assert made.at(0.5) == (1, pytest.approx(2 / 3))
    assert made.stretch(0.125, 0.5) == (
        (0, pytest.approx(0.5), pytest.approx(1.0)),
        (1, pytest.approx(2 / 3), pytest.approx(1.0)),
    )
    assert made.stretch(0.5, 0.5) == ((1, pytest.approx(2 / 3), pytest.approx(2 / 3)),)


@given(
    rows=st.lists(st.tuples(st.floats(1, 5000), st.booleans()), min_size=1, max_size=6),
    bounds=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
@settings(deadline=None)
def test_the_parts_of_a_stretch_add_up(
    rows: list[tuple[float, bool]], bounds: tuple[float, float]
) -> None:
    made = chain(*(m for m, _ in rows), is_forward=tuple(f for _, f in rows))
    low, high = sorted(bounds)
    metres = sum((to - start) * rows[i][0] for i, start, to in made.stretch(low, high))
    assert metres == pytest.approx((high - low) * made.length_m, abs=1e-6 * made.length_m)


@given(seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=30)
def test_the_chain_is_the_cheapest_of_networkx(seed: int) -> None:
    rng = np.random.default_rng(seed)
    drawing = "A--B--C--D\n|  |  |  |\nE--F--G--H\n|  |  |  |\nI--J--K--L"
    plain = town(drawing)
    network = replace(plain, length_high_m=np.full(len(plain), 1e9), length_low_m=np.ones(len(plain)),
                      length_m=rng.uniform(100, 5000, len(plain)))  # fmt: skip
    graph = nx.Graph()
    for i in range(len(network)):
        graph.add_edge(int(network.start[i]), int(network.end[i]), weight=network.length_m[i])
    start, end = rng.choice(len(network.node_ids), 2, replace=False).tolist()
    found = road_between(network, start, end)
    assert found.chains[0].length_m == pytest.approx(nx.dijkstra_path_length(graph, start, end))
