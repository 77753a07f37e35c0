"""
Why a road is closed to a convoy on a date: by report, by season, by surface, by a crossing.

A default by season is a prior. A live report "restricted" that names the largest vehicle beats it, for
somebody looked who passes; "open" does not, for the vehicle that it may name is an upper limit alone; a
closed road and a limit only take away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.facts import vehicles
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_date
from cmcoord_geo.i18n.numbers import said_number, said_tonnes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cmcoord_geo.facts import Crossing, Vehicle
    from cmcoord_geo.model import RoadState, RoadStatus
    from cmcoord_geo.network.convoy import Convoy
    from cmcoord_geo.network.season import Season
    from cmcoord_geo.network.status import KnownState

TRUCK_RANK = 2  # two conflicting reports close a road to trucks (user story LP5)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadOnDate:
    """
    What season and reports say of one segment on one date.

    Attributes
    ----------
    surface : str
    season : str
    default_state : str
        By the season, before any report.
    default_largest : Vehicle
        Largest vehicle by the season, before any report.
    known : KnownState
        Of the road itself.
    crossings : tuple of (Crossing, KnownState)
        Crossings of the segment, each with what its reports say.
    """

    surface: str
    season: Season
    default_state: RoadState
    default_largest: Vehicle
    known: KnownState
    crossings: tuple[tuple[Crossing, KnownState], ...]

    @property
    def state(self) -> RoadState:
        """State by a live report, else by the season."""
        return self.known.state if self.known.basis == "report" else self.default_state

    def is_capacity_flagged(self, convoy: Convoy, *, over_t: float) -> bool:
        """Whether a bridge or ferry of unknown capacity lies under a convoy heavier than a limit (LP2)."""
        return convoy.gross_t > over_t and any(
            crossing.capacity_t is None and crossing.kind in {"bridge", "ferry"}
            for crossing, _ in self.crossings
        )


def why_closed(road: RoadOnDate, convoy: Convoy) -> Iterator[Said]:
    """Reasons for which a road is closed to a convoy; none where it is open."""
    yield from _by_report(road.known, convoy, road.season)
    yield from _by_season(road, convoy)
    if convoy.kmh(road.surface, "dry" if road.season == "dry" else "wet") <= 0:
        yield _by_surface(road)
    for crossing, known in road.crossings:
        yield from _by_crossing(crossing, known, convoy, road.season)


def _by_surface(road: RoadOnDate) -> Said:
    """No pace of the convoy is known here; the way of a ferry has no surface to blame."""
    if road.surface == "unknown" and any(each.kind == "ferry" for each, _ in road.crossings):
        return said("closed.ferry_pace")
    return said(
        "closed.surface",
        surface=said(f"surface.{road.surface}"),
        season=said(f"season.{road.season}"),
    )


def _by_report(known: KnownState, convoy: Convoy, season: Season) -> Iterator[Said]:
    report = known.report
    if known.basis != "report" or report is None:
        return
    day = said_date(report.reported_at)
    if known.state == "closed":
        yield said("closed.report", report=report.report_id, day=day)
    elif known.state == "conflicting" and convoy.rank >= TRUCK_RANK:
        yield said("closed.conflicting", reports=named(known.told))
    yield from _by_limits(known.limiting, convoy, season)


def named(reports: Iterable[RoadStatus]) -> Said:
    """Id and day of each report."""
    return join(
        said("closed.report_of", report=each.report_id, day=said_date(each.reported_at))
        for each in reports
    )


def _by_limits(report: RoadStatus | None, convoy: Convoy, season: Season) -> Iterator[Said]:
    """What a report says of size, weight and season, whatever its state."""
    if report is None:
        return
    if report.season and report.season != season:
        only, now = said(f"season.{report.season}"), said(f"season.{season}")
        yield said("closed.season_only", report=report.report_id, only=only, season=now)
    if report.max_vehicle and vehicles()[report.max_vehicle].rank < convoy.rank:
        largest = vehicles()[report.max_vehicle].name
        yield said("closed.restriction", report=report.report_id, largest=largest)
    if report.max_gross_t is not None and report.max_gross_t < convoy.gross_t:
        limit, gross = said_number(report.max_gross_t), said_number(convoy.gross_t)
        yield said("closed.weight", report=report.report_id, limit=limit, gross=gross)


def _by_season(road: RoadOnDate, convoy: Convoy) -> Iterator[Said]:
    """Largest vehicle by season, unless a live report that knows the state says what passes."""
    if road.default_largest.rank >= convoy.rank:
        return
    season, largest = said(f"season.{road.season}"), road.default_largest.name
    limiting = road.known.limiting
    if limiting is None or limiting.state == "closed" or limiting.is_part:
        yield said("closed.season", season=season, largest=largest)
    elif not limiting.max_vehicle:
        yield said("closed.not_said", report=limiting.report_id, season=season, largest=largest)
    elif limiting.state == "unknown":
        yield said("closed.not_known", report=limiting.report_id, season=season, largest=largest)


def _by_crossing(
    crossing: Crossing, known: KnownState, convoy: Convoy, season: Season
) -> Iterator[Said]:
    report = known.report
    if known.basis == "report" and report is not None:
        if known.state == "conflicting" and convoy.rank >= TRUCK_RANK:
            reports = named(known.told)
            yield said("closed.crossing_conflicting", name=crossing.name, reports=reports)
        elif known.state == "closed":
            day = said_date(report.reported_at)
            yield said(f"closed.{crossing.kind}", name=crossing.name, day=day)
        yield from _by_limits(known.limiting, convoy, season)
    needed_t = max(convoy.capacity_t, convoy.gross_t)
    if crossing.capacity_t is not None and crossing.capacity_t < needed_t:
        limit, needed = said_tonnes(crossing.capacity_t), said_number(needed_t)
        yield said("closed.capacity", name=crossing.name, limit=limit, needed=needed)
