"""
From one issue of requested corridors to the next, so that their difference tells of nobody (hazard H14).

A corridor that was issued keeps its name, road and window for as long as it stands. Demand inside it is met
by it. What is added must have enough organisations behind itself; what has too few left is withdrawn whole.
So between two issues whole corridors come, each with enough behind it, or go, and one that goes does not
tell whether one organisation is left or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.coordination.bundling import (
    Stretch,
    behind_each,
    bundled,
    may_be_asked_for,
)
from cmcoord_geo.coordination.chains import runs
from cmcoord_geo.coordination.demand import Demand, bins_of, bins_of_window
from cmcoord_geo.coordination.names import opaque_id
from cmcoord_geo.model import CorridorRequest, TimeSpan
from cmcoord_geo.network.dual_roads import OtherSides, other_sides

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import CorridorConfig
    from cmcoord_geo.network import RoadNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """
    What is asked for now.

    Attributes
    ----------
    standing : tuple of CorridorRequest
        Issued before, and enough organisations still stand behind each.
    added : tuple of CorridorRequest
    withdrawn : tuple of CorridorRequest
        Issued before and now without enough behind them, or withdrawn already and not yet over.
    past : tuple of CorridorRequest
        Their window is over.
    held_back : tuple of Demand
        What is not asked for because too few want it; for their owners alone.
    """

    standing: tuple[CorridorRequest, ...]
    added: tuple[CorridorRequest, ...]
    withdrawn: tuple[CorridorRequest, ...]
    past: tuple[CorridorRequest, ...]
    held_back: tuple[Demand, ...]

    @property
    def asked(self) -> tuple[CorridorRequest, ...]:
        """What stands and what is added."""
        return (*self.standing, *self.added)

    @property
    def ledger(self) -> tuple[CorridorRequest, ...]:
        """Everything that was ever issued, in the order of issue."""
        kept = (*self.past, *self.standing, *self.withdrawn, *self.added)
        return tuple(sorted(kept, key=lambda one: (one.issued_at, one.corridor_id)))


def issue_corridors(
    network: RoadNetwork,
    demands: Sequence[Demand],
    issued: Iterable[CorridorRequest],
    *,
    now: datetime,
    seed: bytes,
    bin_h: int,
    config: CorridorConfig,
) -> Issue:
    """
    Corridors to ask for, given those that were issued before.

    Parameters
    ----------
    network : RoadNetwork
    demands : sequence of Demand
        Of movements that the gate let through; an organisation only counts.
    issued : iterable of CorridorRequest
    now : datetime
    seed : bytes
        For the names of new ones.
    bin_h : int
        Width of the bins of the demands, in hours.
    config : CorridorConfig
    """
    demands = (*demands, *_on_other_sides(network, demands))
    sides = other_sides(network, {demand.segment for demand in demands})
    past, standing, withdrawn = [], [], []
    for corridor in issued:
        if corridor.window.latest <= now:
            past.append(corridor)
        elif corridor.withdrawn_at is not None:
            withdrawn.append(corridor)
        elif _still_stands(network, corridor, demands, bin_h=bin_h, config=config):
            standing.append(corridor)
        else:
            withdrawn.append(replace(corridor, withdrawn_at=now))
    ahead = [one for one in (_ahead(demand, now, bin_h) for demand in demands) if one.bins]
    left = list(_unmet(network, ahead, standing, bin_h=bin_h))
    stretches = bundled(network, left, bin_h=bin_h, config=config, sides=sides)
    taken = {corridor.corridor_id for corridor in (*past, *standing, *withdrawn)}
    added = tuple(_corridors(network, stretches, sides, now=now, seed=seed, taken=taken))
    return Issue(
        standing=tuple(standing),
        added=added,
        withdrawn=tuple(withdrawn),
        past=tuple(past),
        held_back=tuple(
            demand
            for demand in _unmet(network, left, added, bin_h=bin_h)
            if may_be_asked_for(network, demand.segment)
        ),
    )


def _on_other_sides(network: RoadNetwork, demands: Sequence[Demand]) -> Iterator[Demand]:
    """Same wishes for the other carriageway: who drives there and who drives back want one road."""
    sides = other_sides(network, {demand.segment for demand in demands})
    wishes: defaultdict[Demand, dict[int, frozenset[int]]] = defaultdict(dict)
    for demand in demands:
        if demand.segment in sides.shares:
            bins = wishes[replace(demand, segment=0, bins=frozenset())]
            bins[demand.segment] = bins.get(demand.segment, frozenset()) | demand.bins
    for one, driven in wishes.items():
        for segment in sides.beside(driven):
            along = sides.shares[segment].keys() & driven.keys()
            wanted = frozenset().union(*(driven[lane] for lane in along))
            wanted -= driven.get(segment, frozenset())
            if wanted:
                yield replace(one, segment=segment, bins=wanted)


def _still_stands(
    network: RoadNetwork,
    corridor: CorridorRequest,
    demands: Iterable[Demand],
    *,
    bin_h: int,
    config: CorridorConfig,
) -> bool:
    """
    Whether it is still asked for as it was issued.

    Enough organisations are behind each of its segments (one that is no longer there has none), nobody behind
    it refuses a composition that it accepts (L111), and no need behind it is more urgent than it says. What
    no longer holds is withdrawn whole and asked for anew.
    """
    segments = [network.segment_index.get(key) for key in corridor.all_ids]
    known = [segment for segment in segments if segment is not None]
    if len(known) < len(segments):
        return False
    bins = bins_of_window(corridor.window, hours=bin_h)
    there = frozenset(known)
    wanted = [one for one in demands if one.segment in there and one.bins & bins]
    if any(
        (corridor.accepts_mixed and not one.accepts_mixed) or one.priority < corridor.priority
        for one in wanted
    ):
        return False
    behind = behind_each(wanted, known, bins)
    return min((len(parties) for parties in behind.values()), default=0) >= config.min_organisations


def _ahead(demand: Demand, now: datetime, bin_h: int) -> Demand:
    """Demand without the bins that are over: nobody can be there any more."""
    (first,) = bins_of(now, now, hours=bin_h)
    return replace(demand, bins=frozenset(one for one in demand.bins if one >= first))


def _unmet(
    network: RoadNetwork,
    demands: Iterable[Demand],
    corridors: Iterable[CorridorRequest],
    *,
    bin_h: int,
) -> Iterator[Demand]:
    """Demand outside every corridor, or of a kind that the corridor there does not ask for."""
    met: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for corridor in corridors:
        for key in corridor.all_ids:
            for kind in corridor.presence:
                met[network.segment_index[key], kind] |= bins_of_window(
                    corridor.window, hours=bin_h
                )
    for demand in demands:
        bins = demand.bins - met[demand.segment, demand.presence]
        if bins:
            yield replace(demand, bins=frozenset(bins))


def _corridors(
    network: RoadNetwork,
    stretches: Sequence[Stretch],
    sides: OtherSides,
    *,
    now: datetime,
    seed: bytes,
    taken: set[str],
) -> Iterator[CorridorRequest]:
    """Stretches in a row along one road, with one window and one wish, as one corridor."""
    together: defaultdict[tuple[object, ...], list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        together[stretch.terms].append(stretch)
    for group in together.values():
        first, segments = group[0], [one.segment for one in group]
        streets = {one for one in segments if not may_be_asked_for(network, one)}
        for run in runs(network, segments, sides, streets):
            keys = tuple(network.segment_ids[segment] for segment in run.course)
            content = "|".join((*keys, first.start.isoformat(), first.end.isoformat()))
            name = opaque_id(content, seed=seed, taken=taken)
            taken.add(name)
            yield CorridorRequest(
                corridor_id=name,
                segment_ids=keys,
                window=TimeSpan(earliest=first.start, latest=first.end),
                presence=first.presence,
                accepts_mixed=first.accepts_mixed,
                priority=first.priority,
                issued_at=now,
                beside_ids=tuple(network.segment_ids[segment] for segment in run.beside),
            )
