"""
Which segments a convoy can pass on a date, how long each takes, and why the others are closed.

Preference never mixes into travel time, and an unknown never turns into an open road: a default by season
is a prior and is marked as one (hazards H3, H9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.facts import season_zones, vehicles
from cmcoord_geo.i18n import Said, problem, said
from cmcoord_geo.network.season import Season, season_of
from cmcoord_geo.network.status import NOTHING, KnownState, by_subject, known_state
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.facts import Crossing, Vehicle
    from cmcoord_geo.model import RoadState, RoadStatus, VehicleCount
    from cmcoord_geo.network.road_network import RoadNetwork

TRUCK_RANK = 2  # two conflicting reports close a road to trucks (user story LP5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passability:
    """
    Roads as one convoy finds them on one date.

    Attributes
    ----------
    is_open : ndarray of bool, shape (m,)
    low_s, mid_s, high_s : ndarray of float64, shape (m,)
        Moving seconds at the fast, middle and slow pace; infinite where closed.
    season : tuple of str
        dry, wet or shoulder, for each segment.
    state : tuple of str
        open, restricted, closed, conflicting: by report, else the default of the season.
    known : tuple of KnownState
        What the reports say of the road itself.
    crossing_states : mapping
        Crossing id to what its reports say.
    reasons : tuple of tuple of Said
        Why a segment is closed to this convoy; empty where it is open.
    is_capacity_flagged : ndarray of bool, shape (m,)
        A bridge or ferry of unknown capacity under a convoy heavier than the limit: red (LP2).
    """

    is_open: NDArray[np.bool_]
    low_s: NDArray[np.float64]
    mid_s: NDArray[np.float64]
    high_s: NDArray[np.float64]
    season: tuple[Season, ...]
    state: tuple[RoadState, ...]
    known: tuple[KnownState, ...]
    crossing_states: Mapping[str, KnownState]
    reasons: tuple[tuple[Said, ...], ...]
    is_capacity_flagged: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Convoy:
    """
    What governs a convoy of several kinds of vehicle: the slowest, the largest, the heaviest.

    Attributes
    ----------
    members : tuple of Vehicle
    rank : int
        Of the largest.
    capacity_t, gross_t : float
        What a bridge must carry, and the gross weight, of the heaviest.
    count : int
        Vehicles in all.
    """

    members: tuple[Vehicle, ...]
    rank: int
    capacity_t: float
    gross_t: float
    count: int

    def kmh(self, surface: str, season: str) -> float:
        """Moving speed of the slowest; 0 where one of them does not drive."""
        return min(member.kmh[surface, season] for member in self.members)

    def doubt(self, season: str) -> float:
        """Largest relative doubt of the speed."""
        return max(member.doubt[season] for member in self.members)


def convoy_of(counts: Sequence[VehicleCount]) -> Convoy:
    """
    Convoy of these vehicles.

    Raises
    ------
    DataError
        No vehicle, or a profile that does not exist.
    """
    if not counts:
        raise problem(DataError, "vehicle.none")
    for entry in counts:
        if entry.vehicle_id not in vehicles():
            known = ", ".join(vehicles())
            raise problem(DataError, "vehicle.unknown", vehicle=entry.vehicle_id, known=known)
    members = tuple(vehicles()[entry.vehicle_id] for entry in counts)
    return Convoy(
        members=members,
        rank=max(member.rank for member in members),
        capacity_t=max(member.min_bridge_capacity_t for member in members),
        gross_t=max(member.gross_t for member in members),
        count=sum(entry.count for entry in counts),
    )


def passability(
    network: RoadNetwork,
    convoy: Convoy,
    *,
    at: datetime,
    as_of: datetime,
    status: Iterable[RoadStatus],
    config: StatusConfig,
) -> Passability:
    """
    Find what a convoy can pass at a moment, with what is known at the cut-off.

    Parameters
    ----------
    network : RoadNetwork
    convoy : Convoy
    at : datetime
        Moment of the movement; its date sets the season of each zone.
    as_of : datetime
        Cut-off of the reports.
    status : iterable of RoadStatus
        Reports on segments and crossings.
    config : StatusConfig
    """
    reports = by_subject(status)
    seasons = tuple(season_of(at, season_zones()[zone]) for zone in network.season_zone)
    crossings = _crossings_by_segment(network)

    def state_of(subject: str, season: Season) -> KnownState:
        told = reports.get(subject, ())
        return known_state(told, as_of=as_of, at=at, is_wet=season != "dry", config=config)

    known = tuple(map(state_of, network.segment_ids, seasons))
    crossing_states: dict[str, KnownState] = {}
    for i, season in enumerate(seasons):
        for crossing in crossings.get(network.segment_ids[i], ()):
            crossing_states.setdefault(crossing.crossing_id, state_of(crossing.crossing_id, season))
    checks = [
        _Segment(
            network=network,
            index=i,
            season=seasons[i],
            known=known[i],
            convoy=convoy,
            crossings=crossings.get(network.segment_ids[i], ()),
            crossing_states=crossing_states,
        )  # fmt: skip
        for i in range(len(network))
    ]
    reasons = tuple(tuple(check.reasons()) for check in checks)
    paces = np.array([check.paces_s() for check in checks]).reshape(-1, 3)
    is_open = np.array([not why for why in reasons], dtype=bool)
    paces[~is_open] = np.inf
    return Passability(
        is_open=is_open,
        low_s=paces[:, 0],
        mid_s=paces[:, 1],
        high_s=paces[:, 2],
        season=seasons,
        state=tuple(check.state for check in checks),
        known=known,
        crossing_states=crossing_states,
        reasons=reasons,
        is_capacity_flagged=np.array(
            [check.is_capacity_flagged(config.unknown_capacity_over_t) for check in checks],
            dtype=bool,
        ),
    )


def _crossings_by_segment(network: RoadNetwork) -> Mapping[str, list[Crossing]]:
    found: dict[str, list[Crossing]] = {}
    for crossing in network.crossings:
        for segment_id in crossing.at_km:
            found.setdefault(segment_id, []).append(crossing)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """One segment under one convoy: the checks, one method each."""

    network: RoadNetwork
    index: int
    season: Season
    known: KnownState
    convoy: Convoy
    crossings: Sequence[Crossing]
    crossing_states: Mapping[str, KnownState]

    @property
    def default(self) -> tuple[RoadState, str]:
        """State and largest vehicle by the season; between the seasons the worse of both."""
        network, i = self.network, self.index
        dry = (network.status_dry[i], network.max_vehicle_dry[i])
        wet = (network.status_wet[i], network.max_vehicle_wet[i])
        state, largest = dry if self.season == "dry" else wet
        return state, largest  # type: ignore[return-value]

    @property
    def state(self) -> RoadState:
        return self.known.state if self.known.basis == "report" else self.default[0]

    def reasons(self) -> Iterable[Said]:
        yield from self._by_report()
        yield from self._by_default()
        yield from self._by_speed()
        for crossing in self.crossings:
            yield from self._by_crossing(crossing)

    def _by_report(self) -> Iterable[Said]:
        state, report = self.known.state, self.known.report
        if self.known.basis != "report" or report is None:
            return
        day = f"{report.reported_at:%Y-%m-%d}"
        if state == "closed":
            yield said("closed.report", report=report.report_id, day=day)
        elif state == "conflicting" and self.convoy.rank >= TRUCK_RANK:
            yield said("closed.conflicting", report=report.report_id, day=day)
        elif state == "restricted":
            yield from self._by_restriction(report)

    def _by_restriction(self, report: RoadStatus) -> Iterable[Said]:
        if report.max_vehicle and vehicles()[report.max_vehicle].rank < self.convoy.rank:
            largest = vehicles()[report.max_vehicle].name
            yield said("closed.restriction", report=report.report_id, largest=largest)
        if report.max_gross_t is not None and report.max_gross_t < self.convoy.gross_t:
            yield said(
                "closed.weight",
                report=report.report_id,
                limit=f"{report.max_gross_t:g}",
                gross=f"{self.convoy.gross_t:g}",
            )

    def _by_default(self) -> Iterable[Said]:
        """Largest vehicle by season, unless a live report says more."""
        is_reported = self.known.basis == "report" and self.known.state in {"open", "restricted"}
        largest = vehicles()[self.default[1]]
        report = self.known.report
        if is_reported and report is not None and report.max_vehicle:
            return
        if largest.rank < self.convoy.rank:
            season = said(f"season.{self.season}")
            yield said("closed.season", season=season, largest=largest.name)

    def _by_speed(self) -> Iterable[Said]:
        if min(self._speeds_kmh()) <= 0:
            surface = said(f"surface.{self.network.surface[self.index]}")
            yield said("closed.surface", surface=surface, season=said(f"season.{self.season}"))

    def _by_crossing(self, crossing: Crossing) -> Iterable[Said]:
        known = self.crossing_states.get(crossing.crossing_id, NOTHING)
        if known.basis == "report" and known.report is not None:
            if known.state == "closed" or (
                known.state == "conflicting" and self.convoy.rank >= TRUCK_RANK
            ):
                yield said(
                    f"closed.{crossing.kind}",
                    name=crossing.name,
                    day=f"{known.report.reported_at:%Y-%m-%d}",
                )
            elif known.state == "restricted":
                yield from self._by_restriction(known.report)
        if crossing.capacity_t is not None and crossing.capacity_t < self.convoy.capacity_t:
            yield said(
                "closed.capacity",
                name=crossing.name,
                limit=f"{crossing.capacity_t:g}",
                gross=f"{self.convoy.gross_t:g}",
            )

    def is_capacity_flagged(self, over_t: float) -> bool:
        """A bridge or ferry of unknown capacity under a convoy heavier than the limit."""
        return self.convoy.gross_t > over_t and any(
            crossing.capacity_t is None and crossing.kind in {"bridge", "ferry"}
            for crossing in self.crossings
        )

    def _speeds_kmh(self) -> tuple[float, float, float]:
        """Fast, middle and slow moving speed; between the seasons from the dry fast to the wet slow one."""
        surface = self.network.surface[self.index]
        fast_season = "dry" if self.season != "wet" else "wet"
        slow_season = "wet" if self.season != "dry" else "dry"
        fast = self.convoy.kmh(surface, fast_season)
        slow = self.convoy.kmh(surface, slow_season)
        return (
            fast * (1 + self.convoy.doubt(fast_season)),
            (fast + slow) / 2,
            slow * (1 - self.convoy.doubt(slow_season)),
        )

    def paces_s(self) -> tuple[float, float, float]:
        """Seconds at the fast, middle and slow pace: the short estimate fast, the long one slow."""
        i = self.index
        lengths_m = (
            self.network.length_low_m[i],
            self.network.length_m[i],
            self.network.length_high_m[i],
        )
        low, mid, high = (
            float(length) / KM_M / kmh * HOUR_S if kmh > 0 else np.inf
            for length, kmh in zip(lengths_m, self._speeds_kmh(), strict=True)
        )
        return low, mid, high
