"""Roads of which the map does not say a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flaw_world import GOOD, build_flaws_world
from towns import town

from cmcoord_geo.network.bare_roads import (
    are_nameless,
    are_of_unknown_access,
    are_of_unknown_surface,
    names_of,
    roads_of,
    ways_of,
)


def test_pieces_of_a_way_are_one_road(tmp_path: Path) -> None:
    """A road that another one cuts has two segments and one length."""
    built = build_flaws_world(
        tmp_path / "w.osm",
        spots={8: (1000.0, -800.0)},
        ways={70: ([7, 8], GOOD)},
    )
    network = built.network
    (road,) = roads_of(network, are_nameless(network), "nameless")
    assert road.segment_ids == ("w60.1", "w60.2")
    assert road.way_ids == (60,)
    assert road.length_m is not None
    assert abs(road.length_m - 2 * (1000**2 + 300**2) ** 0.5) < 2.0


def test_a_way_is_one_of_openstreetmap_only_where_the_licence_says_so(tmp_path: Path) -> None:
    network = build_flaws_world(tmp_path / "w.osm").network
    assert ways_of(network, [0]) != ()
    assert ways_of(replace(network, licence="CC BY 4.0"), [0]) == ()


def test_access_is_unknown_by_its_word_or_by_a_tag_that_nobody_knows() -> None:
    notes = {
        "A-B": {"note": "private; unknown"},
        "B-C": {"note": "closes: access=perhaps"},
        "C-D": {"note": "closes: access=no; private"},
    }
    network = town("A--B--C--D", roads=notes)
    told = dict(
        zip(network.segment_ids, are_of_unknown_access(network, {"access=perhaps"}), strict=True)
    )
    assert told == {"A-B": True, "B-C": True, "C-D": False}
    assert are_of_unknown_access(network, ()).sum() == 1


def test_a_ferry_has_no_surface() -> None:
    roads = {"A-B": {"surface": "unknown"}, "B-C": {"surface": "unknown", "road_class": "ferry"}}
    network = town("A--B--C", roads=roads)
    assert [network.segment_ids[i] for i in are_of_unknown_surface(network).nonzero()[0]] == ["A-B"]


def test_names_come_by_their_length(tmp_path: Path) -> None:
    network = build_flaws_world(tmp_path / "w.osm").network
    by_way = [network.segment_index[key] for key in ("w31", "w40", "w30", "w50")]
    assert names_of(network, by_way) == ("Route au doute", "Route étrange", "Route du bout")
    assert names_of(town("A--B"), [0]) == ("A–B",)
    assert not are_nameless(town("A--B")).any()
