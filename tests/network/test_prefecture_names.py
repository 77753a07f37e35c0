"""Prefectures by name, as sources write them."""

from __future__ import annotations

import pytest

from cmcoord_geo.facts import places
from cmcoord_geo.network.prefecture_names import prefectures_named


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ouaka province", {"Ouaka"}),
        ("Préfecture de la Ouaka", {"Ouaka"}),
        ("OUAKA", {"Ouaka"}),
        ("Ombella-M'Poko province", {"Ombella-M'Poko"}),
        ("Mambéré-Kadéi province", {"Mambéré", "Mambéré-Kadéï"}),
        ("Nana-Grébizi economic prefecture", {"Nana-Grébizi"}),
        ("Ouham", {"Ouham", "Ouham-Fafa"}),
        ("Ouham-Fafa", {"Ouham-Fafa"}),
        ("Bangui city", {"Bangui"}),
    ],
)
def test_names(name: str, found: set[str]) -> None:
    assert prefectures_named(name) == found


@pytest.mark.parametrize(
    "name",
    [
        *("", "Central African Republic", "Northern Central African Republic", "province"),
        *(
            "Bambari-Tagbara road",
            "Main road from Lobaye province to Bangui city",
            "Ouaka and Mbomou",
        ),
        "Ouaka, Bambari",
    ],
)
def test_what_says_more_or_less_is_no_prefecture(name: str) -> None:
    assert prefectures_named(name) == frozenset()


def test_every_prefecture_is_known_under_both_laws() -> None:
    for place in places().values():
        if place.country == "CAF":
            assert place.prefecture_2021 in prefectures_named(place.prefecture_2021)
            assert place.prefecture_2021 in prefectures_named(place.prefecture_legacy)
