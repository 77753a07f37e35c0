"""Crossings on the way: each once, in order, unknown where nothing holds at the passage (H3, H9, LP2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from planning.worlds import AS_OF, CONFIG, MORNING, ROW_WAY, request, situation
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import Passage, RoadStatus
from cmcoord_geo.planning.crossings import passages
from cmcoord_geo.planning.schedule import schedule


def crossing(key: str, *, kind: str = "ferry", **more: object) -> Crossing:
    known: dict[str, object] = {
        "at_km": {"A-B": 5.0}, "capacity_t": None, "default_state": "unknown", **more
    }  # fmt: skip
    name = Said(fr=f"bac {key}", en=f"ferry {key}")
    return Crossing(crossing_id=key, kind=kind, name=name, confidence="low", **known)


def report(key: str, state: str = "open", **more: object) -> RoadStatus:
    told = {"reported_at": AS_OF - timedelta(days=1), **more}
    return RoadStatus(report_id="R1", segment_id="A-B", crossing_id=key, state=state, **told)


def crossed(
    *crossings: Crossing, status: tuple[RoadStatus, ...] = (), back: bool = False, **asked: object
) -> tuple[Passage, ...]:
    roads = town("A-B-C-D", cell_m=52_500, crossings=crossings)
    ends = ("D", "A") if back else ("A", "D")
    way = tuple((segment, False) for segment, _ in reversed(ROW_WAY)) if back else ROW_WAY
    here = situation(roads, asked=request(*ends, **asked), status=status)
    legs = schedule(here, way).legs
    return passages(roads, here.passable, here.convoy, legs, config=CONFIG.status)


def test_crossings_come_in_the_order_of_the_route() -> None:
    both = crossing("X2", at_km={"B-C": 10.0}), crossing("X1", at_km={"A-B": 100.0})
    assert [(p.crossing_id, round(p.km)) for p in crossed(*both)] == [("X1", 100), ("X2", 115)]
    back = [(p.crossing_id, round(p.km)) for p in crossed(*both, back=True)]
    assert back == [("X2", 200), ("X1", 215)]


def test_crossing_shared_by_two_roads_is_met_once() -> None:
    (once,) = crossed(crossing("X1", at_km={"A-B": 105.0, "B-C": 0.0}))
    assert (once.segment_id, once.km) == ("A-B", 105)


def test_unknown_place_is_put_in_the_middle_and_said_to_be_unknown() -> None:
    (somewhere,) = crossed(crossing("X1", at_km={"B-C": None}))
    assert somewhere.km == pytest.approx(157.5)
    assert not somewhere.is_place_known


@pytest.mark.parametrize(
    ("status", "state", "is_stale"),
    [
        ((), "unknown", False),
        ((report("X1"),), "open", False),
        ((report("X1", expires_at=MORNING - timedelta(hours=1)),), "unknown", True),
        ((report("X1", expires_at=MORNING + timedelta(hours=2)),), "unknown", True),
        ((report("X1", expires_at=MORNING + timedelta(hours=5)),), "open", False),
        ((report("X1", reported_at=AS_OF + timedelta(hours=1)),), "unknown", False),
    ],
    ids=["none", "live", "ended", "ends on the way", "ends after", "later than the cut-off"],
)
def test_state_is_the_one_at_the_passage(
    status: tuple[RoadStatus, ...], state: str, *, is_stale: bool
) -> None:
    """At the slow pace the first segment is left four hours after the departure, one of them at the ferry."""
    (passage,) = crossed(crossing("X1"), status=status)
    assert (passage.state, passage.is_stale) == (state, is_stale)


def test_bridge_without_a_report_is_as_its_road() -> None:
    (bridge,) = crossed(crossing("X1", kind="bridge", default_state="passable"))
    assert bridge.state == "passable"


@pytest.mark.parametrize(
    ("vehicle", "kind", "capacity_t", "flagged"),
    [
        ("heavy_truck", "bridge", None, True),
        ("heavy_truck", "ferry", None, True),
        ("heavy_truck", "ferry", 60.0, False),
        ("heavy_truck", "ford", None, False),
        ("truck_6x6", "bridge", None, False),  # 20 t: not over the limit
        ("lv_4x4", "bridge", None, False),
    ],
)
def test_unknown_capacity_is_flagged_over_20_t(
    vehicle: str, kind: str, capacity_t: float | None, *, flagged: bool
) -> None:
    """LP2: a route over a bridge of unknown capacity says so in red."""
    (passage,) = crossed(crossing("X1", kind=kind, capacity_t=capacity_t), vehicle=vehicle)
    assert passage.is_capacity_flagged is flagged
