"""Where a way hangs on something that nobody has reported lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.status import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.network import KnownState, Passability, RoadNetwork
    from cmcoord_geo.planning.failures import Failure

#: States and their bases, from the best known good to the worst.
_WORSE = ("open", "restricted", "unknown", "conflicting", "closed")
_LESS_KNOWN = ("report", "season", "stale", "none")


def unknown_segments(network: RoadNetwork, passable: Passability) -> NDArray[np.bool_]:
    """
    Segments whose state, or that of a crossing on them, is unknown or stale, shape (m,).

    A default of the season that says more than "unknown" is a prior, not an unknown (network.passability). A
    checkpoint without a report leaves the road as it is.
    """
    is_unknown = np.array(
        [
            state == "unknown" or known.basis == "stale"
            for state, known in zip(passable.state, passable.known, strict=True)
        ],
        dtype=bool,
    )
    for crossing in network.crossings:
        known = passable.crossing_states.get(crossing.crossing_id, NOTHING)
        if crossing.kind != "checkpoint" and crossing_state(crossing, known) == "unknown":
            on_it = [
                network.segment_index[key] for key in crossing.at_km if key in network.segment_index
            ]
            is_unknown[on_it] = True
    return is_unknown


def crossing_state(crossing: Crossing, known: KnownState) -> str:
    """State by a live report; a stale one is unknown; without a report the default of the table."""
    if known.basis == "report":
        return known.state
    return "unknown" if known.basis == "stale" else crossing.default_state


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureState:
    """
    State of the worst part of what may be lost.

    Attributes
    ----------
    state : str
        open, restricted, unknown, conflicting, closed.
    basis : str
        ``report`` (live), ``stale`` (the report has expired), ``season`` (default), ``none`` (nothing known).
    reported_at : datetime or None
    """

    state: str
    basis: str
    reported_at: datetime | None = None


def worst_state(
    network: RoadNetwork, passable: Passability, failures: Iterable[Failure]
) -> FailureState:
    """State of the worst segment or crossing of some failures; of equal ones the one known least."""
    parts: set[FailureState] = set()
    for failure in failures:
        for i in failure.segments:
            parts.add(_part(passable.known[i], passable.state[i]))
        for i in failure.crossings:
            crossing = network.crossings[i]
            known = passable.crossing_states.get(crossing.crossing_id, NOTHING)
            if known.basis != "none" or crossing.default_state == "unknown":
                parts.add(_part(known, crossing.default_state))
    return max(parts, key=_badness)


def _part(known: KnownState, default: str) -> FailureState:
    if known.basis == "none" or known.report is None:
        return FailureState(state=default, basis="none" if default == "unknown" else "season")
    state = known.state if known.basis == "report" else "unknown"
    return FailureState(state=state, basis=known.basis, reported_at=known.report.reported_at)


def _badness(part: FailureState) -> tuple[int, int, float]:
    age = -part.reported_at.timestamp() if part.reported_at else 0.0
    return _WORSE.index(part.state), _LESS_KNOWN.index(part.basis), age
