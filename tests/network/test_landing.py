"""Ends put on the road, and what is told of how they lie there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.errors import SnapError
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.landing import Landing, land
from cmcoord_geo.network.snap import RoadIndex
from cmcoord_geo.network.spots import Spot


def point(x_m: float, y_m: float, name: str = "X") -> Spot:
    """Point so many metres east and north of the upper left corner of a drawing."""
    return Spot(spot_id=name, name=name, lon=WEST + x_m / DEGREE_M, lat=NORTH + y_m / DEGREE_M)


def landed(network: RoadNetwork, *spots: Spot, limit_m: float = 2000.0) -> tuple[Landing, ...]:
    return land(network, RoadIndex(network), spots, limit_m=limit_m)


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
