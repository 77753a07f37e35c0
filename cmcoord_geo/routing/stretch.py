"""How much more than the best a path may cost."""

from __future__ import annotations

import math
from fractions import Fraction
from numbers import Real

from cmcoord_geo.errors import DataError


def decimal_fraction(number: object, name: str, *, least: float) -> Fraction:
    """
    Read a finite number exactly as it is written in decimals: 1.4 is 7/5.

    Raises
    ------
    DataError
        Not a number, infinite, or below ``least``; the message calls it ``name``.
    """
    value = float(number) if isinstance(number, Real) else math.nan
    if not math.isfinite(value) or value < least:
        message = f"The {name} must be a number from {least:g} up, not {number!r}."
        raise DataError(message)
    return Fraction(repr(value))


def stretch_limit(best: int, max_stretch: float) -> int:
    """
    Return the highest whole cost that is within a stretch of the best.

    Parameters
    ----------
    best : int
        Cost of the best path.
    max_stretch : float
        At least 1; read as the decimal number that it is written as.

    Raises
    ------
    DataError
        The stretch is below 1 or not a finite number.

    Examples
    --------
    >>> stretch_limit(5, 1.4)
    7
    """
    return math.floor(decimal_fraction(max_stretch, "stretch", least=1.0) * int(best))
