"""What lies between a spot and its road."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from network.landings import ground, landed, point
from shared_data import shared
from towns import DEGREE_M, NORTH, WEST, town

from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network.gaps import across, island, moved, shut_off
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.rivers import Rivers
from cmcoord_geo.network.traffic import Traffic
from cmcoord_geo.network.whereabouts import Spot


def test_a_short_way_to_the_road_is_not_told() -> None:
    drawn = ground(town("A----B"))
    for y_m, said in ((19, []), (300, ["X: put on the road A–B, 299 m away."])):
        spot = point(2500, y_m)
        feet = drawn.feet(spot, 2000)
        assert [what.en for what in moved(drawn, spot, feet[0], feet[:1])] == said
        assert list(across(drawn, spot, feet[0])) == []
        assert list(island(drawn, spot, feet[0], [])) == []


def test_a_river_between_a_spot_and_its_road_is_told_with_the_road_on_this_side() -> None:
    river = np.array([[WEST - 0.1, NORTH - 0.002], [WEST + 0.1, NORTH - 0.002]])
    network = town("A----B\n\nC----D", cell_m=1000)
    network = replace(network, rivers=Rivers.of([("Ouaka", river)]))
    (found,) = landed(network, point(2500, -800))
    assert [what.en for what in found.told[1:]] == [
        "A river (Ouaka) lies between X and the road A–B (797 m). Is there a crossing?",
        "X: on the same side of the river the nearest road is C–D, 1.2 km away.",
    ]
    (found,) = landed(network, point(2500, -800), limit_m=1000)
    assert found.told[2].en == (
        "X: on the same side of the river no road open to this convoy lies within 1 km."
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
        "X: the nearest linked road is C–D, 1.1 km away; give a point on it if it can be reached.",
    ]
    assert found[1].told == ()
    assert landed(network, point(500, 0), point(1000, 0, "Y"))[0].told == ()


def test_the_valira_is_told_on_the_real_map() -> None:
    extract = read_osm(shared("osm/andorra.osm.pbf"))
    network = build_network(extract, name="andorra", source="osm").network
    spot = Spot(spot_id="X", name="X", lon=1.554097, lat=42.517985)
    drawn = ground(network)
    told = [what.en for what in across(drawn, spot, drawn.feet(spot, 2000)[0])]
    assert told[0].startswith(
        "A river (Valira d'Orient) lies between X and the road without name (main road) (48 m)"
    )
    assert told[1].startswith("X: on the same side of the river the nearest road is")


def test_a_much_nearer_road_that_the_map_closes_is_told_with_its_tags() -> None:
    network = town(
        "A----B\n\nC----D", cell_m=1000, roads={"C-D": {"note": "closes: access=private"}}
    )
    masks = np.array([0 if key == "C-D" else 63 for key in network.segment_ids], dtype=np.uint8)
    traffic = Traffic(
        names=("",) * len(network), forward=masks, backward=masks,
        duration_s=np.full(len(network), np.nan),
    )  # fmt: skip
    drawn = ground(replace(network, traffic=traffic))
    for y_m, count in ((-1900, 1), (-900, 0)):
        spot = point(2500, y_m)
        told = list(shut_off(drawn, spot, drawn.feet(spot, 2000)[0]))
        assert len(told) == count
        if told:
            assert "national, 1" in told[0].en
            assert "closed to this convoy by the map (access=private)" in told[0].en
    (found,) = landed(replace(network, traffic=traffic), point(2500, -1900))
    assert len(found.told) == 2
