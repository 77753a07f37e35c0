"""Where a spot lies, in words."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import places
from cmcoord_geo.network.nearby import compass
from cmcoord_geo.network.whereabouts import Spot, described, kind_of, where_of

BBY = places()["BBY"]


def spot(lon: float, lat: float, *, kind: str = "hamlet") -> Spot:
    return Spot(spot_id="p1", name="X", lon=lon, lat=lat, kind=kind)


def test_by_the_nearest_town_with_direction() -> None:
    east = where_of(spot(BBY.lon + 0.1, BBY.lat))
    assert (east.en, east.fr) == ("11 km east of Bambari", "à 11 km de Bambari vers l’est")
    assert where_of(spot(BBY.lon, BBY.lat)).en == "at Bambari"
    assert where_of(spot(14.5, 35.9)).fr == "loin de la RCA"
    assert where_of(Spot(spot_id="BBY", name="Bambari", lon=0, lat=0)).en == "Ouaka"


@pytest.mark.parametrize(
    ("azimuth", "letters"),
    [(0, "N"), (22, "N"), (23, "NE"), (90, "E"), (-90, "W"), (-179, "S"), (180, "S"), (-30, "NW")],
)
def test_the_compass(azimuth: float, letters: str) -> None:
    assert compass(azimuth) == letters


def test_a_kind_that_no_table_knows_is_shown_as_the_map_has_it() -> None:
    assert kind_of(spot(20, 5, kind="oasis")).fr == "oasis"
    assert kind_of(spot(20, 5)).fr == "hameau"
    assert described(spot(14.5, 35.9)).en == "X (hamlet, far from CAR: 35.90000, 14.50000) [p1]"
