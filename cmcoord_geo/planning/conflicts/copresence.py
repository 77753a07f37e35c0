"""C1 and C2: somebody, or something announced, on the road of a movement at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from cmcoord_geo.model import Conflict, Span, TimeSpan
from cmcoord_geo.network.areas import all_touches
from cmcoord_geo.planning.conflicts.meetings import find_meetings
from cmcoord_geo.planning.conflicts.occupancy import Occupancies, window_occupancies
from cmcoord_geo.planning.conflicts.week import Ruling, Week
from cmcoord_geo.units import KM_M, MINUTE_S, to_datetime, utc_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

    from cmcoord_geo.config import ConflictConfig
    from cmcoord_geo.model import AvoidArea, Operation
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.planning.conflicts.meetings import Meetings

_NEVER = float("nan")


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
    """C1 over a whole week."""
    config = week.config.conflict
    return Ruling(
        kind="C1",
        conflicts=find_conflicts(week.network, week.movements, week.patrols, config),
        lacking=() if len(week.picture.patrols) else ("patrols",),
    )


def closures(week: Week) -> Ruling:
    """
    C2: a movement inside an announced operation, or inside an area while it is closed.

    An operation that is no longer valid at the cut-off and is not over may be at any time.
    """
    picture = week.picture
    announced = Occupancies.joined(
        [
            _operations(week.network, picture.operations or (), picture.as_of),
            _closed_areas(week.network, picture.areas),
        ]
    )
    buffer_s = week.config.conflict.buffer_min * MINUTE_S
    found = find_meetings(
        week.network, week.movements, announced, separation_m=0.0, buffer_s=buffer_s
    )
    return Ruling(
        kind="C2",
        conflicts=_conflicts(week.network, "C2", week.movements, announced, found),
        lacking=() if picture.operations is not None else ("operations",),
    )


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
    start, end, until = operation.start, operation.end, operation.valid_until
    is_stale = until is not None and until <= as_of and (end is None or as_of < end)
    if start is None or end is None or is_stale:
        return _NEVER, _NEVER
    return float(utc_seconds(start)), float(utc_seconds(end))


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
    there_s = np.column_stack([theirs.first_s[found.theirs, 0], theirs.last_s[found.theirs, 1]])
    keys = (
        np.nan_to_num(there_s[:, 1], nan=-1.0),
        np.nan_to_num(there_s[:, 0], nan=-1.0),
        found.is_known,
        theirs.party[found.theirs],
        ours.party[found.ours],
    )
    order = np.lexsort(keys)
    is_new = np.zeros(len(order), np.bool_)
    for key in keys:
        is_new |= np.diff(key[order], prepend=np.inf) != 0
    groups = np.split(order, np.flatnonzero(is_new)[1:])
    built = [_conflict(network, kind, ours, theirs, found, rows) for rows in groups]
    built.sort(key=lambda one: (one.window.earliest, one.conflict_id))
    return tuple(built)


def _conflict(
    network: RoadNetwork,
    kind: str,
    ours: Occupancies,
    theirs: Occupancies,
    found: Meetings,
    rows: NDArray[np.int64],
) -> Conflict:
    """Conflict of one group of meetings: stretches that touch are one, the longest stands first."""
    rows = rows[np.argsort(found.at_s[rows, 0], kind="stable")]
    stretches = sorted(
        _stretches(network, ours.segment[found.ours[rows]], found.at_m[rows]),
        key=lambda one: -_length_km(network, *one),
    )
    (segment_id, fraction), *more = stretches
    first = rows[0]
    movement, other = ours.parties[ours.party[found.ours[first]]], theirs.party[found.theirs[first]]
    window = TimeSpan(
        earliest=to_datetime(found.at_s[rows, 0].min()),
        latest=to_datetime(found.at_s[rows, 1].max()),
    )
    answer: Literal["conflict", "unknown"] = "conflict" if found.is_known[first] else "unknown"
    is_patrol = kind == "C1"
    return Conflict(
        conflict_id=f"{kind}:{movement}:{theirs.parties[other]}:{segment_id}:{found.at_s[first, 0]:.0f}",
        kind=kind,
        answer=answer,
        movement_id=movement,
        patrol_id=theirs.parties[other] if is_patrol else "",
        other_id="" if is_patrol else theirs.parties[other],
        segment_id=segment_id,
        fraction=fraction,
        window=window,
        more=tuple(more),
        km=sum(_length_km(network, *one) for one in stretches),
    )


def _stretches(
    network: RoadNetwork, segments: NDArray[np.int64], at_m: NDArray[np.float64]
) -> Iterator[tuple[str, Span]]:
    """Stretches of each segment, those that touch joined, segments in the order in which they are met."""
    for segment in dict.fromkeys(segments.tolist()):
        here = at_m[segments == segment]
        here = here[np.argsort(here[:, 0], kind="stable")]
        reached = np.maximum.accumulate(here[:, 1])
        starts = np.flatnonzero(np.append(True, here[1:, 0] > reached[:-1]))
        length_m = float(network.length_m[segment])
        for low, high in zip(here[starts, 0], reached[np.append(starts[1:] - 1, -1)], strict=True):
            span = Span(low=float(low) / length_m, high=float(high) / length_m)
            yield network.segment_ids[segment], span


def _length_km(network: RoadNetwork, segment_id: str, span: Span) -> float:
    length_m = float(network.length_m[network.segment_index[segment_id]])
    return (span.high - span.low) * length_m / KM_M
