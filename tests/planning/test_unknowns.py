"""What is unknown, and the state of the worst part of a loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from planning.test_failures import crossing
from planning.test_isolation import AS_OF, case_of
from towns import town

from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.failures import find_failures, main_roads
from cmcoord_geo.planning.unknowns import FailureState, unknown_segments, worst_state

YESTERDAY, LONG_AGO = AS_OF - timedelta(days=1), AS_OF - timedelta(days=90)


def report(state: str, at: datetime = YESTERDAY, **more: str) -> RoadStatus:
    return RoadStatus(report_id="R1", segment_id="A-B", state=state, reported_at=at, **more)


def bridged(default: str = "passable", **columns: str) -> RoadNetwork:
    return town(
        "A-B-C", crossings=(replace(crossing("X", "A-B"), default_state=default),), **columns
    )


def test_a_checkpoint_without_a_report_leaves_the_road_as_it_is() -> None:
    post = replace(crossing("X", "A-B"), kind="checkpoint", default_state="unknown")
    network = town("A-B-C", crossings=(post,))
    assert unknown_segments(network, case_of(network).passable).tolist() == [False, False]


@pytest.mark.parametrize(
    ("network", "status", "expected"),
    [
        (bridged(), [], [False, False]),
        (bridged("unknown"), [], [True, False]),
        (bridged(status_dry="unknown"), [], [True, True]),
        (bridged(), [report("closed", LONG_AGO)], [True, False]),
        (bridged(), [report("open", LONG_AGO, crossing_id="X")], [True, False]),
        (bridged("unknown"), [report("open", crossing_id="X")], [False, False]),
        (bridged("unknown"), [report("unknown", crossing_id="X")], [True, False]),
        (bridged(), [report("unknown")], [True, False]),
    ],
)
def test_unknown_or_stale(
    network: RoadNetwork, status: list[RoadStatus], expected: list[bool]
) -> None:
    passable = case_of(network, status=status).passable
    assert unknown_segments(network, passable).tolist() == expected


@pytest.mark.parametrize(
    ("network", "status", "expected"),
    [
        (bridged(), [], FailureState(state="open", basis="season")),
        (bridged("unknown"), [], FailureState(state="unknown", basis="none")),
        (
            bridged(),
            [report("open")],
            FailureState(state="open", basis="report", reported_at=YESTERDAY),
        ),
        (
            bridged(),
            [report("closed", LONG_AGO)],
            FailureState(state="unknown", basis="stale", reported_at=LONG_AGO),
        ),
        (
            bridged("unknown"),
            [report("restricted", crossing_id="X")],
            FailureState(state="restricted", basis="report", reported_at=YESTERDAY),
        ),
        (
            bridged("unknown"),
            [report("closed")],
            FailureState(state="closed", basis="report", reported_at=YESTERDAY),
        ),
    ],
)
def test_worst_part_speaks(
    network: RoadNetwork, status: list[RoadStatus], expected: FailureState
) -> None:
    passable = case_of(network, "motorbike", status=status).passable
    roads = main_roads(network, np.ones(2, bool), [0, 2])
    (first, *_) = find_failures(network, roads)
    assert worst_state(network, passable, [first]) == expected
