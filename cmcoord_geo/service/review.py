"""Whether each plan of a week still rests on what was acknowledged, and acknowledging it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.acknowledgements import (
    Acknowledgement,
    read_acknowledgements,
    write_acknowledgements,
)
from cmcoord_geo.planning.conflicts import Week, conflict_kinds, week_conflicts
from cmcoord_geo.planning.versions import changes, versions_met

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from cmcoord_geo.config import Config
    from cmcoord_geo.model import MovementPlan
    from cmcoord_geo.picture import OperationalPicture
    from cmcoord_geo.planning.versions import Change, Version

#: Severities of conflicts with which no plan is ready.
_STOPS = frozenset({"grave", "hard"})


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
    until : datetime
        When the plan expires.
    is_expired : bool
        The plan that was acknowledged has expired since: nothing of it holds any more (hazard H3).
    conflicts : mapping
        Kinds of the grave and hard conflicts that stand against it, with how many of each.
    unknown : mapping
        Such conflicts of which something is not known, so that somebody must ask.
    is_ready : bool
        It has a plan, all that the plan meets is acknowledged as it is now and not expired, and none of
        these stands or is not known.
    """

    movement_id: str
    has_plan: bool
    is_acknowledged: bool
    current: tuple[Version, ...]
    changes: tuple[Change, ...]
    until: datetime
    is_expired: bool
    conflicts: Mapping[str, int]
    unknown: Mapping[str, int]
    is_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """Reviews of a folder, as they are told in JSON."""

    is_exercise: bool
    movements: tuple[Review, ...]


def review_week(
    picture: OperationalPicture, plans: Sequence[MovementPlan], config: Config, folder: Path
) -> tuple[Review, ...]:
    """
    Review every plan of a week.

    Parameters
    ----------
    picture : OperationalPicture
    plans : sequence of MovementPlan
    config : Config
    folder : Path
        Where the acknowledgements lie.

    Raises
    ------
    DataError
        The file of acknowledgements cannot be read.
    """
    acknowledged = read_acknowledgements(folder)
    standing = _standing(Week(picture=picture, plans=tuple(plans), config=config))
    return tuple(_review(picture, plan, plans, acknowledged, standing) for plan in plans)


def _standing(week: Week) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Grave and hard conflicts of each movement by their answer, counted by kind."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for ruling in week_conflicts(week):
        if conflict_kinds()[ruling.kind].severity not in _STOPS:
            continue
        for one in ruling.conflicts:
            for party in {one.movement_id, one.other_id} - {""}:
                found[party, one.answer][ruling.kind] += 1
    return found


def _review(
    picture: OperationalPicture,
    plan: MovementPlan,
    plans: Sequence[MovementPlan],
    acknowledged: Mapping[str, Acknowledgement],
    standing: Mapping[tuple[str, str], Mapping[str, int]],
) -> Review:
    key = plan.request.movement_id
    current = versions_met(picture, plan, plans)
    before = acknowledged.get(key)
    changed = changes(before.met if before else (), current)
    is_expired = before is not None and before.until is not None and before.until <= picture.as_of
    conflicts, unknown = (dict(standing.get((key, one), {})) for one in ("conflict", "unknown"))
    return Review(
        movement_id=key,
        has_plan=bool(plan.options),
        is_acknowledged=before is not None,
        current=current,
        changes=changed,
        until=plan.expires_at,
        is_expired=is_expired,
        conflicts=conflicts,
        unknown=unknown,
        is_ready=bool(plan.options) and not (changed or is_expired or conflicts or unknown),
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
    acknowledged |= {
        review.movement_id: Acknowledgement(met=review.current, until=review.until)
        for review in reviews
    }
    write_acknowledgements(folder, acknowledged)
    return tuple(
        replace(
            review,
            is_acknowledged=True,
            is_expired=False,
            changes=(),
            is_ready=review.has_plan and not (review.conflicts or review.unknown),
        )
        for review in reviews
    )
