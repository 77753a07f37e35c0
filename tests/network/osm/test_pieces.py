"""Ways cut into pieces."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.network.osm.extract import OsmExtract
from cmcoord_geo.network.osm.pieces import cut_ways
from cmcoord_geo.units import line_length_m


def extract(ways: list[list[int]], *, missing: set[int] = frozenset()) -> OsmExtract:
    """Extract whose node ``n`` lies at 20 + n / 100 east, on a zigzag."""
    ids = np.array(sorted({ref for way in ways for ref in way} - missing), dtype=np.int64)
    sizes = [len(way) for way in ways]
    return OsmExtract(
        way_ids=np.arange(len(ways)) + 1,
        way_tags=np.zeros(len(ways), dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        refs=np.array([ref for way in ways for ref in way], dtype=np.int64),
        tags=((("highway", "primary"),),),
        names=("",) * len(ways),
        route_refs=("",) * len(ways),
        node_ids=ids,
        lon=20 + ids / 100,
        lat=5 + (ids % 2) / 100,
        node_tags={},
        places=(),
        osm_date="",
        unread_ways={},
    )


def ends(ways: list[list[int]], barriers: dict[int, int] | None = None, **more: object) -> list:
    found = cut_ways(extract(ways, **more), barriers or {})
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


@pytest.mark.parametrize(
    ("ways", "pieces"),
    [
        ([[1, 2, 3]], [(1, 3)]),
        ([[1, 2, 3], [2, 4]], [(1, 2), (2, 3), (2, 4)]),
        ([[1, 2, 3], [3, 4]], [(1, 3), (3, 4)]),
        ([[1, 2, 3, 1]], [(1, 1)]),
        ([[1, 2, 3, 4, 2]], [(1, 2), (2, 2)]),
        ([[1, 2], [2, 1]], [(1, 2), (2, 1)]),
        ([[1, 1, 2]], [(1, 2)]),
        ([[1, 2, 2, 3]], [(1, 3)]),
        ([[1]], []),
        ([], []),
    ],
)
def test_cuts(ways: list[list[int]], pieces: list[tuple[int, int]]) -> None:
    assert ends(ways) == pieces


def test_a_missing_node_leaves_a_gap() -> None:
    assert ends([[1, 2, 3, 4, 5]], missing={3}) == [(1, 2), (4, 5)]
    found = cut_ways(extract([[1, 2, 3]], missing={1, 2, 3}), {})
    assert (len(found.way), found.dangling) == (0, 3)


def test_a_barrier_on_the_way_has_a_stub() -> None:
    found = cut_ways(extract([[1, 2, 3]]), {2: 0})
    assert found.barrier.tolist().count(2) == 1
    assert len(found.way) == 3
    stub = int(np.flatnonzero(found.barrier)[0])
    assert found.length_m[stub] == pytest.approx(1.0, abs=0.02)


def test_a_barrier_at_a_dead_end_needs_none() -> None:
    found = cut_ways(extract([[1, 2]]), {2: 0})
    assert found.barrier.tolist() == [0]


way_lists = st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=6), max_size=6)


@given(way_lists, st.sets(st.integers(1, 12), max_size=3))
def test_nothing_is_lost_and_nothing_added(ways: list[list[int]], barriers: set[int]) -> None:
    found = cut_ways(extract(ways), dict.fromkeys(barriers, 0))
    spots = {n: (20 + n / 100, 5 + (n % 2) / 100) for n in range(1, 13)}
    total_m = sum(line_length_m([spots[n] for n in way]) for way in ways)
    assert found.length_m.sum() == pytest.approx(total_m, rel=1e-6)
    assert (found.length_m > 0).all()
    for i, length_m in enumerate(found.length_m):
        line = found.lonlat[found.first[i] : found.first[i + 1]]
        assert line_length_m(line) == pytest.approx(length_m, rel=1e-9)


@given(way_lists, st.integers(1, 12))
def test_no_way_leads_past_a_barrier(ways: list[list[int]], barrier: int) -> None:
    """Without its stubs, at most one piece touches a barrier."""
    found = cut_ways(extract(ways), {barrier: 0})
    touching = sum(
        (start == barrier) + (end == barrier)
        for start, end, stub in zip(found.start, found.end, found.barrier, strict=True)
        if not stub
    )
    assert touching <= 1
