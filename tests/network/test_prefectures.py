"""Prefectures of before 2021 around a position."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import places
from cmcoord_geo.network.prefectures import prefectures_around

#: Places of the gazetteer that lie farther from their outline than its doubt.
ROUGH = {"Mingala", "Am-Dafok"}


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.place_id)
def test_every_place_lies_in_its_prefecture_or_near_it(place) -> None:
    around = prefectures_around(place.lon, place.lat)
    if place.country == "CAF" and place.name not in ROUGH:
        assert place.prefecture_legacy in around
    assert len(around) <= 3


def test_deep_inside_one_is_named_and_abroad_none() -> None:
    assert prefectures_around(22.9, 10.0) == ("Vakaga",)
    assert prefectures_around(14.5, 35.9) == ()
