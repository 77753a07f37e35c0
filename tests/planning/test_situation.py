"""What holds for a request: consents that are alive (L052, L111), and roads on another day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW, request, situation
from towns import town

from cmcoord_geo.errors import DataError
from cmcoord_geo.model import Consent, RoadStatus
from cmcoord_geo.planning.situation import situation_of

YES = Consent(
    organisation="ORG",
    movement_id="M1",
    audience="minusca_ops",
    until=AS_OF + timedelta(days=3),
    accepts_mixed_patrols=True,
)
FOR_ALL = replace(YES, movement_id="")


@pytest.mark.parametrize(
    ("consents", "expected"),
    [
        ((), False),
        ((YES,), True),
        ((FOR_ALL,), True),
        ((replace(YES, organisation="OTHER"),), False),
        ((replace(YES, movement_id="M2"),), False),
        ((replace(YES, is_withdrawn=True),), False),
        ((replace(YES, until=AS_OF),), False),
        ((replace(YES, accepts_mixed_patrols=False), FOR_ALL), False),
        ((YES, replace(FOR_ALL, accepts_mixed_patrols=False)), True),
        ((YES, replace(YES, accepts_mixed_patrols=False)), False),
    ],
    ids=[
        *("none", "own", "for all", "of another", "for another movement", "withdrawn", "expired"),
        *("own no before a general yes", "own yes before a general no", "two that differ"),
    ],
)
def test_mixed_presence_needs_a_living_consent(
    consents: tuple[Consent, ...], *, expected: bool
) -> None:
    assert situation(ROW, consents=consents).accepts_mixed is expected


def test_ends_are_nodes() -> None:
    here = situation(ROW)
    assert [here.network.node_ids[node] for node in here.stops] == ["A", "D"]


def test_convoy_without_vehicles_is_refused() -> None:
    asked = replace(request(), vehicles=())
    with pytest.raises(DataError):
        situation_of(situation(ROW).picture, asked, CONFIG)


def test_hours_later_the_roads_are_the_same() -> None:
    here = situation(ROW)
    later = here.shifted(timedelta(hours=2))
    assert later.request.depart.earliest == MORNING + timedelta(hours=2)
    assert later.passable is here.passable


def test_days_later_the_roads_are_as_they_are_then() -> None:
    """A closure that ends in between no longer holds; the default of the season does."""
    closure = RoadStatus(
        report_id="R1", segment_id="B-C", state="closed", reported_at=AS_OF,
        expires_at=MORNING + timedelta(hours=30),
    )  # fmt: skip
    here = situation(town("A-B-C-D", cell_m=52_500), status=(closure,))
    assert [bool(here.on_day(n).passable.is_open[1]) for n in range(3)] == [False, False, True]
    assert here.on_day(2).request.depart.latest == here.request.depart.latest + timedelta(days=2)
    assert here.on_day(0) is here
