"""Requested corridors by unmet need, for the desk that holds the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cmcoord_geo.coordination.need import CorridorNeed, ranked
from cmcoord_geo.coordination.offers import OFFERED, last_answers
from cmcoord_geo.i18n import Said, said
from cmcoord_geo.sharing.corridor_sheets import asked_view
from cmcoord_geo.sharing.corridor_views import AskedCorridorView

if TYPE_CHECKING:
    from cmcoord_geo.config import Config
    from cmcoord_geo.model import CorridorResponse, MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.sharing.corridor_sheets import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class RankView:
    """
    One corridor with what is met of it, in whole km of movements, and how far the request came.

    Attributes
    ----------
    rank : int
    wanted_km, fresh_km, confirmed_km, unmet_km : int
    received_at, relayed_at, answered_at : datetime or None
        Three states that are never taken for one another.
    passed_at : datetime or None
        Last passage that was reported.
    answers : tuple of str
        Words of the answer that counts.
    not_counted : tuple of Said
        Why what is offered meets no need.
    """

    rank: int
    corridor: AskedCorridorView
    wanted_km: int
    fresh_km: int
    confirmed_km: int
    unmet_km: int
    received_at: datetime | None
    relayed_at: datetime | None
    answered_at: datetime | None
    passed_at: datetime | None
    answers: tuple[str, ...]
    not_counted: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RanksView:
    """
    Corridors by unmet need.

    Attributes
    ----------
    as_of : datetime
    is_exercise : bool
    corridors : tuple of RankView
        Those that stand for the movements as they are now.
    outdated : tuple of str
        Names of those that were asked for and no longer match the movements; the next request withdraws them.
    """

    as_of: datetime
    is_exercise: bool
    corridors: tuple[RankView, ...]
    outdated: tuple[str, ...] = ()


def corridor_ranks(
    picture: OperationalPicture, plans: Sequence[MovementPlan], asked: Asked, config: Config
) -> RanksView:
    """
    Corridors that stand, by the need that presence does not meet.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    asked : Asked
        Only movements whose owners agreed to ask for presence count.
    config : Config
    """
    behind = {demand.movement_id for demand in asked.demands}
    needs = ranked(
        asked.issue.standing,
        [plan for plan in plans if plan.request.movement_id in behind],
        bin_h=config.sharing.window_h,
    )
    return RanksView(
        as_of=picture.as_of,
        is_exercise=picture.is_exercise,
        corridors=tuple(_view(picture, need, rank) for rank, need in enumerate(needs, start=1)),
        outdated=outdated(picture, asked),
    )


def outdated(picture: OperationalPicture, asked: Asked) -> tuple[str, ...]:
    """Names of corridors that the other side still holds as asked for, and that nothing asks for any more."""
    held = {one.corridor_id for one in picture.corridors if one.withdrawn_at is None}
    return tuple(one.corridor_id for one in asked.issue.withdrawn if one.corridor_id in held)


def _view(picture: OperationalPicture, need: CorridorNeed, rank: int) -> RankView:
    key = need.corridor.corridor_id
    told = [one for one in picture.responses if one.corridor_id == key]
    counted = last_answers(told).get(key, ())
    return RankView(
        rank=rank,
        corridor=asked_view(picture.network, need.corridor),
        wanted_km=round(need.wanted_km),
        fresh_km=round(need.fresh_km),
        confirmed_km=round(need.confirmed_km),
        unmet_km=round(need.unmet_km),
        received_at=_last(told, "received_at"),
        relayed_at=_last(told, "relayed_at"),
        answered_at=_last(told, "answered_at"),
        passed_at=_last(told, "passed_at"),
        answers=tuple(dict.fromkeys(one.answer for one in counted)),
        not_counted=tuple(_not_counted(picture, need, told, counted)),
    )


def _not_counted(
    picture: OperationalPicture,
    need: CorridorNeed,
    told: Iterable[CorridorResponse],
    counted: Iterable[CorridorResponse],
) -> Iterator[Said]:
    """Why presence that was offered or reported meets nothing, or not all of the need."""
    corridor = need.corridor
    passed = [one for one in told if one.passed_at is not None]
    open_ones = [one for one in counted if one.answer in OFFERED and one.passed_at is None]
    if need.unmet_km < 1:
        return
    is_mixed = any(one.composition != "minusca" for one in (*passed, *open_ones))
    if is_mixed and not corridor.accepts_mixed:
        yield said("corridors.not_accepted")
    until = [one.valid_until or (one.window or corridor.window).latest for one in open_ones]
    if any(moment <= picture.as_of for moment in until):
        yield said("corridors.over")
    windows = [one.window or corridor.window for one in open_ones]
    if any(
        window.earliest < corridor.window.latest and corridor.window.earliest < window.latest
        for window in windows
    ):
        yield said("corridors.same_hours")


def _last(told: Iterable[CorridorResponse], state: str) -> datetime | None:
    return max((at for one in told if (at := getattr(one, state)) is not None), default=None)
