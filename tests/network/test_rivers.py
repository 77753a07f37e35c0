"""Rivers between points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.columns import Texts
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.rivers import SIMPLER, Rivers, simpler, sketched_rivers

OUAKA = np.array([[20.0, 5.0], [20.0, 6.0]])
KOTTO = np.array([[21.0, 5.0], [21.0, 6.0]])
RIVERS = Rivers.of([("Ouaka", OUAKA), ("Kotto", KOTTO)])


def test_the_river_between_two_points() -> None:
    a = np.array([[19.9, 5.5], [20.9, 5.5], [20.1, 5.5], [19.9, 6.5]])
    b = np.array([[20.1, 5.5], [21.1, 5.6], [20.9, 5.5], [20.1, 6.5]])
    assert RIVERS.between(a, b).tolist() == [0, 1, -1, -1]


def test_a_point_on_the_bank_is_not_across() -> None:
    assert RIVERS.between(np.array([[20.0, 5.5]]), np.array([[20.1, 5.5]])).tolist() == [-1]


def test_without_rivers_nothing_lies_between() -> None:
    assert Rivers.of([]).between(OUAKA[:1], KOTTO[:1]).tolist() == [-1]
    assert len(Rivers.of([("a point", OUAKA[:1])])) == 0


@given(st.lists(st.tuples(st.floats(20, 20.1), st.floats(5, 5.1)), min_size=2, max_size=30))
@settings(deadline=None)
def test_a_simpler_line_stays_near(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    short = simpler(line)
    assert 2 <= len(short) <= len(line)
    assert short[0].tolist() == line[0].tolist()
    assert short[-1].tolist() == line[-1].tolist()
    assert LineString(short).hausdorff_distance(LineString(line)) <= SIMPLER + 1e-9


@pytest.mark.parametrize(
    ("first", "count"), [([0, 2, 9], 2), ([0, 2, 4], 1), ([1, 2, 4], 2), ([0, 3, 4], 2)]
)
def test_columns_that_do_not_fit_are_refused(first: list[int], count: int) -> None:
    points = np.vstack([OUAKA, KOTTO])
    with pytest.raises(DataError, match="rivers"):
        Rivers(names=Texts.of("x" * count), lines=Lines(points, np.array(first)))


def test_the_base_map_knows_the_ubangi() -> None:
    south_of_bangui, zongo = np.array([[18.55, 4.40]]), np.array([[18.62, 4.27]])
    assert sketched_rivers().between(south_of_bangui, zongo)[0] >= 0
