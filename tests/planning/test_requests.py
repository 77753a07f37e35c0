"""A request that cannot be planned is refused, all faults at once; gaps are said (H24, H25, L059)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, MORNING, ROW, request

from cmcoord_geo.errors import DataError, PlanningError
from cmcoord_geo.i18n import said
from cmcoord_geo.model import MovementRequest, TimeSpan
from cmcoord_geo.planning.requests import (
    PRIORITIES,
    check_request,
    precedence,
    priority_of,
    request_findings,
)
from cmcoord_geo.schemas import get_table

WHOLE = request(persons=5, marking="flag", is_return=False)
EXPIRY = AS_OF + timedelta(days=5)


def keys(asked: MovementRequest, **when: object) -> set[str]:
    """Keys of the findings about a request."""
    told = {
        f.said for f in request_findings(asked, **{"as_of": AS_OF, "expires_at": EXPIRY, **when})
    }
    names = (
        *("return_unsaid", "return_apart", "persons_unsaid", "marking_unsaid"),
        *("departs_before_cutoff", "expires_first"),
    )
    found = {name for name in names if said(f"request.{name}") in told}
    assert len(found) == len(told)
    return found


def test_good_request_passes() -> None:
    check_request(ROW, WHOLE)
    assert keys(WHOLE) == set()


def test_all_faults_are_told_at_once() -> None:
    backwards = TimeSpan(earliest=MORNING, latest=MORNING - timedelta(hours=1))
    with pytest.raises(PlanningError) as caught:
        check_request(ROW, replace(WHOLE, origin="X", destination="X", depart=backwards))
    for part in ("X", "one place", "ends before it starts"):
        assert part in str(caught.value)
    assert caught.value.said.fr != caught.value.said.en


def test_place_of_the_gazetteer_is_named_by_its_name() -> None:
    with pytest.raises(PlanningError, match="Bambari"):
        check_request(ROW, replace(WHOLE, destination="BBY"))


@pytest.mark.parametrize("end", ["earliest", "latest"])
def test_time_without_a_zone_is_refused(end: str) -> None:
    naive = replace(WHOLE.depart, **{end: MORNING.replace(tzinfo=None)})
    with pytest.raises(DataError, match="zone"):
        check_request(ROW, replace(WHOLE, depart=naive))
    with pytest.raises(DataError, match="zone"):
        keys(replace(WHOLE, depart=naive))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"is_return": None}, "return_unsaid"),
        ({"is_return": True}, "return_apart"),
        ({"persons": None}, "persons_unsaid"),
        ({"marking": ""}, "marking_unsaid"),
    ],
)
def test_what_is_left_open_is_said(change: dict[str, object], expected: str) -> None:
    assert keys(replace(WHOLE, **change)) == {expected}


def test_departure_before_the_cutoff_is_said() -> None:
    assert keys(WHOLE, as_of=MORNING + timedelta(seconds=1)) == {"departs_before_cutoff"}
    assert keys(WHOLE, as_of=MORNING) == set()


def test_plan_that_expires_before_the_departure_says_to_run_it_again() -> None:
    end = WHOLE.depart.latest
    assert keys(WHOLE, expires_at=end) == set()
    assert keys(WHOLE, expires_at=end - timedelta(seconds=1)) == {"expires_first"}
    text = said("request.expires_first")
    assert "again" in text.en
    assert "refaire" in text.fr


def test_every_need_of_the_table_has_a_priority() -> None:
    assert {"", *get_table("movements")["need"].values} == set(PRIORITIES)


def test_a_need_that_nobody_stated_is_not_the_lowest() -> None:
    assert priority_of("lifesaving") < priority_of("") < priority_of("regular")


def test_the_more_pressing_need_comes_first_then_the_one_filed_first() -> None:
    """Whoever files first keeps the slot among equals; the organisation has no part in it."""
    first, later, never, urgent = (
        replace(WHOLE, movement_id=name, organisation=f"ORG-{9 - i}", need=need, submitted_at=filed)
        for i, (name, need, filed) in enumerate(
            [
                ("M9", "regular", AS_OF - timedelta(days=2)),
                ("M1", "regular", AS_OF - timedelta(days=1)),
                ("M0", "regular", None),
                ("M5", "lifesaving", AS_OF),
            ]
        )
    )
    asked = sorted((never, later, first, urgent), key=precedence)
    assert [one.movement_id for one in asked] == ["M5", "M9", "M1", "M0"]
