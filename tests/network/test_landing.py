"""Ends put on the road, and what is told of how they lie there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.errors import SnapError
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.landing import Ground, Landing, land
from cmcoord_geo.network.rivers import Rivers
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.network.spots import Spot
from cmcoord_geo.network.traffic import Traffic


def point(x_m: float, y_m: float, name: str = "X") -> Spot:
    """Point so many metres east and north of the upper left corner of a drawing."""
    return Spot(spot_id=name, name=name, lon=WEST + x_m / DEGREE_M, lat=NORTH + y_m / DEGREE_M)


def landed(network: RoadNetwork, *spots: Spot, limit_m: float = 2000.0) -> tuple[Landing, ...]:
    is_open = np.ones(2 * len(network), dtype=bool)
    if network.traffic is not None:
        is_open = network.traffic.arcs_open([0])
    index = RoadIndex(network, is_wanted=is_open[::2] | is_open[1::2])
    return land(Ground(network=network, index=index, is_open=is_open, limit_m=limit_m), spots)


def test_a_spot_falls_on_its_road_and_is_told_how_far() -> None:
    (found,) = landed(town("A----B"), point(2500, 300))
    assert found.stop.fraction == pytest.approx(0.5, abs=1e-6)
    assert found.away_m == pytest.approx(300, rel=0.01)
    assert [what.en for what in found.told] == ["X: put on the road A–B, 299 m away."]


def test_beside_the_road_nothing_is_told() -> None:
    (found,) = landed(town("A----B"), point(2500, 15))
    assert found.told == ()


def test_too_far_is_refused() -> None:
    with pytest.raises(SnapError, match=r"X is 29\d m .*limit 200 m"):
        landed(town("A----B"), point(2500, 300), limit_m=200)


def test_an_id_that_a_node_elsewhere_has_is_not_taken() -> None:
    network = town("A----B")
    (found,) = landed(network, replace(point(2500, 0), spot_id="B"))
    assert found.stop.stop_id not in network.node_index
    (there,) = landed(network, replace(point(5000, 0), spot_id="B"))
    assert there.stop.stop_id == "B"


def divided(*, joined: bool = True) -> RoadNetwork:
    """A road of two carriageways 80 m apart, the northern one eastwards, linked in the east or not."""
    network = town("A----B\n|    |\nC----D", cell_m=40, route_ref="RN1")
    mask = {"A-B": (1, 0), "C-D": (0, 1), "A-C": (1, 1), "B-D": (1, 1) if joined else (0, 0)}
    forward, backward = zip(*(mask[key] for key in network.segment_ids), strict=True)
    traffic = Traffic(
        names=("",) * 4,
        forward=np.array(forward, dtype=np.uint8),
        backward=np.array(backward, dtype=np.uint8),
        duration_s=np.full(4, np.nan),
    )
    return replace(network, traffic=traffic)


def ways(landings: tuple[Landing, ...], network: RoadNetwork) -> list[str]:
    return [network.segment_ids[landing.stop.segment] for landing in landings]


def test_between_two_carriageways_both_are_told_and_the_nearer_is_taken() -> None:
    network = divided()
    found = landed(network, point(100, -30), point(0, -40, "Y"))
    assert ways(found, network) == ["A-B", "A-C"]
    (told,) = found[0].told
    assert told.en == (
        "X lies between the two carriageways of RN1: put on the one that leads east, 30 m away; "
        "the other is 50 m away. The way depends on the side."
    )
    assert "celle qui va vers l’est" in found[0].told[0].fr


def test_the_side_is_taken_from_which_a_way_leads() -> None:
    network = divided(joined=False)
    found = landed(network, point(100, -30), point(0, -40, "Y"))
    assert ways(found, network) == ["C-D", "A-C"]
    assert "put on the one that leads west, 50 m away, as the other, 30 m" in found[0].told[0].en
    back = landed(network, point(0, -40, "Y"), point(100, -50))
    assert ways(back, network) == ["A-C", "A-B"]  # the southern one is reached from nowhere


@pytest.mark.parametrize(("x_m", "y_m"), [(100, 30), (100, -110), (100, -1)])
def test_beside_a_divided_road_or_on_it_is_not_between(x_m: float, y_m: float) -> None:
    found = landed(divided(), point(x_m, y_m))
    assert not any("carriageways" in what.en for what in found[0].told)


def test_a_river_between_a_spot_and_its_road_is_told_with_the_road_on_this_side() -> None:
    river = np.array([[WEST - 0.1, NORTH - 0.002], [WEST + 0.1, NORTH - 0.002]])
    network = town("A----B\n\nC----D", cell_m=1000)
    network = replace(network, rivers=Rivers.of([("Ouaka", river)]))
    (found,) = landed(network, point(2500, -800))
    assert [what.en for what in found.told[1:]] == [
        "A river (Ouaka) lies between X and the road A–B (797 m). Is there a crossing?",
        "X: on the same side of the river the nearest road is C–D, 1196 m away.",
    ]
    (found,) = landed(network, point(2500, -800), limit_m=1000)
    assert found.told[2].en == (
        "X: on the same side of the river no road open to this convoy lies within 1000 m."
    )
    (found,) = landed(network, point(2500, -1500))
    assert len(found.told) == 1


def test_without_rivers_of_its_own_a_network_has_the_rough_ones() -> None:
    network = town("A----B")
    moved = replace(network, lon=network.lon - 1.44, lat=network.lat - 2.66)
    moved = replace(moved, lines=tuple(line - (1.44, 2.66) for line in network.lines))
    spot = replace(point(2500, -8000), lon=WEST - 1.44 + 2500 / DEGREE_M, lat=4.24)
    (found,) = landed(moved, spot, limit_m=20_000)
    assert "A river (name not known) may lie between X and the road A–B" in found.told[1].en
    assert "to within 2 km" in found.told[1].en


def test_an_island_is_told_for_the_smaller_part_with_the_nearest_linked_road() -> None:
    network = town("A--B\n\nC----------D", cell_m=500)
    found = landed(network, point(500, 100), point(2500, -1000, "Y"))
    assert [what.en for what in found[0].told[1:]] == [
        (
            "X lies on an island of 1.5 km of roads, without a link to the roads of the other end "
            "on this network."
        ),
        "X: the nearest linked road is C–D, 1096 m away; give a point on it if it can be reached.",
    ]
    assert found[1].told == ()
    assert landed(network, point(500, 0), point(1000, 0, "Y"))[0].told == ()
