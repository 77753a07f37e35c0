"""Figures of conflicts: 5,000 movements and 500 patrols of one week, and the same by brute force."""

import multiprocessing
import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import networkx as nx
import numpy as np
from _figures import Figure

from cmcoord_geo.config import Config
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.planning.approach import Bands, least_distance
from cmcoord_geo.planning.conflicts import (
    Occupancies,
    find_conflicts,
    find_meetings,
    way_occupancies,
    window_occupancies,
)
from cmcoord_geo.planning.stretches import parts_along
from cmcoord_geo.planning.timetable import legs_of, slacks_of, timetable
from cmcoord_geo.planning.waits import Wait
from cmcoord_geo.units import BANGUI, DAY_S, HOUR_S, KM_M

MOVEMENTS, PATROLS, SEED = 5_000, 500, 6
#: Of which brute force compares every row with every other.
FEW_MOVEMENTS, FEW_PATROLS = 150, 60
MONDAY = datetime(2026, 12, 7, tzinfo=BANGUI)
FAST_KMH, SLOW_KMH = 55.0, 25.0
LONGEST_KM = 700.0


def conflicts(_: int) -> list[Figure]:
    """Everything that issue 6 asks of the speed of conflicts."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # memory of this alone
        return pool.apply(_figures)


def _figures() -> list[Figure]:
    network, config = bundled_network(), Config().conflict
    rng = np.random.default_rng(SEED)
    movements = week_movements(network, rng, MOVEMENTS)
    patrols = week_patrols(network, rng, PATROLS)
    start = time.process_time()
    found = find_conflicts(network, movements, patrols, config)
    seconds = time.process_time() - start
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        Figure(
            f"{MOVEMENTS} movements x {PATROLS} patrols, all conflicts, CPU", seconds, "s", 60.0
        ),
        Figure("  memory of the whole process", peak_gb, "GB", 2.0),
        Figure("  conflicts found", float(len(found)), ""),
        Figure("  rows that differ from brute force", float(_differing(network)), "", 0.0),
    ]


def _differing(network: RoadNetwork) -> int:
    """Pairs of rows on one segment that the index and brute force judge differently, of a smaller week."""
    rng = np.random.default_rng(SEED + 1)
    ours = week_movements(network, rng, FEW_MOVEMENTS)
    theirs = week_patrols(network, rng, FEW_PATROLS)
    separation_m = Config().conflict.separation_m
    found = find_meetings(network, ours, theirs, separation_m=separation_m)
    is_one = ours.segment[found.ours] == theirs.segment[found.theirs]
    quick = set(zip(found.ours[is_one].tolist(), found.theirs[is_one].tolist(), strict=True))
    return len(quick ^ _brute(ours, theirs, separation_m))


def _brute(ours: Occupancies, theirs: Occupancies, separation_m: float) -> set[tuple[int, int]]:
    """Each row against each other on its segment, nothing left out."""
    found = set()
    for j in range(len(theirs)):
        i = np.flatnonzero(ours.segment == theirs.segment[j])
        one, two = _bands(ours.only(i)), _bands(theirs.only(np.full(len(i), j)))
        is_met = least_distance(one, two, 2e-6) <= separation_m + 1e-6
        found |= {(int(row), j) for row in i[is_met]}
    return found


def _bands(rows: Occupancies) -> Bands:
    origin_s = MONDAY.timestamp()
    return Bands(
        start=rows.at_m[:, :1],
        step=np.diff(rows.at_m, axis=1),
        first_s=rows.first_s - origin_s,
        last_s=rows.last_s - origin_s,
    )


def week_movements(network: RoadNetwork, rng: np.random.Generator, count: int) -> Occupancies:
    """Movements between random towns on the shortest road, by day, within a week."""
    return Occupancies.joined(
        _movement(network, f"M{i}", way, rng) for i, way in enumerate(_ways(network, rng, count))
    )


def _ways(
    network: RoadNetwork, rng: np.random.Generator, count: int
) -> Iterator[tuple[tuple[int, bool], ...]]:
    """Ways as (segment, is_forward), the long ones cut where they get too long."""
    graph = nx.Graph()
    for i in range(len(network)):
        graph.add_edge(int(network.start[i]), int(network.end[i]), segment=i, m=network.length_m[i])
    paths = dict(nx.all_pairs_dijkstra_path(graph, weight="m"))
    nodes = sorted(paths)
    while count:
        start, end = (nodes[i] for i in rng.integers(len(nodes), size=2))
        nodes_of = paths[start].get(end, ())
        way, km = [], 0.0
        for here, there in pairwise(nodes_of):
            segment = graph.edges[here, there]["segment"]
            km += float(network.length_m[segment]) / KM_M
            if km <= LONGEST_KM:
                way.append((segment, int(network.start[segment]) == here))
        if way:
            yield tuple(way)
            count -= 1


def _movement(
    network: RoadNetwork,
    movement_id: str,
    way: tuple[tuple[int, bool], ...],
    rng: np.random.Generator,
) -> Occupancies:
    depart = MONDAY + timedelta(days=int(rng.integers(7)), hours=float(rng.uniform(6, 10)))
    late = depart + timedelta(minutes=float(rng.uniform(30, 120)))
    km = np.array([float(network.length_m[segment]) / KM_M for segment, _ in way])
    quick_s, slow_s = (km / kmh * HOUR_S for kmh in (FAST_KMH, SLOW_KMH))
    day = Config().day
    none: tuple[tuple[Wait, ...], ...] = ((),) * len(way)
    quick = parts_along(quick_s.tolist(), none, name="fast")
    long = parts_along(slow_s.tolist(), none, name="slow")
    stops_s = (0.0,) * len(way)
    slacks = slacks_of(network, way, long, depart=depart, config=day)
    fast = timetable(
        network, way, quick,
        depart=depart, name="fast", slacks=slacks, stops_s=stops_s, config=day,
    )  # fmt: skip
    slow = timetable(
        network, way, long,
        depart=late, name="slow", slacks=slacks, stops_s=stops_s, config=day,
    )  # fmt: skip
    legs = legs_of(network, way, fast=fast, slow=slow)
    return way_occupancies(network, movement_id, legs, fast=fast.pace, slow=slow.pace)


def week_patrols(network: RoadNetwork, rng: np.random.Generator, count: int) -> Occupancies:
    """Patrols of one to three segments in a row, four hours each, within the week."""
    rows = []
    for i in range(count):
        first_s = MONDAY.timestamp() + float(rng.integers(7)) * DAY_S + rng.uniform(6, 14) * HOUR_S
        segment = int(rng.integers(len(network)))
        for _ in range(int(rng.integers(1, 4))):
            key = network.segment_ids[segment]
            rows.append((f"P{i}", key, 0.0, 1.0, first_s, first_s + 4 * HOUR_S))
            end = int(network.end[segment])
            beside = np.flatnonzero((network.start == end) | (network.end == end))
            segment = int(rng.choice(beside))
    return window_occupancies(network, rows)
