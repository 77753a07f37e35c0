"""Whether each plan of a week still rests on what was acknowledged, and acknowledging it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.acknowledgements import read_acknowledgements, write_acknowledgements
from cmcoord_geo.planning.versions import changes, versions_met

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.versions import Change, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """
    One movement against what was acknowledged of it.

    Attributes
    ----------
    movement_id : str
    has_plan : bool
        False where no road takes it: such a movement is never ready.
    is_acknowledged : bool
        Whether anything was ever acknowledged.
    current : tuple of Version
    changes : tuple of Change
    is_ready : bool
        It has a plan, and all that the plan meets is acknowledged as it is now.
    """

    movement_id: str
    has_plan: bool
    is_acknowledged: bool
    current: tuple[Version, ...]
    changes: tuple[Change, ...]
    is_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """Reviews of a folder, as they are told in JSON."""

    is_exercise: bool
    movements: tuple[Review, ...]


def review_week(
    picture: OperationalPicture, plans: Sequence[MovementPlan], folder: Path
) -> tuple[Review, ...]:
    """
    Review every plan of a week.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    folder : Path
        Where the acknowledgements lie.

    Raises
    ------
    DataError
        The file of acknowledgements cannot be read.
    """
    acknowledged = read_acknowledgements(folder)
    return tuple(_review(picture, plan, plans, acknowledged) for plan in plans)


def _review(
    picture: OperationalPicture,
    plan: MovementPlan,
    plans: Sequence[MovementPlan],
    acknowledged: dict[str, tuple[Version, ...]],
) -> Review:
    key = plan.request.movement_id
    current = versions_met(picture, plan, plans)
    changed = changes(acknowledged.get(key, ()), current)
    return Review(
        movement_id=key,
        has_plan=bool(plan.options),
        is_acknowledged=key in acknowledged,
        current=current,
        changes=changed,
        is_ready=bool(plan.options) and not changed,
    )


def chosen(reviews: Sequence[Review], only: Collection[str]) -> tuple[Review, ...]:
    """
    Pick the reviews of some movements; all of them where none is named.

    Raises
    ------
    DataError
        A movement is not in the folder.
    """
    there = sorted(review.movement_id for review in reviews)
    for key in only:
        if key not in there:
            raise problem(DataError, "review.unknown", movement=key, names=", ".join(there))
    return tuple(review for review in reviews if not only or review.movement_id in only)


def acknowledge(reviews: Sequence[Review], folder: Path) -> tuple[Review, ...]:
    """
    Acknowledge what some movements meet now, and keep what was acknowledged of all others.

    Parameters
    ----------
    reviews : sequence of Review
    folder : Path

    Returns
    -------
    tuple of Review
        The same movements, of which nothing differs any more.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    acknowledged = read_acknowledgements(folder)
    acknowledged |= {review.movement_id: review.current for review in reviews}
    write_acknowledgements(folder, acknowledged)
    return tuple(
        replace(review, is_acknowledged=True, changes=(), is_ready=review.has_plan)
        for review in reviews
    )
