"""Segments of one road in a row, whoever drives which way."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from coordination.wants import NETWORK
from towns import town

from cmcoord_geo.coordination.chains import chains, ends_of, is_one_road
from cmcoord_geo.network.traffic import Traffic, everybody


def keys(network, segments) -> list[list[str]]:
    return [[network.segment_ids[i] for i in chain] for chain in chains(network, segments)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_numbered_road_is_one_chain_and_another_is_not(order: tuple[int, ...]) -> None:
    assert sorted(keys(NETWORK, order)) == [["A-B", "B-C"], ["B-D"]]


def test_a_chain_has_two_ends() -> None:
    network = town("A--B--C--D", route_ref="RN1")
    (chain,) = chains(network, range(3))
    assert [network.node_ids[node] for node in ends_of(network, chain)] == ["A", "D"]
    assert [network.node_ids[node] for node in ends_of(network, chain[:1])] == ["A", "B"]


def test_a_ring_is_cut_and_every_segment_stands_once() -> None:
    network = town("A--B\n|  |\nC--D", route_ref="RN1")
    found = list(chains(network, range(len(network))))
    assert sorted(segment for chain in found for segment in chain) == list(range(len(network)))
    for chain in found:
        first, last = ends_of(network, chain)
        assert first != last


def test_only_a_number_joins_roads_of_the_bundled_network() -> None:
    index = NETWORK.segment_index
    assert is_one_road(NETWORK, index["A-B"], index["B-C"])
    assert not is_one_road(NETWORK, index["A-B"], index["B-D"])


def test_a_surveyed_road_leads_on_under_another_name_where_nothing_forks() -> None:
    drawn = town("A--B--C--D\n      |\n      E", road_class="primary")
    names = tuple(f"Rue {i}" for i in range(len(drawn)))
    every = np.full(len(drawn), everybody(), dtype=np.uint8)
    never = np.full(len(drawn), np.nan)
    traffic = Traffic(names=names, forward=every, backward=every, duration_s=never)
    network = replace(drawn, traffic=traffic)
    index = network.segment_index
    whole = keys(network, range(len(network)))
    assert ["A-B", "B-C"] in whole, "at C the road forks: nothing says which way it goes on"
    assert len(whole) == len(network) - 1
    one = keys(network, [index["A-B"], index["B-C"], index["C-D"]])
    assert one == [["A-B", "B-C", "C-D"]], "what nobody asks for is no fork"
