"""C1 and C2: somebody, or something announced, on the road of a movement at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.network.areas import all_touches
from cmcoord_geo.planning.announced import known_window
from cmcoord_geo.planning.conflicts.barred import barred
from cmcoord_geo.planning.conflicts.meetings import find_meetings
from cmcoord_geo.planning.conflicts.occupancy import Occupancies, window_occupancies
from cmcoord_geo.planning.conflicts.reports import outlived
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.units import KM_M, MINUTE_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.config import ConflictConfig
    from cmcoord_geo.model import AvoidArea, MovementRequest, Operation, Route
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.conflicts.meetings import Meetings

_NEVER = float("nan")
#: Stretches nearer than this touch.
_TOUCH_M = 1e-3


def find_conflicts(
    network: RoadNetwork, movements: Occupancies, patrols: Occupancies, config: ConflictConfig
) -> tuple[Conflict, ...]:
    """
    Co-presence of the two sides (C1; L041, L056): on one road at once, meeting, overtaking, at one halt.

    Symmetric in the two sides; a larger separation or buffer never ends a conflict; cutting a row in two
    changes nothing; ranges of time are closed.

    Parameters
    ----------
    network : RoadNetwork
    movements, patrols : Occupancies
        Of any candidates: nothing else is looked at.
    config : ConflictConfig

    Returns
    -------
    tuple of Conflict
        One for each movement, patrol and window of it, by time.
    """
    found = find_meetings(
        network,
        movements,
        patrols,
        separation_m=config.separation_m,
        buffer_s=config.buffer_min * MINUTE_S,
    )
    return _conflicts(network, "C1", movements, patrols, found)


def copresence(week: Week) -> Ruling:
    """C1 over a whole week, ways back included."""
    config = week.config.conflict
    there, back = (
        find_conflicts(week.network, movements, week.patrols, config)
        for movements in (week.movements, week.movements_back)
    )
    return Ruling(
        kind="C1",
        conflicts=_in_order(there, back),
        lacking=() if len(week.picture.patrols) else ("patrols",),
    )


def who_meets(week: Week) -> Iterator[tuple[str, str, bool]]:
    """
    C1 in short: movement and patrol that may be at one place at one time, and whether that is known.

    One that meets a patrol on the way there and on the way back is told twice.
    """
    for movements in (week.movements, week.movements_back):
        yield from _who_meets(week, movements)


def _who_meets(week: Week, ours: Occupancies) -> Iterator[tuple[str, str, bool]]:
    config, theirs = week.config.conflict, week.patrols
    found = find_meetings(
        week.network,
        ours,
        theirs,
        separation_m=config.separation_m,
        buffer_s=config.buffer_min * MINUTE_S,
        once=True,
    )
    rows = zip(found.ours.tolist(), found.theirs.tolist(), found.is_known.tolist(), strict=True)
    for i, j, is_known in rows:
        yield ours.parties[ours.party[i]], theirs.parties[theirs.party[j]], is_known


def closures(week: Week) -> Ruling:
    """
    C2: a movement inside an announced operation, a closed area or a ban, or on a road that closes on its way.

    An operation that is no longer valid at the cut-off and is not over may be at any time. Ways back are
    looked at too.
    """
    others = announced(week.picture)
    there, back = (
        _closed_to(week, movements, routes, others)
        for movements, routes in (
            (week.movements, week.routes),
            (week.movements_back, week.returns),
        )
    )
    return Ruling(
        kind="C2",
        conflicts=_in_order(there, back),
        lacking=() if week.picture.operations is not None else ("operations",),
    )


def _closed_to(
    week: Week,
    movements: Occupancies,
    routes: Sequence[tuple[MovementRequest, Route]],
    others: Occupancies,
) -> tuple[Conflict, ...]:
    """C2 of ways there, or back."""
    ended = tuple(outlived(week, routes))
    found = _inside_announced(week, movements, others)
    return (*found, *ended, *barred(week, routes, ended))


def _inside_announced(
    week: Week, movements: Occupancies, others: Occupancies
) -> tuple[Conflict, ...]:
    buffer_s = week.config.conflict.buffer_min * MINUTE_S
    found = find_meetings(week.network, movements, others, separation_m=0.0, buffer_s=buffer_s)
    return _conflicts(week.network, "C2", movements, others, found)


def _in_order(there: Iterable[Conflict], back: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts of the ways there and of the ways back, by time."""
    every = (*there, *(one.on_the_way_back() for one in back))
    return tuple(sorted(every, key=lambda one: (one.window.earliest, one.conflict_id)))


