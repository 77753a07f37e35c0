"""
Requested patrol corridors, bundled: what several movements want on one road is one request.

A corridor with one organisation behind it would single the organisation out, so its window is widened
(hazard H14). What is put out says where and about when, never who, what or exactly when (L054).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cmcoord_geo.facts import road_classes
from cmcoord_geo.sharing.generalise import bin_window
from cmcoord_geo.sharing.views import CorridorStretchView, CorridorView, RangeView, WindowView

if TYPE_CHECKING:
    from cmcoord_geo.config import SharingConfig
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.sharing.released import CorridorRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """Presence wanted on one segment in one window, and who stands behind it."""

    segment: int
    start: datetime
    end: datetime
    parties: frozenset[str]

    @property
    def is_lone(self) -> bool:
        """Whether one organisation alone stands behind it."""
        return len(self.parties) < 2


def bundle_corridors(
    network: RoadNetwork,
    requests: Iterable[tuple[str, CorridorRequest]],
    *,
    config: SharingConfig,
) -> tuple[CorridorView, ...]:
    """
    Corridors of all requests that the gate let through.

    Parameters
    ----------
    network : RoadNetwork
    requests : iterable of (organisation, CorridorRequest)
        The organisation only counts how many stand behind a corridor; it goes no farther.
    config : SharingConfig
    """
    by_segment: dict[int, list[_Wish]] = {}
    for party, request in requests:
        for part in request.stretches:
            segment = network.segment_index[part.segment_id]
            if not may_be_asked_for(network, segment):
                continue
            wish = _Wish(
                segment=segment, start=part.start, end=part.end, parties=frozenset({party})
            )
            by_segment.setdefault(segment, []).append(wish)
    wishes = [
        wish
        for segment in sorted(by_segment)
        for wish in _bundled(by_segment[segment], hours=config.lone_window_h)
    ]
    chains = sorted(_chains(network, wishes), key=lambda chain: (chain[0].start, chain[0].segment))
    return tuple(_view(network, chain, f"C{i}") for i, chain in enumerate(chains, start=1))


def may_be_asked_for(network: RoadNetwork, segment: int) -> bool:
    """Whether a road is one to patrol: a street would tell where a convoy loads (hazard H14)."""
    if network.traffic is None:
        return True
    classes = road_classes()
    return classes.get(network.road_class[segment], classes["other"]).is_corridor


def _bundled(wishes: Sequence[_Wish], *, hours: int) -> list[_Wish]:
    """Join windows that overlap; widen those with one party behind them, and join again."""
    joined = _joined(wishes)
    return _joined([_widened(wish, hours) if wish.is_lone else wish for wish in joined])


def _joined(wishes: Sequence[_Wish]) -> list[_Wish]:
    found: list[_Wish] = []
    for wish in sorted(wishes, key=lambda wish: (wish.start, wish.end)):
        last = found[-1] if found else None
        if last is not None and wish.start < last.end:
            found[-1] = _Wish(
                segment=wish.segment,
                start=last.start,
                end=max(last.end, wish.end),
                parties=last.parties | wish.parties,
            )
        else:
            found.append(wish)
    return found


def _widened(wish: _Wish, hours: int) -> _Wish:
    start, end = bin_window(wish.start, wish.end, hours=hours)
    return _Wish(segment=wish.segment, start=start, end=end, parties=wish.parties)


def _chains(network: RoadNetwork, wishes: Sequence[_Wish]) -> list[list[_Wish]]:
    """Wishes in a row along one numbered road, with windows that touch, make one corridor."""
    rest = sorted(wishes, key=lambda wish: (wish.start, wish.segment))
    found: list[list[_Wish]] = []
    while rest:
        chain = [rest.pop(0)]
        while (after := _next(network, chain, rest)) is not None:
            chain.append(rest.pop(after))
        if (
            network.traffic is not None
        ):  # segments are short: the first one lies anywhere on the road
            chain.reverse()
            while (after := _next(network, chain, rest)) is not None:
                chain.append(rest.pop(after))
            chain.reverse()
        found.append(chain)
    return found


def _next(network: RoadNetwork, chain: Sequence[_Wish], rest: Sequence[_Wish]) -> int | None:
    """Which of the rest goes on where the chain ends; each segment stands in a chain once."""
    used = {wish.segment for wish in chain}
    for i, wish in enumerate(rest):
        if wish.segment not in used and _goes_on(network, chain[-1], wish):
            return i
    return None


def _goes_on(network: RoadNetwork, last: _Wish, wish: _Wish) -> bool:
    """Whether two wishes are on one numbered road, side by side, at one time, and as many behind them."""
    a, b = last.segment, wish.segment
    ends = {int(network.start[a]), int(network.end[a])}
    touches = int(network.start[b]) in ends or int(network.end[b]) in ends
    is_one_time = wish.start <= last.end and last.start <= wish.end
    return _is_one_road(network, a, b) and touches and is_one_time and wish.is_lone == last.is_lone


def _is_one_road(network: RoadNetwork, a: int, b: int) -> bool:
    """Whether both have one number; a surveyed road, one name, and a link without either belongs to both."""
    if network.traffic is None:
        return network.route_ref[a] == network.route_ref[b] and network.route_ref[b][:2] == "RN"
    one, other = (network.route_ref[i] or network.traffic.names[i] for i in (a, b))
    return not one or not other or one == other


def _km(network: RoadNetwork, segment: int) -> float:
    """Length in whole km; a surveyed segment is shorter than one, and is joined to its road later."""
    length_km = network.length_km(segment)
    return float(round(length_km)) if network.traffic is None else length_km


def _view(network: RoadNetwork, chain: Sequence[_Wish], mark: str) -> CorridorView:
    stretches = tuple(
        CorridorStretchView(
            segment_id=network.segment_ids[wish.segment],
            km=RangeView(low=0.0, high=_km(network, wish.segment)),
            window=WindowView(start=wish.start, end=wish.end),
        )
        for wish in chain
    )
    content = "|".join(
        f"{part.segment_id}:{part.window.start.isoformat()}:{part.window.end.isoformat()}"
        for part in stretches
    )
    return CorridorView(
        mark=mark,
        corridor_id=hashlib.sha256(f"minusca_ops|{content}".encode()).hexdigest()[:10],
        stretches=stretches,
        is_lone=chain[0].is_lone,
    )
