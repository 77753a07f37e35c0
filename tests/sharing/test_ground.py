"""Ground, roads and places that a product of a surveyed network shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from towns import town

from cmcoord_geo.network import RoadNetwork
from cmcoord_geo.network.gazetteer import NamedPlace, OwnPlaces
from cmcoord_geo.network.lines import Lines
from cmcoord_geo.network.traffic import Traffic, everybody
from cmcoord_geo.sharing import ground
from cmcoord_geo.sharing.ground import ground_view, network_places, shown_segments


def surveyed(
    drawing: str, *, names: dict[str, str] | None = None, shift: tuple[float, float] = (0, 0),
    **more: Any,
) -> RoadNetwork:  # fmt: skip
    network = town(drawing, **more)
    masks = np.full(len(network), everybody(), dtype=np.uint8)
    return replace(
        network,
        lon=network.lon + shift[0],
        lat=network.lat + shift[1],
        lines=Lines.of([np.asarray(line) + np.array(shift) for line in network.lines]),
        node_names=tuple((names or {}).get(key, "") for key in network.node_ids),
        traffic=Traffic(
            names=("Rue",) * len(network), forward=masks, backward=masks,
            duration_s=np.full(len(network), np.nan),
        ),
    )  # fmt: skip


def test_the_bundled_network_stands_on_the_country() -> None:
    assert ground_view(town("A--B")) is None


def test_a_district_has_its_own_extent_on_our_base_map() -> None:
    network = surveyed("A--B")
    found = ground_view(network)
    assert found is not None
    assert found.has_base
    west, south, east, north = found.extent or (0, 0, 0, 0)
    assert west < network.lon.min() < network.lon.max() < east
    assert south < network.lat.min() < north


def test_a_country_is_shown_whole() -> None:
    found = ground_view(surveyed("A------B", cell_m=120_000.0))
    assert found is not None
    assert (found.extent, found.has_base) == (None, True)


def test_elsewhere_there_is_no_base_map() -> None:
    found = ground_view(surveyed("A--B", shift=(-6, 29)))
    assert found is not None
    assert not found.has_base
    assert found.extent is not None


def test_a_small_network_shows_all_and_a_large_one_its_main_roads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roads = {"A-B": {"road_class": "trunk"}, "B-C": {"road_class": "track"}}
    network = surveyed("A--B--C--D", roads=roads, road_class="residential")
    assert shown_segments(network, ()).tolist() == [0, 1, 2]
    monkeypatch.setattr(ground, "_FEW_SEGMENTS", 2)
    shown = {network.segment_ids[i] for i in shown_segments(network, ())}
    assert shown == {"A-B", "C-D"}
    monkeypatch.setattr(ground, "_FEW_SEGMENTS", 1)
    assert [network.segment_ids[i] for i in shown_segments(network, ())] == ["A-B"]
    wanted = {network.segment_ids[i] for i in shown_segments(network, ["B-C", "gone"])}
    assert wanted == {"A-B", "B-C"}


def test_places_of_the_network_and_ends_of_movements() -> None:
    network = surveyed("A--B--C", names={"B": "Bourg"})
    assert [place.name for place in network_places(network, ())] == ["Bourg"]
    shown = network_places(network, [("A", "chez nous"), ("B", "Bourg")])
    assert [(place.place_id, place.name) for place in shown] == [("A", "chez nous"), ("B", "Bourg")]


def test_of_many_places_towns_and_those_on_shown_roads_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {"A": "Hameau A", "B": "Bourg", "C": "Hameau C", "D": "Hameau D"}
    bare = surveyed("A--B--C--D", names=names)
    town = NamedPlace(place_id="n1", name="Bourg", kind="town", lon=20.0, lat=6.0)
    network = replace(bare, places=OwnPlaces.of([town]))
    everything = [place.name for place in network_places(network, (), ["C-D"])]
    assert everything == ["Bourg", "Hameau C", "Hameau D", "Hameau A"]
    monkeypatch.setattr(ground, "_MOST_PLACES", 3)
    shown = [place.name for place in network_places(network, (), ["C-D"])]
    assert shown == ["Bourg", "Hameau C", "Hameau D"]
    assert [place.name for place in network_places(network, ())] == ["Bourg"]
