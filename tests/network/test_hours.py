"""Hours of the day: read as people write them, and asked of a whole passage."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.model import TimeSpan
from cmcoord_geo.network.hours import is_within, parse_hours, written
from cmcoord_geo.units import BANGUI

DAY = datetime(2026, 12, 1, tzinfo=BANGUI)


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("06:00-18:00", (360, 1080)),
        ("6h-18h", (360, 1080)),
        ("de 6h30 à 17h", (390, 1020)),
        ("00:00-24:00", (0, 1440)),
        ("18:00 – 05:00", (1080, 300)),
        ("06:00-06:00", None),
        ("25:00-26:00", None),
        ("24:30-03:00", None),
        ("in the morning", None),
        ("6", None),
        ("", None),
    ],
)
def test_hours_are_read_or_refused(words: str, hours: tuple[int, int] | None) -> None:
    assert parse_hours(words) == hours


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_what_is_written_is_read_back(opens: int, closes: int) -> None:
    if opens != closes and (opens, closes) != (0, 1440):
        assert parse_hours(written(opens, closes)) == (opens, closes)


@given(
    st.integers(0, 1439), st.integers(1, 1440), st.integers(0, 3 * 1440), st.integers(0, 2 * 1440)
)
def test_a_passage_is_within_when_each_of_its_minutes_is(
    opens: int, closes: int, start: int, lasts: int
) -> None:
    """Oracle: every minute of the passage, and no closing time between two of them."""
    if opens == closes % 1440:
        return
    begin = DAY + timedelta(minutes=start)
    span = TimeSpan(earliest=begin, latest=begin + timedelta(minutes=lasts))
    open_for = (closes - opens) % 1440 or 1440
    minutes = [(start + i - opens) % 1440 for i in range(lasts + 1)]
    steps_on = all(after == before + 1 for before, after in pairwise(minutes))
    by_minute = max(minutes) < open_for and steps_on
    touches_end = minutes[-1] == open_for % 1440 and (minutes[0] + lasts) == open_for
    assert is_within(span, (opens, closes)) == (by_minute or touches_end)
