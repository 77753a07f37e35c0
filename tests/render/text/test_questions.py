"""What to ask first, as a person reads it out by radio."""

from __future__ import annotations

from dataclasses import replace

from sharing import week

from cmcoord_geo.i18n import Said
from cmcoord_geo.render.text.questions import question_lines
from cmcoord_geo.render.text.sheet import Sheet
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.views import AnswerView, QuestionView, RangeView

PRODUCT = build_product(week.picture(), week.plans(), week.OWNER, week.CONFIG).product
MOVEMENT = PRODUCT.movements[0]
PLANNED = AnswerView(
    is_as_planned=True, via=("BGF", "SBT", "BBY"), drive_h=RangeView(low=8.2, high=15.4),
    exposure=None, unpatrolled_km=100, meetings=0, options=len(MOVEMENT.options),
)  # fmt: skip
NONE = replace(PLANNED, is_as_planned=False, via=(), drive_h=None, options=0)
OTHER = replace(PLANNED, is_as_planned=False, via=("BGF", "DAM", "BBY"))
BRIDGE = QuestionView(
    mark="Q1", kind="bridge", said=Said(fr="Pont : passe-t-on ?", en="Bridge: can it be passed?"),
    ask=Said(fr="cluster", en="the cluster"), km=42, letters=("A",), changes_choice=True,
    is_moot=False, good=PLANNED, bad=NONE,
)  # fmt: skip


def text(*questions: QuestionView, lang: str = "en", **more) -> str:
    asked = replace(MOVEMENT, questions=tuple(questions), **more)
    return " ".join(" ".join(question_lines(Sheet(PRODUCT, lang), asked)).split())


def test_a_movement_for_which_nothing_was_looked_for_has_no_list() -> None:
    assert list(question_lines(Sheet(PRODUCT, "en"), replace(MOVEMENT, questions=None))) == []


def test_nothing_unknown_is_said() -> None:
    assert "Nothing unknown on the way" in text()


def test_question_weight_place_whom_and_answers() -> None:
    told = text(BRIDGE)
    assert "[ ] Q1 CHANGES THE CHOICE · Bridge: can it be passed? · option A, about km 42" in told
    assert "· the cluster - Yes: as planned - No: no road" in told
    assert "CHANGE LE CHOIX" in text(BRIDGE, lang="fr")


def test_the_other_way_is_named_with_its_hours() -> None:
    assert "No: by Damara, 8–16 h" in text(replace(BRIDGE, bad=OTHER))


def test_more_and_fewer_roads_are_counted() -> None:
    one_more = replace(PLANNED, options=PLANNED.options + 1)
    told = text(replace(BRIDGE, changes_choice=False, good=one_more, bad=PLANNED))
    assert "Yes: as planned, with 1 more road" in told
    fewer = replace(PLANNED, options=PLANNED.options - 1)
    assert "1 road fewer" in text(replace(BRIDGE, good=PLANNED, bad=fewer))


def test_a_patrol_is_told_by_km_and_meetings() -> None:
    without = replace(PLANNED, unpatrolled_km=180, meetings=2)
    told = text(replace(BRIDGE, kind="patrol", changes_choice=False, bad=without))
    assert "Yes: same road, 100 km unpatrolled, 0 possible meetings" in told
    assert "No: same road, 180 km unpatrolled, 2 possible meetings" in told


def test_whether_and_when_a_patrol_passes_is_not_answered_yes_or_no() -> None:
    told = text(replace(BRIDGE, kind="patrol_when", changes_choice=False, bad=PLANNED))
    assert "It passes, at hours unknown as now: same road, 100 km" in told
    assert "It does not pass: same road, 100 km" in told
    assert "Yes:" not in told


def test_what_no_answer_changes_is_one_line() -> None:
    moot = replace(BRIDGE, mark="Q2", changes_choice=False, is_moot=True, bad=PLANNED)
    told = text(BRIDGE, moot)
    assert "No effect on this plan, whatever the answer: Q2 Bridge" in told
    assert "[ ] Q2" not in told


def test_what_was_not_tried_is_told() -> None:
    assert "3 more unknowns on the way, not tried" in text(BRIDGE, untried_questions=3)
    assert "not tried" not in text(BRIDGE)


def test_without_a_road_a_good_answer_may_still_leave_none() -> None:
    still = replace(NONE, is_as_planned=True)
    assert "Yes: still no road" in text(replace(BRIDGE, good=still, bad=still), options=())
