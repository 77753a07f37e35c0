"""The board keeps to banned turns: each cell equals a search on rows of arcs that knows of no roads."""

from __future__ import annotations

import heapq
import math
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from osm_streets import turn, write_streets
from planning.test_isolation import (
    CONFIG,
    case_of,
    losses,
    random_network,
    row_of,
)
from towns import town

from cmcoord_geo.facts import vehicles
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.network.turns import Turns
from cmcoord_geo.planning.isolation import Case, Isolation, effect_of, isolation
from cmcoord_geo.service import build_network_file
from cmcoord_geo.service.networks import load_network
from cmcoord_geo.units import BANGUI, HOUR_S

CAMPAIGN = int(os.environ.get("CMCOORD_CAMPAIGN", "25"))
WET = datetime(2027, 6, 1, 12, tzinfo=BANGUI)
Ban = tuple[int, ...]


# ------------------------------------------------------------ oracle


def seconds_by_rows(
    network: RoadNetwork, case: Case, base: int, lost: set[int], *, has_bans: bool = True
) -> dict[int, int]:
    """
    Seconds to each node by rows of the arcs driven last, on every segment of the network.

    With bans a way never turns round; without, it may, and gains nothing by it.
    """
    bans = set(case.passable.banned_turns) if has_bans else set()
    memory = max((len(ban) for ban in bans), default=2) - 1
    leaving = [np.flatnonzero(network.tail == n).tolist() for n in range(len(network.node_ids))]
    heap: list[tuple[int, int, Ban]] = [(0, base, ())]
    done: set[tuple[int, Ban]] = set()
    best: dict[int, int] = {}
    while heap:
        seconds, node, row = heapq.heappop(heap)
        if (node, row) in done:
            continue
        done.add((node, row))
        best.setdefault(node, seconds)
        for arc in leaving[node]:
            driven = (*row, arc)
            is_round = has_bans and len(row) > 0 and arc == row[-1] ^ 1
            is_banned = any(driven[-len(ban) :] == ban for ban in bans)
            if arc // 2 in lost or is_round or is_banned or not case.passable.is_arc_open[arc]:
                continue
            step = round(float(case.passable.mid_s[arc // 2]))
            heapq.heappush(heap, (seconds + step, int(network.head[arc]), driven[-memory:]))
    return best


def expected_row(
    network: RoadNetwork, case: Case, board: Isolation, lost: set[int]
) -> list[tuple[str, float, bool]]:
    """Effect, hours more, and whether only turns bar the way, for each target."""
    whole, left = (seconds_by_rows(network, case, board.base, gone) for gone in (set(), lost))
    loose = seconds_by_rows(network, case, board.base, lost, has_bans=False)
    row = []
    for node in board.targets:
        if node not in whole:
            row.append(("no_road", math.nan, False))
            continue
        extra_h = (left.get(node, math.inf) - whole[node]) / HOUR_S
        effect = effect_of(whole[node] / HOUR_S, extra_h, CONFIG.isolation)
        row.append((effect, extra_h, effect == "cut" and node in loose))
    return row


def assert_equals_oracle(
    network: RoadNetwork, cases: Sequence[Case], base: int, targets: Sequence[int]
) -> set[tuple[str, bool]]:
    """Every cell and every way of every case; returns effects that were met, and if by turns alone."""
    board = isolation(network, cases, base=base, targets=targets, config=CONFIG.isolation)
    met = set()
    for n, case in enumerate(cases):
        for crossing_no, lost in losses(network):
            expected = expected_row(network, case, board, lost)
            met.update((effect, by_turn) for effect, _, by_turn in expected)
            found = row_of(board, n, crossing_no, lost)
            if found is None:
                assert {effect for effect, _, _ in expected} <= {"none", "no_road"}, lost
                continue
            assert [effect for effect, _ in found] == [effect for effect, _, _ in expected], lost
            np.testing.assert_allclose(
                [h for _, h in found], [h for _, h, _ in expected], atol=1e-9
            )
            barred = barred_row(board, n, crossing_no, lost)
            assert barred == [by_turn for _, _, by_turn in expected], lost
        met.update(ways_met(network, case, board, n))
    return met


def barred_row(
    board: Isolation, case: int, crossing_no: int | None, lost: set[int]
) -> list[bool] | None:
    return next(
        board.cases[case].only_by_turn[i].tolist()
        for i, failure in enumerate(board.failures)
        if (
            bool(failure.ends) and lost <= set(failure.segments)
            if crossing_no is None
            else crossing_no in failure.crossings
        )
    )


def ways_met(network: RoadNetwork, case: Case, board: Isolation, n: int) -> set[tuple[str, bool]]:
    """Check the ways with nothing lost."""
    whole, loose = (
        seconds_by_rows(network, case, board.base, set(), has_bans=has_bans)
        for has_bans in (True, False)
    )
    met = set()
    for node, reach in zip(board.targets, board.cases[n].reach, strict=True):
        assert (reach.hours is None) == (node not in whole)
        assert reach.only_by_turn == (node not in whole and node in loose)
        if reach.hours is not None:
            assert reach.hours == pytest.approx(whole[node] / HOUR_S)
            assert reach.km is not None
            assert reach.km > 0
        else:
            met.add(("away", reach.only_by_turn))
    return met


# ------------------------------------------------------------ random networks


def random_bans(rng: np.random.Generator, network: RoadNetwork) -> Turns:
    """Rows of two to four arcs, some with a turn back or round a loop, each for some vehicles."""
    bans = []
    for _ in range(int(rng.choice([3, 30, 100]))):
        row = [int(rng.integers(2 * len(network)))]
        for _ in range(int(rng.choice([1, 1, 1, 2, 3]))):
            onward = np.flatnonzero(network.tail == network.head[row[-1]])
            row.append(int(rng.choice(onward)))
        bans.append((row, int(rng.integers(1, 32))))
    return Turns.of(bans)


def banned(network: RoadNetwork, turns: Turns) -> RoadNetwork:
    size = len(network)
    traffic = network.traffic or Traffic(
        names=("",) * size,
        forward=np.full(size, everybody(), dtype=np.uint8),
        backward=np.full(size, everybody(), dtype=np.uint8),
        duration_s=np.full(size, np.nan),
    )
    return replace(network, traffic=replace(traffic, turns=turns))


def test_random_towns() -> None:
    """
    Loops, parallel roads, one-way streets, chains, dead ends; bans that overlap, and by vehicle.

    The campaign meets what it is about: cuts and places away by roads and by turns alone, and detours.
    """
    met: set[tuple[str, bool]] = set()
    for seed in range(CAMPAIGN):
        rng = np.random.default_rng([seed, 9])
        network = with_loops(rng, random_network(rng, is_surveyed=True))
        network = banned(network, random_bans(rng, network))
        targets = rng.choice(len(network.node_ids), size=6, replace=False).tolist()
        cases = [case_of(network), case_of(network, "motorbike", WET)]
        met |= assert_equals_oracle(network, cases, targets.pop(), targets)
    assert met >= {
        *((effect, False) for effect in ("none", "detour", "long", "no_road", "cut", "away")),
        *((effect, True) for effect in ("cut", "away")),
    }


def with_loops(rng: np.random.Generator, network: RoadNetwork) -> RoadNetwork:
    """Some segments lead back to where they begin, and each is worth an hour or more."""
    is_loop = rng.random(len(network)) < 0.1
    end = np.where(is_loop, network.start, network.end)
    lines = tuple(
        np.array([[network.lon[a], network.lat[a]], [network.lon[a] + 0.01, network.lat[a]],
                  [network.lon[b], network.lat[b]]])
        for a, b in zip(network.start, end, strict=True)
    )  # fmt: skip
    return replace(network, end=end, lines=lines)


@pytest.mark.parametrize("seed", range(8))
def test_bans_that_bind_nobody_change_nothing(seed: int) -> None:
    """Bans of other vehicles, and bans to turn back: byte for byte the board without bans."""
    rng = np.random.default_rng([seed, 11])
    network = random_network(rng, is_surveyed=True)
    back = [((arc, arc ^ 1), 31) for arc in rng.choice(2 * len(network), 9).tolist()]
    other = [(row, 1 << case_rank("tanker")) for row, _ in random_bans(rng, network)]
    targets = rng.choice(len(network.node_ids), size=6, replace=False).tolist()
    bare, full = (
        isolation(
            one, [case_of(one), case_of(one, "lv_4x4", WET)],
            base=targets[0], targets=targets[1:], config=CONFIG.isolation,
        )
        for one in (network, banned(network, Turns.of([*back, *other])))
    )  # fmt: skip
    for one, another in zip(bare.cases, full.cases, strict=True):
        assert one.reach == another.reach
        assert one.effects == another.effects
        np.testing.assert_array_equal(one.extra_h, another.extra_h)
        assert not another.only_by_turn.any()
    told = [[(f.segments, f.crossings, f.ends) for f in board.failures] for board in (bare, full)]
    assert told[0] == told[1]


def case_rank(vehicle_id: str) -> int:
    return vehicles()[vehicle_id].rank


# ------------------------------------------------------------ streets of a map


STREETS = {
    "no_left": [turn("no_left_turn", 1222, "22", 2223)],
    "only_straight": [turn("only_straight_on", 2122, "22", 2223)],
    "via_way": [turn("no_u_turn", 1222, [2223], 2333)],
    "lorries": [turn("no_right_turn", 2122, "22", 2232, key="restriction:hgv")],
    "many": [
        turn("no_left_turn", 1222, "22", 2223), turn("only_straight_on", 2223, "23", 2324),
        turn("no_right_turn", 2131, "31", 3132), turn("no_straight_on", 3132, "32", 3233),
        turn("no_u_turn", 1323, [2223], 2232),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", STREETS)
@pytest.mark.parametrize("without", [(), (1112, 1213, 2131), (1213, 3334, 1314)])
def test_streets_with_restrictions(tmp_path: Path, name: str, without: tuple[int, ...]) -> None:
    """Restrictions of an extract, on whole and on thinned streets, made so long that each block counts."""
    network = streets(tmp_path, *STREETS[name], without=without)
    cases = [case_of(network), case_of(network, "lv_4x4", WET)]
    targets = list(range(len(network.node_ids)))
    assert any(case.passable.banned_turns for case in cases)
    for base in (targets[0], targets[-1]):
        assert_equals_oracle(network, cases, base, targets)


def streets(folder: Path, *relations: object, without: tuple[int, ...] = ()) -> RoadNetwork:
    out = folder / "s.network"
    drawn = write_streets(folder / "s.osm", *relations, without=without)
    build_network_file([drawn], out, version="1")
    network, _ = load_network(out)
    metres = 100_000.0 + 10_000.0 * np.arange(len(network))
    return replace(network, length_m=metres, length_low_m=metres, length_high_m=metres)


# ------------------------------------------------------------ by hand


def drawn(drawing: str, *rows: str) -> RoadNetwork:
    """Town with bans written as places: ``ABC`` = from A over B to C, for everybody."""
    network = town(drawing, cell_m=100_000.0)
    at = network.node_index
    ends = list(zip(network.tail.tolist(), network.head.tolist(), strict=True))
    bans = [[ends.index((at[a], at[b])) for a, b in pairwise(row)] for row in rows]
    return banned(network, Turns.of((ban, everybody()) for ban in bans))


def effects(network: RoadNetwork, base: str, target: str) -> dict[str, tuple[str, bool]]:
    at = network.node_index
    board = isolation(
        network, [case_of(network)], base=at[base], targets=[at[target]], config=CONFIG.isolation
    )
    (case,) = board.cases
    return {
        network.segment_ids[segment]: (case.effects[i][0], bool(case.only_by_turn[i, 0]))
        for i, failure in enumerate(board.failures)
        for segment in failure.segments
    }


RING = """\
A-B
| |
D-C
"""


def test_a_loss_that_leaves_only_a_banned_turn_cuts_off_and_says_so() -> None:
    """Without A-B one would reach B by D and C, were it not for the turn at C."""
    assert effects(drawn(RING), "A", "B") == {"A-B": ("long", False)}
    assert effects(drawn(RING, "DCB"), "A", "B") == {"A-B": ("cut", True)}


def test_a_loss_that_leaves_no_road_is_no_matter_of_turns() -> None:
    told = effects(drawn("A-B-C\n| |\nE-D\n", "EDB"), "A", "C")
    assert told == {"A-B": ("cut", True), "B-C": ("cut", False)}


def test_a_place_behind_a_banned_turn_has_no_road_and_says_why() -> None:
    network = drawn("A-B-C", "ABC")
    board = isolation(network, [case_of(network)], base=0, targets=[1, 2], config=CONFIG.isolation)
    near, far = board.cases[0].reach
    assert (near.hours is None, near.only_by_turn) == (False, False)
    assert (far.hours, far.only_by_turn) == (None, True)


def test_one_drives_round_a_block_past_a_banned_turn() -> None:
    """From A over B to C is banned; round D, E one comes to B from the other side, and may go on to C."""
    block = """\
  C
  |
A-B-D
  | |
  F-E
"""
    network = drawn(block, "ABC")
    board = isolation(
        network,
        [case_of(network)],
        base=network.node_index["A"],
        targets=[network.node_index["C"]],
        config=CONFIG.isolation,
    )
    assert board.cases[0].reach[0].km == pytest.approx(6 * network.length_km(0), rel=0.01)
    told = effects(network, "A", "C")
    block_ids = set(network.segment_ids) - {"A-B", "C-B"}
    assert len(block_ids) == 4
    assert told == {
        **dict.fromkeys(("A-B", "C-B"), ("cut", False)),
        **dict.fromkeys(block_ids, ("cut", True)),
    }


def test_each_vehicle_keeps_to_its_own_turns() -> None:
    network = drawn(RING, "DCB")
    assert network.traffic is not None
    lorries = replace(
        network,
        traffic=replace(
            network.traffic,
            turns=Turns.of(
                (row, 1 << case_rank("truck_6x6")) for row, _ in network.traffic.turns or ()
            ),
        ),
    )
    cases = [case_of(lorries), case_of(lorries, "lv_4x4")]
    board = isolation(lorries, cases, base=0, targets=[1], config=CONFIG.isolation)
    assert [case.effects[0][0] for case in board.cases] == ["cut", "long"]
