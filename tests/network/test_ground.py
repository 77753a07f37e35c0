"""Roads as ground: what links with what, for a convoy and on the map."""

from __future__ import annotations

import pytest
from network.landings import divided, ground, point
from towns import town

from cmcoord_geo.network.ground import FRAGMENT_M


def test_parts_and_their_lengths() -> None:
    drawn = ground(town("A--B\n\nC----------D--E", cell_m=300))
    assert drawn.linked_m.tolist() == pytest.approx([900, 4200, 4200])
    assert len(set(drawn.part_of.tolist())) == 2
    assert drawn.part_m[drawn.part_of[0]] == pytest.approx(900)
    near, far = drawn.feet(point(300, -200), 2000)
    assert (near.away_m < far.away_m, drawn.is_fragment(near), drawn.is_fragment(far)) == (
        *(True, True, False),
    )
    assert FRAGMENT_M == 1000


def test_roads_closed_to_the_convoy_link_on_the_map_alone() -> None:
    drawn = ground(divided(joined=False))
    assert len(set(drawn.part_of.tolist())) == 1
    closed = drawn.network.segment_index["B-D"]
    assert drawn.part_m.max() == pytest.approx(560)
    assert drawn.linked_m[closed] == pytest.approx(480)  # without its own 80 m


def test_no_foot_lies_beyond_the_limit() -> None:
    drawn = ground(town("A--B\n\nC--D"), limit_m=500)
    assert len(drawn.feet(point(1500, -400), 5000)) == 1
