"""Closest approach of two users of a road within ranges of time, held against exact rationals."""

from __future__ import annotations

import os
from fractions import Fraction
from math import inf

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from planning.exact_bands import (
    Band,
    bands_of,
    least_buffer,
    least_square,
    random_band,
    together,
)

from cmcoord_geo.planning.approach import Bands, least_distance

#: Pairs that do meet in a campaign; set CMCOORD_CAMPAIGN for more.
POSITIVE = int(os.environ.get("CMCOORD_CAMPAIGN", "2000"))
#: What rounding may add: metres, seconds.
GUARD_M, GUARD_S = 1e-6, 1e-6
BLOCK = 250
FIVE_MIN_S = 300


def distances(pairs: list[tuple[Band, Band]], buffer_s: float = 0.0) -> np.ndarray:
    one, two = (bands_of(list(side)) for side in zip(*pairs, strict=True))
    there = least_distance(one, two, buffer_s + GUARD_S)
    back = least_distance(two, one, buffer_s + GUARD_S)
    np.testing.assert_allclose(there, back, atol=1e-6)  # symmetric
    return there


def random_pairs(rng: np.random.Generator, count: int) -> list[tuple[Band, Band]]:
    return [
        (random_band(rng, along=i % 2 == 0), random_band(rng, along=i % 2 == 0))
        for i in range(count)
    ]


def campaign(finds, *, positive: int) -> int:
    """Pairs that do meet, by exact rationals, and that a detector misses."""
    rng = np.random.default_rng(41)
    missed = seen = 0
    while seen < positive:
        limit = int(rng.choice([0, 0, 50, 1000]))
        buffer = int(rng.choice([0, 0, 60]))
        pairs = random_pairs(rng, BLOCK)
        found = finds(pairs, limit, buffer)
        for (a, b), is_found in zip(pairs, found, strict=True):
            square = least_square(a, b, Fraction(buffer))
            if square is not None and square <= limit**2:
                seen += 1
                missed += not is_found
    return missed


def closed_form(pairs: list[tuple[Band, Band]], limit: int, buffer: int) -> np.ndarray:
    return distances(pairs, buffer) <= limit + GUARD_M


def every_five_minutes(pairs: list[tuple[Band, Band]], limit: int, buffer: int) -> list[bool]:
    """The planted fault: looks where both may be at every fifth minute, and not between."""
    return [
        any(_stands_near(a, b, second, limit) for second in range(0, 6000, FIVE_MIN_S))
        for a, b in pairs
    ]


def _stands_near(a: Band, b: Band, second: int, limit: int) -> bool:
    spots = [
        [
            share
            for share in np.linspace(0, 1, 5)
            if np.interp(share, [0, 1], one.first) <= second <= np.interp(share, [0, 1], one.last)
        ]
        for one in (a, b)
    ]
    return any(
        np.hypot(
            *(
                a.start[k] + u * (a.end[k] - a.start[k]) - b.start[k] - v * (b.end[k] - b.start[k])
                for k in (0, 1)
            )
        )
        <= limit
        for u in spots[0]
        for v in spots[1]
    )


def test_no_pair_that_meets_is_missed() -> None:
    assert campaign(closed_form, positive=POSITIVE) == 0


def test_a_sampler_would_miss_some() -> None:
    """The same campaign goes red with sampling every five minutes."""
    assert campaign(every_five_minutes, positive=20) > 0


def test_distances_are_the_exact_ones() -> None:
    """Also those of pairs that do not meet, and none is found where there is no time for it."""
    rng = np.random.default_rng(5)
    pairs = random_pairs(rng, 300)
    for (a, b), found in zip(pairs, distances(pairs), strict=True):
        square = least_square(a, b)
        if square is not None:
            assert abs(found - float(square) ** 0.5) < 0.05
        elif least_square(a, b, Fraction(1, 100)) is None:
            assert found == inf


def test_exactly_at_the_boundary() -> None:
    """The smallest buffer at which two are at one spot, as a rational: at it they meet, below it not."""
    rng = np.random.default_rng(17)
    pairs = [
        (a, b)
        for a, b in (
            (random_band(rng, along=True), random_band(rng, along=True)) for _ in range(500)
        )
        if a.start[0] < a.end[0]
        and b.start[0] < b.end[0]
        and max(a.start[0], b.start[0]) < min(a.end[0], b.end[0])
    ]
    touching = 0
    for a, b in pairs:
        buffer = least_buffer(a, b)
        assert least_square(a, b, buffer) == 0
        assert distances([(a, b)], float(buffer))[0] <= GUARD_M
        if buffer > Fraction(1, 100):
            below = buffer - Fraction(1, 100)
            exact = least_square(a, b, below)
            assert exact is None or exact > 0
            assert distances([(a, b)], float(below))[0] > GUARD_M
            touching += 1
    assert touching > 25


BANDS = st.builds(
    lambda seed, along: random_band(np.random.default_rng(seed), along=along),
    st.integers(0, 10**6),
    st.booleans(),
)
quick = settings(deadline=None, max_examples=40)


@quick
@given(BANDS, BANDS, st.floats(0, 900), st.floats(0, 900))
def test_a_larger_buffer_never_takes_apart(a: Band, b: Band, one: float, more: float) -> None:
    near = distances([(a, b)], one)[0]
    assert distances([(a, b)], one + more)[0] <= near + GUARD_M


@quick
@given(BANDS, BANDS, st.floats(0.01, 0.99))
def test_cutting_a_piece_changes_nothing(a: Band, b: Band, at: float) -> None:
    whole = bands_of([a])
    middle = [ends[:, :1] + at * np.diff(ends) for ends in (whole.first_s, whole.last_s)]
    parts = [
        Bands(whole.start, whole.step * at, np.hstack([whole.first_s[:, :1], middle[0]]),
              np.hstack([whole.last_s[:, :1], middle[1]])),
        Bands(whole.start + whole.step * at, whole.step * (1 - at),
              np.hstack([middle[0], whole.first_s[:, 1:]]),
              np.hstack([middle[1], whole.last_s[:, 1:]])),
    ]  # fmt: skip
    other = bands_of([b])
    near = min(float(least_distance(part, other, GUARD_S)[0]) for part in parts)
    at_once = distances([(a, b)])[0]
    if inf in {at_once, near}:  # times that touch within rounding
        exact = together(a, b, Fraction(1, 10**5)) and together(a, b, Fraction(-1, 10**5))
        assert at_once == near or not exact
    else:
        assert abs(near - at_once) < 1e-2


def test_times_that_touch_at_one_instant_meet() -> None:
    early = Band((0, 0), (0, 0), (0, 0), (3600, 3600))
    late = Band((0, 0), (0, 0), (3600, 3600), (7200, 7200))
    later = Band((0, 0), (0, 0), (3601, 3601), (7200, 7200))
    assert distances([(early, late), (early, later)]).tolist() == [0.0, inf]
