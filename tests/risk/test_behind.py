"""Records behind a segment: those of which enough lies on it, newest first, looked up when asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import Event, incidents
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.config import HazardConfig
from cmcoord_geo.risk.attribution import attribute
from cmcoord_geo.risk.behind import LEAST_SHARE, RecordsBehind
from cmcoord_geo.risk.pieces import cut_into_pieces

NETWORK = town("A---B---C---D", cell_m=5_000.0)
PIECES = cut_into_pieces(NETWORK, piece_m=2_000.0)
EVENTS = st.builds(
    lambda east_m, precision: Event(
        lon=WEST + east_m / DEGREE_M, lat=NORTH, precision=precision, place="Ouaka province"
    ),
    st.floats(-10_000, 70_000),
    st.integers(1, 4),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENTS, max_size=6), st.data())
def test_rows_are_those_with_enough_of_their_mass(events: list[Event], data) -> None:
    wanted = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(events), max_size=len(events))), bool
    )
    at_s = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=len(events), max_size=len(events))), int
    )
    spread = attribute(incidents(events), PIECES, config=HazardConfig())
    behind = RecordsBehind(spread, at_s, wanted)
    assert len(behind) == len(NETWORK)
    for segment in range(len(NETWORK)):
        expected = []
        for row in range(len(events)):
            mine = (spread.record == row) & (PIECES.segment[spread.piece] == segment)
            share = spread.weight[mine].sum()
            if abs(share - LEAST_SHARE) < 1e-6:
                return  # too near the bound to tell apart
            if wanted[row] and spread.kind[row] != "coarse" and share >= LEAST_SHARE:
                expected.append(row)
        assert behind[segment] == tuple(sorted(expected, key=lambda row: (-at_s[row], row)))
    assert behind[:] == tuple(behind)


def test_beyond_the_last_segment_there_is_nothing() -> None:
    spread = attribute(incidents([]), PIECES, config=HazardConfig())
    behind = RecordsBehind(spread, np.zeros(0, int), np.zeros(0, bool))
    assert behind[-1] == ()
    with pytest.raises(IndexError):
        behind[len(NETWORK)]
