"""What an audience may see of the conflicts of a week: frozen views, each made of released rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmcoord_geo.i18n import Said
    from cmcoord_geo.sharing.views import FrameView, PlaceView, SegmentView, WindowView


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekConflictView:
    """
    One conflict.

    Attributes
    ----------
    mark : str
        X1, X2, ... in the order of the report.
    kind, severity : str
    answer : str
        ``conflict`` or ``unknown``.
    movement, other : Said
        Both parties, as the reader may see them; the other is empty where there is none.
    movement_id, patrol_id, other_id : str
        Their ids; empty where the reader is not told.
    place : Said
        Road and km from a named end, a crossing, or a place.
    place_id, crossing_id : str
    stretches : tuple of (segment id, fraction, fraction)
    window : WindowView
    said : Said
        All of it in a sentence, without the window.
    """

    mark: str
    kind: str
    severity: str
    answer: str
    movement: Said
    other: Said
    movement_id: str
    patrol_id: str
    other_id: str
    place: Said
    place_id: str
    crossing_id: str
    stretches: tuple[tuple[str, float, float], ...]
    window: WindowView
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """
    One rule and its answer.

    Attributes
    ----------
    answer : str
        ``conflict``, ``no_known_conflict`` (in the data held) or ``unknown``.
    lacking : tuple of Said
        What nobody gave, so that the rule cannot say no.
    """

    kind: str
    severity: str
    source: str
    name: Said
    rule: Said
    advice: Said
    answer: str
    lacking: tuple[Said, ...]
    conflicts: tuple[WeekConflictView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """
    A change of one movement.

    Attributes
    ----------
    depart : WindowView
        New window of departure, narrowed to whole quarters of an hour: none starts before first light.
    shift_min : int
        Minutes from the first departure that was filed to the start of this window; negative is earlier.
    halt_id : str
        Place of a night, or of a wait, by choice; empty where there is none.
    wait_min : int
        Minutes of the wait there; 0 for the night.
    stop_min : int
        Minutes of the stop to ask for there; 0 without a stand.
    removes : tuple of Said
        Conflicts of the movement as it was filed, or that it makes room for others.
    said : Said
        All of it in a sentence, without the window.
    is_stale : bool
        The window reaches beyond the expiry of the data: to be asked again.
    via : tuple of str or None
        Places to write besides so that a plan of these hours keeps the road; None where none do.
    fresh_km : tuple of float
        Length with presence that is fresh at passage, as filed and then.
    notes : tuple of Said
        What the last three mean, in sentences.
    """

    movement_id: str
    letter: str
    depart: WindowView
    shift_min: int
    is_other_road: bool
    halt_id: str
    wait_min: int
    stop_min: int
    removes: tuple[Said, ...]
    said: Said
    is_stale: bool
    via: tuple[str, ...] | None
    fresh_km: tuple[float, float]
    notes: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsView:
    """
    How the conflicts of a week would go away.

    Attributes
    ----------
    answers : tuple of tuple of ChangeView
        Equal answers, in a fixed order.
    standing : tuple of Said
        What cannot be resolved, and why; for the desk alone.
    is_proven : bool
        Fewer or smaller changes do not do it.
    gap_percent : float
        Else, by how much the best answer may at most be better.
    limits : tuple of Said
        Which changes were tried, and what was not looked at.
    beyond : tuple of Said
        Kinds of conflicts that were found and that none of these changes is meant to remove, and why.
    """

    answers: tuple[tuple[ChangeView, ...], ...]
    standing: tuple[Said, ...]
    is_proven: bool
    gap_percent: float
    limits: tuple[Said, ...]
    beyond: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsView:
    """
    The conflicts of a week for one audience.

    Attributes
    ----------
    answer : str
        The gravest of the rules' answers.
    movements : int or None
        Movements that were looked at; None: not for this audience.
    notes : tuple of Said
        What a reader must know of the data.
    proposals : ProposalsView or None
        None where nobody asked, or the audience moves nothing.
    places, segments : tuple
        Empty: every place stands in words.
    """

    frame: FrameView
    answer: str
    movements: int | None
    rules: tuple[RuleView, ...]
    notes: tuple[Said, ...]
    proposals: ProposalsView | None = None
    places: tuple[PlaceView, ...] = ()
    segments: tuple[SegmentView, ...] = ()
