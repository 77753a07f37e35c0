"""Ends put on the road, and what is told of how they lie there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from network.landings import divided, landed, point
from towns import NORTH, WEST, town

from cmcoord_geo.errors import SnapError
from cmcoord_geo.i18n import Said
from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.coordinates import Reading
from cmcoord_geo.network.landing import Landing
from cmcoord_geo.network.traffic import Traffic


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


def test_at_a_closed_road_the_refusal_names_it_and_what_closes_it() -> None:
    network = town("A----B\n\nC----D", roads={"C-D": {"note": "closes: access=private"}})
    masks = np.array([0 if key == "C-D" else 63 for key in network.segment_ids], dtype=np.uint8)
    length = len(network)
    traffic = Traffic(
        names=("",) * length, forward=masks, backward=masks, duration_s=np.full(length, np.nan)
    )
    with pytest.raises(SnapError, match=r"limit 200 m\).*by the map \(access=private\)"):
        landed(replace(network, traffic=traffic), point(2500, -1990), limit_m=200)


def test_an_id_that_a_node_elsewhere_has_is_not_taken() -> None:
    network = town("A----B")
    (found,) = landed(network, replace(point(2500, 0), spot_id="B"))
    assert found.stop.stop_id not in network.node_index
    (at_a,) = landed(network, replace(point(0, 0), spot_id="B"))
    assert at_a.stop.stop_id not in network.node_index
    (there,) = landed(network, replace(point(5000, 0), spot_id="B"))
    assert there.stop.stop_id == "B"


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


def test_a_fragment_is_passed_over_for_a_road_near_by_and_told() -> None:
    network = town("A--B\n\nC--------------------D", cell_m=100)
    (found,) = landed(network, point(150, -50))
    assert network.segment_ids[found.stop.segment] == "C-D"
    assert [what.en.partition(", is nearer")[0] for what in found.told] == [
        *("X: put on the road C–D, 149 m away.", "X: the road A–B, 50 m away"),
    ]
    assert "only a fragment (300 m)" in found.told[1].en
    (there,) = landed(network, point(150, -50), limit_m=100)
    assert network.segment_ids[there.stop.segment] == "A-B"
    wide = town("A--B\n\nC--------------------D", cell_m=400)
    (there,) = landed(wide, point(600, -50))
    assert wide.segment_ids[there.stop.segment] == "A-B"  # 1.2 km are no fragment


def test_too_far_with_another_reading_at_a_road_shows_it() -> None:
    network = town("A--B")
    there = Reading(how=Said(fr="autrement", en="otherwise"), lon=WEST + 0.01, lat=NORTH)
    spot = replace(point(2500, 50_000), others=(replace(there, lat=NORTH + 1), there))
    with pytest.raises(SnapError) as caught:
        landed(network, spot)
    assert str(caught.value).endswith(
        "But otherwise, the point would be 0 m from A–B. If that is the point, write 7.0, 20.01."
    )
    with pytest.raises(SnapError, match="nearer to a road"):
        landed(network, replace(spot, others=spot.others[:1]))
