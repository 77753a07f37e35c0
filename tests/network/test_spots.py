"""What a word means on a network: one place, a question back, or nothing, and never a guess (LP1, H5)."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osm_world import write_world
from shared_data import shared
from towns import town

from cmcoord_geo.errors import DataError, UnknownPlaceError
from cmcoord_geo.facts import places
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.network.gazetteer import NamedPlace, OwnPlaces
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.osm.tables import place_names
from cmcoord_geo.network.spots import find_spot, known_spot, spots_named
from cmcoord_geo.network.whereabouts import described

BBY = places()["BBY"]


def own(*rows: tuple[int, str, str, float, float]) -> RoadNetwork:
    """A drawn network with places: id, name, kind, longitude and latitude."""
    each = [
        NamedPlace(place_id=f"p{i}", name=name, kind=kind, lon=lon, lat=lat)
        for i, name, kind, lon, lat in rows
    ]
    return replace(town("A--B"), places=OwnPlaces.of(each))


def test_a_place_of_the_map_is_found_though_no_road_bears_its_name() -> None:
    spot = find_spot(own((7, "Ngbélé", "hamlet", 20.5, 6.5)), "NGBELE")
    assert (spot.spot_id, spot.name, spot.kind, spot.lon) == ("p7", "Ngbélé", "hamlet", 20.5)


def test_one_place_in_both_is_no_question_and_lies_where_the_map_has_it() -> None:
    network = own((7, "Bambari", "town", BBY.lon + 0.02, BBY.lat))
    spot = find_spot(network, "bambari")
    assert (spot.spot_id, spot.lon) == ("BBY", pytest.approx(BBY.lon + 0.02))
    assert "2.2 km from the point of the gazetteer" in spot.told[0].en
    near = own((7, "Bambari", "town", BBY.lon + 0.001, BBY.lat))
    assert find_spot(near, "bambari").told == ()


def test_two_places_of_one_name_are_asked_back_with_what_tells_them_apart() -> None:
    network = own((7, "Bambari", "hamlet", 17.0, 6.0))
    with pytest.raises(UnknownPlaceError) as caught:
        find_spot(network, "Bambari")
    assert caught.value.is_ambiguous
    assert caught.value.candidates == ("Bambari [BBY]", "Bambari [p7]")
    assert "(hamlet, 54 km north-east of Bossemptélé: 6.00000, 17.00000) [p7]" in str(caught.value)
    assert "hameau, à 54 km de Bossemptélé vers le nord-est" in caught.value.said["fr"]
    for key in ("BBY", "p7"):
        assert find_spot(network, key).spot_id == key


def test_two_nodes_of_the_map_for_one_place_are_one_and_the_heavier_stays() -> None:
    twins = own((7, "Kava", "hamlet", 20.0, 7.0), (8, "Kava", "town", 20.005, 7.0))
    assert find_spot(twins, "Kava").spot_id == "p8"
    apart = own((7, "Kava", "hamlet", 20.0, 7.0), (8, "Kava", "town", 20.05, 7.0))
    with pytest.raises(UnknownPlaceError):
        find_spot(apart, "Kava")


def test_a_junction_that_bears_the_name_stands_for_the_place() -> None:
    network = own((7, "B", "town", 20.0271, 7.0), (8, "A", "town", 20.1, 7.0))
    assert find_spot(network, "B").spot_id == "B"
    assert find_spot(network, "A").spot_id == "p8"  # its junction is 11 km away


def test_a_network_without_places_answers_with_its_nodes() -> None:
    assert find_spot(town("A--B"), "b").spot_id == "B"


def test_no_fit_brings_the_nearest_spellings_of_both() -> None:
    network = own((7, "Ngbélétima", "hamlet", 20.5, 6.5), (8, "Bambari", "town", BBY.lon, BBY.lat))
    for asked, near in (("Ngbeletina", "Ngbélétima"), ("Bambarri", "Bambari")):
        with pytest.raises(UnknownPlaceError) as caught:
            find_spot(network, asked)
        assert not caught.value.is_ambiguous
        assert caught.value.candidates.count(near) == 1
    with pytest.raises(UnknownPlaceError) as caught:
        find_spot(network, "zzzzzz")
    assert caught.value.candidates == ()


def test_a_position_and_its_doubt() -> None:
    spot = find_spot(town("A--B"), "34NGM 28 82")
    assert spot.kind == "position"
    assert spot.told[0].en.endswith(
        "middle of a square of 1 km; the point may be 500 m from there in each direction."
    )
    assert find_spot(town("A--B"), "7.0, 20.01").told == ()
    with pytest.raises(DataError, match="In the other order"):
        find_spot(town("A--B"), "20.01, 7.0")


def test_far_from_car_a_place_is_told_as_far_away() -> None:
    spot = find_spot(own((7, "Valletta", "city", 14.51, 35.9)), "valletta")
    assert described(spot).en == "Valletta (city, far from CAR: 35.90000, 14.51000) [p7]"


@pytest.fixture(scope="module")
def real() -> RoadNetwork:
    """The bundled network with the 3,857 named places of the map of 2019."""
    each = []
    with shared("real/osm_nodes/osm_places_car_2019.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            tags = {"place": row["VALUE"], "name": row["NAME"], "name:en": row["NAME_EN"]}
            if names := place_names(tags):
                each.append(
                    NamedPlace(
                        place_id=f"p{row['ID']}", name=names[0], kind=row["VALUE"],
                        lon=float(row["LON"]), lat=float(row["LAT"]), other_names=names[1:],
                    )
                )  # fmt: skip
    return replace(bundled_network(), places=OwnPlaces.of(each))


def test_every_town_is_found_or_asked_back_on_the_real_map(real: RoadNetwork) -> None:
    """Measured on the map of 2019: 8 of 74 names belong to another place too, such as Ouango or Boali."""
    asked = set()
    for place in places().values():
        assert find_spot(real, place.place_id).spot_id == place.place_id
        fits = spots_named(real, place.name)
        assert fits[0].spot_id == place.place_id
        if len(fits) > 1:
            asked.add(place.name)
    assert asked == {
        *("Bria", "Boali", "Mbrès", "Kembé", "Gambo", "Ouango", "Ouadda", "Bimbo"),
    }


def test_most_names_of_the_real_map_are_one_place(real: RoadNetwork) -> None:
    names = sorted(set(real.places.names))
    counts = np.array([len(spots_named(real, name)) for name in names])
    assert (counts >= 1).all()
    assert 0.05 < (counts > 1).mean() < 0.10  # 277 of 3,589


def test_the_map_has_most_towns_near_the_gazetteer(real: RoadNetwork) -> None:
    moved = [place for place in places().values() if known_spot(real, place).told]
    assert 10 < len(moved) < 40


def test_each_of_two_namesakes_can_be_chosen_by_the_id_that_is_shown(tmp_path: Path) -> None:
    """Two towns of one name: the first bears the bare name as node id, which is no choice."""
    nodes = {1: (20.60, 5.70), 2: (20.70, 5.70), 3: (20.80, 5.70)}
    tags = {n: {"place": "town", "name": "Rabat-Essai"} for n in (1, 3)}
    ways = {1: ([1, 2, 3], {"highway": "primary"}), 2: ([2, 4], {"highway": "track"})}
    nodes[4] = (20.70, 5.60)
    path = write_world(tmp_path / "w.osm", nodes=nodes, ways=ways, node_tags=tags)
    network = build_network(read_osm(path), name="w", source="w").network
    with pytest.raises(UnknownPlaceError) as caught:
        find_spot(network, "Rabat-Essai")
    ids = re.findall(r"\[([^\]]+)\]", caught.value.said.en)
    assert len(set(ids)) == 2
    found = [find_spot(network, key) for key in ids]
    assert sorted(round(spot.lon, 2) for spot in found) == [20.60, 20.80]
