"""Places and positions looked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError, UnknownPlaceError
from cmcoord_geo.service.lookup import look_up
from cmcoord_geo.service.networks import build_network_file


@pytest.fixture(scope="module")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("osm")
    build_network_file([write_world(folder / "w.osm")], folder / "w.network", version="1")
    return folder / "w.network"


def test_a_town_is_told_in_every_notation() -> None:
    (found,) = look_up("ndele").locations
    assert (found.place_id, found.prefectures) == ("NDL", ("Bamingui-Bangoran",))
    assert found.utm.startswith("34P ")
    assert found.mgrs.startswith("34P")
    assert (found.road, found.away_m) == ("", None)


def test_two_places_are_both_shown() -> None:
    assert [place.place_id for place in look_up("Sido").locations] == ["MSI", "SID"]


def test_on_a_network_the_nearest_road_is_named(roads: Path) -> None:
    (found,) = look_up("5.703, 20.61", network=roads).locations
    assert (found.road, round(found.away_m)) == ("RN2", 332)
    assert (found.prefectures, found.is_outline) == (("Ouaka",), True)
    assert "7 km" in found.where.en or "10 km" in found.where.en
    (village,) = look_up("village essai", network=roads).locations
    assert village.kind.en == "village"
    (far,) = look_up("Bangui", network=roads).locations
    assert (far.road, far.away_m) == ("", None)


def test_what_cannot_be_meant_is_refused(roads: Path) -> None:
    with pytest.raises(DataError, match="In the other order"):
        look_up("20.61, 5.703", network=roads)
    with pytest.raises(UnknownPlaceError, match="Ville-Essai"):
        look_up("Vile Esai", network=roads)
