"""The board equals brute force: each crossing and each segment removed in turn, and searched anew."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import networkx as nx
import numpy as np
import pytest
from towns import town

from cmcoord_geo.config import Config, IsolationConfig
from cmcoord_geo.facts import Crossing, data_dir, places
from cmcoord_geo.i18n import Said
from cmcoord_geo.io import read_picture
from cmcoord_geo.model import RoadStatus, VehicleCount
from cmcoord_geo.network import RoadNetwork, convoy_of, passability
from cmcoord_geo.network.rains import next_rains
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.planning.isolation import Case, Isolation, effect_of, isolation
from cmcoord_geo.units import BANGUI, HOUR_S

AS_OF = datetime(2026, 12, 1, 12, tzinfo=BANGUI)
CONFIG = Config()


def case_of(
    network: RoadNetwork,
    vehicle_id: str = "truck_6x6",
    at: datetime = AS_OF,
    status: Sequence[RoadStatus] = (),
    as_of: datetime = AS_OF,
) -> Case:
    convoy = convoy_of([VehicleCount(vehicle_id=vehicle_id, count=2)])
    passable = passability(network, convoy, at=at, as_of=as_of, status=status, config=CONFIG.status)
    return Case(vehicle_id=vehicle_id, at=at, passable=passable)


def crossing(crossing_id: str, *segments: str, state: str = "unknown") -> Crossing:
    return Crossing(
        crossing_id=crossing_id, kind="bridge", name=Said(fr=crossing_id, en=crossing_id),
        at_km=dict.fromkeys(segments), capacity_t=None, default_state=state, confidence="low",
    )  # fmt: skip


# ------------------------------------------------------------ brute force


def brute_hours(network: RoadNetwork, case: Case, base: int, lost: set[int]) -> dict[int, float]:
    """Hours from the base to each node without some segments, by networkx alone."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(network.node_ids)))
    for i in range(len(network)):
        for arc, ends in (
            (2 * i, (network.start[i], network.end[i])),
            (2 * i + 1, (network.end[i], network.start[i])),
        ):
            if i not in lost and case.passable.is_arc_open[arc]:
                graph.add_edge(*map(int, ends), cost=round(float(case.passable.mid_s[i])))
    found = nx.single_source_dijkstra_path_length(graph, base, weight="cost")
    return {node: seconds / HOUR_S for node, seconds in found.items()}


def brute_row(
    network: RoadNetwork, case: Case, base: int, targets: Sequence[int], lost: set[int]
) -> list[tuple[str, float]]:
    whole, left = (brute_hours(network, case, base, gone) for gone in (set(), lost))
    row = []
    for node in targets:
        if node not in whole:
            row.append(("no_road", math.nan))
            continue
        extra_h = left.get(node, math.inf) - whole[node]
        row.append((effect_of(whole[node], extra_h, CONFIG.isolation), extra_h))
    return row


def losses(network: RoadNetwork) -> Iterator[tuple[int | None, set[int]]]:
    """Every crossing with all segments that use it, and every segment alone."""
    for i, one in enumerate(network.crossings):
        yield i, {network.segment_index[key] for key in one.at_km if key in network.segment_index}
    for i in range(len(network)):
        yield None, {i}


def row_of(
    board: Isolation, case: int, crossing_no: int | None, lost: set[int]
) -> list[tuple[str, float]] | None:
    """Row of the board for a loss: that of the crossing, or of the road which holds the segment."""
    one = board.cases[case]
    rows = [
        [(e, float(h)) for e, h in zip(one.effects[i], one.extra_h[i], strict=True)]
        for i, failure in enumerate(board.failures)
        if (
            bool(failure.ends) and lost <= set(failure.segments)
            if crossing_no is None
            else crossing_no in failure.crossings
        )
    ]
    assert len(rows) <= 1, "a loss stands on the board twice"
    return rows[0] if rows else None


def assert_equals_brute_force(
    network: RoadNetwork, cases: Sequence[Case], base: int, targets: Sequence[int]
) -> set[str]:
    """Every cell of every case; returns the effects that were met."""
    board = isolation(network, cases, base=base, targets=targets, config=CONFIG.isolation)
    met = set()
    for n, case in enumerate(cases):
        for crossing_no, lost in losses(network):
            expected = brute_row(network, case, base, board.targets, lost)
            found = row_of(board, n, crossing_no, lost)
            met.update(effect for effect, _ in expected)
            if found is None:
                assert {effect for effect, _ in expected} <= {"none", "no_road"}, lost
                continue
            assert [effect for effect, _ in found] == [effect for effect, _ in expected], lost
            np.testing.assert_allclose([h for _, h in found], [h for _, h in expected], atol=1e-9)
        assert_reach_is_right(network, case, base, board, n)
    return met


