"""Proposed changes go to the desk and to their own organisation, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from planning.conflicts.worlds import PATROL, moved, week

from cmcoord_geo.model import TimeSpan
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


def test_a_window_starts_within_what_was_proposed_and_the_shift_says_so() -> None:
    def told(shift: int, start: str, end: str = "08:20") -> tuple[str, str, str]:
        depart = TimeSpan(
            earliest=datetime.fromisoformat(f"2026-12-03T{start}+01:00"),
            latest=datetime.fromisoformat(f"2026-12-03T{end}+01:00"),
        )
        first = replace(FOUND.answers[0][0], shift_min=shift, depart=depart)
        view = released(Audience(kind="owner"), replace(FOUND, answers=((first,),))).proposals
        assert view is not None
        (change,) = view.answers[0]
        return (f"{change.depart.start:%H:%M}", f"{change.depart.end:%H:%M}", change.said.en)

    assert told(1448, "06:08") == ("06:15", "08:15", "M1: leave 1 day 15 min later, same road.")
    assert told(1432, "06:22") == ("06:30", "08:15", "M1: leave 1 day later, same road.")
    assert told(-90, "06:30") == ("06:30", "08:15", "M1: leave 1 h 30 min earlier, same road.")
    assert told(128, "06:08", "06:14")[:2] == ("06:08", "06:14")  # no quarter in it


def test_who_had_no_conflict_makes_room_and_only_the_desk_is_told_for_whom() -> None:
    first = replace(FOUND.answers[0][0], removes=(), room_for=("M9",))
    found = replace(FOUND, answers=((first,),))
    for audience, words in (
        (Audience(kind="owner"), "makes room for M9"),
        (Audience(kind="owner", organisation="ORG"), "makes room for the changes of others"),
    ):
        view = released(audience, found).proposals
        assert view is not None
        (reason,) = view.answers[0][0].removes
        assert words in reason.en
        assert ("M9" in str(view)) == (not audience.organisation)


def test_limits_and_what_is_not_looked_at_are_told() -> None:
    rule = replace(WEEK.config.proposal, step_min=45, most_h=2.5, days_later=1)
    seen = replace(WEEK, config=replace(WEEK.config, proposal=rule))
    view = build_conflicts(
        seen, week_conflicts(seen), Audience(kind="owner"), proposals=FOUND
    ).view.proposals
    assert view is not None
    tried, rest = view.limits
    assert "steps of 45 min, up to 2.5 h earlier or later in the day, up to 1 day" in tried.en
    assert "par pas de 45 min" in tried.fr
    assert "C3" in rest.en


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


def test_what_is_expired_lost_and_to_be_written_is_told() -> None:
    first = FOUND.answers[0][0]
    late = first.depart.latest + timedelta(days=9)
    one = replace(
        first,
        depart=TimeSpan(earliest=late, latest=late),
        cut_min=30,
        via=("B",),
        fresh_km=(150.2, 42.4),
    )
    view = released(Audience(kind="owner"), replace(FOUND, answers=((one,),))).proposals
    assert view is not None
    (change,) = view.answers[0]
    assert change.is_stale
    assert [note.en.partition(":")[0] for note in change.notes] == [
        "data expired",
        "write in “via”",
        "loses 108 km of presence fresh at passage; 42 km are left",
    ]
    assert "in a shorter window" in change.said.en
    other = replace(first, via=None)
    view = released(Audience(kind="owner"), replace(FOUND, answers=((other,),))).proposals
    assert view is not None
    assert ["another road" in note.en for note in view.answers[0][0].notes] == [True]
    assert not view.answers[0][0].is_stale


def test_kinds_that_rest_on_something_else_say_on_what() -> None:
    asked = moved("M1", purpose="assessment", cargo="MINUSCA")
    seen = week(PATROL, requests=(asked,))
    rulings = week_conflicts(seen)
    assert any(one.conflicts for one in rulings if one.kind == "C8")
    view = build_conflicts(
        seen, rulings, Audience(kind="owner"), proposals=propose_changes(seen)
    ).view.proposals
    assert view is not None
    assert ["C8" in one.en and "who goes along" in one.en for one in view.beyond] == [True]
    elsewhere = build_conflicts(
        seen,
        rulings,
        Audience(kind="owner", organisation="ORG-X"),
        proposals=propose_changes(seen),
    ).view.proposals
    assert elsewhere is not None
    assert elsewhere.beyond == ()


def test_a_partner_learns_no_name_of_a_patrol_off_its_own_roads() -> None:
    """DOMAIN.md 4.7: the name may be that of a corridor, and tell which was answered."""
    first = replace(FOUND.answers[0][0], removes=(("C1", "P1"), ("C1", "P9")))
    found = replace(FOUND, answers=((first,),))
    for organisation, is_told in (("ORG", False), ("", True)):
        view = released(Audience(kind="owner", organisation=organisation), found).proposals
        assert view is not None
        (own, other) = view.answers[0][0].removes
        assert "patrol P1" in own.en
        assert ("P9" in str(view)) == ("P9" in other.en) == is_told


def test_a_stand_says_which_stop_to_write() -> None:
    one = replace(FOUND.answers[0][0], halt_id="B", wait_min=0, stop_min=840, via=())
    view = released(Audience(kind="owner"), replace(FOUND, answers=((one,),))).proposals
    assert view is not None
    assert "write in “stops”: B:840" in [note.en for note in view.answers[0][0].notes]
