"""A stretch is read as the decimal number that it is written as."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing.oracles import unhurried

from cmcoord_geo.errors import DataError
from cmcoord_geo.routing import stretch_limit


@unhurried
@given(st.integers(0, 10**15), st.decimals(1, 99, places=3))
def test_equals_decimal_arithmetic(best: int, stretch: Decimal) -> None:
    assert stretch_limit(best, float(stretch)) == math.floor(best * stretch)


@pytest.mark.parametrize("stretch", [0.99, -1.0, math.nan, math.inf])
def test_refuses_what_is_no_stretch(stretch: float) -> None:
    with pytest.raises(DataError, match="stretch"):
        stretch_limit(10, stretch)
