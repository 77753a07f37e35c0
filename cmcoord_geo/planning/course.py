"""
A way cut into steps: what each takes, what may bar it, and what waits at its end.

A step ends at a place, at a crossing that makes people wait, where the stretch of a patrol begins or ends, or
where other rules begin. Between two such points nothing happens, so all segments there are one step.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.network.hours import parse_hours, written
from cmcoord_geo.network.status import NOTHING
from cmcoord_geo.planning.bars import are_alike
from cmcoord_geo.planning.bars_ahead import BarsAhead
from cmcoord_geo.planning.roads_ahead import roads_ahead
from cmcoord_geo.planning.stretches import stops_along
from cmcoord_geo.planning.waits import crossings_met, wait_at, waits_of
from cmcoord_geo.planning.ways import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from cmcoord_geo.config import RulesConfig
    from cmcoord_geo.facts import Place
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.bars import Bar
    from cmcoord_geo.planning.roads_ahead import RoadsAhead
    from cmcoord_geo.planning.situation import Situation
    from cmcoord_geo.planning.waits import Wait
    from cmcoord_geo.planning.ways import Way

#: Kinds of place in the gazetteer at which a night may be agreed where no list says otherwise.
_TOWNS = frozenset({"capital", "town"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    A crossing at the end of a step.

    Attributes
    ----------
    name : Said
    waits : tuple of (Wait or None)
        For each of the course's edges; None where nobody waits then.
    """

    name: Said
    waits: tuple[Wait | None, ...]

    @property
    def said(self) -> Said:
        """Name with the hours."""
        hours = next((wait.hours for wait in self.waits if wait and wait.hours), None)
        text = "" if hours is None else written(*hours)
        return said("departures.gate", name=self.name, hours=text)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """
    A part of a way between two points at which something may happen.

    Attributes
    ----------
    km : float
        From the origin to its end.
    low_s, high_s : ndarray of float64, shape (e,)
        Moving seconds at the fast and at the slow pace, for each of the course's edges.
    bars : tuple of Bar
    node : int
        Place at its end; -1 where there is none.
    is_halt : bool
        A night may be spent at its end.
    place_bars : tuple of Bar
        Of the place alone.
    gate : Gate or None
    stop_s : float
        Seconds for which the convoy stops at its end.
    place : int
        Place in the way of the segment that it ends on.
    """

    km: float
    low_s: NDArray[np.float64]
    high_s: NDArray[np.float64]
    bars: tuple[Bar, ...] = ()
    node: int = -1
    is_halt: bool = False
    place_bars: tuple[Bar, ...] = ()
    gate: Gate | None = None
    stop_s: float = 0.0
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """
    A way cut into steps.

    Attributes
    ----------
    origin, destination : int
        Nodes.
    ahead : RoadsAhead
        Segments of the way, in the order in which they are first driven.
    steps : tuple of Step
    first, days
        Dates that the spans of the steps cover.
    origin_bars : tuple of Bar
        Of the origin alone.
    """

    origin: int
    destination: int
    ahead: RoadsAhead
    steps: tuple[Step, ...]
    first: date
    days: int
    origin_bars: tuple[Bar, ...] = ()

    @property
    def edges(self) -> NDArray[np.float64]:
        """Moments from which the steps take as long as their columns say, shape (e,)."""
        return self.ahead.edges

    @property
    def km(self) -> float:
        """Length of the way."""
        return self.steps[-1].km

    def place_before(self, step: int) -> tuple[int, tuple[Bar, ...]]:
        """Node at which a step begins, one of a place, and what bars that place."""
        if step == 0:
            return self.origin, self.origin_bars
        return self.steps[step - 1].node, self.steps[step - 1].place_bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A point inside a segment at which a step must end, by the share of the segment driven."""

    share: float
    gate: Gate | None = None


@dataclass(slots=True, kw_only=True)
class _Pending:
    """Parts of segments gathered for the next step."""

    low_s: NDArray[np.float64]
    high_s: NDArray[np.float64]
    bars: tuple[Bar, ...] | None = None
    steps: list[Step] = field(default_factory=list)
    km: float = 0.0

    def add(self, low_s: NDArray[np.float64], high_s: NDArray[np.float64], km: float) -> None:
        self.low_s = self.low_s + low_s
        self.high_s = self.high_s + high_s
        self.km += km

    def close(self, end: Step, place: int) -> None:
        """End the step as another one says, on a segment of the way."""
        self.steps.append(
            Step(
                km=self.km, low_s=self.low_s, high_s=self.high_s, bars=self.bars or (),
                node=end.node, is_halt=end.is_halt, place_bars=end.place_bars, gate=end.gate,
                stop_s=end.stop_s, place=place,
            )
        )  # fmt: skip
        self.low_s, self.high_s = np.zeros_like(self.low_s), np.zeros_like(self.high_s)
        self.bars = None


def course_of(
    situation: Situation,
    way: Way,
    *,
    first: date,
    days: int,
    cuts: Iterable[tuple[int, float]] = (),
    halts_anywhere: bool = False,
) -> Course:
    """
    Cut a way into steps.

    Parameters
    ----------
    situation : Situation
    way : tuple
    first : date
        First day, in Bangui.
    days : int
    cuts : iterable of (place in the way, share of that segment driven)
        Further points at which a step must end.
    halts_anywhere : bool
        Whether a night may be spent at every place, agreed or not.
    """
    network = situation.network
    segments = tuple(dict.fromkeys(segment for segment, _ in way))
    row = {segment: i for i, segment in enumerate(segments)}
    ahead = roads_ahead(situation, segments, first, days)
    bars_ahead = BarsAhead(ahead, situation.config.rules.bans, first=first, days=days)
    rules = _Rules(situation, bars_ahead, halts_anywhere=halts_anywhere)
    inner = _inner_cuts(situation, ahead, way, cuts)
    nodes = nodes_of(network, way)
    stops_s = stops_along(network, way, situation.request.stops)
    none = np.zeros(len(ahead.edges))
    pending = _Pending(low_s=none, high_s=none)
    for place, (segment, _) in enumerate(way):
        bars = bars_ahead.on_segment(row[segment])
        if pending.bars is not None and not are_alike(bars, pending.bars):
            pending.close(_point(none), place - 1)
        pending.bars = bars
        low_s, high_s = ahead.low_s[:, row[segment]], ahead.high_s[:, row[segment]]
        km, driven = network.length_km(segment), 0.0
        for cut in inner[place]:
            part = cut.share - driven
            pending.add(low_s * part, high_s * part, km * part)
            pending.close(_point(none, gate=cut.gate), place)
            pending.bars, driven = bars, cut.share
        pending.add(low_s * (1 - driven), high_s * (1 - driven), km * (1 - driven))
        there = nodes[place + 1]
        is_last = place + 1 == len(way)
        if network.is_place(there) or is_last:
            end = rules.at_place(none, there, stop_s=stops_s[place], is_last=is_last)
            pending.close(end, place)
    return Course(
        origin=nodes[0],
        destination=nodes[-1],
        ahead=ahead,
        steps=tuple(pending.steps),
        first=first,
        days=days,
        origin_bars=bars_ahead.on_place(network.node_ids[nodes[0]]),
    )


def _point(none: NDArray[np.float64], *, gate: Gate | None = None) -> Step:
    return Step(km=0.0, low_s=none, high_s=none, gate=gate)


class _Rules:
    """Bans, halts and stops of the configuration and the request, by place."""

    def __init__(self, situation: Situation, bars: BarsAhead, *, halts_anywhere: bool) -> None:
        self._network = situation.network
        self._rules = situation.config.rules
        self._anywhere = halts_anywhere
        self._bars = bars

    def at_place(
        self, none: NDArray[np.float64], node: int, *, stop_s: float, is_last: bool
    ) -> Step:
        """What waits at a place."""
        return Step(
            km=0.0, low_s=none, high_s=none, node=node,
            place_bars=self._bars.on_place(self._network.node_ids[node]),
            stop_s=stop_s,
            is_halt=not is_last and (self._anywhere or is_halt(self._network, node, self._rules)),
        )  # fmt: skip


def is_halt(network: RoadNetwork, node: int, rules: RulesConfig) -> bool:
    """
    Whether a night may be spent at a node.

    The list of the configuration, else towns of the gazetteer, places where a cell meets and contact points.
    On a surveyed network a place is known by its name.
    """
    key, name = network.node_ids[node], network.node_names[node]
    if key in rules.no_halts:
        return False
    if rules.halts:
        return key in rules.halts
    place = places().get(key) or _place_of_name(name)
    return (
        place is not None
        and place.country == "CAF"
        and (place.kind in _TOWNS or place.has_cell or place.has_contact)
    )


def _place_of_name(name: str) -> Place | None:
    if not name:
        return None
    return next((place for place in places().values() if place.name == name), None)


def waits_ahead(situation: Situation, ahead: RoadsAhead) -> Mapping[int, float]:
    """Least seconds of the slow pace at crossings of one segment alone, by the row of that segment."""
    found: defaultdict[int, float] = defaultdict(float)
    for crossing in ahead.network.crossings:
        if len(crossing.at_km) == 1:
            row = ahead.network.segment_index[next(iter(crossing.at_km))]
            found[row] += min(
                wait_at(
                    crossing, roads.crossing_states.get(crossing.crossing_id, NOTHING),
                    is_dry=roads.season[row] == "dry",
                    convoy=situation.convoy, rules=situation.config.rules,
                )[1]
                for roads in ahead.roads
            )  # fmt: skip
    return found


def _inner_cuts(
    situation: Situation, ahead: RoadsAhead, way: Way, cuts: Iterable[tuple[int, float]]
) -> Mapping[int, tuple[Cut, ...]]:
    """For each place in the way the points inside its segment, in the order of driving."""
    found: defaultdict[int, dict[float, Gate | None]] = defaultdict(dict)
    for place, share in cuts:
        if 0 < share < 1:
            found[place].setdefault(share, None)
    for place, share, gate in _gates(situation, ahead, way):
        inside = min(max(share, 1e-6), 1 - 1e-6)
        while (
            found[place].get(inside) is not None
        ):  # two crossings at one spot: one after the other
            inside = np.nextafter(inside, 1.0)
        found[place][inside] = gate
    return defaultdict(
        tuple,
        {
            place: tuple(Cut(share=share, gate=gate) for share, gate in sorted(points.items()))
            for place, points in found.items()
        },
    )


def _gates(situation: Situation, ahead: RoadsAhead, way: Way) -> Iterator[tuple[int, float, Gate]]:
    """Crossings that make a convoy wait, where the way meets them."""
    index, keys = ahead.network.segment_index, situation.network.segment_ids
    for met in crossings_met(situation.network, way, ahead.network.crossings):
        row = index[keys[way[met.place][0]]]
        shares: defaultdict[float, list[Wait | None]] = defaultdict(
            lambda: [None] * len(ahead.roads)
        )
        for edge, roads in enumerate(ahead.roads):
            for wait in waits_of(
                met, roads, row, convoy=situation.convoy, rules=situation.config.rules
            ):
                shares[wait.share][edge] = wait
        for share, waits in shares.items():
            yield met.place, share, Gate(name=met.crossing.name, waits=tuple(waits))


def unknown_crossings(situation: Situation, way: Way) -> Iterator[Said]:
    """Ferries on a way whose hours or state nobody has told."""
    ids = {situation.network.segment_ids[segment] for segment, _ in way}
    for crossing in situation.network.crossings:
        if crossing.kind != "ferry" or not ids & crossing.at_km.keys():
            continue
        known = situation.passable.crossing_states.get(crossing.crossing_id, NOTHING)
        told = known.limiting.hours if known.limiting else ""
        if parse_hours(told or crossing.hours) is None:
            yield said("departures.ask_hours", name=crossing.name)
        if known.basis != "report" or known.state in {"unknown", "conflicting"}:
            yield said("departures.ask_state", name=crossing.name)
