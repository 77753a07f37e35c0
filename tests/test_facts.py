"""The shipped tables, as the package reads them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cmcoord_geo import facts
from cmcoord_geo.errors import DataError
from cmcoord_geo.units import is_in_car_box

#: Cells (L091) and places with a contact point (L092) of the leaflet.
CELLS = {"ALI", "BBY", "BGU", "BGF", "BTF", "BOC", "BSN", "BOP", "IRO", "BIV", "KBD", "OBO", "PAO"}
CONTACTS = CELLS - {"BSN", "OBO"} | {"IMO", "BBT"}


def test_cells_and_contact_points_are_told_apart() -> None:
    """L091, L092: 13 each, 15 towns together; Zémio and Berbérati have no cell."""
    assert {key for key, place in facts.places().items() if place.has_cell} == CELLS
    assert {key for key, place in facts.places().items() if place.has_contact} == CONTACTS
    assert len(CELLS) == len(CONTACTS) == 13
    assert len(CELLS | CONTACTS) == 15


@pytest.mark.parametrize("place", facts.places().values(), ids=lambda place: place.place_id)
def test_places_are_whole(place: facts.Place) -> None:
    assert is_in_car_box(place.lon, place.lat)
    assert place.name
    assert all(place.alt_names)
    assert place.confidence in {"high", "medium", "low"}
    if place.country == "CAF":
        assert place.prefecture_2021
        assert place.prefecture_legacy
        assert place.season_zone in facts.season_zones()


def test_vehicles_are_in_the_order_in_which_roads_close() -> None:
    assert list(facts.vehicles()) == ["motorbike", "lv_4x4", "truck_6x6", "heavy_truck", "tanker"]
    found = list(facts.vehicles().values())
    assert [vehicle.rank for vehicle in found] == [0, 1, 2, 3, 4]
    assert [vehicle.gross_t for vehicle in found] == [0.35, 3.5, 20.0, 40.0, 44.0]
    assert all(vehicle.min_bridge_capacity_t >= vehicle.gross_t for vehicle in found)


def test_speeds_of_the_paper() -> None:
    """DOMAIN.md 5.4: 6x6 on laterite 35 dry and 22 wet, doubt 25 and 50 %."""
    truck = facts.vehicles()["truck_6x6"]
    assert (truck.kmh["laterite", "dry"], truck.kmh["laterite", "wet"]) == (35, 22)
    assert truck.doubt == {"dry": 0.25, "wet": 0.5}
    assert truck.name.fr == "Camion tout-terrain 6x6"


@pytest.mark.parametrize("vehicle", facts.vehicles().values(), ids=lambda v: v.vehicle_id)
def test_speeds_fall_with_the_surface_and_the_rain(vehicle: facts.Vehicle) -> None:
    for surface, worse in pairwise(facts.SURFACES):
        for season in ("dry", "wet"):
            assert vehicle.kmh[surface, season] >= vehicle.kmh[worse, season] >= 0
    for surface in facts.SURFACES:
        assert vehicle.kmh[surface, "dry"] >= vehicle.kmh[surface, "wet"]
    assert vehicle.kmh["paved", "wet"] > 0


def test_no_larger_vehicle_is_faster() -> None:
    found = list(facts.vehicles().values())
    for small, large in pairwise(found):
        if small.vehicle_id != "motorbike":
            assert all(large.kmh[key] <= small.kmh[key] for key in small.kmh)


def test_incident_classes() -> None:
    """H11: patrol credit for three classes, never for ordnance, which does not fade."""
    found = facts.incident_classes()
    assert {k for k, c in found.items() if c.has_patrol_credit} == {
        "ambush",
        "robbery",
        "checkpoint",
    }
    (ordnance,) = (entry for entry in found.values() if entry.is_ordnance)
    assert not ordnance.is_on_road
    assert not ordnance.has_patrol_credit
    assert ordnance.half_life_days == float("inf")
    letters = [entry.letter for entry in found.values()]
    assert len(letters) == len(set(letters))
    assert all(entry.half_life_days > 0 for entry in found.values())


def test_season_zones_lie_within_a_year() -> None:
    for zone in facts.season_zones().values():
        assert (1, 16) < zone.wet_from < zone.wet_to < (12, 15)
        assert zone.shoulder_days == 15


def test_crossings() -> None:
    found = {crossing.crossing_id: crossing for crossing in facts.crossings()}
    bombala = found["CR01"]
    assert bombala.at_km == {"L089": 97.0, "L090": None}
    assert (bombala.kind, bombala.capacity_t) == ("ferry", None)
    assert {crossing.kind for crossing in found.values()} == {"bridge", "ferry", "ford", "border"}
    assert {c.default_state for c in found.values()} <= {"running", "passable", "unknown"}


def test_tables_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(facts, "__file__", str(tmp_path / "cmcoord_geo" / "facts.py"))
    with pytest.raises(DataError, match="Install the package again"):
        facts.data_dir.__wrapped__()


def test_the_wheel_s_tables_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    folder = tmp_path / "cmcoord_geo" / "_data"
    for place in (folder, tmp_path / "data"):
        place.mkdir(parents=True)
        (place / "gazetteer.csv").touch()
    monkeypatch.setattr(facts, "__file__", str(tmp_path / "cmcoord_geo" / "facts.py"))
    assert facts.data_dir.__wrapped__() == folder.resolve()


def test_base_map_and_rules_are_there() -> None:
    assert facts.basemap()
    assert facts.toml("sharing.toml")
