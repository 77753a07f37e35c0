"""Questions and alternatives of a movement, as views."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem, said
from cmcoord_geo.planning.families import told_window
from cmcoord_geo.sharing.bands import exposure_view, range_view, window_view
from cmcoord_geo.sharing.views import (
    AlternativesView,
    AlternativeView,
    AnswerView,
    QuestionView,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cmcoord_geo.i18n import Said
    from cmcoord_geo.model import Alternative, Answer, Question
    from cmcoord_geo.sharing.views import MovementView, ProductView

_T = TypeVar("_T")
_V = TypeVar("_V")


def question_views(questions: Iterable[Question] | None) -> tuple[QuestionView, ...] | None:
    """Questions Q1, Q2, ... in their order; None where none was looked for."""
    if questions is None:
        return None
    return tuple(
        QuestionView(
            mark=f"Q{i}",
            kind=one.kind,
            said=one.said,
            ask=one.ask,
            km=round(one.km),
            letters=one.letters,
            changes_choice=one.changes_choice,
            is_moot=one.good == one.bad,
            good=_answer(one.good),
            bad=_answer(one.bad),
        )
        for i, one in enumerate(questions, start=1)
    )


def alternative_views(
    alternatives: Iterable[Alternative], questions: Iterable[Question] | None
) -> tuple[AlternativeView, ...]:
    """Alternatives with the marks of the questions that they hang on."""
    marks = {one.question_id: f"Q{i}" for i, one in enumerate(questions or (), start=1)}
    return tuple(_alternative(one, marks) for one in alternatives)


def _alternative(one: Alternative, marks: dict[str, str]) -> AlternativeView:
    return AlternativeView(
        family_id=one.family_id,
        letter=one.letter,
        depart=_shown(lambda span: window_view(told_window(span)), one.depart),
        via=one.place_ids,
        drive_h=_shown(range_view, one.drive_h),
        days=_shown(range_view, one.days),
        exposure=_shown(exposure_view, one.exposure),
        with_confirmed=_shown(exposure_view, one.with_confirmed),
        with_offered=_shown(exposure_view, one.with_offered),
        unpatrolled_km=None if one.unpatrolled_km is None else round(one.unpatrolled_km),
        meetings=one.meetings,
        said=one.said,
        unknown=tuple(marks[key] for key in one.unknown),
        ask=one.ask,
    )


def _shown(view: Callable[[_T], _V], value: _T | None) -> _V | None:
    """View of what is known."""
    return None if value is None else view(value)


def _answer(answer: Answer) -> AnswerView:
    km = answer.unpatrolled_km
    return AnswerView(
        is_as_planned=answer.is_as_planned,
        via=answer.place_ids,
        drive_h=_shown(range_view, answer.drive_h),
        exposure=_shown(exposure_view, answer.exposure),
        unpatrolled_km=None if km is None else round(km),
        meetings=answer.meetings,
        options=answer.options,
    )


def _title(product: ProductView, movement: MovementView) -> Said:
    names = {place.place_id: place.name for place in product.places}
    ends = (names.get(key, key) for key in (movement.origin, movement.destination))
    return said("alternatives.title", route=" → ".join(ends))


def alternatives_view(product: ProductView, movement_id: str) -> AlternativesView:
    """
    Alternatives of one movement of a product that was released.

    Raises
    ------
    DataError
        The product has no such movement.
    """
    for movement in product.movements:
        if movement.movement_id == movement_id:
            used = {movement.origin, movement.destination}
            used |= {key for option in movement.options for key in option.via}
            used |= {key for one in movement.alternatives for key in one.via}
            for question in movement.questions or ():
                used |= {*question.good.via, *question.bad.via}
            places = tuple(place for place in product.places if place.place_id in used)
            return AlternativesView(
                frame=replace(product.frame, title=_title(product, movement)),
                movement=movement,
                places=places,
            )
    raise problem(DataError, "alternatives.not_released", word=movement_id)
