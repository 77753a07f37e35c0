"""What a reader of an isolation board must know besides its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import vehicles
from cmcoord_geo.i18n import Said, join, said
from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.i18n.roads import said_road

if TYPE_CHECKING:
    from cmcoord_geo.network import KnownState, RoadNetwork
    from cmcoord_geo.planning import Case, Isolation
    from cmcoord_geo.planning.isolation import CaseIsolation

#: So many closed roads are named; a surveyed network may hold hundreds.
_MOST_CLOSED = 12
#: So many reasons are told why no road leads somewhere.
_MOST_REASONS = 3


def board_notes(
    network: RoadNetwork, found: Isolation, *, missing: Iterable[str]
) -> tuple[Said, ...]:
    """What a reader must know: how an unknown state is taken, roads left out, places not on the network."""
    today = found.cases[0].case
    vehicle = vehicles()[today.vehicle_id].name
    closed = list(_closed_today(network, today))
    if len(closed) > _MOST_CLOSED:
        more = said("isolation.and_more", n=len(closed) - _MOST_CLOSED)
        closed = [*closed[:_MOST_CLOSED], more]
    notes = [said("isolation.unknown_rule"), said("isolation.only_file")]
    if any(_is_by_turn(case) for case in found.cases):
        notes.append(said("isolation.only_by_turn"))
    notes += filter(None, (_away(network, found, case) for case in found.cases))
    if closed:
        notes.append(said("isolation.closed_title", vehicle=vehicle, roads=join(closed)))
    else:
        notes.append(said("isolation.closed_none", vehicle=vehicle))
    if names := ", ".join(missing):
        notes.append(said("isolation.not_on_network", places=names))
    return tuple(notes)


def _closed_today(network: RoadNetwork, case: Case) -> Iterator[Said]:
    """Roads closed to the vehicle on which a report speaks, then crossings that close theirs, each once."""
    passable = case.passable
    for i in np.flatnonzero(~passable.is_open).tolist():
        known = passable.known[i]
        if known.basis == "report":
            road = said_road(network.title(i))
            is_despite = known.state == "open"
            yield _closed(road, known, despite=passable.reasons[i][0] if is_despite else None)
    for crossing in network.crossings:
        known = passable.crossing_states[crossing.crossing_id]
        segments = [
            network.segment_index[key] for key in crossing.at_km if key in network.segment_index
        ]
        shut = [network.title(i) for i in segments if not passable.is_open[i]]
        if known.basis == "report" and shut:
            roads = join(map(said_road, dict.fromkeys(shut)))
            name = said("isolation.crossing_on", crossing=crossing.name, roads=roads)
            yield _closed(name, known)


def _is_by_turn(case: CaseIsolation) -> bool:
    """Whether turns alone bar some way of a case."""
    return bool(case.only_by_turn.any()) or any(reach.only_by_turn for reach in case.reach)


def _away(network: RoadNetwork, found: Isolation, case: CaseIsolation) -> Said | None:
    """Places without a road in a case, and what closes most km to the vehicle without a report."""
    passable = case.case.passable
    away = [
        network.node_names[node] or network.node_ids[node]
        for node, reach in zip(found.targets, case.reach, strict=True)
        if reach.hours is None and not reach.only_by_turn
    ]
    km_of: defaultdict[Said, float] = defaultdict(float)
    for i in np.flatnonzero(~passable.is_open).tolist():
        if passable.known[i].basis != "report":
            km_of[passable.reasons[i][0]] += network.length_km(i)
    if not (away and km_of):
        return None
    most = sorted(km_of, key=lambda reason: (-km_of[reason], reason.en))[:_MOST_REASONS]
    is_today = case is found.cases[0]
    return said(
        f"isolation.away_{'today' if is_today else 'rains'}",
        vehicle=vehicles()[case.case.vehicle_id].name,
        places=", ".join(away),
        reasons=join(
            [said("isolation.away_reason", reason=r, km=f"{km_of[r]:.0f}") for r in most], "; "
        ),
    )


def _closed(what: Said, known: KnownState, *, despite: Said | None = None) -> Said:
    """Road or crossing with its report, and what closes it all the same where that says open."""
    day = said_day(known.report.reported_at) if known.report else ""
    state = said(f"isolation.state.{known.state}")
    if despite is None:
        return said("isolation.closed", what=what, state=state, day=day)
    return said("isolation.closed_despite", what=what, state=state, day=day, reason=despite)
