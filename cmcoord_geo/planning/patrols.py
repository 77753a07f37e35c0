"""
Patrols along a route: presence fresh enough at passage (coverage), and meetings (conflicts).

The two have opposite signs: a recent patrol on the road is wanted, the patrol and the convoy at one place at
one time are not (L041, L054, L056). Presence counts only when it surely lies before the passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.model import Conflict, Coverage, Span, TimeSpan
from cmcoord_geo.planning.timetable import passing_window
from cmcoord_geo.units import HOUR_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cmcoord_geo.config import PatrolConfig
    from cmcoord_geo.model import Leg, Pace
    from cmcoord_geo.picture import Patrols


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """One row of the patrols on one leg of a route, with the movement's passage there."""

    row: int
    leg: Leg
    fraction: Span
    km: Span
    passage: TimeSpan


def patrols_on_the_way(
    patrols: Patrols, legs: Sequence[Leg], *, fast: Pace, slow: Pace
) -> tuple[OnTheWay, ...]:
    """Rows of the patrols on the segments of a route, in the order of the route."""
    found = []
    for leg in legs:
        for row, segment_id in enumerate(patrols.segment_id):
            if segment_id != leg.segment_id:
                continue
            start, end = float(patrols.from_fraction[row]), float(patrols.to_fraction[row])
            length = leg.km.high - leg.km.low
            low, high = (start, end) if leg.is_forward else (1 - end, 1 - start)
            km = Span(low=leg.km.low + low * length, high=leg.km.low + high * length)
            found.append(
                OnTheWay(
                    row=row,
                    leg=leg,
                    fraction=Span(low=start, high=end),
                    km=km,
                    passage=passing_window(fast, slow, km_low=km.low, km_high=km.high),
                )
            )
    return tuple(found)


def coverage(
    patrols: Patrols,
    on_the_way: Iterable[OnTheWay],
    *,
    as_of: datetime,
    accepts_mixed: bool,
    config: PatrolConfig,
) -> tuple[Coverage, ...]:
    """
    Presence that is fresh enough at passage.

    Parameters
    ----------
    patrols : Patrols
    on_the_way : iterable of OnTheWay
    as_of : datetime
        Cut-off: a passage counts as confirmed only when reported before it, and not long before.
    accepts_mixed : bool
        Whether the organisation lets presence mixed with national forces count (L111).
    config : PatrolConfig
    """
    found = []
    for meeting in on_the_way:
        is_mixed = patrols.composition[meeting.row] != "minusca"
        presence = _presence(patrols, meeting.row, as_of)
        if presence is None or (is_mixed and not accepts_mixed):
            continue
        start_s, end_s = presence
        oldest_h = (utc_seconds(meeting.passage.latest) - start_s) / HOUR_S
        youngest_h = (utc_seconds(meeting.passage.earliest) - end_s) / HOUR_S
        if youngest_h <= 0 or oldest_h > config.fresh_h:
            continue
        credit = 1 - (1 - config.floor) * 0.5 ** (oldest_h / config.half_life_h)
        found.append(
            Coverage(
                patrol_id=patrols.patrol_id[meeting.row],
                segment_id=meeting.leg.segment_id,
                km=meeting.km,
                age_h=Span(low=youngest_h, high=oldest_h),
                is_confirmed=is_confirmed(patrols, meeting.row, as_of=as_of, config=config),
                credit=credit,
            )
        )
    return tuple(found)


def is_confirmed(patrols: Patrols, row: int, *, as_of: datetime, config: PatrolConfig) -> bool:
    """Whether a passage was reported: never in the future, never long before the cut-off."""
    passed_s = float(patrols.passed_s[row])
    age_h = (utc_seconds(as_of) - passed_s) / HOUR_S
    return bool(np.isfinite(passed_s)) and 0 <= age_h <= config.confirmed_h


def _presence(patrols: Patrols, row: int, as_of: datetime) -> tuple[float, float] | None:
    """First and last second of presence: the reported passage, else the offered window while it is valid."""
    passed_s = float(patrols.passed_s[row])
    if np.isfinite(passed_s) and passed_s <= utc_seconds(as_of):
        return passed_s, passed_s
    start_s, end_s = float(patrols.start_s[row]), float(patrols.end_s[row])
    valid_s = float(patrols.valid_until_s[row])
    if not np.isfinite([start_s, end_s]).all() or valid_s <= utc_seconds(as_of):
        return None
    if end_s <= utc_seconds(as_of):
        return None  # the window is over and nobody reported the passage
    return start_s, end_s


def conflicts(
    patrols: Patrols, on_the_way: Iterable[OnTheWay], *, movement_id: str, as_of: datetime
) -> tuple[Conflict, ...]:
    """
    Find where patrol and movement may be at one place at one time (C1 of DOMAIN.md 3.2).

    A patrol without a window on a road that the movement uses is ``unknown``, never no conflict.
    """
    found: list[Conflict] = []
    for meeting in on_the_way:
        answer, window = _meeting(patrols, meeting, as_of)
        if window is None:
            continue
        patrol_id = patrols.patrol_id[meeting.row]
        found.append(
            Conflict(
                conflict_id=f"{movement_id}:{patrol_id}:{meeting.leg.segment_id}:{len(found)}",
                kind="C1",
                answer=answer,
                movement_id=movement_id,
                patrol_id=patrol_id,
                segment_id=meeting.leg.segment_id,
                fraction=meeting.fraction,
                window=window,
            )
        )
    return tuple(found)


def _meeting(
    patrols: Patrols, meeting: OnTheWay, as_of: datetime
) -> tuple[Literal["conflict", "unknown"], TimeSpan | None]:
    if float(patrols.passed_s[meeting.row]) <= utc_seconds(as_of):
        return "conflict", None  # it has passed: it is not there any more
    start_s, end_s = float(patrols.start_s[meeting.row]), float(patrols.end_s[meeting.row])
    if not np.isfinite([start_s, end_s]).all():
        return "unknown", meeting.passage
    first = max(start_s, meeting.passage.earliest.timestamp())
    last = min(end_s, meeting.passage.latest.timestamp())
    if first > last:
        return "conflict", None
    return "conflict", TimeSpan(earliest=to_datetime(first), latest=to_datetime(last))