def announced(picture: OperationalPicture) -> Occupancies:
    """Where and when operations are announced, and areas closed."""
    return Occupancies.joined(
        [
            _operations(picture.network, picture.operations or (), picture.as_of),
            _closed_areas(picture.network, picture.areas),
        ]
    )


def count_conflicts(
    ours: Occupancies, theirs: Occupancies, found: Meetings
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    How many conflicts each of our parties has, as :func:`find_conflicts` tells them apart.

    Parameters
    ----------
    ours, theirs : Occupancies
    found : Meetings
        Of the two.

    Returns
    -------
    sure, unknown : ndarray of int64, shape (number of our parties,)
    """
    count = len(ours.parties)
    if not len(found.ours):
        return np.zeros(count, np.int64), np.zeros(count, np.int64)
    _, first = np.unique(_groups(ours, theirs, found), return_index=True)
    party, is_known = ours.party[found.ours[first]], found.is_known[first]
    sure, unknown = (np.bincount(party[rows], minlength=count) for rows in (is_known, ~is_known))
    return sure.astype(np.int64), unknown.astype(np.int64)


def _operations(
    network: RoadNetwork, operations: tuple[Operation, ...], as_of: datetime
) -> Occupancies:
    return window_occupancies(
        network,
        (
            (one.operation_id, segment_id, low, high, *_window(one, as_of))
            for one in operations
            for segment_id, low, high in one.stretches
        ),
    )


def _window(operation: Operation, as_of: datetime) -> tuple[float, float]:
    """First and last second; not known where a time is missing or the word on it has run out."""
    window = known_window(operation, as_of)
    if window is None:
        return _NEVER, _NEVER
    return float(utc_seconds(window[0])), float(utc_seconds(window[1]))


def _closed_areas(network: RoadNetwork, areas: tuple[AvoidArea, ...]) -> Occupancies:
    """Road inside areas that close it, under the mark of each; without a beginning it holds from ever."""
    rows = (
        (touch.mark, network.segment_ids[touch.segment], low, high, *_live(touch.area))
        for touch in all_touches(network, areas)
        if touch.area.effect == "closure"
        for low, high in _inside(np.asarray(network.lines[touch.segment], float), touch.area)
    )
    return window_occupancies(network, rows)


def _live(area: AvoidArea) -> tuple[float, float]:
    until = float(utc_seconds(area.until))
    return (0.0 if area.since is None else float(utc_seconds(area.since))), until


def _inside(line: NDArray[np.float64], area: AvoidArea) -> Iterator[tuple[float, float]]:
    """Stretches of a line inside an area, as fractions of its length in degrees."""
    drawn = shapely.linestrings(line)
    shape = shapely.union_all(
        [shapely.Polygon(rings[0], list(rings[1:])) for rings in area.polygons]
    )
    for part in shapely.get_parts(shapely.intersection(drawn, shape)):
        corners = shapely.get_coordinates(part)
        at = np.atleast_1d(
            shapely.line_locate_point(drawn, shapely.points(corners), normalized=True)
        )
        if len(corners) > 1:
            yield float(at.min()), float(at.max())


def _conflicts(
    network: RoadNetwork, kind: str, ours: Occupancies, theirs: Occupancies, found: Meetings
) -> tuple[Conflict, ...]:
    """One conflict for each movement, other party and window of it, with all stretches, by time."""
    if not len(found.ours):
        return ()
    group = _groups(ours, theirs, found)
    _, first = np.unique(group, return_index=True)
    begin_s, end_s = np.full(len(first), np.inf), np.full(len(first), -np.inf)
    np.minimum.at(begin_s, group, found.at_s[:, 0])
    np.maximum.at(end_s, group, found.at_s[:, 1])
    road = _Road.of(network, group, ours.segment[found.ours], found.at_m)
    ends = np.searchsorted(road.group, np.arange(len(first) + 1))
    built = [
        _conflict(
            kind,
            (
                ours.parties[ours.party[found.ours[row]]],
                theirs.parties[theirs.party[found.theirs[row]]],
            ),
            road.stretches(network, slice(ends[i], ends[i + 1])),
            TimeSpan(earliest=to_datetime(begin_s[i]), latest=to_datetime(end_s[i])),
            is_known=bool(found.is_known[row]),
        )
        for i, row in enumerate(first.tolist())
    ]
    built.sort(key=lambda one: (one.window.earliest, one.conflict_id))
    return tuple(built)


def _groups(ours: Occupancies, theirs: Occupancies, found: Meetings) -> NDArray[np.int64]:
    """Conflict that each meeting belongs to: by both parties, the window of the other, and what is known."""
    there_s = np.nan_to_num(
        np.column_stack([theirs.first_s[found.theirs, 0], theirs.last_s[found.theirs, 1]]), nan=-1.0
    )
    keys = (
        there_s[:, 1],
        there_s[:, 0],
        found.is_known,
        theirs.party[found.theirs],
        ours.party[found.ours],
    )
    order = np.lexsort(keys)
    is_new = np.zeros(len(order), np.bool_)
    for key in keys:
        is_new[1:] |= key[order][1:] != key[order][:-1]
    group = np.zeros(len(order), np.int64)
    group[order] = np.cumsum(is_new)
    return group


class _Road(NamedTuple):
    """
    Stretches of road of all conflicts, by conflict, the longest first; those that touch are one.

    Attributes
    ----------
    group, segment : ndarray of int64, shape (n,)
    low_m, high_m : ndarray of float64, shape (n,)
    """

    group: NDArray[np.int64]
    segment: NDArray[np.int64]
    low_m: NDArray[np.float64]
    high_m: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        network: RoadNetwork,
        group: NDArray[np.int64],
        segment: NDArray[np.int64],
        at_m: NDArray[np.float64],
    ) -> _Road:
        order = np.lexsort((at_m[:, 0], segment, group))
        group, segment, at_m = group[order], segment[order], at_m[order]
        is_other = np.append(True, (np.diff(group) != 0) | (np.diff(segment) != 0))
        apart_m = np.cumsum(is_other) * (2 * float(network.length_m[segment].max()) + 1.0)
        reached = np.maximum.accumulate(at_m[:, 1] + apart_m)
        starts = np.append(True, (at_m[:, 0] + apart_m)[1:] > reached[:-1] + _TOUCH_M)
        begin = np.flatnonzero(starts)
        end = np.append(begin[1:] - 1, len(group) - 1)
        low_m, high_m = at_m[begin, 0], (reached - apart_m)[end]
        rank = np.lexsort((segment[begin], low_m - high_m, group[begin]))
        return cls(group[begin][rank], segment[begin][rank], low_m[rank], high_m[rank])

    def stretches(self, network: RoadNetwork, rows: slice) -> list[tuple[str, Span, float]]:
        """Segment id, fractions and km of some rows."""
        length_m = network.length_m[self.segment[rows]]
        low, high = self.low_m[rows] / length_m, np.minimum(self.high_m[rows] / length_m, 1.0)
        km = (self.high_m[rows] - self.low_m[rows]) / KM_M
        return [
            (network.segment_ids[segment], Span(low=a, high=b), length)
            for segment, a, b, length in zip(
                self.segment[rows].tolist(), low.tolist(), high.tolist(), km.tolist(), strict=True
            )
        ]


def _conflict(
    kind: str,
    parties: tuple[str, str],
    stretches: list[tuple[str, Span, float]],
    window: TimeSpan,
    *,
    is_known: bool,
) -> Conflict:
    """Conflict of one group of meetings."""
    movement, other = parties
    (segment_id, fraction, _), *more = stretches
    is_patrol = kind == "C1"
    begin_s = f"{window.earliest.timestamp():.0f}"
    return Conflict(
        conflict_id=":".join((kind, movement, other, segment_id, begin_s)),
        kind=kind,
        answer="conflict" if is_known else "unknown",
        movement_id=movement,
        patrol_id=other if is_patrol else "",
        other_id="" if is_patrol else other,
        segment_id=segment_id,
        fraction=fraction,
        window=window,
        more=tuple((key, span) for key, span, _ in more),
        km=sum(km for _, _, km in stretches),
    )
