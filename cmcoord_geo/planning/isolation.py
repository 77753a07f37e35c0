"""
Isolation board: which loss of one crossing or road cuts a place off, or makes its way long.

Roads that are closed to the vehicle are out before anything is counted: a thousand kilometres over a cut road
are no detour. One failure at a time; driving hours at the middle pace, from the base outward. An unknown
state is taken as `network.passability` takes it; there is no second rule here. A way keeps to the turns
banned for its vehicle and never turns round on a road.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.planning.failures import find_failures, main_roads
from cmcoord_geo.planning.road_turns import binds
from cmcoord_geo.planning.turn_skeleton import road_graph
from cmcoord_geo.planning.unknowns import unknown_segments
from cmcoord_geo.routing import UNREACHABLE
from cmcoord_geo.units import HOUR_S, KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.config import IsolationConfig
    from cmcoord_geo.network import Passability, RoadNetwork
    from cmcoord_geo.planning.failures import Failure, Road
    from cmcoord_geo.planning.skeleton import RoadGraph
    from cmcoord_geo.routing import Losses

Effect = Literal["none", "detour", "long", "cut", "no_road"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    Roads as one vehicle finds them at one moment.

    Attributes
    ----------
    vehicle_id : str
    at : datetime
    passable : Passability
    """

    vehicle_id: str
    at: datetime
    passable: Passability


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """
    The fastest way from the base to one place with nothing lost.

    Attributes
    ----------
    hours, km : float or None
        Driving hours at the middle pace, and length; None when no road leads there.
    hangs_on_unknown : bool
        Something whose state is unknown or stale lies on every way.
    only_by_turn : bool
        No way, though open roads lead there: only by a banned turn, or by turning round on a road.
    """

    hours: float | None
    km: float | None
    hangs_on_unknown: bool
    only_by_turn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CaseIsolation:
    """
    What every failure does in one case.

    Attributes
    ----------
    case : Case
    reach : tuple of Reach
        One for each target.
    extra_h : ndarray of float64, shape (failures, targets)
        Driving hours more than with nothing lost; infinite = no way left, NaN = no road to begin with.
    effects : tuple of tuple of str
        For each failure and target: none, detour, long (beyond the bound), cut, no_road.
    only_by_turn : ndarray of bool, shape (failures, targets)
        Cut, though open roads lead there: only by a banned turn, or by turning round on a road.
    """

    case: Case
    reach: tuple[Reach, ...]
    extra_h: NDArray[np.float64]
    effects: tuple[tuple[Effect, ...], ...]
    only_by_turn: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """
    The board.

    Attributes
    ----------
    base : int
        Node from which everything is driven.
    targets : tuple of int
        Nodes in the order in which they were given.
    failures : tuple of Failure
        Those that some target feels in some case, from the base outward.
    start_km : tuple of float
        For each failure the km from the base at which it begins.
    cases : tuple of CaseIsolation
    """

    base: int
    targets: tuple[int, ...]
    failures: tuple[Failure, ...]
    start_km: tuple[float, ...]
    cases: tuple[CaseIsolation, ...]


