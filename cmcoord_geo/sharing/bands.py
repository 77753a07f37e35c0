"""Ranges, windows and exposure as a person may see them: outward, in whole numbers (H4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.sharing.views import ExposureView, RangeView, WindowView

if TYPE_CHECKING:
    from cmcoord_geo.model import Exposure, Span, TimeSpan


def range_view(span: Span) -> RangeView:
    """Range as it is."""
    return RangeView(low=span.low, high=span.high)


def window_view(span: TimeSpan) -> WindowView:
    """Window as it is."""
    return WindowView(start=span.earliest, end=span.latest)


def exposure_view(exposure: Exposure) -> ExposureView:
    """Whole numbers, the upper one rounded up: no false precision (H4); none where nothing is known."""
    informed_percent = int(100 * exposure.informed_share)
    return ExposureView(
        low=int(exposure.low) if informed_percent else None,
        high=-int(-exposure.high // 1) if informed_percent else None,
        exposure_class=exposure.exposure_class,
        informed_percent=informed_percent,
    )
