"""Prefectures of before 2021 around a position."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.facts import places
from cmcoord_geo.network.prefectures import lines_through, prefectures_around

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


def test_a_line_goes_through_what_lies_between_its_ends() -> None:
    far, near = np.array([[16.4, 4.0], [22.9, 10.0]]), np.array([[22.8, 10.0], [22.9, 10.0]])
    assert lines_through([far, near], {"Kémo"}).tolist() == [True, False]
    assert lines_through([far, near], {"Vakaga"}).tolist() == [True, True]
    assert lines_through([far], {"nowhere"}).tolist() == [False]
    assert lines_through([], {"Kémo"}).tolist() == []
