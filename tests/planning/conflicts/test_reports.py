"""C2: a road of which the report ends before the movement is through (hazard H3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from planning.conflicts.worlds import HOUR, moved, parties, week
from planning.worlds import AS_OF, MORNING
from towns import town

from cmcoord_geo.facts import crossings
from cmcoord_geo.model import Conflict, RoadStatus
from cmcoord_geo.planning.conflicts.copresence import closures
from cmcoord_geo.planning.conflicts.reports import outlived
from cmcoord_geo.planning.conflicts.week import Week

TOLD = RoadStatus(
    report_id="R1", segment_id="B-C", state="open", reported_at=AS_OF - 20 * HOUR,
    expires_at=MORNING + 2 * HOUR,
)  # fmt: skip


def ended(known: Week) -> list[Conflict]:
    return list(outlived(known, known.routes))


def test_a_report_that_ends_on_the_way_leaves_the_road_unknown() -> None:
    (found,) = ended(week(status=(TOLD,)))
    assert (found.movement_id, found.other_id, found.answer) == ("M1", "R1", "unknown")
    assert (found.segment_id, found.km) == ("B-C", pytest.approx(105))
    assert found.window.earliest == TOLD.expires_at
    assert closures(week(status=(TOLD,), operations=())).answer == "unknown"


@pytest.mark.parametrize(
    "told",
    [
        replace(TOLD, expires_at=MORNING + 9 * HOUR),  # ends when the movement is through
        replace(TOLD, expires_at=AS_OF - HOUR),  # had ended before: nobody counted on it
        replace(TOLD, segment_id="D-E"),  # on another road
    ],
)
def test_other_reports_say_nothing(told: RoadStatus) -> None:
    row = town("A-B-C-D-E", cell_m=52_500)
    known = week(status=(told,), operations=(), network=row)
    assert closures(known).answer == "no_known_conflict"


def test_what_an_older_report_closes_is_closed_again() -> None:
    """The newer one opened the road for a while; the older closure outlives it."""
    older = replace(
        TOLD, report_id="R0", state="closed", reported_at=AS_OF - timedelta(days=9), expires_at=None
    )
    ruling = closures(week(status=(TOLD, older), operations=()))
    assert parties(ruling) == [("M1", "R1", "conflict")]


def test_an_older_report_that_says_the_same_still_holds() -> None:
    older = replace(TOLD, report_id="R0", reported_at=AS_OF - timedelta(days=2), expires_at=None)
    assert closures(week(status=(TOLD, older), operations=())).answer == "no_known_conflict"


def test_a_report_on_a_crossing_counts_as_one_on_its_road() -> None:
    ferry = replace(crossings()[0], crossing_id="X", kind="ferry", at_km={"B-C": 10.0})
    row = town("A-B-C-D", cell_m=52_500, crossings=(ferry,))
    told = replace(TOLD, crossing_id="X")
    known = week(status=(told,), network=row, requests=(moved(),))
    assert [one.segment_id for one in ended(known)] == ["B-C"]
