"""Both carriageways of a road: near, the other way, and of one name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from avenues import avenue

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.dual_roads import other_sides


def beside(network: RoadNetwork, *keys: str) -> set[str]:
    segments = {network.segment_index[key] for key in keys}
    found = other_sides(network, segments).beside(segments)
    return {network.segment_ids[one] for one in found}


def test_the_other_carriageway_lies_beside_and_runs_the_other_way() -> None:
    network = avenue()
    assert beside(network, "A-B", "B-C") == {"E-F", "F-G"}
    sides = other_sides(network, [network.segment_index["B-C"]])
    (shares,) = [found for one, found in sides.shares.items() if network.segment_ids[one] == "F-G"]
    assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "network",
    [
        avenue(back=""),
        avenue(names=dict.fromkeys(("E-F", "F-G", "G-H"), "Rue")),
        avenue(cell_m=60.0),
        replace(avenue(), traffic=None),
    ],
    ids=["same way", "another name", "too far", "not surveyed"],
)
def test_another_road_is_not_the_other_carriageway(network: RoadNetwork) -> None:
    assert beside(network, "A-B", "B-C", "C-D") == set()


def test_roads_without_name_must_lie_nearer() -> None:
    bare = dict.fromkeys(("A-B", "B-C", "C-D", "E-F", "F-G", "G-H"), "")
    assert beside(avenue(names=bare, cell_m=15.0), "A-B") == {"E-F"}
    assert beside(avenue(names=bare, cell_m=30.0), "A-B") == set()


def test_a_segment_mostly_beyond_is_not_beside() -> None:
    """A long segment of which the others run along a third is left where it is."""
    network = avenue()
    index = network.segment_index
    sides = other_sides(network, range(len(network)))
    assert sides.is_beside(index["E-F"], {index["A-B"]})
    assert not sides.is_beside(index["E-F"], {index["B-C"]})
