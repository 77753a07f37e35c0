"""The sweep finds the pairs that touch, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.planning.conflicts import candidates
from cmcoord_geo.planning.conflicts.candidates import Boxes, Sweep


def boxes(rng: np.random.Generator, count: int, *, longest: float) -> Boxes:
    at_m, at_s = (np.sort(rng.uniform(0, 100, (count, 2)), axis=1) for _ in range(2))
    at_s[:, 1] = at_s[:, 0] + rng.uniform(0, longest, count)
    return Boxes(rng.integers(0, 5, count), at_m, np.round(at_s))


def brute(rows: Boxes, probes: Boxes) -> set[tuple[int, int]]:
    return {
        (i, j)
        for i in range(len(rows.segment))
        for j in range(len(probes.segment))
        if rows.segment[i] == probes.segment[j]
        and all(
            a[i, 0] <= b[j, 1] and b[j, 0] <= a[i, 1]
            for a, b in ((rows.at_m, probes.at_m), (rows.at_s, probes.at_s))
        )
    }


@pytest.mark.parametrize("seed", range(8))
def test_equal_to_brute_force(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_BLOCK", 50)
    rng = np.random.default_rng(seed)
    rows, probes = (boxes(rng, 60, longest=float(rng.choice([1, 200]))) for _ in range(2))
    found = [pair for i, j in Sweep(rows).pairs(probes) for pair in zip(i, j, strict=True)]
    assert len(found) == len(set(found))
    assert {(int(i), int(j)) for i, j in found} == brute(rows, probes)


def test_probes_far_beyond_the_rows_and_on_other_segments() -> None:
    one = np.array([[0.0, 10.0]])
    rows = Boxes(np.array([1]), one, one)
    probes = Boxes(
        np.array([0, 1, 1, 7, 1]),
        np.repeat(one, 5, axis=0),
        np.array([[0, 10], [-1e6, -1e5], [1e5, 1e6], [0, 10], [-1e9, 1e9]]),
    )
    assert [j.tolist() for _, j in Sweep(rows).pairs(probes)] == [[4]]


def test_nothing_meets_nothing() -> None:
    none = Boxes(np.zeros(0, np.int64), np.zeros((0, 2)), np.zeros((0, 2)))
    assert list(Sweep(none).pairs(none)) == []
