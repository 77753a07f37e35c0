"""What to ask before leaving, as text: what weighs first, with what each answer would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.text.sheet import Sheet, joined, whole

if TYPE_CHECKING:
    from cmcoord_geo.sharing.views import AnswerView, MovementView, QuestionView


def question_lines(sheet: Sheet, movement: MovementView) -> Iterator[str]:
    """Questions of a movement for which they were looked for."""
    if movement.questions is None:
        return
    yield ""
    yield from sheet.paragraph(_say(sheet, "title"))
    telling = [one for one in movement.questions if not one.is_moot]
    for question in telling:
        yield from sheet.points([_question(sheet, question)], sign=f"[ ] {question.mark}")
        yield from sheet.points(_answers(sheet, movement, question), indent="        ")
    moot = [one for one in movement.questions if one.is_moot]
    if moot:
        names = " ".join(joined([one.mark, one.said[sheet.lang]], " ") for one in moot)
        yield from sheet.points([_say(sheet, "moot", names=names)])
    if movement.untried_questions:
        yield from sheet.points([_say(sheet, "untried", count=movement.untried_questions)])
    yield from sheet.paragraph(_say(sheet, "alone" if movement.questions else "none"), indent="  ")


def _say(sheet: Sheet, key: str, **values: object) -> str:
    return text(f"ask.{key}", sheet.lang, **values)


def _question(sheet: Sheet, question: QuestionView) -> str:
    where = ""
    if question.letters:
        letters = ", ".join(question.letters)
        where = _say(sheet, "lies_on", letters=letters, km=question.km)
    weight = _say(sheet, "changes") if question.changes_choice else ""
    return joined([weight, question.said[sheet.lang], where, question.ask[sheet.lang]])


def _answers(sheet: Sheet, movement: MovementView, question: QuestionView) -> Iterator[str]:
    planned = len(movement.options)
    is_patrol = question.kind.startswith("patrol")
    stem = "when_" if question.kind == "patrol_when" else ""
    for key, answer in (("yes", question.good), ("no", question.bad)):
        then = _then(sheet, answer, planned, is_patrol=is_patrol)
        yield _say(sheet, f"{stem}{key}", then=then)


def _then(sheet: Sheet, answer: AnswerView, planned: int, *, is_patrol: bool) -> str:
    """What is kept then."""
    if not answer.via or answer.drive_h is None:
        return _say(sheet, "no_road" if planned else "still_none")
    if is_patrol:
        km, meetings = answer.unpatrolled_km, answer.meetings
        return _say(sheet, "presence", km=km, meetings=meetings)
    if not answer.is_as_planned:
        named = [sheet.place(key) for key in answer.via[1:-1] if sheet.is_place(key)]
        places = ", ".join(named) or sheet.say("direct")
        return _say(sheet, "other_way", places=places, hours=whole(answer.drive_h))
    if answer.options > planned:
        return _say(sheet, "more_roads", count=answer.options - planned)
    if answer.options < planned:
        return _say(sheet, "fewer_roads", count=planned - answer.options)
    return _say(sheet, "as_planned")
