"""Who may drive which way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from towns import town

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.traffic import Traffic, everybody


def traffic(forward: list[int], backward: list[int]) -> Traffic:
    return Traffic(
        names=("",) * len(forward),
        forward=np.array(forward, dtype=np.uint8),
        backward=np.array(backward, dtype=np.uint8),
        duration_s=np.full(len(forward), np.nan),
    )


def test_every_member_must_be_allowed() -> None:
    roads = traffic([0b11111, 0b00011, 0b00001], [0b11111, 0, 0b00010])
    assert roads.arcs_open([0]).tolist() == [True, True, True, False, True, False]
    assert roads.arcs_open([1]).tolist() == [True, True, True, False, False, True]
    assert roads.arcs_open([0, 1]).tolist() == [True, True, True, False, False, False]
    assert roads.arcs_open([4]).tolist() == [True, True, False, False, False, False]


def test_everybody_has_a_bit() -> None:
    assert everybody() == 0b11111


def test_a_column_of_another_length_is_refused() -> None:
    network = town("A--B--C")
    with pytest.raises(DataError, match="forward"):
        replace(network, traffic=traffic([31], [31]))
