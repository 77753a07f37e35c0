"""Conflicts of a week for one audience: each party as the reader may see it, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from planning.conflicts.worlds import HOUR, moved, week
from planning.worlds import MORNING, Row
from sharing import week as w
from sharing.week import CONFIG, MINUSCA, OWNER, PUBLIC
from towns import town

from cmcoord_geo.config import Ban, RulesConfig
from cmcoord_geo.errors import WithheldError
from cmcoord_geo.export import to_json
from cmcoord_geo.model import CorridorRequest, Operation, TimeSpan
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.conflicts import Week, conflict_kinds, week_conflicts
from cmcoord_geo.sharing import Audience, build_product
from cmcoord_geo.sharing.conflict_views import ConflictsView, RuleView
from cmcoord_geo.sharing.conflicts import ConflictRelease, build_conflicts

A = Audience(kind="owner", organisation="ORG-A")
#: A patrol beside two movements, one on their road before them, and one that a third meets.
ROWS = w.patrols(
    ("PAT-1", w.segment("SBT", "GRI"), w.at(1, 7), w.at(1, 11)),
    ("PAT-2", w.segment("IPP", "BIV"), w.at(2, 6), w.at(2, 11)),
    ("PAT-3", w.segment("DAM", "SBT"), w.at(1, 6), w.at(1, 8)),
)


@cache
def plans():
    return w.plan_week(w.picture(patrols=ROWS), CONFIG)


def known(**more: object) -> Week:
    picture = w.picture(patrols=ROWS, **more)
    return Week(picture=picture, plans=plans(), config=CONFIG)


def release(audience: Audience, **more: object) -> ConflictRelease:
    held = known(**more)
    return build_conflicts(held, week_conflicts(held), audience)


def rule(view: ConflictsView, kind: str) -> RuleView:
    return next(one for one in view.rules if one.kind == kind)


def parties(view: ConflictsView, kind: str) -> set[tuple[str, str]]:
    return {(one.movement_id, one.patrol_id or one.other_id) for one in rule(view, kind).conflicts}


def test_what_answers_a_corridor_is_called_so() -> None:
    corridor = CorridorRequest(
        corridor_id="PAT-1",
        segment_ids=(w.segment("SBT", "GRI"),),
        window=TimeSpan(earliest=w.at(1, 6), latest=w.at(1, 12)),
        presence=("area_presence",),
        accepts_mixed=False,
        priority=2,
        issued_at=w.AS_OF,
    )
    others = {
        one.patrol_id: one.other.en
        for one in rule(release(OWNER, corridors=(corridor,)).view, "C1").conflicts
    }
    assert others["PAT-1"] == "the patrol in answer to corridor PAT-1"
    assert others["PAT-2"] == "patrol PAT-2"


def test_the_desk_sees_both_parties_the_place_and_the_rule() -> None:
    view = release(OWNER).view
    assert parties(view, "C1") == {
        ("M1", "PAT-1"),
        ("M2", "PAT-1"),
        ("M3", "PAT-2"),
        ("M1", "PAT-3"),
    }
    assert parties(view, "C7") <= {("M2", "M1")}
    assert [one.kind for one in view.rules] == list(conflict_kinds())
    first = next(one for one in rule(view, "C1").conflicts if one.patrol_id == "PAT-1")
    assert (first.mark[:1], first.severity, first.answer) == ("X", "grave", "conflict")
    assert "Sibut–Grimari" in first.said.en
    assert "PAT-1" in first.said.fr
    assert rule(view, "C1").source == "L041, L056"
    assert view.answer == "conflict"
    assert view.movements == 3


def test_marks_are_each_given_once_in_the_order_of_the_report() -> None:
    marks = [one.mark for rule in release(OWNER).view.rules for one in rule.conflicts]
    assert marks == [f"X{i}" for i in range(1, len(marks) + 1)]


@pytest.mark.parametrize("audience", [OWNER, A], ids=["desk", "partner"])
def test_a_meeting_has_one_number_on_the_map_and_in_the_week(audience: Audience) -> None:
    held = known()
    listed = rule(release(audience).view, "C1").conflicts
    product = build_product(held.picture, held.plans, audience, CONFIG).product
    names = {one.mark: one.movement_id for one in product.movements}
    patrols = {one.mark: one.patrol_id for one in product.patrols}
    drawn = [(one.mark, names[one.movement], patrols[one.patrol]) for one in product.conflicts]
    told = [(one.mark, one.movement_id, one.patrol_id) for one in listed]
    assert drawn
    assert drawn == [one for one in told if one[2] in patrols.values()]


def test_a_partner_sees_its_own_and_not_who_else() -> None:
    released = release(A)
    view = released.view
    assert parties(view, "C1") == {("M1", "PAT-1"), ("M1", "")}
    text = to_json(view, kind="conflicts")
    for word in ("M2", "M3", "ORG-B", "ORG-C", "PAT-2", "PAT-3"):
        assert word not in text
    assert released.withheld["conflict", "owner"] > 0
    assert view.movements is None


def test_a_patrol_off_its_own_roads_has_no_name_for_a_partner() -> None:
    """It stands at the end of the road from Damara, a kilometre from that of M1 (DOMAIN.md 4.7)."""
    beside = [one for one in rule(release(A).view, "C1").conflicts if not one.patrol_id]
    assert [one.other.en for one in beside] == ["a patrol"]


def test_the_second_of_two_bunched_movements_sees_itself_first() -> None:
    """Both pass the bridge at Bambari within the hour."""
    two = [
        w.request(f"M{i}", f"ORG-{name}", "BBY ALI", w.at(1, 7)) for i, name in ((1, "A"), (2, "B"))
    ]
    picture = w.picture(two, patrols=ROWS)
    held = Week(picture=picture, plans=w.plan_week(picture, CONFIG), config=CONFIG)
    rulings = week_conflicts(held)
    seen = {}
    for name in ("ORG-A", "ORG-B"):
        asked = Audience(kind="owner", organisation=name)
        seen[name] = parties(build_conflicts(held, rulings, asked).view, "C7")
    of_desk = parties(build_conflicts(held, rulings, OWNER).view, "C7")
    assert of_desk == {("M2", "M1")}  # filed second
    assert seen == {"ORG-A": {("M1", "")}, "ORG-B": {("M2", "")}}


def test_of_another_movement_a_partner_learns_no_minute() -> None:
    """Both pass the bridge at Bambari: when the other comes is told in bins of three hours."""
    two = [
        w.request(f"M{i}", f"ORG-{name}", "BBY ALI", w.at(1, 7, 13 * i))
        for i, name in ((1, "A"), (2, "B"))
    ]
    picture = w.picture(two, patrols=ROWS)
    held = Week(picture=picture, plans=w.plan_week(picture, CONFIG), config=CONFIG)
    rulings = week_conflicts(held)
    for asked in (A, OWNER):
        (bridge, *_) = rule(build_conflicts(held, rulings, asked).view, "C7").conflicts
        is_binned = {one.minute for one in (bridge.window.start, bridge.window.end)} == {0}
        assert is_binned is (asked is A)


def test_what_others_left_out_is_nothing_of_a_partner() -> None:
    """Another organisation does not say its purpose, and has a night: the answers of A stay the same."""
    movements = (w.MOVEMENTS[0], w.request("M8", "ORG-B", "BGF BBY", w.at(1, 6)))
    views = []
    for purpose in ("", "distribution"):
        picture = w.picture((movements[0], replace(movements[1], purpose=purpose)), patrols=ROWS)
        held = Week(picture=picture, plans=w.plan_week(picture, CONFIG), config=CONFIG)
        rulings = week_conflicts(held)
        views.append(build_conflicts(held, rulings, A).view)
        desk = build_conflicts(held, rulings, OWNER).view
        assert rule(desk, "C6").answer == "unknown"
        assert rule(desk, "C8").answer == ("no_known_conflict" if purpose else "unknown")
    assert rule(views[0], "C8").answer == rule(views[0], "C6").answer == "no_known_conflict"
    assert views[0] == views[1]


def test_the_other_side_sees_a_segment_and_hours_and_never_who() -> None:
    view = release(MINUSCA).view
    assert [one.kind for one in view.rules] == ["C1", "C2"]
    text = to_json(view, kind="conflicts")
    for word in ("M1", "M2", "M3", "ORG-", "vivres", "distribution"):
        assert word not in text
    for one in rule(view, "C1").conflicts:
        assert one.movement.en == "a humanitarian movement"
        assert {(low, high) for _, low, high in one.stretches} == {(0.0, 1.0)}
        assert (one.window.start.hour, one.window.end.hour) in {(6, 12), (6, 18), (12, 18)}
        assert one.window.start.minute == one.window.end.minute == 0


def test_the_other_side_learns_no_road_but_its_own() -> None:
    """PAT-3 comes to Sibut as M1 leaves it by another road: where M1 goes on to is not told."""
    (desk,) = [
        one for one in rule(release(OWNER).view, "C1").conflicts
        if (one.movement_id, one.patrol_id) == ("M1", "PAT-3")
    ]  # fmt: skip
    assert [key for key, _, _ in desk.stretches] == [w.segment("SBT", "GRI")]
    told = {
        (one.patrol_id, key)
        for one in rule(release(MINUSCA).view, "C1").conflicts
        for key, _, _ in one.stretches
    }
    held = zip(ROWS.patrol_id, ROWS.segment_id, strict=True)
    assert ("PAT-3", w.segment("DAM", "SBT")) in told
    assert told <= set(held)


def test_two_movements_that_look_alike_are_one_line_for_the_other_side() -> None:
    """M1 and M2 meet PAT-1 on one road in one half-day: how many they are is not told."""
    shown = [one for one in rule(release(MINUSCA).view, "C1").conflicts if one.patrol_id == "PAT-1"]
    assert len({(one.window, one.stretches) for one in shown}) == len(shown)


def test_without_consent_the_other_side_sees_nothing_and_the_answer_tells_nothing() -> None:
    """L052. The answer is the same as where there is no conflict."""
    released = release(MINUSCA, consents=())
    assert {one.answer for one in rule(released.view, "C1").conflicts} == set()
    assert rule(released.view, "C1").answer == "no_known_conflict"
    assert released.withheld["conflict", "consent_absent"] > 0
    withdrawn = w.consent("ORG-A", "M1", is_withdrawn=True)
    some = release(MINUSCA, consents=(withdrawn, *w.CONSENTS))
    assert some.withheld["conflict", "consent_withdrawn"] > 0


def test_an_area_to_avoid_is_nothing_of_the_other_side() -> None:
    areas = (w.area("Secret", "SBT GRI", since=w.at(1, 7), until=w.at(1, 12)),)
    desk, there = (release(one, areas=areas) for one in (OWNER, MINUSCA))
    assert parties(desk.view, "C2") == {("M1", "Z1"), ("M2", "Z1")}
    assert parties(there.view, "C2") == set()
    assert there.withheld["area_effect", "nothing_left"] == 2


def test_a_report_that_ends_is_nothing_of_the_other_side() -> None:
    told = w.report("R8", w.segment("SBT", "GRI"), "open", w.at(-1, 9), expires_at=w.at(1, 7))
    desk, there = (release(one, status=(told,)) for one in (OWNER, MINUSCA))
    assert parties(desk.view, "C2") == {("M1", "R8")}
    (found,) = rule(desk.view, "C2").conflicts
    assert "report “R8” ends" in found.said.en
    assert parties(there.view, "C2") == set()
    assert there.withheld["road_status", "nothing_left"] == 1


def test_a_ban_is_nothing_of_the_other_side() -> None:
    ban = Ban(name="curfew", segments=(w.segment("SBT", "GRI"),))
    week = known()
    barred = replace(week, config=replace(week.config, rules=RulesConfig(bans=(ban,))))
    desk, there = (build_conflicts(barred, week_conflicts(barred), one) for one in (OWNER, MINUSCA))
    assert parties(desk.view, "C2") == {("M1", "curfew"), ("M2", "curfew")}
    found, *_ = rule(desk.view, "C2").conflicts
    assert "on the road during “curfew”" in found.said.en
    assert parties(there.view, "C2") == set()
    assert there.withheld["conflict", "nothing_left"] == 4  # there and back


def test_an_operation_is_known_to_the_other_side() -> None:
    given = Operation(
        operation_id="OP", stretches=((w.segment("SBT", "GRI"), 0.0, 1.0),),
        start=w.at(1, 7), end=w.at(1, 12),
    )  # fmt: skip
    assert parties(release(MINUSCA, operations=(given,)).view, "C2") == {("", "OP")}


def test_the_public_is_told_nothing() -> None:
    view = release(PUBLIC).view
    assert (view.rules, view.answer) == ((), "no_known_conflict")


def test_an_unknown_audience_gets_nothing() -> None:
    with pytest.raises(WithheldError):
        release(Audience(kind="nsag"))


def test_from_when_the_way_back_is_looked_at_is_said() -> None:
    """An assumption: of its own movements to each organisation, to nobody else."""
    (of_all,), (of_one, numbers) = release(OWNER).view.notes, release(A).view.notes
    assert (
        "from 2 h after the last arrival on, for C1, C2, C5, C6, C7 and C9 (M1, M2, M3)"
        in of_all.en
    )
    assert "(M1)" in of_one.en
    assert numbers.en.startswith("X numbers are those of this sheet alone")
    assert release(MINUSCA).view.notes == (numbers,)


def test_what_is_lacking_is_said() -> None:
    view = release(OWNER).view
    assert [one.en for one in rule(view, "C6").lacking] in (
        [],
        ["No list of sites was given (--sites); the tool holds none."],
    )
    assert rule(view, "C10").answer == "unknown"
    assert "activities" in rule(view, "C10").lacking[0].en


def surveyed_week() -> Week:
    """A street, then a road without a name; a patrol on both while the movement passes."""
    roads = town(
        "A-B-C-D", cell_m=52_500, road_class="primary", roads={"A-B": {"road_class": "residential"}}
    )
    masks = np.full(len(roads), everybody(), np.uint8)
    traffic = Traffic(
        names=("",) * len(roads), forward=masks, backward=masks,
        duration_s=np.full(len(roads), np.nan),
    )  # fmt: skip
    rows = [Row(segment_id=key, start=MORNING, end=MORNING + HOUR * 9) for key in ("A-B", "B-C")]
    shared = w.consent("ORG", until=MORNING + HOUR * 99)
    return week(*rows, network=replace(roads, traffic=traffic), consents=(shared,))


def test_on_surveyed_roads_the_other_side_sees_no_street() -> None:
    """A street would tell where a convoy loads (hazard H14)."""
    known = surveyed_week()
    rulings = week_conflicts(known)
    of_desk, of_others = (build_conflicts(known, rulings, one).view for one in (OWNER, MINUSCA))
    (seen,) = rule(of_desk, "C1").conflicts
    assert {key for key, _, _ in seen.stretches} >= {"A-B", "B-C"}
    (shown,) = rule(of_others, "C1").conflicts
    assert {key for key, _, _ in shown.stretches} <= {"B-C", "C-D"}


def test_a_surveyed_road_is_told_by_its_kind_and_the_nearest_town() -> None:
    known = surveyed_week()
    (seen,) = rule(build_conflicts(known, week_conflicts(known), OWNER).view, "C1").conflicts
    assert "residential" not in seen.place.fr
    assert " km " in seen.place.en
    assert "of road in all" in seen.place.en


def test_the_nights_of_one_movement_on_the_road_are_told_once() -> None:
    line = town("A--------B--------C", cell_m=100_000)
    held = week(network=line, requests=(moved("M1", "A", "C"),))
    nights = next(one for one in week_conflicts(held) if one.kind == "C9").conflicts
    assert {one.segment_id for one in nights} == {"A-B", "B-C"}
    (told,) = rule(build_conflicts(held, week_conflicts(held), OWNER).view, "C9").conflicts
    assert told.window.start == min(one.window.earliest for one in nights)
    assert told.window.end == max(one.window.latest for one in nights)
    assert f"and {len(told.stretches) - 1} more parts of road" in told.said.en
