"""
What to ask by radio before leaving: each unknown on the way is answered well and badly, and the plan redone.

A question whose answer changes the choice comes first, then those whose answers lie farthest apart. An
answer is tried alone: two unknowns that must both be well are not found together, but for the roads of one
closed way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from cmcoord_geo.errors import NoRouteError, PlanningError
from cmcoord_geo.i18n import said
from cmcoord_geo.model import Answer, Question, RoadStatus
from cmcoord_geo.planning.ask_roads import closed_roads, unknown_on
from cmcoord_geo.planning.options import options_of
from cmcoord_geo.planning.routes import build_route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from cmcoord_geo.model import Route
    from cmcoord_geo.planning.ask_roads import AskedRoads
    from cmcoord_geo.planning.closed import ClosedWay
    from cmcoord_geo.planning.options import Options
    from cmcoord_geo.planning.situation import Situation

#: Unknowns that are tried: the plan is redone for each.
MOST_TRIED = 12
#: What is tried first where there are more: ferries, then roads with a report or closed, then the rest.
_FIRST = {"ferry": 0, "road": 1, "way": 1}
#: An answer is taken to hold for the whole movement.
_HOLDS = timedelta(days=60)


def ask_first(
    situation: Situation, options: Options | None, closed: Sequence[ClosedWay]
) -> tuple[tuple[Question, ...], int]:
    """
    Questions about what is unknown on the way, those that change the choice first, and how many are left.

    Parameters
    ----------
    situation : Situation
    options : Options or None
        None where no road is open: then what stands in the closed ways is asked for.
    closed : sequence of ClosedWay

    Returns
    -------
    questions : tuple of Question
    untried : int
        Unknowns that were not looked at: those beyond :data:`MOST_TRIED`, and those of which a search with
        the answer ended before anything was proven.
    """
    now = _answer(options, options)
    roads = [
        *unknown_on(situation, options.routes if options else ()),
        *closed_roads(situation, closed),
    ]
    unique: dict[str, AskedRoads] = {}
    for one in roads:
        unique.setdefault(one.key, one)
    kept = options.routes[0].letter if options else ""
    asked = sorted(
        unique.values(),
        key=lambda one: (
            bool(kept) and kept not in _letters(situation, options, one) and one.kind != "way",
            _FIRST.get(one.kind, 2),
        ),
    )
    tried = (_road_question(situation, options, now, one) for one in asked[:MOST_TRIED])
    found = [question for question in tried if question is not None]
    untried = len(asked) - len(found)
    if options is not None:
        found += _patrol_questions(situation, options, now)
    return tuple(sorted(found, key=_rank)), untried


def _rank(question: Question) -> tuple[object, ...]:
    good, bad = question.good, question.bad
    return (
        not question.changes_choice,
        bool(good.place_ids) == bool(bad.place_ids),
        -abs(_mid_h(good) - _mid_h(bad)),
        -abs(_mean(good) - _mean(bad)),
        -abs((good.unpatrolled_km or 0.0) - (bad.unpatrolled_km or 0.0)),
        question.km,
        question.question_id,
    )


def _mid_h(answer: Answer) -> float:
    return (answer.drive_h.low + answer.drive_h.high) / 2 if answer.drive_h else 0.0


def _mean(answer: Answer) -> float:
    return answer.exposure.mean if answer.exposure else 0.0


def _answer(options: Options | None, planned: Options | None) -> Answer:
    """What is kept with an answer."""
    if options is None:
        return Answer(is_as_planned=planned is None)
    is_same = planned is not None and options.ways[0] == planned.ways[0]
    answer = _of_route(options.routes[0], is_as_planned=is_same)
    return replace(answer, options=len(options.routes))


def _of_route(route: Route, *, is_as_planned: bool) -> Answer:
    return Answer(
        is_as_planned=is_as_planned,
        place_ids=route.place_ids,
        drive_h=route.drive_h,
        exposure=route.exposure_with_patrols,
        unpatrolled_km=route.unpatrolled_km,
        meetings=len(route.conflicts),
    )


def _road_question(
    situation: Situation, planned: Options | None, now: Answer, roads: AskedRoads
) -> Question | None:
    """Question with what each answer would bring; None where a search for that ended before it was proven."""
    try:
        good, bad = (
            _redone(situation, planned, now, _answered(situation, roads, is_good=is_good))
            for is_good in (True, False)
        )
    except PlanningError:
        return None
    return Question(
        question_id=roads.key,
        kind=roads.kind,
        said=roads.asked,
        ask=roads.whom,
        km=roads.km,
        good=good,
        bad=bad,
        changes_choice=not (good.is_as_planned and bad.is_as_planned),
        letters=_letters(situation, planned, roads),
    )


def _letters(situation: Situation, planned: Options | None, roads: AskedRoads) -> tuple[str, ...]:
    """Options that drive one of the roads of a question, or use its crossing."""
    ids = {situation.network.segment_ids[i] for i in roads.segments}
    return tuple(
        route.letter
        for route in (planned.routes if planned else ())
        if any(leg.segment_id in ids for leg in route.legs)
        or any(passage.crossing_id in roads.crossings for passage in route.passages)
    )


def _redone(
    situation: Situation, planned: Options | None, now: Answer, answered: Situation
) -> Answer:
    """What is kept on other roads; nothing is searched where the roads are as they were."""
    before, after = situation.passable, answered.passable
    is_same = (
        np.array_equal(before.is_arc_open, after.is_arc_open)
        and np.array_equal(before.mid_s, after.mid_s)
        and np.array_equal(before.is_capacity_flagged, after.is_capacity_flagged)
    )
    if is_same:
        return now
    try:
        return _answer(options_of(answered), planned)
    except NoRouteError:
        return _answer(None, planned)


def _answered(situation: Situation, roads: AskedRoads, *, is_good: bool) -> Situation:
    """The same movement as if somebody had looked: what was reported of these roads no longer speaks."""
    index = situation.network.segment_index
    ids = {situation.network.segment_ids[i] for i in roads.segments}
    others = [
        report
        for report in situation.picture.status
        if (report.crossing_id or report.segment_id) not in {*ids, *roads.crossings}
    ]
    largest = max(situation.convoy.members, key=lambda member: member.rank).vehicle_id
    told = [
        *(
            _report(situation, "restricted" if is_good else "closed", segment_id=key,
                    max_vehicle=largest if is_good else "")
            for key in sorted(ids)
        ),
        *(
            _report(situation, "open" if is_good else "closed", crossing_id=crossing.crossing_id,
                    segment_id=next(key for key in crossing.at_km if key in index))
            for crossing in situation.network.crossings
            if crossing.crossing_id in roads.crossings
        ),
    ]  # fmt: skip
    return situation.told((*others, *told))


def _report(
    situation: Situation,
    state: Literal["open", "restricted", "closed"],
    *,
    segment_id: str,
    crossing_id: str = "",
    max_vehicle: str = "",
) -> RoadStatus:
    now: datetime = situation.picture.as_of
    return RoadStatus(
        report_id="?",
        segment_id=segment_id,
        crossing_id=crossing_id,
        state=state,
        max_vehicle=max_vehicle,
        reported_at=now,
        expires_at=max(now, situation.request.depart.latest) + _HOLDS,
        is_verified=True,
    )


# ---------------------------------------------------------------- patrols


def _patrol_questions(situation: Situation, options: Options, now: Answer) -> Iterator[Question]:
    """Patrols of the option kept that are not confirmed: with one, and as if it did not come."""
    kept = options.routes[0]
    offered = {cover.patrol_id: cover.km.low for cover in kept.coverage if not cover.is_confirmed}
    unclear = {conflict.patrol_id: conflict.answer for conflict in kept.conflicts}
    starts = {leg.segment_id: leg.km.low for leg in reversed(kept.legs)}
    met = {one.patrol_id: starts[one.segment_id] for one in reversed(kept.conflicts)}
    for patrol_id in dict.fromkeys([*offered, *unclear]):
        without = situation.without_patrol(patrol_id)
        route = build_route(without, options.ways[0], letter=kept.letter)
        key = "answer" if situation.picture.is_answer(patrol_id) else "patrol"
        when = "_when" if unclear.get(patrol_id) == "unknown" else ""
        yield Question(
            question_id=f"patrol:{patrol_id}",
            kind=f"patrol{when}",
            said=said(f"ask.{key}{when}", patrol=patrol_id),
            ask=said("ask.whom_patrol"),
            km=(met | offered)[patrol_id],
            good=now,
            bad=replace(_of_route(route, is_as_planned=True), options=len(options.routes)),
            changes_choice=False,
            letters=(kept.letter,),
        )
