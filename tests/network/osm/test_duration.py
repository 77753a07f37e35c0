"""Durations of ferries."""

from __future__ import annotations

import pytest

from cmcoord_geo.network.osm import duration_s


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[("00:20", 20), ("1:30", 90), ("00:20:30", 20.5), ("15", 15), ("PT1H30M", 90)],
        *[("PT25M", 25), ("2 h", 120), ("45 min", 45), ("1.5 hours", 90)],
    ],
)
def test_minutes(text: str, minutes: float) -> None:
    assert duration_s(text) == minutes * 60


@pytest.mark.parametrize("text", ["", "soon", "0", "PT", "-5", "10-20", "48:00", "1:75"])
def test_what_is_no_duration_is_not_guessed(text: str) -> None:
    assert duration_s(text) is None
