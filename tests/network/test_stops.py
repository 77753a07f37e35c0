"""Segments cut at stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.stops import Stop, with_stops
from cmcoord_geo.units import line_length_m


def stop(name: str, segment: int, fraction: float) -> Stop:
    return Stop(stop_id=name, name=name, segment=segment, fraction=fraction)


def test_a_stop_cuts_its_segment() -> None:
    network, nodes = with_stops(town("A----B----C"), [stop("X", 0, 0.4)])
    assert nodes == {"X": "X"}
    assert network.segment_ids == ("B-C", "A-B/1", "A-B/2")
    assert network.length_m[1:].tolist() == pytest.approx([2000, 3000])
    assert network.ends(1) == ("A", "X")
    assert network.ends(2) == ("X", "B")
    for line, length_m in zip(network.lines, network.length_m, strict=True):
        assert line_length_m(line) == pytest.approx(length_m, rel=0.01)


def test_every_line_still_runs_between_its_nodes() -> None:
    whole = town("A----B--C\n|    |\n|    |\nD    E")
    stops = [stop("X", 0, 0.4), stop("Y", 2, 0.7)]
    for packed in (whole, replace(whole, lines=Lines.of(whole.lines))):
        network, _ = with_stops(packed, stops)
        for i, line in enumerate(network.lines):
            ends = np.array([network.start[i], network.end[i]])
            assert line[[0, -1]] == pytest.approx(
                np.column_stack([network.lon[ends], network.lat[ends]])
            )


def test_a_stop_at_an_end_is_that_end() -> None:
    network, nodes = with_stops(town("A----B"), [stop("X", 0, 0.0), stop("Y", 0, 1.0)])
    assert network.node_ids == ("X", "Y")
    assert network.segment_ids == ("A-B",)
    assert nodes == {"X": "X", "Y": "Y"}


@pytest.mark.parametrize("fraction", [0.0, 0.5])
def test_a_place_that_moves_to_another_road_leaves_its_id_there(fraction: float) -> None:
    """A junction on a footway has the name of the place; the convoy stops on the street beside it."""
    network, nodes = with_stops(town("A----B----C"), [stop("C", 0, fraction)])
    assert nodes == {"C": "C"}
    assert network.node_ids.count("C") == 1
    assert "C~" in network.node_ids
    assert network.lon[network.node_index["C"]] < network.lon[network.node_index["C~"]]


def test_two_stops_at_one_spot_share_it() -> None:
    network, nodes = with_stops(town("A----B"), [stop("X", 0, 0.5), stop("Y", 0, 0.50001)])
    assert nodes == {"X": "X", "Y": "X"}
    assert len(network) == 2
    _, nodes = with_stops(town("A----B"), [stop("X", 0, 0.0), stop("Y", 0, 0.0)])
    assert nodes == {"X": "X", "Y": "X"}


def test_a_crossing_goes_where_it_lies() -> None:
    def crossing(at_km: float | None) -> Crossing:
        return Crossing(
            crossing_id="CR",
            kind="ferry",
            name=Said(fr="Bac", en="Ferry"),
            at_km={"A-B": at_km},
            capacity_t=None,
            default_state="unknown",
            confidence="low",
        )

    def cut(at_km: float | None) -> dict[str, float | None]:
        network, _ = with_stops(town("A----B", crossings=(crossing(at_km),)), [stop("X", 0, 0.4)])
        return dict(network.crossings[0].at_km)

    assert cut(1.0) == {"A-B/1": 1.0}
    assert cut(4.0) == {"A-B/2": pytest.approx(2.0)}
    assert cut(5.0) == {"A-B/2": pytest.approx(3.0)}
    assert cut(None) == {"A-B/1": None, "A-B/2": None}


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), max_size=8))
def test_no_length_is_lost(where: list[tuple[int, float]]) -> None:
    whole = town("A----B----C\n|    |\nD    E")
    stops = [stop(f"S{i}", segment, fraction) for i, (segment, fraction) in enumerate(where)]
    network, nodes = with_stops(whole, stops)
    assert network.length_m.sum() == pytest.approx(whole.length_m.sum())
    assert set(nodes) == {s.stop_id for s in stops}
    assert {network.node_index[node] for node in nodes.values()} <= set(range(len(network.lon)))
    assert np.isfinite(network.lon).all()
