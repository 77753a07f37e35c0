"""What the sources of incidents cover at a date: beyond that there is no information."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import incident_classes
from cmcoord_geo.units import DAY_S, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.model import Source

#: Month on the average of the Gregorian calendar.
MONTH_S = 30.436875 * DAY_S


class Window:
    """
    Sources as they are asked about one date, with what was known at a cut-off.

    Parameters
    ----------
    sources : sequence of Source
        As known at the cut-off, see :func:`~cmcoord_geo.risk.coverage.known_sources`.
    at : datetime
        Date for which it is asked.
    as_of : datetime
        Cut-off: a source covers nothing later.
    recent_days : int
        A source speaks about a date up to this many days after its last day.
    """

    def __init__(
        self, sources: Sequence[Source], *, at: datetime, as_of: datetime, recent_days: int
    ) -> None:
        self._sources = sources
        self._at_s = utc_seconds(at)
        self._as_of_s = utc_seconds(as_of)
        self._recent_s = recent_days * DAY_S

    def months(
        self, class_id: str, areas: Sequence[str], *, half_life_days: float | None = None
    ) -> NDArray[np.float64]:
        """
        Months of recording in each area, each moment weighted by its age; 0 = no information.

        Of several sources on one area the longest counts: two logs do not watch a road twice as long.

        Parameters
        ----------
        class_id : str
        areas : sequence of str, length p
            Prefectures of 2021.
        half_life_days : float, optional
            Age at which a moment counts half; infinite where it never fades. That of the class without it.

        Returns
        -------
        ndarray of float64, shape (p,)
        """
        half_life = _half_life(class_id) if half_life_days is None else half_life_days
        found = np.zeros(len(areas))
        for source in self._sources:
            if class_id in source.classes and self._speaks(source):
                is_there = [not source.areas or area in source.areas for area in areas]
                months = self._weighed_months(source, half_life)
                found = np.maximum(found, np.where(is_there, months, 0.0))
        return found

    def weights(
        self, class_id: str, at_s: NDArray[np.int64], *, half_life_days: float | None = None
    ) -> NDArray[np.float64]:
        """Weight of records of a class by their age at the date; 0 after the cut-off."""
        half_life = _half_life(class_id) if half_life_days is None else half_life_days
        half_life_s = half_life * DAY_S
        age_s = np.maximum(self._at_s - at_s, 0)
        return np.where(at_s <= self._as_of_s, 0.5 ** (age_s / half_life_s), 0.0)

    def has_ordnance_source(self) -> bool:
        """Whether any source records explosive ordnance, which time alone does not remove."""
        classes = incident_classes()
        return any(classes[name].is_ordnance for source in self._sources for name in source.classes)

    def last_informed(self) -> datetime | None:
        """Last day of the newest source that covers any class, when none speaks about the date any more."""
        covering = [source for source in self._sources if source.classes]
        if not covering or any(map(self._speaks, covering)):
            return None
        return max(source.last for source in covering)

    def _span_s(self, source: Source) -> tuple[int, int]:
        """First and last second that a source covers, as known at the cut-off and asked for."""
        last_s = min(utc_seconds(source.last), self._as_of_s, self._at_s)
        return utc_seconds(source.first), last_s

    def _speaks(self, source: Source) -> bool:
        first_s, last_s = self._span_s(source)
        return first_s < last_s and self._at_s - last_s <= self._recent_s

    def _weighed_months(self, source: Source, half_life_days: float) -> float:
        first_s, last_s = self._span_s(source)
        if np.isinf(half_life_days):
            return (last_s - first_s) / MONTH_S
        scale_s = half_life_days * DAY_S / np.log(2)
        newest, oldest = (self._at_s - last_s) / scale_s, (self._at_s - first_s) / scale_s
        return float(scale_s * (np.exp(-newest) - np.exp(-oldest)) / MONTH_S)


def _half_life(class_id: str) -> float:
    return incident_classes()[class_id].half_life_days
