"""Decimal signs of both languages."""

from __future__ import annotations

from cmcoord_geo.i18n.numbers import said_decimal, said_length, said_whole


def test_a_comma_in_french_and_a_point_in_english() -> None:
    assert (said_decimal(23.18).fr, said_decimal(23.18).en) == ("23,2", "23.2")
    assert said_decimal(1234.5, digits=0).fr == "1234"
    assert said_decimal(-0.25, digits=2).fr == "-0,25"


def test_thousands_are_held_together_in_french() -> None:
    assert said_whole(1234567.4).fr == "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567"
    assert (said_whole(999).fr, said_whole(1000).en) == ("999", "1,000")


def test_lengths_are_told_in_the_unit_that_a_person_would_use() -> None:
    told = [
        said_length(m).en for m in (0.2, 999.4, 999.6, 2000.0, 2004.0, 9949.0, 9951.0, 53_212.0)
    ]
    assert told == ["0 m", "999 m", "1.0 km", "2 km", "2.0 km", "9.9 km", "10 km", "53 km"]
    assert said_length(float("inf")).fr == "∞ km"
    assert said_length(6553.0).fr == "6,6 km"
