"""Patrol windows and possible meetings with them, as views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import join, said
from cmcoord_geo.i18n.roads import said_road
from cmcoord_geo.planning import is_confirmed
from cmcoord_geo.planning.conflicts.copresence import copresence
from cmcoord_geo.planning.conflicts.week import Week
from cmcoord_geo.sharing.records import patrol_record
from cmcoord_geo.sharing.released import PatrolRow
from cmcoord_geo.sharing.views import (
    ConflictView,
    MovementView,
    PatrolView,
    RangeView,
    WindowView,
)
from cmcoord_geo.units import KM_M

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import Config, PatrolConfig
    from cmcoord_geo.model import Conflict, MovementPlan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture, Patrols
    from cmcoord_geo.sharing.desk import Desk
    from cmcoord_geo.sharing.released import ConflictRow

#: Shorter stretches beside the longest one are not drawn on the schematic links.
_LEAST_KM = 5.0


def patrol_views(
    desk: Desk, picture: OperationalPicture, config: PatrolConfig
) -> tuple[PatrolView, ...]:
    """Patrols P1, P2, ... of the rows that pass the gate; rows of one patrol and window are one."""
    patrols, as_of = picture.patrols, picture.as_of
    rows = [
        (view, is_confirmed(patrols, row, as_of=as_of, config=config))
        for row in range(len(patrols))
        if (view := desk.passed(patrol_record(patrols, row), PatrolRow, whole=_whole(patrols, row)))
        is not None
    ]
    grouped = groupby(
        rows, key=lambda item: (item[0].patrol_id, item[0].start, item[0].end, item[1])
    )
    return tuple(
        replace(
            _patrol([view for view, _ in group], f"P{i}", is_confirmed=key[3]),
            is_answer=picture.is_answer(key[0]),
        )
        for i, (key, group) in enumerate(grouped, start=1)
    )


def _whole(patrols: Patrols, row: int) -> tuple[str, str, str]:
    """Patrol and window that a row is a stretch of."""
    start, end = str(patrols.start_s[row]), str(patrols.end_s[row])
    return patrols.patrol_id[row], start, end


def _patrol(rows: Sequence[PatrolRow], mark: str, *, is_confirmed: bool) -> PatrolView:
    first = rows[0]
    return PatrolView(
        mark=mark,
        patrol_id=first.patrol_id,
        stretches=tuple((row.segment_id, row.from_fraction, row.to_fraction) for row in rows),
        window=(
            WindowView(start=first.start, end=first.end)
            if first.start is not None and first.end is not None
            else None
        ),
        state="confirmed" if is_confirmed else "offered",
        passed_at=first.passed_at,
        provider=said(f"provider.{first.provider}"),
        composition=said(f"composition.{first.composition}"),
    )


def meeting_order(one: Conflict | ConflictRow) -> tuple[datetime, str, str, str]:
    """Order in which meetings are numbered X1, X2, ...: the same on a map and in the conflicts of a week."""
    return one.window.earliest, one.movement_id, one.patrol_id, one.answer


def conflict_views(
    picture: OperationalPicture,
    plans: Iterable[MovementPlan],
    movements: Iterable[MovementView],
    patrols: Iterable[PatrolView],
    config: Config,
) -> tuple[ConflictView, ...]:
    """
    Meetings X1, X2, ... of the options kept, between movements and patrols that the product shows.

    Their numbers are those of the conflicts of the week, which may name patrols that no product shows.
    """
    marks = {view.movement_id: view.mark for view in movements}
    shown = tuple(patrols)
    own = tuple(plan for plan in plans if plan.request.movement_id in marks)
    week = Week(picture=picture, plans=own, config=config)
    return tuple(
        _conflict(picture.network, conflict, f"X{i}", marks[conflict.movement_id], patrol.mark)
        for i, conflict in enumerate(sorted(copresence(week).conflicts, key=meeting_order), start=1)
        if (patrol := _met(conflict, shown)) is not None
    )


def _met(conflict: Conflict, patrols: Sequence[PatrolView]) -> PatrolView | None:
    """Patrol of a meeting: of several windows under one id the one at that time, best on that road."""
    named = [patrol for patrol in patrols if patrol.patrol_id == conflict.patrol_id]
    then = [
        patrol
        for patrol in named
        if patrol.window is None
        or (
            patrol.window.start <= conflict.window.latest
            and patrol.window.end >= conflict.window.earliest
        )
    ]
    roads = {conflict.segment_id, *(key for key, _ in conflict.more)}
    there = [
        patrol
        for patrol in then
        if any(segment_id in roads for segment_id, _, _ in patrol.stretches)
    ]
    return next(iter(there or then or named), None)


def _drawn(network: RoadNetwork, conflict: Conflict) -> Iterator[tuple[str, float, float]]:
    """Further stretches; of long roads without those that only reach around the corner."""
    for key, span in conflict.more:
        km = (span.high - span.low) * float(network.length_m[network.segment_index[key]]) / KM_M
        if network.traffic is not None or km >= _LEAST_KM:
            yield key, span.low, span.high


def _conflict(
    network: RoadNetwork, conflict: Conflict, mark: str, movement: str, patrol: str
) -> ConflictView:
    more = tuple(_drawn(network, conflict))
    roads = (conflict.segment_id, *(key for key, _, _ in more))
    titles = dict.fromkeys(network.title(network.segment_index[key]) for key in roads)
    names = join([said_road(title) for title in titles])
    where = said("way_back.road", road=names) if conflict.is_back else names
    key = "conflict.known" if conflict.answer == "conflict" else "conflict.unknown"
    return ConflictView(
        mark=mark,
        answer=conflict.answer,
        movement=movement,
        patrol=patrol,
        segment_id=conflict.segment_id,
        fraction=RangeView(low=conflict.fraction.low, high=conflict.fraction.high),
        window=WindowView(start=conflict.window.earliest, end=conflict.window.latest),
        said=said(key, movement=movement, patrol=patrol, segment=where),
        more=more,
    )
