"""Spans of time: joined, met at both ends as it is said, and those of a ban."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.config import Ban
from cmcoord_geo.planning.spans import Spans, ban_spans, midnight_s
from cmcoord_geo.units import BANGUI, DAY_S, HOUR_S

WEDNESDAY = date(2026, 12, 2)
pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def meets(spans: Spans, first: float, last: float) -> bool:
    return bool(spans.meet(np.array([first]), np.array([last]))[0])


@given(pairs, st.integers(0, 30), st.integers(0, 10))
def test_a_span_is_met_where_a_whole_moment_lies_in_it(
    given_pairs: list[tuple[int, int]], first: int, length: int
) -> None:
    inside = {moment for a, b in given_pairs for moment in range(a, b)}
    expected = any(moment in inside for moment in range(first, first + length + 1))
    assert meets(Spans.of(given_pairs), first, first + length) == expected


@given(pairs)
def test_joined_spans_rise_and_lie_apart(given_pairs: list[tuple[int, int]]) -> None:
    spans = Spans.of(given_pairs)
    assert (spans.start < spans.end).all()
    assert (spans.end[:-1] < spans.start[1:]).all()


def test_the_start_belongs_to_a_span_and_the_end_does_not() -> None:
    spans = Spans.of([(10, 20)])
    assert meets(spans, 5, 10)
    assert not meets(spans, 20, 25)
    assert not meets(Spans.of([]), 0, 99)


@pytest.mark.parametrize(
    ("ban", "hours"),
    [
        (Ban(name="", hours="08:00-09:30"), [(8, 9.5), (32, 33.5)]),
        (Ban(name=""), [(-24, 72)]),
        (Ban(name="", hours="22:00-05:00"), [(-2, 5), (22, 29), (46, 53)]),
        (Ban(name="", hours="22:00-05:00", weekdays=("wed",)), [(22, 29)]),
        (Ban(name="", hours="22:00-05:00", first="2026-12-02", last="2026-12-02"), [(22, 29)]),
        (Ban(name="", hours="08:00-24:00", last="2026-12-02"), [(-16, 0), (8, 24)]),
    ],
)
def test_spans_of_a_ban(ban: Ban, hours: list[tuple[float, float]]) -> None:
    spans = ban_spans(ban, first=WEDNESDAY, days=2)
    found = [
        ((a - midnight_s(WEDNESDAY)) / HOUR_S, (b - midnight_s(WEDNESDAY)) / HOUR_S)
        for a, b in zip(spans.start, spans.end, strict=True)
    ]
    assert [pair for pair in hours if pair not in found] == []


def test_midnight_is_that_of_bangui() -> None:
    assert midnight_s(WEDNESDAY) == datetime(2026, 12, 2, tzinfo=BANGUI).timestamp()
    assert midnight_s(date(2026, 12, 3)) - midnight_s(WEDNESDAY) == DAY_S
