"""Roads by one word, as the tables of road status name them."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import bundled_network
from cmcoord_geo.network.asked_roads import forbidden_road
from cmcoord_geo.network.osm.build import build_network


@pytest.mark.parametrize("word", ["L043", " L043 ", "Grimari–Bambari", "bambari - grimari"])
def test_a_link_by_its_id_or_its_places(word: str) -> None:
    assert forbidden_road(bundled_network(), word).segment_ids == ("L043",)


def test_every_segment_of_a_numbered_road() -> None:
    network = bundled_network()
    found = forbidden_road(network, "rn2").segment_ids
    expected = [
        key for key, ref in zip(network.segment_ids, network.route_ref, strict=True) if ref == "RN2"
    ]
    assert list(found) == expected
    assert len(found) > 5


def test_the_road_between_two_places_that_are_no_neighbours() -> None:
    network = bundled_network()
    found = forbidden_road(network, "Sibut-Bambari").segment_ids
    assert [network.title(network.segment_index[key]) for key in found] == [
        "Sibut–Grimari", "Grimari–Bambari",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "hint"), [("L0043", "L043"), ("Grimari–Bamabri", "Grimari–Bambari"), ("", "L001")]
)
def test_an_unknown_road_is_told_with_what_is_near(word: str, hint: str) -> None:
    with pytest.raises(DataError, match=hint):
        forbidden_road(bundled_network(), word)


def test_ways_of_openstreetmap_by_number(tmp_path: Path) -> None:
    world = read_osm(write_world(tmp_path / "w.osm"))
    network = build_network(world, name="w", source="w").network
    pieces = {key for key in network.segment_ids if key.startswith("w100.")}
    for word in ("w100", "100"):
        assert set(forbidden_road(network, word).segment_ids) == pieces
    one = sorted(pieces)[0]
    assert forbidden_road(network, one).segment_ids == (one,)
    with pytest.raises(DataError, match="999999"):
        forbidden_road(network, "999999")
