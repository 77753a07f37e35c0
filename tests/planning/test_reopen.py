"""What would have to open where no way is left, and the gap between two islands (H22)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ascii_town import Road
from hypothesis import assume, given, settings
from planning.grids import GRIDS, Grid
from planning.worlds import AS_OF, CONFIG, picture, request, situation, surveyed
from towns import town

from cmcoord_geo.errors import NoRouteError
from cmcoord_geo.model import RoadStatus
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.planning.plan import plan_movement
from cmcoord_geo.planning.reopen import gap, least_closed


def closures(*segments: str) -> tuple[RoadStatus, ...]:
    return tuple(
        RoadStatus(report_id=f"R{i}", segment_id=key, state="closed", reported_at=AS_OF)
        for i, key in enumerate(segments)
    )


def refusal(network: RoadNetwork, *closed: str) -> NoRouteError:
    with pytest.raises(NoRouteError) as caught:
        plan_movement(picture(network, status=closures(*closed)), request("A", "D"), CONFIG)
    return caught.value


@settings(deadline=None, max_examples=40)
@given(GRIDS)
def test_fewest_closed_roads_then_the_shortest_way(grid: Grid) -> None:
    every = replace(grid, closed=frozenset())
    assume(any(True for _ in every.ways()))
    way = least_closed(grid.network, grid.passable, *grid.ends)
    figures = [
        (len(grid.closed & set(segments)), sum(grid.km[segment] for segment in segments))
        for segments in every.ways()
    ]
    own = [segment for segment, _ in way]
    assert (len(grid.closed & set(own)), sum(grid.km[segment] for segment in own)) == min(figures)


def test_the_least_to_reopen_is_named_beside_the_shortest_way() -> None:
    """Two closed roads on the short side of the square, one on the long one."""
    long = {"C-D": {"length_m": 200_000.0}, "A-C": {"length_m": 200_000.0}}
    square = town("A-B\n| |\nC-D", cell_m=20_000, roads=long)
    error = refusal(square, "A-B", "B-D", "C-D")
    (cut,) = error.cut
    assert cut.startswith("C–D: ")
    assert "The least to reopen: C–D" in error.said.en
    assert "On the shortest way: A–B" in error.said.en
    assert "Le moins à rouvrir" in error.said.fr


def test_where_both_are_one_it_is_told_once() -> None:
    error = refusal(town("A-B-D", cell_m=20_000), "B-D")
    assert error.said.en.count("B–D") == 1
    assert len(error.cut) == 1


def test_on_a_map_the_shortest_closed_length_counts_not_the_pieces() -> None:
    drawing = "A-B\n| |\nC-D"
    square = surveyed(town(drawing, cell_m=20_000, roads={"C-D": {"length_m": 100_000.0}}))
    here = situation(square, asked=request("A", "D"), status=closures("A-B", "B-D", "C-D"))
    way = least_closed(square, here.passable, *here.stops)
    assert [square.segment_ids[segment] for segment, _ in way] == ["A-B", "B-D"]


def test_islands_are_told_with_the_places_where_they_are_nearest() -> None:
    error = refusal(town("A-B\n\nC-D", cell_m=30_000))
    assert error.cut == ()
    assert "come nearest, A and C, they are" in error.said.en
    assert "même tout ouvert" in error.said.fr


def test_the_gap_is_the_smallest_between_all_pairs() -> None:
    """C hangs on A's side, and lies one cell from D."""
    apart = town("A--B--C D--E", cell_m=10_000)
    ends = apart.node_index["A"], apart.node_index["E"]
    found = gap(apart, *ends)
    assert found is not None
    start, end, km = found
    assert (apart.node_ids[start], apart.node_ids[end]) == ("C", "D")
    assert km == pytest.approx(20, rel=0.02)
    assert gap(apart, ends[0], apart.node_index["C"]) is None


def test_one_way_roads_are_no_gap_and_nothing_to_reopen() -> None:
    """From A to D the only road leads the other way."""
    street = surveyed(town("D-A", cell_m=20_000), oneway="D-A")
    error = refusal(street)
    assert error.cut == ()
    assert "one-way" in error.said.en
    assert "sens uniques" in error.said.fr


def test_nothing_is_closed_where_a_way_is_open() -> None:
    square = town("A-B\n| |\nC-D", cell_m=20_000, more=[Road("A", "D", 10_000.0)])
    here = situation(square, asked=request("A", "D"), status=closures("A-D"))
    way = least_closed(square, here.passable, *here.stops)
    assert all(here.passable.is_open[segment] for segment, _ in way)
