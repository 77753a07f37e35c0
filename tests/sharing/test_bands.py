"""Ranges for a person: exposure outward in whole numbers, so that no digit says more than is known (H4)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.model import Exposure, Span, TimeSpan
from cmcoord_geo.sharing.bands import exposure_view, range_view, window_view
from cmcoord_geo.units import to_datetime


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1))
def test_exposure_is_widened_to_whole_numbers(a: float, b: float, share: float) -> None:
    low, high = sorted((a, b))
    seen = exposure_view(
        Exposure(low=low, mean=low, high=high, exposure_class=2, informed_share=share)
    )
    if seen.informed_percent:
        assert seen.low <= low < seen.low + 1
        assert seen.high - 1 < high <= seen.high
    else:  # nothing is known: no figure, least of all nought
        assert (seen.low, seen.high) == (None, None)
    assert seen.informed_percent <= 100 * share
    assert seen.exposure_class == 2


def test_ranges_and_windows_stay_as_they_are() -> None:
    seen = range_view(Span(low=1.5, high=2.5))
    assert (seen.low, seen.high) == (1.5, 2.5)
    window = window_view(TimeSpan(earliest=to_datetime(0), latest=to_datetime(60)))
    assert (window.start, window.end) == (to_datetime(0), to_datetime(60))
