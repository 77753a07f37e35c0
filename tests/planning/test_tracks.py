"""Tracks as straight pieces in space: times by geodesic length, and a bound of their error."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.planning.tracks import CHORD_M, chords_of, in_space
from cmcoord_geo.units import geod

LINES = st.lists(
    st.tuples(st.floats(14, 28), st.floats(2, 11.5)), min_size=2, max_size=4, unique=True
)


@unhurried
@given(LINES)
def test_chords_are_short_and_times_go_by_length(line: list[tuple[float, float]]) -> None:
    chords = chords_of(np.array(line), 0.0, 3600.0)
    total_m = sum(geod().inv(*p, *q)[2] for p, q in pairwise(line))
    assert chords.length_m.sum() == pytest.approx(total_m)
    assert chords.length_m.max() <= CHORD_M + 1e-6
    assert (chords.start_s[0], chords.last_s[-1]) == (0.0, 3600.0)
    assert np.array_equal(chords.start_s[1:], chords.last_s[:-1])
    duration_s = chords.last_s - chords.start_s
    assert duration_s == pytest.approx(3600 * chords.length_m / total_m, abs=1e-6)


@unhurried
@given(LINES)
def test_chords_lie_as_near_the_geodesic_as_they_say(line: list[tuple[float, float]]) -> None:
    """At a third and at half of every chord, the bound of 2 cm holds."""
    p, q = line[:2]
    chords = chords_of(np.array([p, q]), 0.0, 1.0)
    azimuth = geod().inv(*p, *q)[0]
    begin_m = np.concatenate([[0.0], np.cumsum(chords.length_m)[:-1]])
    for share in (1 / 3, 1 / 2):
        n = len(begin_m)
        along_m = begin_m + share * chords.length_m
        lon, lat, _ = geod().fwd([p[0]] * n, [p[1]] * n, [azimuth] * n, along_m)
        off_m = np.linalg.norm(
            in_space(np.array(lon), np.array(lat)) - (chords.start + share * chords.step), axis=1
        )
        assert (off_m <= chords.bent_m + 1e-6).all()
    assert chords.bent_m.max() <= 0.02


def test_standing_still_is_one_piece_without_length() -> None:
    chords = chords_of(np.array([[20.0, 6.0], [20.0, 6.0]]), 5.0, 9.0)
    assert len(chords.start) == 1
    assert (chords.start_s[0], chords.last_s[0], chords.bent_m[0]) == (5.0, 9.0, 0.0)


def test_point_passed_twice_in_a_row_takes_no_time() -> None:
    once = chords_of(np.array([[20.0, 6.0], [20.1, 6.0], [20.2, 6.0]]), 0.0, 100.0)
    twice = chords_of(np.array([[20.0, 6.0], [20.1, 6.0], [20.1, 6.0], [20.2, 6.0]]), 0.0, 100.0)
    assert all(np.array_equal(a, b) for a, b in zip(once, twice, strict=True))
