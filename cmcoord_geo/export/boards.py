"""Isolation boards as JSON: what all vehicles share once, then what each of them finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmcoord_geo.export.plain import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.isolation_views import (
        BoardPlaceView,
        BoardView,
        CaseView,
        LossView,
    )
    from cmcoord_geo.sharing.views import FrameView, SegmentView

#: 2: what a vehicle finds stands in ``boards``.
BOARDS_VERSION = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """What one vehicle finds."""

    key: str
    vehicles: Said
    cases: tuple[CaseView, ...]
    targets: tuple[BoardPlaceView, ...]
    losses: tuple[LossView, ...]
    notes: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boards:
    """What all vehicles share, and the board of each."""

    frame: FrameView
    base: BoardPlaceView
    bound_h: float
    bound_ratio: float
    least_h: float
    bound: Said
    boards: tuple[_Board, ...]
    segments: tuple[SegmentView, ...]


def boards_json(boards: Sequence[BoardView]) -> str:
    """
    JSON of boards from one base: of the roads only those that stand in a loss, and no gazetteer.

    Parameters
    ----------
    boards : sequence of BoardView
        One for each vehicle, of one picture, base and audience.
    """
    first = boards[0]
    lost = {key for board in boards for loss in board.losses for key in loss.segment_ids}
    told = _Boards(
        frame=first.frame,
        base=first.base,
        bound_h=first.bound_h,
        bound_ratio=first.bound_ratio,
        least_h=first.least_h,
        bound=first.bound,
        boards=tuple(
            _Board(
                key=board.key,
                vehicles=board.vehicles,
                cases=board.cases,
                targets=board.targets,
                losses=board.losses,
                notes=board.notes,
            )
            for board in boards
        ),
        segments=tuple(one for one in first.segments if one.segment_id in lost),
    )
    return to_json(told, kind="isolation", version=BOARDS_VERSION)
