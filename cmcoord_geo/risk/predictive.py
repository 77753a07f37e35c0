"""Counts to expect: Poisson about a mean that is itself in doubt, the doubt fitted on the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Shapes of the Gamma about the mean that are tried, from wild to Poisson.
_SHAPES = np.logspace(-1.5, 3.0, 46)
LEVELS = (0.05, 0.95)


def log_likelihood(
    mean: NDArray[np.float64], count: NDArray[np.int64], shape: float
) -> NDArray[np.float64]:
    """
    Log probability of counts under a Gamma-Poisson law (negative binomial).

    Parameters
    ----------
    mean : ndarray of float64
        Above 0.
    count : ndarray of int64
    shape : float
        Of the Gamma; the variance is ``mean + mean ** 2 / shape``.
    """
    from scipy.special import gammaln

    return np.asarray(
        gammaln(count + shape)
        - gammaln(shape)
        - gammaln(count + 1.0)
        + shape * np.log(shape / (shape + mean))
        + count * np.log(mean / (shape + mean))
    )


def fit_spread(mean: NDArray[np.float64], count: NDArray[np.int64]) -> float:
    """Shape under which past counts were likeliest about their forecasts; Poisson without a past."""
    is_useful = mean > 0
    if not is_useful.any():
        return float(_SHAPES[-1])
    scores = [
        float(log_likelihood(mean[is_useful], count[is_useful], float(shape)).sum())
        for shape in _SHAPES
    ]
    return float(_SHAPES[int(np.argmax(scores))])


def covered_share(mean: float, count: int, shape: float) -> float:
    """
    Share of a count's probability band that lies within the 90 % interval.

    A count is a step of the distribution; where the step straddles a bound, the part within counts. So a
    right law is covered in 90 % of the cases, also where counts are small.

    Examples
    --------
    >>> round(covered_share(1e-9, 0, 1.0), 6)
    0.9
    """
    from scipy.stats import nbinom

    law = nbinom(shape, shape / (shape + mean))
    below, through = float(law.cdf(count - 1)), float(law.cdf(count))
    inside = min(through, LEVELS[1]) - max(below, LEVELS[0])
    return max(inside, 0.0) / (through - below) if through > below else 0.0
