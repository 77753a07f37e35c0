"""Ends of lines that miss each other by a little."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network.osm.lines import Line, extract_of, ways_of

from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.joining import HINT_M, join_ends, told_of
from cmcoord_geo.network.osm.strands import place_of
from cmcoord_geo.network.parts import component_of
from cmcoord_geo.units import geodesic_m

BRIDGE = {"bridge": "yes"}


def parts(extract: OsmExtract) -> int:
    """Connected parts of the network of an extract."""
    return len(np.unique(component_of(build_network(extract, name="t", source="t").network)))


def counts(
    lines: list[Line], tolerance_m: float, tags: dict[int, dict[str, str]] | None = None
) -> tuple[int, int, int, int]:
    """Ends, insides, ends of another level, and connected parts."""
    made = join_ends(extract_of(lines, tags), tolerance_m)
    return made.ends, made.insides, made.apart, parts(made.extract)


def test_ends_within_the_tolerance_are_joined_and_others_not() -> None:
    gap = [[(0, 0), (1000, 0)], [(1003, 0), (2000, 0)]]
    assert counts(gap, 2.9) == (0, 0, 0, 2)
    assert counts(gap, 3.1) == (1, 0, 0, 1)
    made = join_ends(extract_of(gap), 5)
    assert made.largest_m == pytest.approx(3.0, abs=0.03)


def test_an_end_moves_to_the_junction_and_the_junction_stays() -> None:
    lines = [[(0, 0), (1000, 0)], [(1000, 0), (2000, 0)], [(1000, 3), (1000, 900)]]
    before, after = extract_of(lines), join_ends(extract_of(lines), 5).extract
    assert ways_of(after)[:2] == ways_of(before)[:2]
    assert ways_of(after)[2][0] == ways_of(before)[0][1]


def test_an_end_that_stops_short_of_a_line_splits_it() -> None:
    lines = [[(0, 0), (1000, 0)], [(400, 4), (400, 900)]]
    assert counts(lines, 3) == (0, 0, 0, 2)
    assert counts(lines, 5) == (0, 1, 0, 1)
    network = build_network(join_ends(extract_of(lines), 5).extract, name="t", source="t").network
    assert sorted(round(km, 2) for km in network.length_m / 1000) == [0.4, 0.6, 0.9]


def test_several_ends_on_one_piece_are_met_in_their_order() -> None:
    lines = [
        [(0, 0), (1000, 0)],
        [(700, 1), (700, 500)],
        [(300, -1), (300, -500)],
        [(500, 1), (500, 400)],
    ]
    made = join_ends(extract_of(lines), 2)
    assert made.insides == 3
    lon, _ = place_of(np.array(ways_of(made.extract)[0]))
    assert len(lon) == 5
    assert (np.diff(lon) > 0).all()


def test_an_end_near_a_corner_meets_the_corner() -> None:
    lines = [[(0, 0), (500, 0), (1000, 300)], [(500.1, -4), (500, -600)]]
    made = join_ends(extract_of(lines), 5)
    assert ways_of(made.extract)[0] == ways_of(extract_of(lines))[0]
    assert ways_of(made.extract)[1][0] == ways_of(made.extract)[0][1]


@pytest.mark.parametrize(
    "lines",
    [
        [[(0, 0), (3, 0)], [(1000, 0), (2000, 0)]],  # both ends of one short line
        [[(0, 0), (3, 0)], [(0, 0), (1000, 0)]],  # a stub along the road that it leaves
        [[(0, 0), (500, 0), (1000, 0)], [(500, 0), (500, 3)], [(500, 0), (500, -900)]],
        [[(0, 0), (500, 0), (1000, 0)], [(500, -900), (500, 0), (500, 4)]],  # a little beyond
    ],
)
def test_a_short_line_is_not_collapsed(lines: list[Line]) -> None:
    before = extract_of(lines)
    after = join_ends(before, 5)
    assert ways_of(after.extract) == ways_of(before)


def test_a_short_line_that_stands_near_another_is_joined_with_its_nearer_end() -> None:
    for foot_m in (0, 1):  # its one end lies on the road without meeting it, or stops short of it
        lines = [[(0, 0), (1000, 0)], [(500, foot_m), (500, foot_m + 3)]]
        made = join_ends(extract_of(lines), 5)
        road, short = ways_of(made.extract)
        assert made.insides == 1
        assert short == [road[1], ways_of(extract_of(lines))[1][1]]


def test_a_short_line_from_a_junction_beside_a_road_keeps_its_length() -> None:
    """The junction lies on the road, which has no point there; the end beside it is not laid on it."""
    lines = [[(0, 0), (1000, 0)], [(500, 0), (500, 3)], [(500, 0), (500, -900)]]
    before = extract_of(lines)
    assert ways_of(join_ends(before, 5).extract) == ways_of(before)


def test_a_short_line_between_two_others_keeps_its_length() -> None:
    """Its ends are joined to both sides though it is shorter than the tolerance."""
    lines = [[(0, 0), (1000, 0)], [(1001, 0), (1004, 0)], [(1005, 0), (2000, 0)]]
    made = join_ends(extract_of(lines), 5)
    assert parts(made.extract) == 1
    first, last = ways_of(made.extract)[1][0], ways_of(made.extract)[1][-1]
    assert first != last


def test_a_ring_whose_ends_miss_each_other_is_closed() -> None:
    ring = [[(0, 0), (500, 0), (500, 500), (0, 500), (0, 2)]]
    made = join_ends(extract_of(ring), 3)
    assert ways_of(made.extract)[0][0] == ways_of(made.extract)[0][-1]


def test_a_line_that_comes_back_to_itself_is_joined_to_its_inside() -> None:
    line = [[(0, 0), (1000, 0), (1000, 300), (500, 300), (500, 2)]]
    made = join_ends(extract_of(line), 3)
    assert (made.ends, made.insides) == (0, 1)


@pytest.mark.parametrize(
    ("tags", "joined"),
    [
        ({}, 1),
        ({0: BRIDGE}, 0),
        ({0: BRIDGE, 1: BRIDGE}, 1),
        ({1: {"tunnel": "yes"}}, 0),
        ({0: {"layer": "1"}, 1: {"layer": "1.0"}}, 1),
        ({0: {"layer": "roads_2025"}}, 1),
        ({0: {"bridge": "no", "layer": "0"}}, 1),
    ],
)
def test_lines_of_different_levels_do_not_meet(
    tags: dict[int, dict[str, str]], joined: int
) -> None:
    inside = [[(0, 0), (1000, 0)], [(400, 1), (400, 900)]]
    ends = [[(0, 0), (1000, 0)], [(1001, 0), (1400, 900)]]
    assert counts(inside, 2, tags) == (0, joined, 1 - joined, 2 - joined)
    assert counts(ends, 2, tags) == (joined, 0, 2 - 2 * joined, 2 - joined)


def test_a_road_meets_the_road_below_and_not_the_bridge_above() -> None:
    lines = [[(0, 0), (1000, 0)], [(0, 1), (1000, 1)], [(400, 1.4), (400, 900)]]
    made = join_ends(extract_of(lines, {1: BRIDGE}), 2)
    assert (made.insides, made.apart) == (1, 4)  # four ends of the two long roads lie side by side
    assert len(ways_of(made.extract)[0]) == 3
    assert len(ways_of(made.extract)[1]) == 2


def test_no_chain_of_ends_reaches_farther_than_the_tolerance() -> None:
    fan = [[(4.0 * i, 0), (1000 * np.cos(i), 1000 * np.sin(i + 0.5))] for i in range(6)]
    made = join_ends(extract_of(fan), 5)
    before, after = ways_of(extract_of(fan)), ways_of(made.extract)
    for old, new in zip(before, after, strict=True):
        (lon, to_lon), (lat, to_lat) = place_of(np.array([old[0], new[0]]))
        assert geodesic_m(lon, lat, to_lon, to_lat)[0] <= 5


def test_what_is_told_names_counts_distance_and_what_is_left() -> None:
    lines = [[(0, 0), (1000, 0)], [(1003, 0), (2000, 0)], [(500, 8), (500, 700)]]
    made = join_ends(extract_of(lines, {1: {}}), 4)
    told = [what.en for what in told_of(made, 4)]
    assert told == [
        "Lines: 1 end joined to another end, 0 to a line beside, moved by 2.99 m at most (--join-m 4).",
        (
            "Lines: 1 loose end within 10 m of another end or line without touching it: no way leads "
            "over them. If they meet, --join-m 10 or less joins them."
        ),
    ]
    bridged = join_ends(extract_of(lines, {1: BRIDGE}), 4)
    assert (
        "Lines: 2 ends within 4 m of a line of another level" in next(iter(told_of(bridged, 4))).en
    )
    assert list(told_of(join_ends(extract_of(lines), HINT_M), HINT_M))[1:] == []


POINT = st.tuples(st.integers(0, 60), st.integers(0, 60))
LINE = st.lists(POINT, min_size=2, max_size=4, unique=True)
LINES = st.lists(LINE, min_size=1, max_size=7, unique_by=tuple)
TAGS = st.lists(st.sampled_from([{}, {}, BRIDGE]), min_size=7, max_size=7)


@given(lines=LINES, tags=TAGS, tolerance_m=st.sampled_from([1.5, 3.0, 8.0]), seed=st.randoms())
@settings(deadline=None, max_examples=200)
def test_the_order_of_the_rows_changes_nothing(
    lines: list[Line], tags: list[dict[str, str]], tolerance_m: float, seed: object
) -> None:
    order = list(range(len(lines)))
    seed.shuffle(order)
    here = join_ends(extract_of(lines, dict(enumerate(tags))), tolerance_m)
    turned = [lines[i] for i in order]
    there = join_ends(extract_of(turned, {k: tags[i] for k, i in enumerate(order)}), tolerance_m)
    assert (here.ends, here.insides, here.apart, here.largest_m) == (
        *(there.ends, there.insides, there.apart, there.largest_m),
    )
    found = ways_of(there.extract)
    assert ways_of(here.extract) == [found[order.index(i)] for i in range(len(lines))]


@given(lines=LINES, tags=TAGS, tolerance_m=st.sampled_from([1.5, 3.0, 8.0]))
@settings(deadline=None, max_examples=200)
def test_joining_only_moves_loose_ends_and_only_a_little(
    lines: list[Line], tags: list[dict[str, str]], tolerance_m: float
) -> None:
    """Every line keeps its points in order; ends move within the tolerance; nothing parts or collapses."""
    before = extract_of(lines, dict(enumerate(tags)))
    made = join_ends(before, tolerance_m)
    assert made.largest_m <= tolerance_m
    for old, new in zip(ways_of(before), ways_of(made.extract), strict=True):
        kept = iter(new)
        assert all(node in kept for node in old[1:-1])
        for a, b in ((old[0], new[0]), (old[-1], new[-1])):
            (lon, to_lon), (lat, to_lat) = place_of(np.array([a, b]))
            assert geodesic_m(lon, lat, to_lon, to_lat)[0] <= 2 * tolerance_m
        assert len(set(new)) > 1
    for (a, b), (c, d) in combinations(
        list(
            zip([w[0] for w in ways_of(before)], [w[0] for w in ways_of(made.extract)], strict=True)
        ),
        2,
    ):
        assert a != c or b == d  # ends that met still meet
    assert parts_or_none(made.extract) <= parts_or_none(before)


def parts_or_none(extract: OsmExtract) -> int:
    return parts(extract)


@given(lines=LINES)
@settings(deadline=None, max_examples=50)
def test_nothing_is_joined_at_tolerance_zero(lines: list[Line]) -> None:
    before = extract_of(lines)
    made = join_ends(before, 0)
    assert made.extract is before
    assert (made.ends, made.insides, made.apart, made.largest_m) == (0, 0, 0, 0.0)
