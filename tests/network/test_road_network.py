"""A network tells all its faults at once, and its arcs run over its segments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ascii_town import Road
from towns import town

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.network import arc_segment

TRIANGLE = """
A--B
|  |
C--D
"""


def rebuilt(**changes: object):
    return replace(town(TRIANGLE), **changes)


def test_arcs_run_both_ways_over_each_segment() -> None:
    network = town(TRIANGLE)
    assert len(network) == 4
    for arc in range(2 * len(network)):
        segment, is_forward = arc_segment(arc)
        ends = (network.start[segment], network.end[segment])
        assert (network.tail[arc], network.head[arc]) == (ends if is_forward else ends[::-1])


def test_names_and_lengths() -> None:
    network = town("A--B", cell_m=2000)
    assert network.title(0) == "A–B"
    assert network.ends(0) == ("A", "B")
    assert network.length_km(0) == 6.0
    assert network.node_index == {"A": 0, "B": 1}
    assert network.segment_index == {"A-B": 0}


def test_parallel_roads_stay_apart() -> None:
    network = town("A--B", more=[Road("A", "B", 9000.0), Road("B", "A", 5000.0)])
    assert network.segment_ids == ("A-B", "A-B#2", "B-A")
    assert network.length_m.tolist() == [3000.0, 9000.0, 5000.0]


NOWHERE = Crossing(
    crossing_id="CR-X", kind="ferry", name=Said(fr="Bac", en="Ferry"), at_km={"Z": None},
    capacity_t=None, default_state="unknown", confidence="low",
)  # fmt: skip
FAULTS = {
    "column note has 1 values instead of 4": {"note": ("",)},
    "node_ids: 'A' more than once": {"node_ids": ("A", "A", "B", "C")},
    "segment_ids: 'x' more than once": {"segment_ids": ("x", "x", "y", "z")},
    "one end is no junction": {"end": np.array([1, 2, 3, 4])},
    "'B': position missing": {"lon": np.array([20.0, np.nan, 20.0, 20.0])},
    "'C', 'D': position missing or off": {"lat": np.array([6.0, 6.0, 91.0, -500_000.0])},
    "'A-C', 'B-D': length missing or zero": {"length_m": np.array([3e3, 0.0, np.nan, 3e3])},
    "'C-D': length outside its range": {"length_low_m": np.array([3e3, 2e3, 2e3, 3001.0])},
    "'A-B': length outside its range": {
        "length_low_m": np.array([2e3, 2e3, 2e3, 2e3]),
        "length_high_m": np.array([2.5e3, 9e3, 9e3, 9e3]),
    },
    "'A-B': line of fewer than two points": {"lines": (np.zeros((1, 2)),) * 1 + (np.zeros((2, 2)),) * 3},
    "surface: unknown values 'mud'": {"surface": ("mud",) * 4},
    "season_zone: unknown values 'west'": {"season_zone": ("west",) * 4},
    "status_wet: unknown values 'fine'": {"status_wet": ("fine",) * 4},
    "max_vehicle_dry: unknown values 'car'": {"max_vehicle_dry": ("car",) * 4},
    "crossing CR-X: on no segment": {"crossings": (NOWHERE,)},
}  # fmt: skip


@pytest.mark.parametrize("told", FAULTS)
def test_each_fault_is_told(told: str) -> None:
    with pytest.raises(DataError) as caught:
        rebuilt(**FAULTS[told])
    assert told in str(caught.value)


def test_all_faults_are_told_at_once_in_both_languages() -> None:
    with pytest.raises(DataError) as caught:
        rebuilt(
            note=(), surface=("mud",) * 4, lat=np.array([6.0, 6.0, 6.0, 99.0]),
            length_m=np.array([-1.0, 2e3, 2e3, 3e3]),
        )  # fmt: skip
    english, french = str(caught.value), caught.value.said["fr"]
    for word in ("note", "mud", "position", "length missing"):
        assert word in english
    for word in ("note", "mud", "position absente", "longueur absente"):
        assert word in french


def test_long_lists_are_cut_short() -> None:
    line = town("A--B--C--D--E--F--G--H")
    with pytest.raises(DataError, match="'E-F', …: length"):
        replace(line, length_m=np.zeros(7))
