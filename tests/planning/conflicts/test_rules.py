"""All rules over a week: each kind once, in order, and none says no where its data lost a row."""

from __future__ import annotations

from dataclasses import replace

from planning.conflicts.worlds import PATROL, week

from cmcoord_geo.i18n import Said
from cmcoord_geo.model import Finding
from cmcoord_geo.planning.conflicts import conflict_kinds, week_conflicts
from cmcoord_geo.planning.conflicts.kinds import speaks_of


def test_every_kind_has_one_rule_and_a_source() -> None:
    rulings = week_conflicts(week(PATROL))
    assert [one.kind for one in rulings] == list(conflict_kinds())
    assert [one.kind for one in rulings] == [f"C{i}" for i in range(1, 12)]
    for kind in conflict_kinds().values():
        assert kind.severity in {"hard", "grave", "notable"}
        assert kind.source
        assert all(text.fr and text.en for text in (kind.name, kind.rule, kind.advice))


def test_every_conflict_is_of_its_rule() -> None:
    for ruling in week_conflicts(week(PATROL)):
        assert {one.kind for one in ruling.conflicts} <= {ruling.kind}


def test_a_refused_row_makes_the_rules_that_rest_on_it_unknown() -> None:
    known = week(PATROL, operations=(), activities=(), earlier=(), sites=())
    fault = Finding(severity="error", said=Said(fr="x", en="x"), file="operations.csv", row=3)
    broken = replace(known, picture=replace(known.picture, findings=(fault,)))
    by_kind = {one.kind: one for one in week_conflicts(broken)}
    assert (by_kind["C2"].lacking, by_kind["C2"].answer) == (("refused",), "unknown")
    assert by_kind["C10"].answer == "no_known_conflict"
    warned = replace(
        known, picture=replace(known.picture, findings=(replace(fault, severity="warning"),))
    )
    assert {one.kind: one for one in week_conflicts(warned)}["C2"].answer == "no_known_conflict"


def test_a_word_is_a_whole_word() -> None:
    assert speaks_of("Évaluation", "assessment")
    assert not speaks_of("réévaluation", "assessment")
    assert not speaks_of("façade", "other_actors")


def test_where_no_movement_has_a_road_nothing_was_looked_at() -> None:
    known = week(PATROL, operations=(), activities=(), earlier=(), sites=())
    nowhere = replace(known, plans=tuple(replace(plan, options=()) for plan in known.plans))
    answers = {one.kind: (one.answer, one.lacking) for one in week_conflicts(nowhere)}
    assert answers.pop("C8")[1] == ()
    assert set(answers.values()) == {("unknown", ("roads",))}
