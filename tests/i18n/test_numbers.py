"""Decimal signs of both languages."""

from __future__ import annotations

from cmcoord_geo.i18n.numbers import said_decimal


def test_a_comma_in_french_and_a_point_in_english() -> None:
    assert (said_decimal(23.18).fr, said_decimal(23.18).en) == ("23,2", "23.2")
    assert said_decimal(1234.5, digits=0).fr == "1234"
    assert said_decimal(-0.25, digits=2).fr == "-0,25"
