"""What a source that nobody declared covers: its own rows say it, and never more than they show."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import rows
from cmcoord_geo.network.places import nearest_places
from cmcoord_geo.units import BANGUI, DAY_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cmcoord_geo.model import Source
    from cmcoord_geo.picture import Incidents

#: Few rows beyond a gap longer than this are taken for slips of the pen.
STRAY_GAP_S = 180 * DAY_S
#: Few: less than one in so many rows; a single row always is.
STRAY_ONE_IN = 100
#: With fewer rows, or over a shorter time, rows say nothing of the roads where there is none.
LEAST_ROWS, LEAST_S = 20, 60 * DAY_S
#: Rows in so many prefectures or fewer are those of a local source.
MOST_LOCAL = 3
#: Source of a publisher to its table of classes.
_PUBLISHED = {"acled": "acled", "ucdp_ged": "ucdp", "ucdp_candidate": "ucdp"}


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


def reach_of(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[str, ...]:
    """
    Prefectures (2021) that are all that the source of some rows reaches; empty: the whole country.

    A log of one corner of the country says nothing of the others: rows in three prefectures or fewer reach
    these alone.

    Parameters
    ----------
    lon, lat : ndarray of float64, shape (n,)
        NaN where a row has no position.
    """
    spots = np.column_stack([lon, lat])
    known = np.unique(spots[np.isfinite(spots).all(axis=1)], axis=0)
    names = {place.prefecture_2021 for place in nearest_places(known)}
    return tuple(sorted(names)) if len(names) <= MOST_LOCAL else ()


@cache
def published_classes() -> Mapping[str, frozenset[str]]:
    """Classes that a publisher records, whether or not a file has a row of each, by its source."""
    return {
        source: frozenset(row["class_id"] for row in rows(f"{table}_classes.csv"))
        for source, table in _PUBLISHED.items()
    }


def known_sources(incidents: Incidents, *, as_of: datetime) -> tuple[Source, ...]:
    """
    Sources as they are known at a cut-off: an assumed one covers what its rows until then show.

    Period, prefectures and classes are those of these rows (the classes of a publisher are always its own).

    Parameters
    ----------
    incidents : Incidents
    as_of : datetime
        Cut-off: rows dated later make no source current, and widen none.
    """
    ids = np.array(incidents.source_id, dtype=object)
    is_known = incidents.at_s <= utc_seconds(as_of)
    return tuple(
        _narrowed(source, incidents, ids == source.source_id, is_known)
        if source.is_assumed
        else source
        for source in incidents.sources
    )


def _narrowed(
    source: Source,
    incidents: Incidents,
    is_own: NDArray[np.bool_],
    is_known: NDArray[np.bool_],
) -> Source:
    where = np.flatnonzero(is_own & is_known)
    if not len(where):
        return replace(source, classes=())
    main = incidents.at_s[where][main_rows(incidents.at_s[where])]
    first, last = whole_days(main)
    source = replace(source, first=first, last=last)
    if not np.isfinite(incidents.lon[where]).any() or is_thin(main):
        return replace(source, classes=())
    if len(where) == np.count_nonzero(is_own):
        return source  # nothing lies ahead: areas and classes are those of these very rows
    seen = {incidents.class_id[i] for i in where.tolist()}
    seen |= published_classes().get(source.source_id, frozenset())
    return replace(
        source,
        areas=reach_of(incidents.lon[where], incidents.lat[where]),
        classes=tuple(name for name in source.classes if name in seen),
    )
