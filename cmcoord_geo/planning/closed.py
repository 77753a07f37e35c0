"""Ways that are no option today, what stands in them, and until when the reports say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.model import SetAside
from cmcoord_geo.planning.ways import find_closed_ways, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.ways import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWay:
    """
    A way that would be worth showing if nothing on it were closed to the convoy (hazard H21).

    Attributes
    ----------
    aside : SetAside
        Its places, and one reason for each segment that is closed.
    ends : tuple of (str, datetime)
        Segments on which reports stand in the way, and when the last of these stops speaking.
    """

    aside: SetAside
    ends: tuple[tuple[str, datetime], ...]


def closed_ways(situation: Situation) -> tuple[ClosedWay, ...]:
    """Ways between origin and destination that are closed to the convoy on that date, shortest first."""
    origin, destination = situation.ends
    found = find_closed_ways(
        situation.network,
        situation.passable,
        origin,
        destination,
        config=situation.config.route,
    )
    return tuple(_closed_way(situation, way) for way in found)


def _closed_way(situation: Situation, way: Way) -> ClosedWay:
    network, passable = situation.network, situation.passable
    shut = [segment for segment, _ in way if not passable.is_open[segment]]
    return ClosedWay(
        aside=SetAside(
            letter="",
            place_ids=places_of(network, way),
            reasons=tuple(
                dict.fromkeys(
                    said(
                        "aside.closed",
                        name=network.title(segment),
                        reason=passable.reasons[segment][0],
                    )
                    for segment in shut
                )
            ),
        ),
        ends=tuple(
            (network.title(segment), max(ends))
            for segment in shut
            if (ends := tuple(_report_ends(situation, segment)))
        ),
    )


def _report_ends(situation: Situation, segment: int) -> Iterable[datetime]:
    """When each live report against a segment, or against a crossing on it, stops speaking."""
    network, passable = situation.network, situation.passable
    crossings = [
        passable.crossing_states[crossing.crossing_id]
        for crossing in network.crossings
        if network.segment_ids[segment] in crossing.at_km
    ]
    for known in (passable.known[segment], *crossings):
        is_against = known.state in {"closed", "conflicting"} or known.limiting is not None
        if is_against and known.expires_at is not None:
            yield known.expires_at