def isolation(
    network: RoadNetwork,
    cases: Sequence[Case],
    *,
    base: int,
    targets: Sequence[int],
    config: IsolationConfig,
) -> Isolation:
    """
    Find what each single loss does to the way from a base to each target.

    Parameters
    ----------
    network : RoadNetwork
    cases : sequence of Case
        Such as a truck today and a light vehicle in the rains; all share the list of failures.
    base : int
        Node.
    targets : sequence of int
        Nodes; the base among them is left out.
    config : IsolationConfig

    Returns
    -------
    Isolation
        Exact: equal to removing each crossing and each road in turn and searching anew, among the ways that
        keep to the banned turns of each vehicle and do not turn round on a road.
    """
    ends = tuple(dict.fromkeys(node for node in targets if node != base))
    is_open = np.logical_or.reduce([case.passable.is_open for case in cases])
    has_bans = any(binds(row) for case in cases for row in case.passable.banned_turns)
    roads = main_roads(network, is_open, [base, *ends], with_loops=has_bans)
    failures = find_failures(network, roads)
    found = [
        _solve(network, case, roads, failures, base=base, targets=ends, config=config)
        for case in cases
    ]
    felt = _felt(found, failures)
    return Isolation(
        base=base,
        targets=ends,
        failures=tuple(failures[i] for i in felt),
        start_km=tuple(_start(found, i)[1] for i in felt),
        cases=tuple(one.board(felt) for one in found),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solved:
    """One case: effects by failure, for those that lie on a way to some target."""

    case: Case
    reach: tuple[Reach, ...]
    starts: dict[int, tuple[int, float]]
    extra_h: dict[int, NDArray[np.float64]]
    effects: dict[int, tuple[Effect, ...]]
    only_by_turn: dict[int, NDArray[np.bool_]]

    def board(self, felt: Sequence[int]) -> CaseIsolation:
        hours = [one.hours for one in self.reach]
        calm_h = np.array([np.nan if h is None else 0.0 for h in hours])
        calm = tuple[Effect, ...]("no_road" if h is None else "none" for h in hours)
        return CaseIsolation(
            case=self.case,
            reach=self.reach,
            extra_h=np.array([self.extra_h.get(i, calm_h) for i in felt]).reshape(
                len(felt), len(hours)
            ),
            effects=tuple(self.effects.get(i, calm) for i in felt),
            only_by_turn=np.array(
                [self.only_by_turn.get(i, np.zeros(len(hours), dtype=bool)) for i in felt]
            ).reshape(len(felt), len(hours)),
        )


def _solve(
    network: RoadNetwork,
    case: Case,
    roads: Sequence[Road],
    failures: Sequence[Failure],
    *,
    base: int,
    targets: Sequence[int],
    config: IsolationConfig,
) -> _Solved:
    graph = road_graph(network, roads, case.passable, base, targets)
    losses, barred = graph.losses(failures)
    known = graph.reached_without(unknown_segments(network, case.passable))
    reach = tuple(
        _reach(graph, losses, node, is_known=node in known, only_by_turn=only_by_turn)
        for node, only_by_turn in zip(targets, barred.whole.tolist(), strict=True)
    )
    hours = np.array([np.nan if one.hours is None else one.hours for one in reach])
    costs_h = np.where(losses.costs == UNREACHABLE, np.inf, losses.costs / HOUR_S)
    extra_h = np.where(np.isnan(hours), np.nan, costs_h - hours)
    return _Solved(
        case=case,
        reach=reach,
        starts=_starts(graph, losses, roads, failures),
        extra_h=dict(zip(losses.groups.tolist(), extra_h, strict=True)),
        effects={
            i: tuple(effect_of(h, more_h, config) for h, more_h in zip(hours, row, strict=True))
            for i, row in zip(losses.groups.tolist(), extra_h, strict=True)
        },
        only_by_turn=dict(zip(losses.groups.tolist(), barred.lost, strict=True)),
    )


def _reach(
    graph: RoadGraph, losses: Losses, node: int, *, is_known: bool, only_by_turn: bool
) -> Reach:
    seconds = graph.seconds_to(losses, node)
    if seconds is None:
        return Reach(hours=None, km=None, hangs_on_unknown=False, only_by_turn=only_by_turn)
    km = graph.metres_to(losses, node) / KM_M
    return Reach(hours=seconds / HOUR_S, km=km, hangs_on_unknown=not is_known)


def _starts(
    graph: RoadGraph, losses: Losses, roads: Sequence[Road], failures: Sequence[Failure]
) -> dict[int, tuple[int, float]]:
    """Seconds and km from the base at which each failure on a way begins."""
    found = {}
    for i in losses.groups.tolist():
        ends = {end for road in failures[i].roads for end in (roads[road].start, roads[road].end)}
        reached = ((graph.seconds_to(losses, node), node) for node in sorted(ends))
        seconds, node = min((s, node) for s, node in reached if s is not None)
        found[i] = seconds, graph.metres_to(losses, node) / KM_M
    return found


def effect_of(hours: float, extra_h: float, config: IsolationConfig) -> Effect:
    """
    What a loss means to a place.

    Parameters
    ----------
    hours : float
        Driving hours with nothing lost; NaN without a road.
    extra_h : float
        Hours more; infinite when no way is left.
    config : IsolationConfig
    """
    if np.isnan(hours):
        return "no_road"
    if np.isinf(extra_h):
        return "cut"
    if extra_h < config.least_h:
        return "none"
    is_long = extra_h > config.bound_h or hours + extra_h > config.bound_ratio * hours
    return "long" if is_long else "detour"


def _felt(found: Sequence[_Solved], failures: Sequence[Failure]) -> list[int]:
    """Failures that some target feels in some case, nearest to the base first."""
    noticed = {
        i
        for one in found
        for i, effects in one.effects.items()
        if set(effects) - {"none", "no_road"}
    }
    return sorted(noticed, key=lambda i: (_start(found, i)[0], failures[i].segments))


def _start(found: Sequence[_Solved], failure: int) -> tuple[int, float]:
    """Where a failure begins in the first case in which it lies on a way."""
    return next(one.starts[failure] for one in found if failure in one.starts)
