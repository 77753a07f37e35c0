"""Announced operations and closures as views: when, on which road, and on the road of which movements."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cmcoord_geo.planning.announced import known_window
from cmcoord_geo.sharing.records import operation_record
from cmcoord_geo.sharing.released import OperationRow
from cmcoord_geo.sharing.views import OperationView, WindowView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.desk import Desk
    from cmcoord_geo.sharing.views import MovementView


def operation_views(
    desk: Desk, picture: OperationalPicture, movements: Iterable[MovementView] = ()
) -> tuple[OperationView, ...]:
    """
    Operations O1, O2, ... whose stretches pass the gate, in the order of the table.

    Parameters
    ----------
    desk : Desk
    picture : OperationalPicture
    movements : iterable of MovementView
        Those that the product shows.
    """
    rows = [
        (number, view)
        for number, one in enumerate(picture.operations or ())
        for row in range(len(one.stretches))
        if (view := desk.passed(operation_record(one, row), OperationRow, whole=one.operation_id))
        is not None
    ]
    grouped = groupby(rows, key=lambda item: item[0])
    shown = tuple(movements)
    return tuple(
        _view([view for _, view in group], f"O{i}", shown, picture.as_of)
        for i, (_, group) in enumerate(grouped, start=1)
    )


def _view(
    rows: Sequence[OperationRow], mark: str, movements: Sequence[MovementView], as_of: datetime
) -> OperationView:
    first = rows[0]
    stretches = tuple((row.segment_id, row.from_fraction, row.to_fraction) for row in rows)
    window = known_window(first, as_of)
    roads = {key for key, _, _ in stretches}
    return OperationView(
        mark=mark,
        operation_id=first.operation_id,
        stretches=stretches,
        window=None if window is None else WindowView(start=window[0], end=window[1]),
        start=first.start,
        end=first.end,
        valid_until=first.valid_until,
        movements=tuple(
            movement.mark
            for movement in movements
            for option in movement.options[:1]
            if any(leg.segment_id in roads for leg in option.legs)
        ),
    )
