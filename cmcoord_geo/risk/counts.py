"""What a recorded count says of the rate behind it."""

from __future__ import annotations

#: Bounds of the range that is drawn and told.
LEVELS = (0.05, 0.95)


def recorded_range(count: int) -> tuple[float, float]:
    """
    Range of the Poisson means under which a count is no surprise, 5 to 95 %.

    Bounds of Garwood (1936), quantiles of Gamma laws: under the lower mean a count as high, under the upper
    mean one as low, has 5 % probability.

    Parameters
    ----------
    count : int
        Records, 0 or more.

    Examples
    --------
    >>> [round(bound, 2) for bound in recorded_range(10)]
    [5.43, 16.96]
    >>> recorded_range(0)[0]
    0.0
    """
    from scipy.special import gammaincinv

    low = float(gammaincinv(count, LEVELS[0])) if count else 0.0
    return low, float(gammaincinv(count + 1, LEVELS[1]))
