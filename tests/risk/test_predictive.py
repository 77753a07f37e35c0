"""Counts to expect."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from cmcoord_geo.risk.predictive import covered_share, fit_spread, log_likelihood


def test_the_law_is_that_of_scipy() -> None:
    mean, count = np.array([0.3, 2.0, 11.0]), np.array([0, 3, 9])
    expected = nbinom.logpmf(count, 1.7, 1.7 / (1.7 + mean))
    assert log_likelihood(mean, count, 1.7) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("shape", [0.5, 3.0])
def test_the_spread_of_a_simulated_past_is_found(shape: float) -> None:
    random = np.random.default_rng(5)
    mean = random.uniform(0.5, 6.0, 4000)
    count = random.poisson(random.gamma(shape, mean / shape))
    assert fit_spread(mean, count) == pytest.approx(shape, rel=0.3)


def test_a_past_without_spread_is_poisson_and_none_is_too() -> None:
    random = np.random.default_rng(6)
    mean = random.uniform(1.0, 6.0, 4000)
    assert fit_spread(mean, random.poisson(mean)) > 50
    assert fit_spread(np.zeros(3), np.zeros(3, np.int64)) > 100


@pytest.mark.parametrize("mean", [0.05, 0.8, 6.0, 40.0])
def test_a_right_law_is_covered_in_nine_of_ten_cases(mean: float) -> None:
    """Exact: the shares of all counts, weighted by their probability, add up to 0.9."""
    law = nbinom(2.0, 2.0 / (2.0 + mean))
    counts = np.arange(int(law.ppf(1 - 1e-12)) + 1)
    total = sum(law.pmf(k) * covered_share(mean, int(k), 2.0) for k in counts)
    assert total == pytest.approx(0.9, abs=1e-9)


def test_a_wrong_law_is_not_covered() -> None:
    assert covered_share(2.0, 40, 5.0) == 0.0
