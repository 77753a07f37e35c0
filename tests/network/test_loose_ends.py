"""Dead ends, and those that come near to another road: what counts and what does not."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flaw_world import GOOD, SPOTS, build_flaws_world
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.loose_ends import NEAR_M, dead_ends, near_misses, run_m
from cmcoord_geo.network.parts import degrees

FERRY = {"route": "ferry", "name": "Bac d’essai", "motor_vehicle": "yes"}


def misses(tmp_path: Path, **what: object) -> list[tuple[str, str]]:
    """Node and other road of each near miss."""
    built = build_flaws_world(tmp_path / "w.osm", **what)
    network = built.network
    found = near_misses(network, dead_ends(network, built.cut_nodes))
    return [(network.node_ids[one.node], network.segment_ids[one.segment]) for one in found]


def test_an_end_beside_a_road_is_told_with_that_road(tmp_path: Path) -> None:
    assert misses(tmp_path) == [("n6", "w11")]


@pytest.mark.parametrize(("gap_m", "count"), [(9.9, 1), (10.1, 0)])
def test_the_limit_is_in_metres(gap_m: float, count: int, tmp_path: Path) -> None:
    assert len(misses(tmp_path, spots={6: (2000.0 - gap_m, 1500.0)})) == count


def test_the_limit_holds_far_from_the_middle_of_a_network() -> None:
    """A network from the equator to 60 degrees north: a degree of longitude is half as long there."""
    network = town("A--B\n|  |\nC--D")
    assert near_misses(network, dead_ends(network)) == ()
    for lat in (0.0, 60.0):
        wide = _cross_at(lat, gap_m=9.5)
        assert len(near_misses(wide, dead_ends(wide))) == 1
        assert near_misses(*_with_ends(_cross_at(lat, gap_m=10.5))) == ()


def _with_ends(network: RoadNetwork) -> tuple[RoadNetwork, NDArray[np.int64]]:
    return network, dead_ends(network)


def _cross_at(lat: float, gap_m: float) -> RoadNetwork:
    """A road C-D along a meridian, the end B of a road A-B before it, and E-F far away north or south."""
    network = town("A--B C\n\n     D\nE----F")
    scale = (
        111_319.49
        * np.cos(np.radians(lat))
        / np.sqrt(1 - 0.00669438 * np.sin(np.radians(lat)) ** 2)
    )
    spots = {
        "A": (20.0, lat),
        "B": (20.01, lat),
        "C": (20.01 + gap_m / scale, lat - 0.01),
        "D": (20.01 + gap_m / scale, lat + 0.01),
        "E": (20.0, 60.0 - lat),
        "F": (20.01, 60.0 - lat),
    }
    lon = np.array([spots[key][0] for key in network.node_ids])
    lats = np.array([spots[key][1] for key in network.node_ids])
    start = np.array([network.node_index[key] for key in "ACE"])
    end = np.array([network.node_index[key] for key in "BDF"])
    lines = tuple(
        np.array([[lon[a], lats[a]], [lon[b], lats[b]]]) for a, b in zip(start, end, strict=True)
    )
    columns = {
        key: getattr(network, key)[:1] * 3
        for key in (
            *("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet"),
            *("max_vehicle_dry", "max_vehicle_wet", "confidence", "note"),
        )
    }
    length_m = np.full(3, 1000.0)
    return replace(
        network,
        lon=lon,
        lat=lats,
        start=start,
        end=end,
        lines=lines,
        segment_ids=("A-B", "C-D", "E-F"),
        length_m=length_m,
        length_low_m=length_m,
        length_high_m=length_m,
        **columns,
    )


def test_an_end_where_a_ferry_lands_is_none(tmp_path: Path) -> None:
    assert misses(tmp_path, ways={70: ([6, 2], FERRY)}) == []


def test_the_way_of_a_ferry_is_no_road_to_join(tmp_path: Path) -> None:
    """The ferry passes 5 m before the end of 3-5, and lands elsewhere."""
    spots = {8: (2605.0, 1000.0), 9: (2605.0, 3000.0)}
    ways = {70: ([8, 9], FERRY), 71: ([2, 8], GOOD), 72: ([4, 9], GOOD)}
    assert misses(tmp_path, spots=spots, ways=ways) == [("n6", "w11")]


def test_a_ferry_that_misses_its_landing_is_told_once(tmp_path: Path) -> None:
    """Ferry and road end 5 m from each other: one gap, told from the ferry."""
    spots = {8: (2605.0, 2000.0)}
    found = misses(tmp_path, spots=spots, ways={70: ([8, 2], FERRY)})
    assert found == [("n6", "w11"), ("n8", "w31")]


def test_two_ends_that_face_each_other_are_one_gap(tmp_path: Path) -> None:
    spots = {8: (2605.0, 2000.0), 9: (3000.0, 2400.0)}
    found = misses(tmp_path, spots=spots, ways={70: ([8, 9], GOOD), 71: ([9, 2], GOOD)})
    assert found == [("n5", "w70"), ("n6", "w11")]


def test_a_spur_beside_its_own_road_misses_nothing(tmp_path: Path) -> None:
    """8 m off the road, which another junction cuts right there: the next piece is near too."""
    spots = {8: (1000.0, 0.0), 9: (1003.0, 8.0), 14: (1005.0, 0.0), 15: (1005.0, -200.0)}
    ways = {
        10: ([1, 8, 14, 2], GOOD),
        70: ([8, 9], GOOD),
        71: ([14, 15, 7], GOOD),
        60: ([1, 7, 2], GOOD),
    }
    assert misses(tmp_path, spots=spots, ways=ways) == [("n6", "w11")]


def test_nothing_joins_a_bridge_in_its_middle(tmp_path: Path) -> None:
    bridge = {**GOOD, "bridge": "yes", "layer": "1"}
    assert misses(tmp_path, ways={11: ([2, 3], bridge)}) == []


def test_both_carriageways_of_a_road_that_is_cut_miss_nothing(tmp_path: Path) -> None:
    """Both end side by side: the extract ends there, though no file says so."""
    spots = {8: (2000.0, 2008.0), 9: (2600.0, 2008.0)}
    found = misses(tmp_path, spots=spots, ways={70: ([4, 8, 9], GOOD)})
    assert ("n5", "w70") not in found
    assert ("n9", "w31") not in found


def test_a_road_whose_next_node_is_missing_is_cut_and_ends_nowhere(tmp_path: Path) -> None:
    assert misses(tmp_path, ways={30: ([1, 6, 99], GOOD)}, spots={99: (0, 0)}, lost=(99,)) == []
    built = build_flaws_world(
        tmp_path / "w.osm", ways={31: ([3, 5, 99], GOOD)}, spots={99: (0, 0)}, lost=(99,)
    )
    assert built.cut_nodes == ("n5",)
    ends = dead_ends(built.network, built.cut_nodes).tolist()
    assert [built.network.node_ids[node] for node in ends] == ["n6"]


def test_what_lies_outside_the_box_of_the_file_is_cut(tmp_path: Path) -> None:
    box = (-100.0, -400.0, 2500.0, 2100.0)
    built = build_flaws_world(tmp_path / "w.osm", bounds=box, without=(20,))
    assert built.cut_nodes == ("n5",)


def test_a_box_that_holds_too_little_is_not_believed(tmp_path: Path) -> None:
    built = build_flaws_world(tmp_path / "w.osm", bounds=(-100.0, -100.0, 100.0, 100.0))
    assert built.cut_nodes == ()


def test_lines_clipped_by_a_box_do_not_end_there() -> None:
    """Three ends on one side of the box are a cut; two may be chance."""
    clipped = town("A--B--X\n   |\nC--D--Y\n   |\nE--F--Z")
    assert dead_ends(clipped).tolist() == []
    free = town("A--B--X\n   |\n C-D-Y\n   |\nE--F-Z")
    assert len(dead_ends(free)) == 6


def test_the_length_of_a_dead_end_counts_to_the_first_junction() -> None:
    network = town("A--B--C--D\n      |\n      E--F\n      |  |\n      G--H")
    a = network.node_index["A"]
    assert run_m(network, np.array([a])).tolist() == [6000.0]
    alone = town("A--B--C")
    assert run_m(alone, np.array([0])).tolist() == [6000.0]


@settings(max_examples=15, deadline=None)
@given(st.floats(1.0, 9.0), st.floats(100.0, 1900.0))
def test_joining_the_end_removes_it_and_nothing_else(gap_m: float, north_m: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spots = {6: (2000.0 - gap_m, north_m), 8: (2000.0, north_m)}
        before = misses(Path(folder), spots=spots, ways={11: ([2, 8, 3], GOOD)})
        ways = {11: ([2, 8, 3], GOOD), 30: ([1, 6, 8], GOOD)}
        after = misses(Path(folder), spots=spots, ways=ways)
    assert [node for node, _ in before] == ["n6"]
    assert after == []
    assert gap_m < NEAR_M


def test_degrees_of_the_country(tmp_path: Path) -> None:
    network = build_flaws_world(tmp_path / "w.osm").network
    found = dict(zip(network.node_ids, degrees(network).tolist(), strict=True))
    assert found["n5"] == found["n6"] == 1
    assert found["n3"] == 4
    assert len(SPOTS) > len(found)  # those inside a way are no nodes
