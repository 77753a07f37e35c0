"""What a source that nobody declared covers: its own rows say it, and never more than they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.units import BANGUI, DAY_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

#: Few rows beyond a gap longer than this are taken for slips of the pen.
STRAY_GAP_S = 180 * DAY_S
#: Few: less than one in so many rows; a single row always is.
STRAY_ONE_IN = 100
#: With fewer rows, or over a shorter time, rows say nothing of the roads where there is none.
LEAST_ROWS, LEAST_S = 20, 60 * DAY_S


def main_rows(at_s: NDArray[np.int64]) -> NDArray[np.bool_]:
    """
    Rows whose dates are not far from all others: a mistyped year must not make an old source current.

    At both ends, less than 1 % of the rows (or a single one) beyond a gap of 180 days are left out.

    Parameters
    ----------
    at_s : ndarray of int64, shape (n,)
        Seconds since the epoch, in any order.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> main_rows(np.array([0, 1, 2, 1000]) * DAY_S).tolist()
    [True, True, True, False]
    """
    n = len(at_s)
    ordered = np.sort(at_s)
    before = np.flatnonzero(np.diff(ordered) > STRAY_GAP_S) + 1
    most = max(1, (n - 1) // STRAY_ONE_IN)
    last = min([n, *before[n - before <= most]])
    first = max([0, *before[(before <= most) & (before < last)]])
    return np.isin(at_s, ordered[first:last])


def is_thin(at_s: NDArray[np.int64]) -> bool:
    """Whether rows are too few, or over too short a time, to say anything where there is none."""
    return len(at_s) < LEAST_ROWS or int(np.ptp(at_s)) < LEAST_S


def whole_days(at_s: NDArray[np.int64]) -> tuple[datetime, datetime]:
    """First moment of the first day and last second of the last day, in Bangui time."""
    first, last = (
        datetime.combine(
            to_datetime(float(moment)).astimezone(BANGUI).date(), time.min, tzinfo=BANGUI
        )
        for moment in (at_s.min(), at_s.max())
    )
    return first, last + timedelta(days=1, seconds=-1)


def known_sources(incidents: Incidents, *, as_of: datetime) -> tuple[Source, ...]:
    """
    Sources as they are known at a cut-off: an assumed one covers what its rows until then show.

    Parameters
    ----------
    incidents : Incidents
    as_of : datetime
        Cut-off: rows dated later make no source current.
    """
    ids = np.array(incidents.source_id, dtype=object)
    is_known = incidents.at_s <= utc_seconds(as_of)
    return tuple(
        _narrowed(source, incidents.at_s[is_known & (ids == source.source_id)])
        if source.is_assumed
        else source
        for source in incidents.sources
    )


def _narrowed(source: Source, at_s: NDArray[np.int64]) -> Source:
    if not len(at_s):
        return replace(source, classes=())
    main = at_s[main_rows(at_s)]
    first, last = whole_days(main)
    return replace(source, first=first, last=last, classes=() if is_thin(main) else source.classes)
