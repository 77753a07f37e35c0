"""Proposed changes go to the desk and to their own organisation, and to nobody else."""

from __future__ import annotations

from dataclasses import replace

from planning.conflicts.worlds import PATROL, moved, week

from cmcoord_geo.planning.conflicts import week_conflicts
from cmcoord_geo.planning.proposals import StandingConflict, WeekProposals, propose_changes
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.conflict_views import ConflictsView
from cmcoord_geo.sharing.conflicts import build_conflicts

WEEK = week(PATROL, requests=(moved("M1"), moved("M2", "C", "A")))
FOUND = propose_changes(WEEK)
STUCK = WeekProposals(
    answers=FOUND.answers,
    standing=(
        StandingConflict(kind="C1", other="P1", movement_ids=("M1",), is_alone=True),
        StandingConflict(kind="C7", other="place B", movement_ids=("M1", "M2"), is_alone=False),
    ),
    is_proven=False,
    gap=0.25,
)


def released(audience: Audience, found: WeekProposals = FOUND) -> ConflictsView:
    return build_conflicts(WEEK, week_conflicts(WEEK), audience, proposals=found).view


def test_the_desk_sees_every_change_and_what_stands() -> None:
    view = released(Audience(kind="owner"), STUCK).proposals
    assert view is not None
    assert {change.movement_id for change in view.answers[0]} == {
        change.movement_id for change in FOUND.answers[0]
    }
    assert [("M1" in one.en, "M2" in one.en) for one in view.standing] == [
        (True, False),
        (True, True),
    ]
    assert (view.is_proven, view.gap_percent) == (False, 25)
    assert all("P1" in one.en for change in view.answers[0] for one in change.removes)


def test_of_two_movements_none_is_said_to_have_no_other_departure() -> None:
    """One of the two is never free of conflicts; that does not make this one unavoidable."""
    pair = StandingConflict(kind="C7", other="place B", movement_ids=("M1", "M2"), is_alone=True)
    view = released(Audience(kind="owner"), replace(STUCK, standing=(pair,))).proposals
    assert view is not None
    (told,) = view.standing
    assert "no departure" not in told.en
    assert "would bring another" in told.en


def test_shifts_are_told_in_quarters_without_an_empty_minute() -> None:
    def told(minutes: int) -> str:
        first = replace(FOUND.answers[0][0], shift_min=minutes)
        view = released(Audience(kind="owner"), replace(FOUND, answers=((first,),))).proposals
        assert view is not None
        return view.answers[0][0].said.en

    assert "leave 24 h later, same road" in told(1435)
    assert "leave 25 h 15 later, same road" in told(1520)
    assert "leave 1 h 30 earlier, same road" in told(-90)


def test_an_organisation_sees_its_own_alone() -> None:
    own = released(Audience(kind="owner", organisation="ORG"), STUCK).proposals
    other = released(Audience(kind="owner", organisation="ORG-X"), STUCK).proposals
    assert own is not None
    assert other is not None
    assert own.answers[0]
    assert own.standing == other.standing == ()
    assert other.answers == ((),)


def test_nobody_else_sees_any() -> None:
    """The other side is asked for presence, never told how a movement would change (L052)."""
    assert released(Audience(kind="minusca_ops")).proposals is None
    assert released(Audience(kind="public")).proposals is None