def assert_reach_is_right(
    network: RoadNetwork, case: Case, base: int, board: Isolation, n: int
) -> None:
    whole = brute_hours(network, case, base, set())
    for node, reach in zip(board.targets, board.cases[n].reach, strict=True):
        assert (reach.hours is None) == (node not in whole)
        if reach.hours is not None:
            assert reach.hours == pytest.approx(whole[node])
            assert reach.km is not None
            assert reach.km > 0


def test_bundled_roads_in_both_seasons() -> None:
    picture = read_picture(data_dir() / "exercise")
    network = picture.network
    rains = next_rains(network, picture.as_of)
    cases = [
        case_of(network, vehicle, at, picture.status, picture.as_of)
        for vehicle, at in (("truck_6x6", picture.as_of), ("lv_4x4", rains))
    ]
    targets = [network.node_index[key] for key in places() if key in network.node_index]
    met = assert_equals_brute_force(network, cases, network.node_index["BGF"], targets)
    assert met == {"none", "detour", "long", "cut", "no_road"}


@pytest.mark.parametrize("seed", range(25))
def test_random_towns(seed: int) -> None:
    """Parallel roads, dead ends, islands, crossings on several roads; with and without one-way streets."""
    rng = np.random.default_rng(seed)
    network = random_network(rng, is_surveyed=seed % 2 == 1)
    targets = rng.choice(len(network.node_ids), size=6, replace=False).tolist()
    cases = [case_of(network), case_of(network, "lv_4x4", datetime(2027, 6, 1, 12, tzinfo=BANGUI))]
    assert_equals_brute_force(network, cases, targets.pop(), targets)


def random_network(rng: np.random.Generator, *, is_surveyed: bool) -> RoadNetwork:
    count, roads = 24, 34
    drawn = town("A-B")
    start = rng.integers(0, count, roads)
    end = rng.integers(0, count, roads)
    end = np.where(start == end, (end + 1) % count, end)
    metres = rng.integers(2_000, 300_000, roads).astype(float)
    ids = tuple(f"S{i}" for i in range(roads))
    lon, lat = rng.uniform(16, 26, count), rng.uniform(4, 9, count)
    words = {
        "surface": ("paved", "laterite", "degraded", "track"),
        "status_dry": ("open", "open", "restricted", "unknown"),
        "status_wet": ("open", "restricted", "closed", "unknown"),
        "max_vehicle_dry": ("tanker", "truck_6x6", "lv_4x4"),
        "max_vehicle_wet": ("tanker", "truck_6x6", "lv_4x4", "motorbike"),
    }
    columns = {key: tuple(rng.choice(known, roads).tolist()) for key, known in words.items()}
    same = {
        key: (getattr(drawn, key)[0],) * roads
        for key in ("road_class", "route_ref", "season_zone", "confidence", "note")
    }
    open_to = everybody()
    traffic = Traffic(
        names=("",) * roads,
        forward=np.where(rng.random(roads) < 0.9, open_to, 0).astype(np.uint8),
        backward=np.where(rng.random(roads) < 0.8, open_to, 0).astype(np.uint8),
        duration_s=np.full(roads, np.nan),
    )
    return RoadNetwork(
        node_ids=tuple(f"N{i}" for i in range(count)),
        node_names=("",) * count if is_surveyed else tuple(f"N{i}" for i in range(count)),
        lon=lon, lat=lat, segment_ids=ids, start=start, end=end,
        length_m=metres, length_low_m=metres, length_high_m=metres,
        lines=tuple(np.array([[lon[a], lat[a]], [lon[b], lat[b]]]) for a, b in zip(start, end, strict=True)),
        crossings=(
            crossing("C1", "S0", "S1", "S2"), crossing("C2", "S3"), crossing("C3", "S4", "S5"),
            crossing("C4", "S3", state="passable"), crossing("C5", "S6", "S7", state="passable"),
        ),
        traffic=traffic if is_surveyed else None,
        **columns, **same,
    )  # fmt: skip


# ------------------------------------------------------------ by hand


def test_a_bridge_that_two_roads_share_counts_once() -> None:
    """B lies behind a bridge from which two roads go on: one failure cuts both, each road alone one."""
    network = town(
        """\
A-B-C
  |
  D
""",
        cell_m=100_000.0,
        crossings=(crossing("BR", "B-C", "B-D"),),
    )
    board = isolation(
        network, [case_of(network)], base=0, targets=[1, 2, 3], config=CONFIG.isolation
    )
    told = {
        tuple(network.segment_ids[i] for i in failure.segments): effects
        for failure, effects in zip(board.failures, board.cases[0].effects, strict=True)
    }
    assert told == {
        ("A-B",): ("cut", "cut", "cut"),
        ("B-C",): ("none", "cut", "none"),
        ("B-D",): ("none", "none", "cut"),
        ("B-C", "B-D"): ("none", "cut", "cut"),
    }
    shared = next(failure for failure in board.failures if len(failure.segments) == 2)
    assert network.crossings[shared.crossings[0]].crossing_id == "BR"


