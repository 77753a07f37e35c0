"""Roads cut into pieces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns import town

from cmcoord_geo.facts import places
from cmcoord_geo.network import bundled_network
from cmcoord_geo.risk.pieces import areas_of, cut_into_pieces


@given(st.floats(100, 1e6))
def test_pieces_fill_each_segment_and_none_is_too_long(piece_m: float) -> None:
    network = town("A--B---C", cell_m=7000)
    pieces = cut_into_pieces(network, piece_m=piece_m)
    assert pieces.length_m.max() <= piece_m + 1e-6
    for i in range(len(network)):
        part = slice(*pieces.first[i : i + 2])
        assert set(pieces.segment[part]) == {i}
        assert pieces.from_fraction[part][0] == 0
        assert pieces.to_fraction[part][-1] == 1
        assert np.allclose(pieces.from_fraction[part][1:], pieces.to_fraction[part][:-1])
        assert pieces.length_m[part].sum() == pytest.approx(network.length_m[i])


def test_middles_lie_on_the_line() -> None:
    bent = np.array([[20.0, 7.0], [20.0, 6.0], [21.0, 6.0]])
    network = replace(town("A--B"), lines=(bent,))
    pieces = cut_into_pieces(network, piece_m=1500.0)
    assert np.column_stack([pieces.lon, pieces.lat]).tolist() == [[20.0, 6.5], [20.5, 6.0]]
    assert pieces.middle.tolist() == [0.25, 0.75]


def test_area_is_the_prefecture_of_the_nearest_place() -> None:
    network = bundled_network()
    pieces = cut_into_pieces(network, piece_m=10_000.0)
    assert len(pieces.area) == len(pieces)
    assert set(pieces.area) <= {place.prefecture_2021 for place in places().values()}
    grimari_bambari = network.segment_ids.index("L043")
    assert set(pieces.area[slice(*pieces.first[grimari_bambari : grimari_bambari + 2])]) == {
        "Ouaka"
    }


def test_the_same_question_has_the_same_answer() -> None:
    network = bundled_network()
    assert cut_into_pieces(network, piece_m=9e3) is cut_into_pieces(network, piece_m=9e3)


def test_areas_are_told_once_each_and_by_number() -> None:
    pieces = cut_into_pieces(bundled_network(), piece_m=20_000.0)
    names, where = areas_of(pieces)
    assert list(names) == sorted(set(pieces.area))
    assert [names[i] for i in where.tolist()] == list(pieces.area)
