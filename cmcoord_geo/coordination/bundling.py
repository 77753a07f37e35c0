"""
Demand of several organisations as stretches with a window, so that nobody is alone behind one (hazard H14).

On each segment a bin is asked for when enough organisations want presence in it; where they do not meet, the
window is widened to half a day and to a day. What still has too few behind it is held back. Windows that
touch are joined, so that a wide one does not tell whether it was widened: otherwise it would say that exactly
one is in each part of it.

On a surveyed network the windows of a section of road, cut by a fixed grid, are one: where a window changed
along the road it would tell when somebody passes there, to the minute.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.coordination.demand import Demand, windows_of
from cmcoord_geo.facts import road_classes
from cmcoord_geo.network.dual_roads import OtherSides

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from cmcoord_geo.config import CorridorConfig
    from cmcoord_geo.network import RoadNetwork

_DAY_H = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One segment with a window that enough organisations want presence in, and what they want there."""

    segment: int
    start: datetime
    end: datetime
    presence: tuple[str, ...]
    priority: int
    accepts_mixed: bool

    @property
    def terms(self) -> tuple[datetime, datetime, tuple[str, ...], int, bool]:
        """What segments of one corridor have in common."""
        return self.start, self.end, self.presence, self.priority, self.accepts_mixed


def may_be_asked_for(network: RoadNetwork, segment: int) -> bool:
    """Whether a road may begin or end a corridor: a street would tell where a convoy loads (hazard H14)."""
    if network.traffic is None:
        return True
    classes = road_classes()
    return classes.get(network.road_class[segment], classes["other"]).is_corridor


def bundled(
    network: RoadNetwork,
    demands: Iterable[Demand],
    *,
    bin_h: int,
    config: CorridorConfig,
    sides: OtherSides,
) -> tuple[Stretch, ...]:
    """
    Stretches that may be asked for.

    Parameters
    ----------
    network : RoadNetwork
    demands : iterable of Demand
    bin_h : int
        Width of the bins of the demands, in hours.
    config : CorridorConfig
    sides : OtherSides
        Which segments are the other carriageway of which: they lie in one section.

    Returns
    -------
    tuple of Stretch
        Behind each, on its segment and within its window, stand ``config.min_organisations`` or more.
    """
    groups: defaultdict[tuple[Hashable, int], list[Demand]] = defaultdict(list)
    for demand in demands:
        for day in {one * bin_h // _DAY_H for one in demand.bins}:
            lead = min(demand.segment, *sides.shares.get(demand.segment, (demand.segment,)))
            groups[_section(network, lead, config), day].append(demand)
    found = [
        stretch
        for (_, day), group in groups.items()
        for stretch in _of_day(group, day, bin_h=bin_h, config=config)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.segment, one.end)))


def _section(network: RoadNetwork, segment: int, config: CorridorConfig) -> Hashable:
    """
    Section of road that a segment lies in: itself on the bundled network.

    Roads without a number are one: their names change every few hundred metres.
    """
    if network.traffic is None:
        return segment
    node, width = int(network.start[segment]), config.section_degree
    return (
        network.route_ref[segment],
        math.floor(network.lon[node] / width),
        math.floor(network.lat[node] / width),
    )


def _of_day(
    group: Sequence[Demand], day: int, *, bin_h: int, config: CorridorConfig
) -> Iterator[Stretch]:
    """Stretches of one section on one day."""
    on_segment: defaultdict[int, list[Demand]] = defaultdict(list)
    for demand in group:
        on_segment[demand.segment].append(demand)
    asked = {
        segment: _asked(demands, day, bin_h=bin_h, config=config)
        for segment, demands in on_segment.items()
    }
    whole = frozenset().union(*asked.values())
    for bins, start, end in windows_of(whole, hours=bin_h):
        behind = [
            demand
            for segment, own in asked.items()
            if own & bins
            for demand in on_segment[segment]
            if demand.bins & bins
        ]
        for segment in sorted({demand.segment for demand in behind}):
            yield Stretch(
                segment=segment,
                start=start,
                end=end,
                presence=tuple(sorted({demand.presence for demand in behind})),
                priority=min(demand.priority for demand in behind),
                accepts_mixed=all(demand.accepts_mixed for demand in behind),
            )


def _asked(
    demands: Sequence[Demand], day: int, *, bin_h: int, config: CorridorConfig
) -> frozenset[int]:
    """Bins of a day that are asked for on one segment: narrow ones first, wider ones for what is left."""
    wanted = [
        (demand.party, one)
        for demand in demands
        for one in demand.bins
        if one * bin_h // _DAY_H == day
    ]
    found: set[int] = set()
    for width in (bin_h, *(wide for wide in config.wider_h if wide > bin_h)):
        parties: defaultdict[int, set[str]] = defaultdict(set)
        for party, one in wanted:
            parties[one * bin_h // width].add(party)
        left = {one * bin_h // width for _, one in wanted if one not in found}
        for cell in left:
            if len(parties[cell]) >= config.min_organisations:
                found |= _bins_in(cell, width, bin_h)
    return frozenset(found)


def _bins_in(cell: int, width: int, bin_h: int) -> set[int]:
    """Bins that begin in a wider cell."""
    return {
        one
        for one in range(cell * width // bin_h, (cell + 1) * width // bin_h + 1)
        if one * bin_h // width == cell
    }


def behind_each(
    demands: Iterable[Demand], segments: Iterable[int], bins: frozenset[int]
) -> Mapping[int, frozenset[str]]:
    """Organisations that want presence on each of some segments within some bins."""
    found: dict[int, set[str]] = {segment: set() for segment in segments}
    for demand in demands:
        if demand.segment in found and demand.bins & bins:
            found[demand.segment].add(demand.party)
    return {segment: frozenset(parties) for segment, parties in found.items()}
