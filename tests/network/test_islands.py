"""Parts without a link."""

from __future__ import annotations

import numpy as np
from towns import town

from cmcoord_geo.network.flaw_words import said_of
from cmcoord_geo.network.islands import islands
from cmcoord_geo.network.parts import component_of

DRAWN = "A-------B\n\nC--D--E\n\n\n\nF--G"


def test_every_part_but_the_longest_is_an_island_the_longest_first() -> None:
    network = town(DRAWN)
    found = islands(network)
    assert [flaw.length_m for flaw in found] == [6000.0, 3000.0]
    assert sum(flaw.roads or 0 for flaw in found) == 3
    parts = component_of(network)[network.start]
    assert len(found) == len(set(parts.tolist())) - 1


def test_of_parts_alike_the_same_one_stays_the_rest() -> None:
    first, again = islands(town("A--B\n\nC--D")), islands(town("A--B\n\nC--D"))
    assert first == again
    assert len(first) == 1


def test_the_way_to_the_rest_is_measured_from_the_nearest_point() -> None:
    """The road C-D ends 2 km below the middle of A-B."""
    network = town("A-----B\n\n   C---D".replace("---D", "") + "\n   |\n   |\n   D")
    (island,) = islands(network)
    assert island.away_m is not None
    assert abs(island.away_m - 2 * 1000 * 110_600 / 111_000) < 5
    c = network.node_index["C"]
    assert np.allclose((island.lon, island.lat), (network.lon[c], network.lat[c]))
    assert island.other_id == "A-B"


def test_a_ferry_alone_is_told_as_one() -> None:
    (island,) = islands(town("A-----B\n\nC--D", roads={"C-D": {"road_class": "ferry"}}))
    assert island.is_ferry
    (island,) = islands(town("A-----B\n\nC--D"))
    assert not island.is_ferry


def test_an_island_that_the_extract_cuts_comes_last_and_says_so() -> None:
    """The longer one reaches the edge: its link may lie outside."""
    network = town(DRAWN)
    plain, cut = islands(network), islands(network, ["E", "no such node"])
    assert [flaw.segment_ids for flaw in cut] == [flaw.segment_ids for flaw in plain[::-1]]
    assert [flaw.is_cut for flaw in cut] == [False, True]
    assert "its link may lie outside" in said_of(cut[1]).en
    assert "outside" not in said_of(cut[0]).en
