"""Decimal signs of both languages."""

from __future__ import annotations

from cmcoord_geo.i18n.numbers import said_decimal, said_whole


def test_a_comma_in_french_and_a_point_in_english() -> None:
    assert (said_decimal(23.18).fr, said_decimal(23.18).en) == ("23,2", "23.2")
    assert said_decimal(1234.5, digits=0).fr == "1234"
    assert said_decimal(-0.25, digits=2).fr == "-0,25"


def test_thousands_are_held_together_in_french() -> None:
    assert said_whole(1234567.4).fr == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"
    assert (said_whole(999).fr, said_whole(1000).en) == ("999", "1,000")
