"""What presence is worth after some hours: full at once, never more later, nothing after its end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.config import PatrolConfig
from cmcoord_geo.planning.freshness import credit, freshness

HALF_LIFE = PatrolConfig(half_life_h=10, fresh_h=30)
POINTS = replace(HALF_LIFE, points=((2.0, 1.0), (12.0, 0.4), (20.0, 0.1)))
AGES = st.floats(0, 60)


def test_half_life_and_its_end() -> None:
    assert freshness(0, HALF_LIFE) == 1
    assert freshness(20, HALF_LIFE) == pytest.approx(0.25)
    assert freshness(30, HALF_LIFE) > 0 == freshness(30.01, HALF_LIFE)


def test_points_are_straight_between_and_nothing_after_the_last() -> None:
    assert freshness(1, POINTS) == 1
    assert freshness(7, POINTS) == pytest.approx(0.7)
    assert freshness(20, POINTS) == pytest.approx(0.1)
    assert freshness(20.01, POINTS) == 0
    assert freshness(16, replace(POINTS, fresh_h=15)) == 0


@given(AGES, AGES, st.sampled_from([HALF_LIFE, POINTS]), st.booleans())
def test_older_presence_is_never_worth_more(a, b, config, is_confirmed) -> None:
    young, old = sorted((a, b))
    factors = [credit(age, is_confirmed=is_confirmed, config=config) for age in (young, old)]
    assert config.floor <= factors[0] <= factors[1] <= 1


@given(AGES, st.floats(0, 1), st.sampled_from([HALF_LIFE, POINTS]))
def test_an_offer_is_never_worth_more_than_a_passage_of_that_age(age, weight, config) -> None:
    config = replace(config, offered_weight=weight)
    full = credit(age, is_confirmed=True, config=config)
    assert full <= credit(age, is_confirmed=False, config=config) <= 1
    none = replace(config, offered_weight=0.0)
    assert credit(age, is_confirmed=False, config=none) == 1
