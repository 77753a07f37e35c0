"""Minutes of the week: never later than was said, windows never narrower."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.render.page.timeline import Timeline
from cmcoord_geo.sharing.views import WindowView
from cmcoord_geo.units import BANGUI

MONDAY = datetime(2026, 11, 30, tzinfo=BANGUI)
WEEK = Timeline(MONDAY)
seconds = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("moment", "minute"),
    [
        (MONDAY, 0),
        (MONDAY + timedelta(hours=6, seconds=59), 360),
        (MONDAY - timedelta(seconds=1), -1),
        (datetime(2026, 11, 29, 23, tzinfo=UTC), 0),
    ],
)
def test_a_minute_is_counted_from_midnight_in_bangui(moment, minute):
    assert WEEK.minute(moment) == minute


@given(seconds)
def test_an_expiry_is_never_shown_later_than_it_is(offset_s):
    moment = MONDAY + timedelta(seconds=offset_s)
    shown = MONDAY + timedelta(minutes=WEEK.minute(moment))
    assert timedelta(0) <= moment - shown < timedelta(minutes=1)


@given(start=seconds, length=st.floats(0, 1e5))
def test_a_window_is_shown_at_least_as_wide_as_it_is(start, length):
    opening = MONDAY + timedelta(seconds=start)
    window = WindowView(start=opening, end=opening + timedelta(seconds=length))
    first, last = (MONDAY + timedelta(minutes=minute) for minute in WEEK.window(window))
    assert first <= window.start
    assert last >= window.end
    assert (last - first) - (window.end - window.start) < timedelta(minutes=2)
