"""Times of a page: whole minutes since the week began."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.render.page.pack import Plain
    from cmcoord_geo.sharing.views import WindowView


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    Minutes since the week began.

    Attributes
    ----------
    start : datetime
        Midnight in Bangui, the first minute of the time bar.
    """

    start: datetime

    def minute(self, moment: datetime) -> int:
        """Last whole minute not after a moment: an expiry is never later than it was said to be."""
        return floor(self._minutes(moment))

    def window(self, window: WindowView) -> list[Plain]:
        """First and last minute of a window, rounded outward."""
        return [floor(self._minutes(window.start)), ceil(self._minutes(window.end))]

    def _minutes(self, moment: datetime) -> float:
        return (moment - self.start).total_seconds() / 60
