"""Crossings on the way, with what is known of each at the time of passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.model import Passage
from cmcoord_geo.network.status import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.config import StatusConfig
    from cmcoord_geo.facts import Crossing
    from cmcoord_geo.model import Leg
    from cmcoord_geo.network import Convoy, KnownState, Passability, RoadNetwork


def passages(
    network: RoadNetwork,
    passable: Passability,
    convoy: Convoy,
    legs: Sequence[Leg],
    *,
    config: StatusConfig,
) -> tuple[Passage, ...]:
    """
    Crossings of a route in the order in which it meets them, each once.

    A crossing that several segments share counts once, where the route first meets it.
    """
    found: dict[str, Passage] = {}
    for leg in legs:
        for crossing in network.crossings:
            if leg.segment_id in crossing.at_km and crossing.crossing_id not in found:
                known = passable.crossing_states.get(crossing.crossing_id, NOTHING)
                found[crossing.crossing_id] = _passage(crossing, leg, known, convoy, config)
    return tuple(sorted(found.values(), key=lambda passage: (passage.km, passage.crossing_id)))


def _passage(
    crossing: Crossing, leg: Leg, known: KnownState, convoy: Convoy, config: StatusConfig
) -> Passage:
    at_km = crossing.at_km[leg.segment_id]
    length = leg.km.high - leg.km.low
    along = length / 2 if at_km is None else min(at_km, length)
    is_heavy = convoy.gross_t > config.unknown_capacity_over_t
    is_stale = known.basis == "stale" or _ends_before(known, leg)
    return Passage(
        crossing_id=crossing.crossing_id,
        segment_id=leg.segment_id,
        km=leg.km.low + (along if leg.is_forward else length - along),
        is_place_known=at_km is not None,
        kind=crossing.kind,
        name=crossing.name,
        state=_state(crossing, known, is_stale=is_stale),
        reported_at=known.report.reported_at if known.report else None,
        is_stale=is_stale,
        capacity_t=crossing.capacity_t,
        is_capacity_flagged=(
            is_heavy and crossing.capacity_t is None and crossing.kind in {"bridge", "ferry"}
        ),
        hours=crossing.hours,
    )


def _ends_before(known: KnownState, leg: Leg) -> bool:
    """Whether the report may have expired when the convoy, at its slow pace, has passed (H3)."""
    return known.expires_at is not None and known.expires_at <= leg.leave.latest


def _state(crossing: Crossing, known: KnownState, *, is_stale: bool) -> str:
    """Reported state; a stale one is unknown; without a report a ferry is unknown, a bridge as its road."""
    if is_stale:
        return "unknown"
    return known.state if known.basis == "report" else crossing.default_state
