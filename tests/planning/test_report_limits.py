"""Hours and waiting by report: told, and never a closure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.worlds import AS_OF, ROW_WAY, situation
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.planning.routes import build_route

FERRY = Crossing(
    crossing_id="CR", kind="ferry", name=Said(fr="Bac de X", en="X ferry"), at_km={"B-C": 10.0},
    capacity_t=30.0, default_state="running", confidence="high",
)  # fmt: skip


def report(segment_id: str = "B-C", **more: object) -> RoadStatus:
    given = {
        "report_id": "R1", "state": "open", "reported_at": AS_OF - timedelta(days=1), **more,
    }  # fmt: skip
    return RoadStatus(segment_id=segment_id, **given)


def route(*status: RoadStatus):
    roads = town("A-B-C-D", cell_m=52_500, crossings=(FERRY,))
    return build_route(situation(roads, status=status), ROW_WAY, letter="A")


def told(*status: RoadStatus) -> list[str]:
    return [warning.en for warning in route(*status).warnings]


PLAIN = told(report())


@pytest.mark.parametrize(
    ("hours", "is_told"),
    [("06:00-18:00", False), ("08:00-13:00", False), ("06:00-08:30", True), ("18:00-05:00", True)],
)
def test_a_passage_outside_the_hours_is_told(hours: str, *, is_told: bool) -> None:
    """B-C is entered at 08:12 at the earliest and left at noon at the latest."""
    found = [words for words in told(report(hours=hours)) if words not in PLAIN]
    assert len(found) == is_told
    if is_told:
        assert f"B–C: passage {hours} by report R1" in found[0]
        assert "02/12 08:12" in found[0]


def test_waiting_is_told_once_a_report_and_summed() -> None:
    one = (report("A-B", delay_min=45.0), report("B-C", delay_min=45.0))
    (words,) = [words for words in told(*one) if words not in PLAIN]
    assert "waiting of 45 min by report R1" in words
    both = (*one, report("C-D", report_id="R2", delay_min=30.0))
    assert any("in all: 75 min (2 reports)" in words for words in told(*both))


def test_neither_changes_the_times_of_the_route() -> None:
    plain, costly = route(report()), route(report(delay_min=600.0, hours="01:00-02:00"))
    assert replace(costly, warnings=plain.warnings) == plain


def test_a_slow_ferry_is_told() -> None:
    found = told(report(crossing_id="CR", ferry_state="slow"))
    assert any("X ferry: slow or manual ferry by report R1" in words for words in found)
    assert not any(
        "slow" in words for words in told(report(crossing_id="CR", ferry_state="running"))
    )


def test_a_stale_report_costs_nothing() -> None:
    old = report(delay_min=45.0, reported_at=AS_OF - timedelta(days=60))
    assert not any("waiting" in words for words in told(old))
