"""Segments of one road in a row, whoever drives which way."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from coordination.wants import NETWORK
from towns import town, with_traffic

from cmcoord_geo.coordination.chains import chains, ends_of, is_one_road, runs
from cmcoord_geo.network.dual_roads import other_sides
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
    network = with_traffic(drawn, tuple(f"Rue {i}" for i in range(len(drawn))))
    index = network.segment_index
    whole = keys(network, range(len(network)))
    assert sorted(whole) == [["A-B", "B-C", "C-D"], ["C-E"]], "at C it goes straight on"
    one = keys(network, [index["A-B"], index["B-C"], index["C-D"]])
    assert one == [["A-B", "B-C", "C-D"]], "what nobody asks for is no fork"


def roads(network, segments, streets=()) -> list[tuple[list[str], list[str]]]:
    index = network.segment_index
    found = runs(network, segments, other_sides(network, segments), {index[key] for key in streets})
    return [
        ([network.segment_ids[i] for i in run.course], [network.segment_ids[i] for i in run.beside])
        for run in found
    ]


def one_way(drawing: str, back: str, **columns: str):
    """Surveyed town whose segments between these letters run backwards, one way; others both ways."""
    drawn = town(drawing, road_class="primary", **columns)
    every = np.full(len(drawn), everybody(), dtype=np.uint8)
    is_there = np.array([set(key) <= set("BCDE-") for key in drawn.segment_ids])
    is_back = np.array([set(key) <= {*back, "-"} for key in drawn.segment_ids])
    traffic = Traffic(
        names=("",) * len(drawn),
        forward=np.where(is_back, 0, every).astype(np.uint8),
        backward=np.where(is_there & ~is_back, 0, every).astype(np.uint8),
        duration_s=np.full(len(drawn), np.nan),
    )
    return replace(drawn, traffic=traffic)


def test_two_carriageways_and_the_road_on_both_ends_are_one_road() -> None:
    # B to E on the upper carriageway, back on the lower one by F and G
    far, gap = "-" * 14, " " * 15
    drawing = f"A{far}B--C--D--E{far}H\n{gap}|        |\n{gap}F--------G"
    network = one_way(drawing, "BFGE", cell_m=40.0, route_ref="RN2")
    ((course, beside),) = roads(network, range(len(network)))
    sides = [{"B-C", "C-D", "D-E"}, {"B-F", "F-G", "E-G"}]
    assert {course[0], course[-1]} == {"A-B", "E-H"}
    assert [set(course[1:-1]), set(beside)] in (sides, sides[::-1]), "the way back and its links"


def test_a_road_goes_through_a_village_and_ends_on_a_road() -> None:
    network = with_traffic(town("A--B--C--D", road_class="primary"))
    whole = [(["A-B", "B-C", "C-D"], [])]
    assert roads(network, range(3), streets=["B-C"]) == whole
    assert roads(network, range(3), streets=["C-D"]) == [(["A-B", "B-C"], [])]
    assert roads(network, range(3), streets=["A-B", "B-C", "C-D"]) == []


def test_a_town_is_no_village() -> None:
    network = with_traffic(town("A--B-----C--D", road_class="primary"))
    found = sorted(course for course, _ in roads(network, range(3), streets=["B-C"]))
    assert found == [["A-B"], ["C-D"]]


def test_a_short_road_at_a_longer_one_is_a_link_of_it() -> None:
    network = with_traffic(town("A--B--C\n   |   \n   D   ", cell_m=450.0, road_class="primary"))
    assert roads(network, range(3)) == [(["A-B", "B-C"], ["B-D"])]
