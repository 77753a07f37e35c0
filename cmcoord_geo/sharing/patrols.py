"""Patrol windows and possible meetings with them, as views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import said
from cmcoord_geo.planning import is_confirmed
from cmcoord_geo.sharing.records import patrol_record
from cmcoord_geo.sharing.released import PatrolRow
from cmcoord_geo.sharing.views import (
    ConflictView,
    MovementView,
    PatrolView,
    RangeView,
    WindowView,
)

if TYPE_CHECKING:
    from datetime import datetime

    from cmcoord_geo.config import PatrolConfig
    from cmcoord_geo.model import Conflict, MovementPlan
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import Patrols
    from cmcoord_geo.sharing.desk import Desk


def patrol_views(
    desk: Desk, patrols: Patrols, *, as_of: datetime, config: PatrolConfig
) -> tuple[PatrolView, ...]:
    """Patrols P1, P2, ... of the rows that pass the gate; rows of one patrol and window are one."""
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
        _patrol([view for view, _ in group], f"P{i}", is_confirmed=key[3])
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


def conflict_views(
    network: RoadNetwork,
    plans: Iterable[MovementPlan],
    movements: Iterable[MovementView],
    patrols: Iterable[PatrolView],
) -> tuple[ConflictView, ...]:
    """Meetings X1, X2, ... of the option kept, between movements and patrols that the product shows."""
    marks = {view.movement_id: view.mark for view in movements}
    shown = tuple(patrols)
    found = [
        (conflict, patrol.mark)
        for plan in plans
        for option in plan.options[:1]
        for conflict in option.conflicts
        if plan.request.movement_id in marks and (patrol := _met(conflict, shown)) is not None
    ]
    found.sort(key=lambda met: (met[0].window.earliest, met[0].conflict_id))
    return tuple(
        _conflict(network, conflict, f"X{i}", movement=marks[conflict.movement_id], patrol=patrol)
        for i, (conflict, patrol) in enumerate(found, start=1)
    )


def _met(conflict: Conflict, patrols: Sequence[PatrolView]) -> PatrolView | None:
    """Patrol of a meeting: of several windows under one id the one on that segment at that time."""
    named = [patrol for patrol in patrols if patrol.patrol_id == conflict.patrol_id]
    there = [
        patrol
        for patrol in named
        if any(segment_id == conflict.segment_id for segment_id, _, _ in patrol.stretches)
        and (
            patrol.window is None
            or (
                patrol.window.start <= conflict.window.latest
                and patrol.window.end >= conflict.window.earliest
            )
        )
    ]
    return next(iter(there or named), None)


def _conflict(
    network: RoadNetwork, conflict: Conflict, mark: str, *, movement: str, patrol: str
) -> ConflictView:
    title = network.title(network.segment_index[conflict.segment_id])
    words = "conflict.known" if conflict.answer == "conflict" else "conflict.unknown"
    return ConflictView(
        mark=mark,
        answer=conflict.answer,
        movement=movement,
        patrol=patrol,
        segment_id=conflict.segment_id,
        fraction=RangeView(low=conflict.fraction.low, high=conflict.fraction.high),
        window=WindowView(start=conflict.window.earliest, end=conflict.window.latest),
        more=tuple((key, span.low, span.high) for key, span in conflict.more),
        said=said(
            words,
            movement=movement,
            patrol=patrol,
            segment=said("way_back.road", road=title) if conflict.is_back else title,
        ),
    )