def test_a_closed_road_is_no_detour() -> None:
    """With its report A-C is out, and the loss of A-B cuts what it would only have lengthened."""
    network = town("A-B-C", cell_m=50_000.0, more=())
    ring = town(
        """\
A-B
| |
D-C
""",
        cell_m=50_000.0,
    )
    report = RoadStatus(
        report_id="R1", segment_id="D-C", state="closed", reported_at=AS_OF - timedelta(days=1)
    )
    for status, effect in (((), "long"), ((report,), "cut")):
        board = isolation(
            ring, [case_of(ring, status=status)], base=0, targets=[1], config=CONFIG.isolation
        )
        (first,) = [
            e
            for f, e in zip(board.failures, board.cases[0].effects, strict=True)
            if f.segments == (0,)
        ]
        assert first == (effect,)
    assert len(network) == 2


def test_nearest_failures_come_first() -> None:
    network = town("A-B-C-D", cell_m=100_000.0)
    board = isolation(network, [case_of(network)], base=0, targets=[3], config=CONFIG.isolation)
    assert [network.title(f.segments[0]) for f in board.failures] == ["A–B", "B–C", "C–D"]
    back = isolation(network, [case_of(network)], base=3, targets=[0], config=CONFIG.isolation)
    assert [network.title(f.segments[0]) for f in back.failures] == ["C–D", "B–C", "A–B"]


def test_the_base_is_no_target_and_a_target_counts_once() -> None:
    network = town("A-B-C", cell_m=100_000.0)
    board = isolation(
        network, [case_of(network)], base=0, targets=[0, 2, 2], config=CONFIG.isolation
    )
    assert board.targets == (2,)


def test_hangs_on_an_unknown_only_where_every_way_does() -> None:
    drawing = """\
A-B-E
| |
D-C
"""
    network = town(
        drawing,
        cell_m=50_000.0,
        roads={"B-E": {"status_dry": "unknown"}, "A-B": {"status_dry": "unknown"}},
    )
    names = list(network.node_ids)
    board = isolation(
        network,
        [case_of(network)],
        base=0,
        targets=list(range(1, len(names))),
        config=CONFIG.isolation,
    )
    told = {
        names[node]: reach.hangs_on_unknown
        for node, reach in zip(board.targets, board.cases[0].reach, strict=True)
    }
    assert told == {"B": False, "C": False, "D": False, "E": True}


def test_a_stale_report_is_an_unknown_and_the_default_stands_in() -> None:
    network = town("A-B", cell_m=50_000.0)
    old = RoadStatus(
        report_id="R1", segment_id="A-B", state="closed", reported_at=AS_OF - timedelta(days=90)
    )
    board = isolation(
        network, [case_of(network, status=[old])], base=0, targets=[1], config=CONFIG.isolation
    )
    (reach,) = board.cases[0].reach
    assert reach.hours is not None
    assert reach.hangs_on_unknown


@pytest.mark.parametrize(
    ("hours", "extra_h", "effect"),
    [
        (math.nan, math.nan, "no_road"),
        (5.0, math.inf, "cut"),
        (5.0, 0.49, "none"),
        (5.0, 0.5, "detour"),
        (20.0, 8.0, "detour"),
        (20.0, 8.01, "long"),
        (5.0, 5.0, "detour"),
        (5.0, 5.01, "long"),
    ],
)
def test_effects_at_their_limits(hours: float, extra_h: float, effect: str) -> None:
    assert effect_of(hours, extra_h, IsolationConfig()) == effect


def test_bounds_are_settings() -> None:
    config = IsolationConfig(bound_h=2.0, bound_ratio=10.0, least_h=1.0)
    assert effect_of(5.0, 0.9, config) == "none"
    assert effect_of(5.0, 2.5, config) == "long"
    assert effect_of(5.0, 2.0, config) == "detour"


def test_the_way_is_told_in_hours_and_km() -> None:
    network = town("A-B-C", cell_m=70_000.0)
    board = isolation(
        network, [case_of(network, "lv_4x4")], base=0, targets=[2], config=CONFIG.isolation
    )
    (reach,) = board.cases[0].reach
    assert reach.hours == pytest.approx(2 * network.length_km(0) / 70.0)  # 70 km/h: paved, dry, 4x4
    assert reach.km == pytest.approx(2 * network.length_km(0))
    assert not reach.hangs_on_unknown


def test_nothing_to_lose_where_nothing_leads() -> None:
    network = replace(town("A-B"), status_dry=("closed",), max_vehicle_dry=("motorbike",))
    board = isolation(network, [case_of(network)], base=0, targets=[1], config=CONFIG.isolation)
    assert board.failures == ()
    assert board.cases[0].reach[0].hours is None
    assert board.cases[0].extra_h.shape == (0, 1)
