"""What is known of presence on a requested corridor, bin by bin: asked, offered, reported, fresh, refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

from cmcoord_geo.coordination.demand import bins_of, bins_of_window, windows_of
from cmcoord_geo.coordination.offers import last_answers
from cmcoord_geo.planning.patrols import Presence, accepted, presence_of
from cmcoord_geo.planning.ranges import length
from cmcoord_geo.units import to_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.model import CorridorRequest, CorridorResponse
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Patrols

SlotState = Literal["asked", "offered", "lapsed", "confirmed", "before", "refused"]
#: Best first: of several on one bin this one is told.
_RANKS: tuple[SlotState, ...] = ("confirmed", "offered", "lapsed")
_WHOLE = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """
    One bin of a corridor.

    Attributes
    ----------
    start, end : datetime
    state : str
        ``asked`` (no answer), ``offered`` (announced), ``lapsed`` (offered, over or void, never confirmed),
        ``confirmed`` (a passage was reported), ``before`` (answered: not in this bin, but fresh in it:
        offered or reported shortly before, which is what a convoy wants; L054), ``refused`` (answered: not
        in this bin, and nothing fresh there).
    share : float
        Part of the length that the state holds for; 1 for asked and refused.
    is_asked : bool
        False for presence that was offered outside the window asked for.
    """

    start: datetime
    end: datetime
    state: SlotState
    share: float
    is_asked: bool


@dataclass(frozen=True, slots=True)
class _There:
    """One row of the patrols as it bears on a corridor."""

    state: SlotState
    bins: frozenset[int]
    segment_id: str
    low: float
    high: float
    is_answer: bool


def slots_of(
    network: RoadNetwork,
    corridors: Sequence[CorridorRequest],
    patrols: Patrols,
    responses: Iterable[CorridorResponse],
    *,
    as_of: datetime,
    bin_h: int,
    fresh_h: float,
) -> tuple[Slot, ...]:
    """
    Bins of corridors on one stretch of road, in order.

    Any patrol on the road counts in a bin that was asked for; what answers the corridor also beside it. A
    composition that is not accepted counts for nothing (L111), and a patrol that is no answer counts for
    nothing where only a verification of explosive ordnance is asked for.

    Parameters
    ----------
    network : RoadNetwork
    corridors : sequence of CorridorRequest
        On the same segments.
    patrols : Patrols
        With what the answers offer.
    responses : iterable of CorridorResponse
    as_of : datetime
    bin_h : int
    fresh_h : float
        Presence is fresh up to this age.
    """
    there = list(_presence(corridors, patrols, as_of=as_of, bin_h=bin_h))
    asked = frozenset().union(*(bins_of_window(one.window, hours=bin_h) for one in corridors))
    beside = frozenset().union(*(one.bins for one in there if one.is_answer))
    answered = last_answers(responses)
    refused = frozenset().union(
        *(
            bins_of_window(one.window, hours=bin_h)
            for one in corridors
            if one.corridor_id in answered
        )
    )
    km = {key: network.length_km(network.segment_index[key]) for key in corridors[0].segment_ids}
    found = []
    for one in sorted(asked | beside):
        ((_, start, end),) = windows_of(frozenset({one}), hours=bin_h)
        state, share = _state(there, one, km) or ("asked", 1.0)
        if state == "asked" and one in refused:
            state, share = _before(there, one, km, round(fresh_h) // bin_h) or ("refused", 1.0)
        found.append(Slot(start=start, end=end, state=state, share=share, is_asked=one in asked))
    return tuple(found)


def _presence(
    corridors: Sequence[CorridorRequest], patrols: Patrols, *, as_of: datetime, bin_h: int
) -> Iterator[_There]:
    """Rows of the patrols that bear on some corridors."""
    names = {one.corridor_id for one in corridors}
    keys = set(corridors[0].segment_ids)
    accepts_mixed = all(one.accepts_mixed for one in corridors)
    needs_answer = all(one.presence == ("eo_verification",) for one in corridors)
    for row, key in enumerate(patrols.segment_id):
        is_answer = patrols.patrol_id[row] in names
        counts = accepted(patrols.composition[row], accepts_mixed=accepts_mixed)
        if key not in keys or not counts or (needs_answer and not is_answer):
            continue
        presence = presence_of(patrols, row, as_of=as_of)
        if not (isfinite(presence.first_s) and isfinite(presence.last_s)):
            continue
        part = key, float(patrols.from_fraction[row]), float(patrols.to_fraction[row])
        for state, bins in _states(presence, bin_h):
            yield _There(state, bins, *part, is_answer)


def _states(presence: Presence, bin_h: int) -> Iterator[tuple[SlotState, frozenset[int]]]:
    """Bins of a patrol: confirmed to its last passage; beyond it, offered while its window still runs."""
    bins = bins_of(to_datetime(presence.first_s), to_datetime(presence.last_s), hours=bin_h)
    passed: frozenset[int] = frozenset()
    if isfinite(presence.passed_s):
        at = to_datetime(presence.passed_s)
        last = max(bins_of(at, at, hours=bin_h))
        passed = frozenset(one for one in bins if one <= last)
        yield "confirmed", passed
    is_gone = presence.is_over or not presence.is_known
    yield "lapsed" if is_gone else "offered", bins - passed


def _state(
    there: Iterable[_There], one: int, km: dict[str, float]
) -> tuple[SlotState, float] | None:
    """Best state in a bin, and the part of the length that it holds for."""
    spans: defaultdict[SlotState, list[tuple[str, float, float]]] = defaultdict(list)
    for row in there:
        if one in row.bins:
            spans[row.state].append((row.segment_id, row.low, row.high))
    best = next((state for state in _RANKS if spans[state]), None)
    if best is None:
        return None
    return best, _share(spans[best], km)


def _before(
    there: Iterable[_There], one: int, km: dict[str, float], fresh: int
) -> tuple[SlotState, float] | None:
    """
    Presence that is surely over before a bin and fresh all through it, and the part of the length it is on.

    What is only offered may come at the start of its window; a passage that was reported was in its last bin.
    """
    spans = [
        (row.segment_id, row.low, row.high)
        for row in there
        if row.state in {"offered", "confirmed"}
        and row.bins
        and max(row.bins) < one
        and one + 1 - (max if row.state == "confirmed" else min)(row.bins) <= fresh
    ]
    return ("before", _share(spans, km)) if spans else None


def _share(spans: Iterable[tuple[str, float, float]], km: dict[str, float]) -> float:
    share = _length_km(spans, km) / max(sum(km.values()), 1e-9)
    return 1.0 if share >= _WHOLE else share


def _length_km(spans: Iterable[tuple[str, float, float]], km: dict[str, float]) -> float:
    """Length of stretches, what two of them share counted once."""
    on_segment: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for key, low, high in spans:
        on_segment[key].append((low, high))
    return sum(length(parts) * km[key] for key, parts in on_segment.items())
