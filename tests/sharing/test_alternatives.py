"""Questions and alternatives pass the gate for the owner alone, with marks that belong together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week

from cmcoord_geo.errors import DataError
from cmcoord_geo.planning import plan_movement
from cmcoord_geo.sharing import build_product
from cmcoord_geo.sharing.alternatives import alternatives_view
from cmcoord_geo.sharing.rules import sharing_rules
from cmcoord_geo.sharing.views import MovementView

PLANS = tuple(
    plan_movement(week.picture(), plan.request, week.CONFIG, with_questions=True)
    for plan in week.plans()
)
PRODUCT = build_product(week.picture(), PLANS, week.OWNER, week.CONFIG).product


def with_questions() -> list[MovementView]:
    return [one for one in PRODUCT.movements if one.questions]


def test_marks_follow_the_order_of_the_questions() -> None:
    assert with_questions()
    for movement in with_questions():
        marks = [one.mark for one in movement.questions or ()]
        assert marks == [f"Q{i}" for i in range(1, len(marks) + 1)]
        weights = [one.changes_choice for one in movement.questions or ()]
        assert weights == sorted(weights, reverse=True)
        told = {mark for one in movement.alternatives for mark in one.unknown}
        assert told <= set(marks)
        assert told


def test_a_question_is_moot_when_both_answers_leave_all_as_it_is() -> None:
    for movement in with_questions():
        for one in movement.questions or ():
            assert one.is_moot == (one.good == one.bad)
            assert not (one.is_moot and one.changes_choice)


def test_without_being_asked_for_there_are_none() -> None:
    plain = build_product(week.picture(), week.plans(), week.OWNER, week.CONFIG).product
    assert {one.questions for one in plain.movements} == {None}
    assert {one.alternatives for one in plain.movements} == {()}


@pytest.mark.parametrize("name", ["questions", "alternatives"])
def test_nobody_but_the_owner_sees_them(name: str) -> None:
    """What a mover does not know, and may do instead, is not for armed actors."""
    rules = sharing_rules()
    assert rules.action("movement", name, "owner") == "exact"
    assert {rules.action("movement", name, kind) for kind in ("minusca_ops", "public")} == {"drop"}


@pytest.mark.parametrize("audience", [week.MINUSCA, week.PUBLIC])
def test_other_products_are_the_same_with_and_without_them(audience) -> None:
    plain, asked = (
        build_product(week.picture(), plans, audience, week.CONFIG).product
        for plans in (week.plans(), PLANS)
    )
    assert asked == plain


def test_the_view_of_one_movement_holds_its_places_alone() -> None:
    movement = with_questions()[0]
    view = alternatives_view(PRODUCT, movement.movement_id)
    assert view.movement == movement
    ids = {place.place_id for place in view.places}
    assert {movement.origin, movement.destination} <= ids
    assert len(ids) < len(PRODUCT.places)
    assert "Alternatives to an armed escort" in view.frame.title.en


def test_a_movement_that_is_not_released_has_no_view() -> None:
    with pytest.raises(DataError, match="not released"):
        alternatives_view(replace(PRODUCT, movements=()), "EX-M01")
