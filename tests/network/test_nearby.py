"""Nearest towns of many positions."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.facts import places
from cmcoord_geo.i18n import said
from cmcoord_geo.network.gazetteer import NamedPlace, OwnPlaces
from cmcoord_geo.network.nearby import NearTown, near_towns, where_at
from cmcoord_geo.units import geodesic_m


def test_the_nearest_town_is_nearest_on_the_ground() -> None:
    rng = np.random.default_rng(7)
    spots = np.column_stack([rng.uniform(14, 28, 40), rng.uniform(2, 11, 40)])
    for found, (lon, lat) in zip(near_towns(None, spots), spots.tolist(), strict=True):
        away_m = min(geodesic_m(lon, lat, one.lon, one.lat)[0] for one in places().values())
        assert found.away_m == pytest.approx(away_m, rel=5e-3)


def test_direction_leads_from_the_town_to_the_spot() -> None:
    bambari = next(one for one in places().values() if one.name == "Bambari")
    spots = np.array([[bambari.lon, bambari.lat + 0.05], [bambari.lon - 0.05, bambari.lat]])
    north, west = near_towns(None, spots)
    assert (north.name, north.direction, west.direction) == ("Bambari", "N", "W")
    assert north.said.en == "5.5 km north of Bambari"
    assert west.said.fr == "à 5,5 km de Bambari vers l’ouest"


def test_a_town_of_the_map_counts_and_a_mere_quarter_does_not() -> None:
    rows = [
        NamedPlace(place_id="p1", name="Ville-Essai", kind="town", lon=10.0, lat=50.0),
        NamedPlace(place_id="p2", name="Quartier-Essai", kind="suburb", lon=10.1, lat=50.0),
    ]
    own = OwnPlaces.of(rows)
    (found,) = near_towns(own, np.array([[10.1, 50.0]]))
    assert (found.name, found.direction) == ("Ville-Essai", "E")


def test_at_the_town_no_direction_is_told_and_nothing_has_no_town() -> None:
    assert NearTown(name="X", away_m=40.0, direction="S").said.en == "at X"
    assert near_towns(None, np.zeros((0, 2))) == ()


def test_a_spot_lies_by_a_town_of_the_map_in_whole_km_and_far_from_all_far_from_car() -> None:
    own = OwnPlaces.of([NamedPlace(place_id="p", name="Ville", kind="town", lon=10.0, lat=50.0)])
    assert where_at(10.0, 50.031, own=own).en == "3 km north of Ville"
    assert where_at(10.0, 50.004, own=own).fr == "à Ville"
    assert where_at(10.0, 50.031) == said("place.far_away")
