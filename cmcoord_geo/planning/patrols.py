"""
Patrols along a route: presence fresh enough at passage.

A recent patrol on the road is wanted, the patrol and the convoy at one place at one time are not (L041, L054,
L056, hazard H10); who meets whom is found by :mod:`.conflicts`. Presence counts only when it surely lies
before the passage, so on the road of a row that row is a meeting, or coverage, or neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan
from typing import TYPE_CHECKING

from cmcoord_geo.model import Coverage, Span, TimeSpan
from cmcoord_geo.planning.freshness import credit, freshness
from cmcoord_geo.planning.pace import passing_window
from cmcoord_geo.units import HOUR_S, utc_seconds

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """
    One row of the patrols as it is known at a cut-off.

    Attributes
    ----------
    first_s, last_s : float
        When the patrol may be there: the window, with the reported passage where that lies outside it.
    passed_s : float
        Reported passage; NaN while nothing is reported.
    is_over : bool
        The whole window lies before the cut-off.
    is_known : bool
        False where a time is missing, or the offer is void before its window starts or while it still runs:
        then the patrol may be there at any time.
    """

    first_s: float
    last_s: float
    passed_s: float
    is_over: bool
    is_known: bool


def patrols_on_the_way(
    patrols: Patrols, legs: Sequence[Leg], *, fast: Pace, slow: Pace
) -> tuple[OnTheWay, ...]:
    """Rows of the patrols on the segments of a route, in the order of the route."""
    found = []
    for leg in legs:
        for row in patrols.by_segment.get(leg.segment_id, ()):
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

    An offer whose window is over, and of which nobody reported the passage, counts as nothing; any other
    offer counts as one, a reported passage in full.

    Parameters
    ----------
    patrols : Patrols
    on_the_way : iterable of OnTheWay
    as_of : datetime
        Cut-off: a passage counts only when reported before it.
    accepts_mixed : bool
        Whether the organisation lets presence mixed with national forces count (L111), and presence of
        unknown composition, which may be mixed. That of others counts for nobody.
    config : PatrolConfig
    """
    found = []
    for meeting in on_the_way:
        age_h = age_at_passage(patrols, meeting, as_of=as_of)
        is_accepted = accepted(patrols.composition[meeting.row], accepts_mixed=accepts_mixed)
        if age_h is None or not is_accepted or freshness(age_h.high, config) <= 0:
            continue
        is_sure = is_confirmed(patrols, meeting.row, as_of=as_of, config=config)
        found.append(
            Coverage(
                patrol_id=patrols.patrol_id[meeting.row],
                segment_id=meeting.leg.segment_id,
                km=meeting.km,
                age_h=age_h,
                is_confirmed=is_sure,
                credit=credit(age_h.high, is_confirmed=is_sure, config=config),
            )
        )
    return tuple(found)


def accepted(composition: str, *, accepts_mixed: bool) -> bool:
    """Whether presence of a composition counts for an organisation (L111); that of others does for nobody."""
    return composition == "minusca" or (accepts_mixed and composition != "other")


def is_confirmed(patrols: Patrols, row: int, *, as_of: datetime, config: PatrolConfig) -> bool:
    """Whether a passage was reported: never in the future, never long before the cut-off."""
    age_h = (utc_seconds(as_of) - float(patrols.passed_s[row])) / HOUR_S
    return 0 <= age_h <= config.confirmed_h  # NaN is in no range


def presence_of(patrols: Patrols, row: int, *, as_of: datetime) -> Presence:
    """What is known at a cut-off of when a patrol is on its stretch; a report from later is not used."""
    now_s = utc_seconds(as_of)
    start_s, end_s = float(patrols.start_s[row]), float(patrols.end_s[row])
    passed_s, valid_s = float(patrols.passed_s[row]), float(patrols.valid_until_s[row])
    if not passed_s <= now_s:
        passed_s = float("nan")
    if isnan(start_s) and isnan(end_s):  # nothing was offered: the report alone speaks
        start_s = end_s = passed_s
    first_s = start_s if isnan(passed_s) else min(start_s, passed_s)
    last_s = end_s if isnan(passed_s) else max(end_s, passed_s)
    is_over = last_s <= now_s
    is_void = isnan(passed_s) and (valid_s < first_s or (valid_s <= now_s and not is_over))
    return Presence(
        first_s=first_s,
        last_s=last_s,
        passed_s=passed_s,
        is_over=is_over,
        is_known=isfinite(start_s) and isfinite(end_s) and not is_void,
    )


def age_at_passage(patrols: Patrols, meeting: OnTheWay, *, as_of: datetime) -> Span | None:
    """Youngest and oldest age in hours, at passage, of a presence that surely lies before it; else None."""
    presence, passage = presence_of(patrols, meeting.row, as_of=as_of), meeting.passage
    is_reported = isfinite(presence.passed_s)
    if not presence.is_known or (presence.is_over and not is_reported):
        return None
    if passage.earliest.timestamp() <= presence.last_s:
        return None
    newest_s = presence.passed_s if is_reported else presence.last_s
    oldest_s = presence.passed_s if is_reported else presence.first_s
    return Span(
        low=(passage.earliest.timestamp() - newest_s) / HOUR_S,
        high=(passage.latest.timestamp() - oldest_s) / HOUR_S,
    )
