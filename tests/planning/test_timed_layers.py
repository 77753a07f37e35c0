"""Layers of a movement: one for each part, banned turns in each, ways there and back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from planning.worlds import CONFIG, picture, request
from towns import town

from cmcoord_geo.model import ViaPoint
from cmcoord_geo.planning.situation import Situation, situation_of
from cmcoord_geo.planning.timed_layers import TimedLayers
from cmcoord_geo.planning.ways import Way
from cmcoord_geo.routing import distances

NETWORK = town("A-B-C\n  |\n  D")
AB, BC, BD = (NETWORK.segment_index[key] for key in ("A-B", "B-C", "B-D"))


def _situation(*via: str, to: str = "C", bans: tuple[tuple[int, ...], ...] = ()) -> Situation:
    asked = request("A", to, via=tuple(ViaPoint(place_id=key) for key in via))
    found = situation_of(picture(NETWORK), asked, CONFIG)
    return replace(found, passable=replace(found.passable, banned_turns=bans))


def _layers(situation: Situation) -> TimedLayers:
    segments = np.arange(len(NETWORK))
    return TimedLayers(situation, NETWORK, segments, np.ones(2 * len(NETWORK), dtype=bool))


def _hops(layers: TimedLayers) -> int:
    ones = np.ones(layers.graph.n_arcs, dtype=np.int64)
    return int(distances(layers.graph, ones, layers.ends[0])[layers.ends[1]])


@pytest.mark.parametrize(
    ("via", "to", "hops"),
    [((), "C", 2), (("D",), "C", 4), (("C", "D"), "B", 5), (("D",), "A", 4), (("B",), "C", 2)],
)
def test_the_places_asked_for_are_passed_in_order(via: tuple[str, ...], to: str, hops: int) -> None:
    assert _hops(_layers(_situation(*via, to=to))) == hops


@pytest.mark.parametrize(
    "way",
    [
        ((AB, True), (BD, True), (BD, False), (BC, True)),
        ((AB, True), (BC, True), (BC, False), (BD, True), (BD, False), (BC, True)),
    ],
)
def test_a_way_is_found_again_by_its_arcs(way: Way) -> None:
    layers = _layers(_situation("D"))
    arcs = np.flatnonzero(layers.is_on(way))
    assert len(arcs) == len(way)
    assert sorted(layers.way(arcs)) == sorted(way)
    node = layers.ends[0]
    for step in way:  # they follow one another from the origin to the end
        [arc] = [each for each in arcs if layers.graph.tail[each] == node and layers.way(
            np.array([each])) == (step,)]  # fmt: skip
        node = int(layers.graph.head[arc])
    assert node == layers.ends[1]


def test_parts_of_a_way_end_at_the_places_asked_for() -> None:
    layers, index = _layers(_situation("D")), NETWORK.node_index
    parts = list(layers.nodes(((AB, True), (BD, True), (BD, False), (BC, True))))
    assert parts == [tuple(index[key] for key in part) for part in ("ABD", "DBC")]


def test_banned_turns_hold_in_every_part() -> None:
    from_d = ((2 * BD + 1, 2 * BC),)
    assert _hops(_layers(_situation("D", bans=from_d))) == 6  # it turns at A
    assert _hops(_layers(_situation(bans=((2 * AB, 2 * BC),)))) == 4  # at D


def test_nodes_of_every_layer_and_copy_count_but_not_the_end() -> None:
    layers = _layers(_situation("D"))
    is_b = np.arange(len(NETWORK.node_ids)) == NETWORK.node_index["B"]
    assert len(layers.nodes_where(is_b)) == 2
    is_any = np.ones(len(NETWORK.node_ids), dtype=bool)
    assert layers.ends[1] not in layers.nodes_where(is_any)
