"""Chords of roads, and which of them come near one another."""

from __future__ import annotations

import numpy as np
import pytest
from towns import town

from cmcoord_geo.planning.conflicts.nearby import near_pairs, road_chords

CROSS = town("A--B--C\n|  |  |\nD--E--F", cell_m=2_000)


def test_chords_of_a_segment_run_along_its_chainage() -> None:
    chords = road_chords(CROSS, [0, 3])
    for segment in (0, 3):
        at_m = chords.at_m[chords.segment == segment]
        assert at_m[0, 0] == 0
        assert at_m[-1, 1] == pytest.approx(float(CROSS.length_m[segment]))
        assert np.array_equal(at_m[1:, 0], at_m[:-1, 1])
    assert len(road_chords(CROSS, []).segment) == 0


@pytest.mark.parametrize("limit_m", [1.0, 800.0, 4_000.0])
def test_no_near_pair_is_left_out(limit_m: float) -> None:
    """Against every point of every pair of chords."""
    chords = road_chords(CROSS, range(len(CROSS)))
    i, j = near_pairs(chords, chords, limit_m)
    found = set(zip(i.tolist(), j.tolist(), strict=True))
    points = chords.start[:, None] + chords.step[:, None] * np.linspace(0, 1, 5)[None, :, None]
    flat = points.reshape(-1, 3)
    apart = np.linalg.norm(flat[:, None] - flat[None], axis=2)
    near = apart.reshape(len(points), 5, len(points), 5).min(axis=(1, 3)) <= limit_m
    assert {(int(a), int(b)) for a, b in np.argwhere(near)} <= found
    assert len(found) < len(points) ** 2 or limit_m > 3_000


def test_nothing_is_near_nothing() -> None:
    none = road_chords(CROSS, [])
    assert [len(part) for part in near_pairs(none, none, 1e6)] == [0, 0]
