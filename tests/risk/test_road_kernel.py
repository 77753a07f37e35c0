"""
The kernel on roads: mass one, closed forms, and the laws; the naive kernel is the planted fault.

Stars have closed forms, rings a sum over all turns; random networks are held against a solver of the same
equation by small steps, which shares nothing with the kernel.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from ascii_town import Road
from hypothesis import given, settings
from hypothesis import strategies as st
from road_reach import RoadReach
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.risk import road_kernel
from cmcoord_geo.risk.pieces import Pieces, cut_into_pieces
from cmcoord_geo.risk.road_kernel import RoadKernel, RoadPoints

REACH_M = 5_000.0
FAR_M = 60 * REACH_M


def network_of(roads: list[tuple[str, str, float]]) -> RoadNetwork:
    """Network of roads by their ends and length; where it is drawn does not matter here."""
    letters = sorted({end for road in roads for end in road[:2]})
    return town(" ".join(letters), more=[Road(*road) for road in roads])


def star(arms: int, length_m: float = FAR_M) -> RoadNetwork:
    return network_of([("A", chr(ord("B") + i), length_m) for i in range(arms)])


def points(*pairs: tuple[int, float]) -> RoadPoints:
    return RoadPoints(
        segment=np.array([p[0] for p in pairs], dtype=np.int64),
        fraction=np.array([p[1] for p in pairs], dtype=float),
    )


def kernel_on(network: RoadNetwork, piece_m: float = 1000.0, reach_m: float = REACH_M):
    pieces = cut_into_pieces(network, piece_m=piece_m)
    return pieces, RoadKernel(pieces, reach_m=reach_m)


@st.composite
def networks(draw) -> RoadNetwork:
    """Any roads: trees, rings, parallel roads, roads back to where they began, parts without a link."""
    ends = st.sampled_from("ABCDEFG")
    length = st.floats(100.0, 60_000.0)
    return network_of(draw(st.lists(st.tuples(ends, ends, length), min_size=1, max_size=12)))


def places_on(network: RoadNetwork):
    return st.lists(
        st.tuples(st.integers(0, len(network) - 1), st.floats(0, 1)), min_size=1, max_size=4
    )


def is_mass_one(masses: np.ndarray, count: int = 1) -> bool:
    """The check that every kernel has to pass."""
    return bool(abs(masses.sum() - count) < 1e-6 and (masses >= 0).all())


def naive(network: RoadNetwork, pieces: Pieces, segment: int, fraction: float) -> np.ndarray:
    """The planted fault: the profile of a line, by the shortest distance, never split at a junction."""
    nodes = dict(RoadReach(network, limit_m=1e9).from_point(segment, fraction))
    away = np.array([nodes.get(i, np.inf) for i in range(len(network.node_ids))])
    length = network.length_m[pieces.segment]
    along = pieces.middle * length
    least = np.minimum(
        away[network.start[pieces.segment]] + along,
        away[network.end[pieces.segment]] + length - along,
    )
    own = pieces.segment == segment
    least[own] = np.abs(pieces.middle[own] - fraction) * length[own]
    return np.exp(-least / REACH_M) / (2 * REACH_M) * pieces.length_m


# --- mass one -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mass_is_one_on_any_network(data) -> None:
    network = data.draw(networks())
    where = data.draw(places_on(network))
    reach_m = data.draw(st.sampled_from([200.0, REACH_M, 50_000.0]))
    _, kernel = kernel_on(network, reach_m=reach_m)
    for row in kernel.rows(points(*where)):
        assert is_mass_one(row)
    assert is_mass_one(kernel.masses(points(*where), np.ones(len(where))), len(where))


@pytest.mark.parametrize("arms", [3, 4, 5])
def test_the_naive_kernel_is_caught(arms: int) -> None:
    network = star(arms)
    pieces, kernel = kernel_on(network, piece_m=10.0)
    at = REACH_M / FAR_M
    wrong = naive(network, pieces, 0, at)
    assert wrong.sum() == pytest.approx(1 + (arms - 2) * np.exp(-1.0) / 2, abs=1e-4)
    assert not is_mass_one(wrong)
    assert is_mass_one(kernel.rows(points((0, at)))[0])


def test_the_naive_kernel_is_right_where_no_road_branches() -> None:
    """So what the check catches is the junction, not the profile."""
    network = network_of([("A", "B", 2 * FAR_M)])
    pieces, kernel = kernel_on(network, piece_m=10.0)
    found = kernel.rows(points((0, 0.5)))[0]
    assert np.abs(naive(network, pieces, 0, 0.5) - found).max() < 1e-6


# --- closed forms -------------------------------------------------------------------------------


@pytest.mark.parametrize("arms", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("from_junction", [0.0, 0.3, 1.0, 4.0])
def test_closed_form_on_stars(arms: int, from_junction: float) -> None:
    """Long arms: on the own arm the straight path and the one turned back, on others 2/n of one path."""
    pieces, kernel = kernel_on(star(arms), piece_m=700.0)
    found = kernel.rows(points((0, from_junction * REACH_M / FAR_M)))[0]
    length = FAR_M / REACH_M
    low, high = pieces.from_fraction * length, pieces.to_fraction * length

    def gathered(shift: float) -> np.ndarray:
        """Integral of exp(-(x + shift)) / 2."""
        return (np.exp(-(low + shift)) - np.exp(-(high + shift))) / 2

    def up_to(x: np.ndarray) -> np.ndarray:
        """Integral of exp(-|x - s|) / 2 from minus infinity."""
        gap = x - from_junction
        return np.where(gap < 0, np.exp(-np.abs(gap)) / 2, 1 - np.exp(-np.abs(gap)) / 2)

    own = up_to(high) - up_to(low) + (2 / arms - 1) * gathered(from_junction)
    other = 2 / arms * gathered(from_junction)
    expected = np.where(pieces.segment == 0, own, other)
    assert np.abs(found - expected).max() < 1e-9


def test_closed_form_on_a_ring() -> None:
    """Every turn once more: cosh over sinh of the ring."""
    network = network_of([("A", "B", 7_000.0), ("B", "A", 5_000.0)])
    pieces, kernel = kernel_on(network, piece_m=100.0)
    found = kernel.rows(points((0, 0.5)))[0]
    ring = 12_000.0
    along = np.where(pieces.segment == 0, 0.0, 7_000.0) + pieces.middle * np.where(
        pieces.segment == 0, 7_000.0, 5_000.0
    )
    gap = np.abs(along - 3_500.0)
    gap = np.minimum(gap, ring - gap)
    density = np.cosh((ring / 2 - gap) / REACH_M) / np.sinh(ring / 2 / REACH_M) / (2 * REACH_M)
    smooth = density * pieces.length_m
    away = gap > 100.0
    assert np.abs(found - smooth)[away].max() < 1e-6  # the density at the middle of each piece
    assert found.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_a_solver_by_small_steps_agrees(seed: int) -> None:
    """Random networks with rings: finite volumes of 10 m, balances only, no formula of the kernel."""
    random = np.random.default_rng(seed)
    roads = [
        ("ABCDE"[a], "ABCDE"[b], float(random.integers(5, 40) * 100))
        for a, b in random.integers(0, 5, (7, 2))
    ]
    network = network_of(roads)
    segment = int(random.integers(len(network)))
    step, reach = 10.0, 3_000.0
    counts = np.rint(network.length_m / step).astype(int)
    first = len(network.node_ids) + np.concatenate([[0], np.cumsum(counts)])
    size = int(first[-1])
    matrix = np.zeros((size, size))
    for i, count in enumerate(counts):
        chain = [network.start[i], *range(first[i], first[i + 1]), network.end[i]]
        for k, (a, b) in enumerate(pairwise(chain)):
            gap = step / 2 if k in {0, count} else step
            flow = reach**2 / gap
            matrix[a, a] += flow
            matrix[b, b] += flow
            matrix[a, b] -= flow
            matrix[b, a] -= flow
        matrix[range(first[i], first[i + 1]), range(first[i], first[i + 1])] += step
    unused = np.flatnonzero(matrix.diagonal() == 0)
    matrix[unused, unused] = 1.0
    load = np.zeros(size)
    cell = counts[segment] // 3
    load[first[segment] + cell] = 1.0
    by_steps = np.linalg.solve(matrix, load)[len(network.node_ids) :] * step
    pieces, kernel = kernel_on(network, piece_m=100.0, reach_m=reach)
    found = kernel.rows(points((segment, (cell + 0.5) / counts[segment])))[0]
    owner = np.repeat(np.arange(len(pieces)), np.rint(pieces.length_m / step).astype(int))
    assert np.abs(np.bincount(owner, weights=by_steps) - found).max() < 1e-5


# --- laws ---------------------------------------------------------------------------------------


def split(network: RoadNetwork, segment: int, fraction: float) -> RoadNetwork:
    """The same roads with a junction more, in the middle of one of them."""
    roads = [
        (network.node_ids[a], network.node_ids[b], float(length))
        for a, b, length in zip(network.start, network.end, network.length_m, strict=True)
    ]
    start, end, length = roads[segment]
    roads[segment] = (start, "Z", fraction * length)
    return network_of([*roads, ("Z", end, (1 - fraction) * length)])


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_splitting_a_segment_moves_no_mass(data) -> None:
    network = data.draw(networks())
    segment = data.draw(st.integers(0, len(network) - 1))
    cut = data.draw(st.floats(0.05, 0.95))
    at = data.draw(st.tuples(st.integers(0, len(network) - 1), st.floats(0, 1)))
    before, after = network, split(network, segment, cut)
    moved = at
    if at[0] == segment:
        moved = (
            (segment, min(at[1] / cut, 1.0))
            if at[1] <= cut
            else (len(network), (at[1] - cut) / (1 - cut))
        )
    on_road = []
    for roads, where in ((before, at), (after, moved)):
        pieces, kernel = kernel_on(roads)
        on_road.append(np.bincount(pieces.segment, weights=kernel.rows(points(where))[0]))
    whole = on_road[1][:-1].copy()
    whole[segment] += on_road[1][-1]
    assert np.abs(whole - on_road[0]).max() < 1e-8


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_adding_a_record_lowers_nothing_anywhere(data) -> None:
    network = data.draw(networks())
    where = data.draw(places_on(network))
    more = data.draw(places_on(network))
    _, kernel = kernel_on(network)
    before = kernel.masses(points(*where), np.ones(len(where)))
    after = kernel.masses(points(*where, *more), np.ones(len(where) + len(more)))
    assert (after >= before - 1e-15).all()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_moving_a_record_by_a_metre_moves_little(data) -> None:
    """Continuous along a road, past a junction of two and past any other."""
    network = data.draw(networks())
    segment = data.draw(st.integers(0, len(network) - 1))
    at = data.draw(st.floats(0, 1))
    step = min(1.0 / network.length_m[segment], 1.0)
    _, kernel = kernel_on(network)
    one, other = kernel.rows(points((segment, at), (segment, max(at - step, 0.0))))
    assert (
        np.abs(one - other).sum() < 5 / REACH_M * min(1.0, float(network.length_m[segment])) + 1e-12
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_junction_is_the_end_of_any_road_that_meets_it(data) -> None:
    network = data.draw(networks())
    _, kernel = kernel_on(network)
    for node in range(len(network.node_ids)):
        meets = [(i, 0.0) for i in np.flatnonzero(network.start == node)]
        meets += [(i, 1.0) for i in np.flatnonzero(network.end == node)]
        if meets:
            rows = kernel.rows(points(*meets))
            assert np.abs(rows - rows[0]).max() < 1e-9


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_shares_on_a_segment_are_what_the_pieces_say(data) -> None:
    network = data.draw(networks())
    where = points(*data.draw(places_on(network)))
    pieces, kernel = kernel_on(network)
    rows = kernel.rows(where)
    for segment in range(len(network)):
        expected = rows[:, pieces.segment == segment].sum(axis=1)
        assert np.abs(kernel.shares_on(segment, where) - expected).max() < 1e-9


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_small_and_large_networks_have_the_same_answer(data) -> None:
    network = data.draw(networks())
    where = points(*data.draw(places_on(network)))
    amounts = np.arange(1.0, len(where) + 1)
    _, small = kernel_on(network)
    _, large = kernel_on(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(road_kernel, "SMALL", -1)
        assert np.abs(large.rows(where) - small.rows(where)).max() < 1e-12
        assert np.abs(large.masses(where, amounts) - small.masses(where, amounts)).max() < 1e-11


def test_a_network_of_a_thousand_junctions_keeps_the_mass() -> None:
    random = np.random.default_rng(2)
    count = 1000
    base = network_of([("A", "B", 1.0)])
    start = np.concatenate([np.arange(count - 1), random.integers(0, count, 600)])
    end = np.concatenate([np.arange(1, count), random.integers(0, count, 600)])
    length = random.uniform(0.5, 5_000.0, len(start))
    names = tuple(f"N{i}" for i in range(count))
    columns = ("road_class", "route_ref", "surface", "season_zone", "status_dry", "status_wet")
    columns += ("max_vehicle_dry", "max_vehicle_wet", "confidence", "note")
    network = replace(
        base,
        node_ids=names,
        node_names=names,
        lon=np.full(count, 20.0),
        lat=np.full(count, 7.0),
        segment_ids=tuple(f"S{i}" for i in range(len(start))),
        start=start,
        end=end,
        length_m=length,
        length_low_m=length,
        length_high_m=length,
        lines=(base.lines[0],) * len(start),
        **{name: (getattr(base, name)[0],) * len(start) for name in columns},
    )
    assert count > road_kernel.SMALL
    _, kernel = kernel_on(network)
    where = RoadPoints(
        segment=random.integers(0, len(start), 500), fraction=random.uniform(size=500)
    )
    assert is_mass_one(kernel.masses(where, np.ones(500)), 500)
    for row in kernel.rows(where.some(slice(0, 5))):
        assert is_mass_one(row)
