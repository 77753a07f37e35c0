"""Rectangles on the sheet, in millimetres from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Rectangle in millimetres; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in millimetres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return self.bottom - self.top

    def overlaps(self, other: Box, *, slack_mm: float = 0.0) -> bool:
        """Whether two boxes share more than the slack in both directions."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack_mm
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack_mm
        )

    def is_within(self, other: Box, *, slack_mm: float = 0.0) -> bool:
        """Whether the box lies inside another."""
        return (
            self.left >= other.left - slack_mm
            and self.right <= other.right + slack_mm
            and self.top >= other.top - slack_mm
            and self.bottom <= other.bottom + slack_mm
        )


def box_about(x: float, y: float, half_mm: float, half_high_mm: float | None = None) -> Box:
    """Box around a point; a square unless half its height is given."""
    high = half_mm if half_high_mm is None else half_high_mm
    return Box(left=x - half_mm, right=x + half_mm, top=y - high, bottom=y + high)
