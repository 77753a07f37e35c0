"""What is held about a week, and how a ruling answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from planning.conflicts.worlds import PATROL, moved, week

from cmcoord_geo.i18n import Said
from cmcoord_geo.model import Conflict, Finding, Operation
from cmcoord_geo.planning.conflicts.copresence import copresence
from cmcoord_geo.planning.conflicts.week import Ruling


def test_movements_and_patrols_of_a_week() -> None:
    known = week(PATROL, requests=(moved("M1"), moved("M2", "C", "A")))
    assert known.movements.parties == ("M1", "M2")
    assert known.patrols.parties == ("P1",)
    assert [request.movement_id for request, _ in known.routes] == ["M1", "M2"]


def test_a_movement_without_a_road_is_nowhere() -> None:
    known = week(PATROL)
    stuck = replace(known, plans=(replace(known.plans[0], options=()),))
    assert stuck.routes == ()
    assert copresence(stuck).conflicts == ()


def test_tables_of_which_something_was_refused() -> None:
    known = week()
    faults = tuple(
        Finding(severity=severity, said=Said(fr="x", en="x"), file=file)
        for severity, file in (("error", "patrols.csv"), ("warning", "areas.xlsx"))
    )
    assert replace(known, picture=replace(known.picture, findings=faults)).refused == {"patrols"}


def test_roads_of_patrols_and_operations() -> None:
    rows = (PATROL, replace(PATROL, segment_id="A-B"), replace(PATROL, segment_id="elsewhere"))
    told = Operation(operation_id="P1", stretches=(("C-D", 0.0, 0.5), ("C-D", 0.7, 1.0)),
                     start=None, end=None)  # fmt: skip
    assert week(*rows, operations=(told,)).roads_of_others == {
        ("C1", "P1"): ("B-C", "A-B"),
        ("C2", "P1"): ("C-D",),
    }


def found(answer: str) -> Conflict:
    return replace(copresence(week(PATROL)).conflicts[0], answer=answer)


@pytest.mark.parametrize(
    ("answers", "lacking", "expected"),
    [
        ((), (), "no_known_conflict"),
        ((), ("sites",), "unknown"),
        (("unknown",), (), "unknown"),
        (("unknown", "conflict"), ("sites",), "conflict"),
    ],
)
def test_the_gravest_answer_stands(
    answers: tuple[str, ...], lacking: tuple[str, ...], expected: str
) -> None:
    ruling = Ruling(kind="C1", conflicts=tuple(map(found, answers)), lacking=lacking)
    assert ruling.answer == expected
