"""What cuts a trip only at once: shared crossings, and two or three roads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ascii_town import Road
from hypothesis import assume, given, settings
from planning.grids import GRIDS, Grid
from planning.worlds import CONFIG, request, situation, surveyed
from towns import town

from cmcoord_geo.facts import Crossing
from cmcoord_geo.i18n import Said
from cmcoord_geo.model import JointCut, ViaPoint
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.planning.cuts import cut_roads, joint_cuts
from cmcoord_geo.planning.ways import Ways, find_ways


def bridge(*segments: str, key: str = "CR", kind: str = "bridge") -> Crossing:
    """A crossing on several roads, at km 1 of each."""
    return replace(
        bundled_network().crossings[0],
        crossing_id=key,
        kind=kind,
        name=Said(fr=f"Pont {key}", en=f"Bridge {key}"),
        at_km=dict.fromkeys(segments, 1.0),
    )


def told(
    network: RoadNetwork, origin: str, destination: str, *via: str
) -> tuple[Ways, tuple[JointCut, ...]]:
    asked = request(origin, destination)
    stops = tuple(ViaPoint(place_id=key) for key in via)
    here = situation(network, asked=replace(asked, via=stops))
    exposure = np.ones(len(network), dtype=np.int64)
    ways = find_ways(network, here.passable, exposure, *here.stops, config=CONFIG.route)
    cuts = cut_roads(network, here.passable, ways.options[0], ways.cuts)
    return ways, joint_cuts(network, here.passable, ways.together, cuts)


@settings(deadline=None, max_examples=25)
@given(GRIDS)
def test_without_them_no_way_within_the_bound_is_left(grid: Grid) -> None:
    assume(any(True for _ in grid.ways()))
    exposure = np.array(grid.exposure)
    ways = find_ways(grid.network, grid.passable, exposure, *grid.ends, config=CONFIG.route)
    every = set(grid.ways())
    limit = 1.8 * min(grid.cost(way)[0] for way in every)
    close = [set(way) for way in every if grid.cost(way)[0] <= limit]
    for loss in ways.together:
        assert 2 <= len(loss.segments) <= 3
        assert not any(way.isdisjoint(loss.segments) for way in close)
        left = [way for way in every if set(way).isdisjoint(loss.segments)]
        detour = sum(round(float(grid.passable.mid_s[arc // 2])) for arc in loss.detour)
        assert detour == min((grid.cost(way)[0] for way in left), default=0)
        if len(loss.segments) == 2 and not ways.cuts:
            for segment in loss.segments:
                assert any(segment not in way for way in close)


def test_two_roads_at_once_are_named_with_what_is_left() -> None:
    """From A to D both sides of the square are as long; without both there is the long round by X."""
    square = "A-B\n| |\nC-D"
    ways, (cut,) = told(town(square, cell_m=20_000), "A", "D")
    assert ways.cuts == ()
    assert cut.segment_ids == ("A-B", "A-C")
    assert [name.fr for name in cut.names] == ["A–B", "A–C"]
    assert (cut.is_crossing, cut.detour_km, cut.detour_h) == (False, None, None)


def test_a_round_beyond_the_bound_is_no_third_road() -> None:
    square, far = "A-B\n| |\nC-D", Road("A", "D", 600_000.0)
    long = town(square, cell_m=20_000, more=[far])
    _, (cut,) = told(long, "A", "D")
    assert set(cut.segment_ids) == {"A-B", "A-C"}
    assert cut.detour_km == pytest.approx(600)


def test_a_bridge_that_both_roads_use_is_the_one_crossing() -> None:
    """B-D and C-D meet at D over one bridge: neither road is a cut, the bridge is."""
    square = town("A-B\n| |\nC-D", cell_m=20_000, crossings=(bridge("B-D", "C-D"),))
    ways, (cut,) = told(square, "A", "D")
    assert ways.cuts == ()
    assert (cut.names, cut.is_crossing) == ((Said(fr="Pont CR", en="Bridge CR"),), True)
    assert set(cut.segment_ids) == {"B-D", "C-D"}
    assert cut.detour_km is None


def test_on_a_map_the_streets_of_the_town_itself_are_no_cut() -> None:
    """A and C lie 1 km apart and are one town: the two streets to B and D leave it, not those of A."""
    drawing = "A-----------B\n|           |\nC-----------D"
    network = surveyed(town(drawing, cell_m=500))
    _, (cut,) = told(network, "A", "D")
    assert set(cut.segment_ids) == {"A-B", "C-D"}
    assert all("A à B" in name.fr or "C à D" in name.fr for name in cut.names)
    near = surveyed(town("A-B\n| |\nC-D", cell_m=500))
    assert told(near, "A", "D")[1] == ()


def test_a_checkpoint_on_both_roads_cuts_nothing() -> None:
    post = bridge("B-D", "C-D", kind="checkpoint")
    _, (cut,) = told(town("A-B\n| |\nC-D", cell_m=20_000, crossings=(post,)), "A", "D")
    assert not cut.is_crossing
    assert len(cut.names) == 2


def test_three_roads_of_which_a_bridge_takes_two_are_two() -> None:
    """Three ways from A to D; the bridge counts once beside the third road."""
    third = Road("A", "D", 80_000.0)
    square = "A-B\n| |\nC-D"
    _, (apart,) = told(town(square, cell_m=20_000, more=[third]), "A", "D")
    assert len(apart.names) == 3
    over = bridge("A-B", "A-C")
    _, (cut,) = told(town(square, cell_m=20_000, more=[third], crossings=(over,)), "A", "D")
    assert [name.en for name in cut.names] == ["A–D", "Bridge CR"]
    assert set(cut.segment_ids) == {"A-B", "A-C", "A-D"}


def test_a_bridge_that_two_parts_need_is_lost_for_both() -> None:
    """From B by D to C: each part has a way round by A that the trip can bear, both together it cannot."""
    over = bridge("B-D", "C-D")
    square = town(
        "A-B\n| |\nC-D", cell_m=10_000, more=[Road("A", "D", 30_000.0)], crossings=(over,)
    )
    ways, (cut,) = told(square, "B", "C", "D")
    assert ways.cuts == ()
    assert (cut.is_crossing, cut.detour_km) == (True, pytest.approx(100))


def test_a_bridge_within_a_road_that_is_cut_for_the_whole_trip_is_told_with_it() -> None:
    """Nothing but C-D leads to D, over the bridge: the road says it."""
    spur = town("A-B\n| |\nC-E\n|\nD", cell_m=20_000, crossings=(bridge("C-D", "C-E"),))
    ways, joint = told(spur, "A", "E", "D")
    assert "C-D" in {spur.segment_ids[cut.segment] for cut in ways.cuts}
    assert joint == ()


def test_roads_that_cut_one_part_are_lost_for_the_others_too() -> None:
    """To D and back to E: without both roads at A, out and back go round by the far road."""
    far = Road("A", "D", 600_000.0)
    network = town("E-A-B\n  | |\n  C-D", cell_m=20_000, more=[far])
    ways, _ = told(network, "A", "E", "D")
    (loss,) = ways.together
    assert {network.segment_ids[segment] for segment in loss.segments} == {"A-B", "A-C"}
    assert network.length_m[loss.detour // 2].sum() == pytest.approx(1_240_000)


def test_pairs_are_not_told_beside_a_single_cut() -> None:
    """From A over the one road to B, then the square."""
    lollipop = town("A-B-C\n  | |\n  D-E", cell_m=20_000)
    ways, joint = told(lollipop, "A", "E")
    assert ways.cuts
    assert joint == ()


def test_the_bridge_of_bambari_carries_both_roads_to_the_east() -> None:
    _, joint = told(bundled_network(), "BSB", "GMB")
    (cut,) = (cut for cut in joint if cut.is_crossing)
    assert "Bambari" in cut.names[0].fr
    assert cut.detour_km is not None
    assert cut.detour_km > 1000
