"""
Answers of the other side as patrols: what is offered, and what was confirmed as passed.

Of several answers about one corridor the last one read counts; rows that were read together are one answer.
A passage that was reported once stays reported.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmcoord_geo.coordination.chains import ends_of
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.near import nearest_lines
from cmcoord_geo.picture import Patrols
from cmcoord_geo.units import utc_seconds

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import CorridorRequest, CorridorResponse
    from cmcoord_geo.network import RoadNetwork

#: Km by which a rounded end of a road may miss it.
_SLACK_KM = 0.5
#: Metres from its course within which what belongs to a corridor lies, and parts of it that are looked at.
_BESIDE_M, _LOOKED_AT = 2000.0, 20
#: Answers that offer presence.
OFFERED = frozenset({"can", "partly", "other_window"})


class _Offer(NamedTuple):
    """One row of the patrols to be: response, segment, and the part of it."""

    response: CorridorResponse
    corridor: CorridorRequest
    segment_id: str
    low: float
    high: float


def last_answers(
    responses: Iterable[CorridorResponse],
) -> Mapping[str, tuple[CorridorResponse, ...]]:
    """Rows of the answer that counts, for each corridor that has one."""
    by_corridor: defaultdict[str, list[CorridorResponse]] = defaultdict(list)
    for response in responses:
        if response.answer:
            by_corridor[response.corridor_id].append(response)
    return {
        key: tuple(one for one in rows if one.read_at == last_read(rows))
        for key, rows in by_corridor.items()
    }


def last_read(rows: Iterable[CorridorResponse]) -> datetime | None:
    """When the last of some rows was read; None where none of them says."""
    return max((row.read_at for row in rows if row.read_at is not None), default=None)


def read_by(rows: Iterable[CorridorResponse], moment: datetime) -> tuple[CorridorResponse, ...]:
    """Rows that were read by a moment; one that does not say when was there from the start."""
    return tuple(row for row in rows if row.read_at is None or row.read_at <= moment)


def offered_patrols(
    network: RoadNetwork,
    corridors: Iterable[CorridorRequest],
    responses: Sequence[CorridorResponse],
) -> Patrols:
    """
    Patrols that the answers amount to, each under the name of its corridor.

    Parameters
    ----------
    network : RoadNetwork
    corridors : iterable of CorridorRequest
        Those on segments that the network does not have give nothing.
    responses : sequence of CorridorResponse
    """
    known = {
        corridor.corridor_id: corridor
        for corridor in corridors
        if all(key in network.segment_index for key in corridor.all_ids)
    }
    valid = {id(one) for rows in last_answers(responses).values() for one in rows}
    offers = [
        offer
        for response in responses
        if (corridor := known.get(response.corridor_id)) is not None
        and ((id(response) in valid and response.answer in OFFERED) or response.passed_at)
        for offer in _offers(network, corridor, response)
    ]
    windows = [_window(offer, is_valid=id(offer.response) in valid) for offer in offers]
    return Patrols(
        patrol_id=tuple(offer.corridor.corridor_id for offer in offers),
        segment_id=tuple(offer.segment_id for offer in offers),
        from_fraction=np.array([offer.low for offer in offers], float),
        to_fraction=np.array([offer.high for offer in offers], float),
        start_s=np.array([start for start, _ in windows], float),
        end_s=np.array([end for _, end in windows], float),
        passed_s=np.array([_seconds(offer.response.passed_at) for offer in offers], float),
        valid_until_s=np.array([_seconds(offer.response.valid_until) for offer in offers], float),
        provider=tuple(offer.response.provider for offer in offers),
        composition=tuple(offer.response.composition for offer in offers),
    )


def _offers(
    network: RoadNetwork, corridor: CorridorRequest, response: CorridorResponse
) -> Iterator[_Offer]:
    """Part of each segment that a response speaks of."""
    for key, low, high in stretches_of(network, corridor, response.km):
        yield _Offer(response, corridor, key, low, high)


def stretches_of(
    network: RoadNetwork, corridor: CorridorRequest, km: tuple[float, float] | None
) -> Iterator[tuple[str, float, float]]:
    """Segment and fractions, from its start, of a part of a corridor; all of it without km."""
    yield from _on_course(network, corridor, km)
    yield from _beside_it(network, corridor, km)


def _on_course(
    network: RoadNetwork, corridor: CorridorRequest, km: tuple[float, float] | None
) -> Iterator[tuple[str, float, float]]:
    chain = tuple(network.segment_index[key] for key in corridor.segment_ids)
    node, _ = ends_of(network, chain)
    done, whole = 0.0, corridor_km(network, corridor)
    low_km, high_km = km or (0.0, whole)
    high_km = whole if high_km >= whole - _SLACK_KM else high_km
    for segment in chain:
        length = network.length_km(segment)
        is_forward = int(network.start[segment]) == node
        node = int(network.end[segment]) if is_forward else int(network.start[segment])
        low = min(max((low_km - done) / length, 0.0), 1.0) if length else 0.0
        high = min(max((high_km - done) / length, 0.0), 1.0) if length else 1.0
        done += length
        if high > low:
            key = network.segment_ids[segment]
            yield (key, low, high) if is_forward else (key, 1 - high, 1 - low)


def _beside_it(
    network: RoadNetwork, corridor: CorridorRequest, km: tuple[float, float] | None
) -> Iterator[tuple[str, float, float]]:
    """Parts of the other carriageway and of links that lie beside a part of the course."""
    if km is None or not corridor.beside_ids:
        yield from ((key, 0.0, 1.0) for key in corridor.beside_ids)
        return
    parts = tuple(_on_course(network, corridor, km))
    index = network.segment_index
    course = Lines.of(network.lines[index[key]] for key in corridor.segment_ids)
    for key in corridor.beside_ids:
        line = Lines.of([network.lines[index[key]]])
        shares = (np.arange(_LOOKED_AT) + 0.5) / _LOOKED_AT
        spots = line.points_at(np.zeros(_LOOKED_AT, dtype=np.int64), shares)
        near = nearest_lines(spots, course, within_m=_BESIDE_M)
        is_in = np.zeros(_LOOKED_AT, dtype=bool)
        for one, low, high in parts:
            at = corridor.segment_ids.index(one)
            is_in |= (near.line == at) & (near.fraction >= low) & (near.fraction <= high)
        inside = np.flatnonzero(is_in)
        if len(inside):
            yield key, float(inside[0]) / _LOOKED_AT, float(inside[-1] + 1) / _LOOKED_AT


def corridor_km(network: RoadNetwork, corridor: CorridorRequest) -> float:
    """Length of a corridor."""
    return sum(network.length_km(network.segment_index[key]) for key in corridor.segment_ids)


def _window(offer: _Offer, *, is_valid: bool) -> tuple[float, float]:
    """Window that is offered; NaN where only a passage was reported."""
    if not is_valid or offer.response.answer not in OFFERED:
        return math.nan, math.nan
    window = offer.response.window or offer.corridor.window
    return float(utc_seconds(window.earliest)), float(utc_seconds(window.latest))


def _seconds(moment: datetime | None) -> float:
    return math.nan if moment is None else float(utc_seconds(moment))
