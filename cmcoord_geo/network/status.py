"""
What the reports of the week say about a road at a moment.

The newest live report holds. Two live reports that differ and lie close together are conflicting: by their
state, or by limits of which one lets a vehicle pass that the other stops. A report that says "unknown" lifts
no live report that says more. A report that is stale or has expired makes the state unknown, never open: the
default of the season then stands in, marked as such (DOMAIN.md 2.6, user story LP5, hazard H3).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.facts import vehicles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.facts import Vehicle
    from cmcoord_geo.model import RoadState, RoadStatus

Basis = Literal["report", "stale", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownState:
    """
    State of one road or crossing by its reports.

    Attributes
    ----------
    state : str
        ``unknown`` when nothing live is known.
    basis : str
        ``report`` (live), ``stale`` (only expired reports) or ``none``.
    report : RoadStatus or None
        The report that holds, or the newest expired one.
    expires_at : datetime or None
        Until when the report speaks.
    disagreeing : tuple of RoadStatus
        Live reports that contradict it, newest first; empty unless the state is ``conflicting``.
    overruled : RoadStatus or None
        Live and verified report, older than the window of disagreement, that says closed where the one that
        holds is not verified and does not.
    """

    state: RoadState
    basis: Basis
    report: RoadStatus | None
    expires_at: datetime | None
    disagreeing: tuple[RoadStatus, ...] = ()
    overruled: RoadStatus | None = None

    @property
    def told(self) -> tuple[RoadStatus, ...]:
        """The report that holds and those that contradict it; empty without a live report."""
        if self.basis != "report" or self.report is None:
            return ()
        return (self.report, *self.disagreeing)

    @property
    def limiting(self) -> RoadStatus | None:
        """Live report whose limits hold: the newest; in a conflict the newest that does not close."""
        first = self.told[0] if self.told else None
        return next((report for report in self.told if report.state != "closed"), first)


NOTHING = KnownState(state="unknown", basis="none", report=None, expires_at=None)


def expiry(report: RoadStatus, *, is_wet: bool, config: StatusConfig) -> datetime:
    """Moment from which a report no longer speaks: its own expiry, or the staleness rule by season."""
    if report.expires_at is not None:
        return report.expires_at
    days = config.stale_days_wet if is_wet else config.stale_days_dry
    return report.reported_at + timedelta(days=days)


def known_state(
    reports: Iterable[RoadStatus],
    *,
    as_of: datetime,
    at: datetime,
    is_wet: bool,
    config: StatusConfig,
) -> KnownState:
    """
    State of one road or crossing.

    Parameters
    ----------
    reports : iterable of RoadStatus
        All on this road or crossing.
    as_of : datetime
        Cut-off: a later report is not used.
    at : datetime
        Moment of passage: what expires before it is unknown then.
    is_wet : bool
        Which staleness rule holds.
    config : StatusConfig
    """
    told = sorted(
        (report for report in reports if report.reported_at <= as_of),
        key=lambda report: (report.reported_at, report.report_id),
        reverse=True,
    )
    if not told:
        return NOTHING
    ends = {id(report): expiry(report, is_wet=is_wet, config=config) for report in told}
    live = [report for report in told if ends[id(report)] > max(as_of, at)]
    if not live:
        return KnownState(
            state="unknown", basis="stale", report=told[0], expires_at=ends[id(told[0])]
        )
    newest, *older = _telling(live)
    oldest = newest.reported_at - timedelta(hours=config.disagree_h)
    near = [report for report in older if report.reported_at >= oldest]
    disagreeing = tuple(report for report in near if _contradict(newest, report))
    return KnownState(
        state="conflicting" if disagreeing else newest.state,
        basis="report",
        report=newest,
        expires_at=ends[id(newest)],
        disagreeing=disagreeing,
        overruled=None if disagreeing else _overruled(newest, older),
    )


def lets_pass(report: RoadStatus, vehicle: Vehicle) -> bool:
    """Whether the limits of a report, whatever its state, let a vehicle pass."""
    is_small = not report.max_vehicle or vehicle.rank <= vehicles()[report.max_vehicle].rank
    return is_small and (report.max_gross_t is None or vehicle.gross_t <= report.max_gross_t)


def _contradict(one: RoadStatus, other: RoadStatus) -> bool:
    """Whether two reports differ in their state, or in a vehicle that only one of them lets pass."""
    if one.state != other.state:
        return True
    return one.state != "closed" and any(
        lets_pass(one, vehicle) != lets_pass(other, vehicle) for vehicle in vehicles().values()
    )


def _overruled(newest: RoadStatus, older: Iterable[RoadStatus]) -> RoadStatus | None:
    """Newest verified closure that a report which nobody verified has lifted."""
    if newest.is_verified or newest.state == "closed":
        return None
    return next((each for each in older if each.is_verified and each.state == "closed"), None)


def _telling(live: list[RoadStatus]) -> list[RoadStatus]:
    """Reports that say something: of those that do not know the state, the ones that know a limit."""
    return (
        [report for report in live if report.state != "unknown"]
        or [
            report
            for report in live
            if report.max_vehicle or report.max_gross_t is not None or report.season
        ]
        or live
    )


def by_subject(status: Iterable[RoadStatus]) -> Mapping[str, tuple[RoadStatus, ...]]:
    """Reports by what they speak of: the id of a crossing, else of a segment."""
    found: defaultdict[str, list[RoadStatus]] = defaultdict(list)
    for report in status:
        found[report.crossing_id or report.segment_id].append(report)
    return {subject: tuple(reports) for subject, reports in found.items()}
