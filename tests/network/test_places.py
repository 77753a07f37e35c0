"""Place search: what is tolerated, what is asked back, what is never guessed (LP1, H5)."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import UnknownPlaceError
from cmcoord_geo.facts import places
from cmcoord_geo.network import find_place, nearest_places, suggest
from cmcoord_geo.network.places import plain


@pytest.mark.parametrize(
    ("asked", "place_id"),
    [
        ("Zémio", "IMO"), ("Zemio", "IMO"), ("ZÉMIO", "IMO"), (" zemio ", "IMO"),
        ("Ndélé", "NDL"), ("N'Délé", "NDL"), ("N’Délé", "NDL"), ("NDELE", "NDL"),
        ("Kaga Bandoro", "KBD"), ("kaga–bandoro", "KBD"), ("Fort-Crampel", "KBD"), ("Fort Crampel", "KBD"),
        ("Sam Ouandja", "SAM"), ("SAM-OUANDJA", "SAM"), ("De Gaulle", "KOU"), ("PK12", "BGF"),
        ("BBY", "BBY"), ("bby", "BBY"), ("Garoua-Boulaï", "GBO"), ("Moyenne-Sido", "MSI"),
        ("Sido (TCD)", "SID"), ("\N{FULLWIDTH LATIN CAPITAL LETTER B}angui", "BGF"),
        ("\N{MATHEMATICAL BOLD CAPITAL B}angui", "BGF"),
    ],
)  # fmt: skip
def test_spellings_that_mean_one_place(asked: str, place_id: str) -> None:
    for form in ("NFC", "NFD"):
        assert find_place(unicodedata.normalize(form, asked)).place_id == place_id


@pytest.mark.parametrize("place", places().values(), ids=lambda place: place.place_id)
def test_every_place_is_found_by_id_name_and_other_names(place) -> None:
    assert find_place(place.place_id) is place
    for name in {place.name, *place.alt_names} - {"Sido"}:
        assert find_place(name) is place


@pytest.mark.parametrize("asked", ["Sido", "sido", "SIDO"])
def test_between_sido_and_sido_a_person_chooses(asked: str) -> None:
    """LP1: never a silent match when two places fit, one in CAR, one in Chad."""
    with pytest.raises(UnknownPlaceError) as caught:
        find_place(asked)
    assert caught.value.is_ambiguous
    assert caught.value.candidates == ("Moyenne-Sido [MSI]", "Sido (TCD) [SID]")
    assert {places()[key].country for key in ("MSI", "SID")} == {"CAF", "TCD"}


@pytest.mark.parametrize(("asked", "near"), [("Bambarri", "Bambari"), ("Berbératy", "Berbérati")])
def test_an_unknown_name_gets_suggestions(asked: str, near: str) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        find_place(asked)
    assert not caught.value.is_ambiguous
    assert near in caught.value.candidates
    assert caught.value.name == asked
    assert near in caught.value.said["fr"]


@pytest.mark.parametrize("asked", ["", "   ", "-", "zzzzzzzz", "{name}", "é" * 100_000])
def test_nothing_near_nothing_offered(asked: str) -> None:
    with pytest.raises(UnknownPlaceError) as caught:
        find_place(asked)
    assert caught.value.candidates == ()


@given(st.text() | st.text(alphabet="BabmriúéÉ '-(){}", max_size=12))
def test_any_text_is_a_place_or_asked_back(text: str) -> None:
    try:
        found = find_place(text).place_id
    except UnknownPlaceError as error:
        found = error.name
    assert found in places() or found == text


@given(st.text(max_size=40))
def test_a_plain_name_is_plain_and_the_same_in_every_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))


def test_suggestions_are_few_and_named_once() -> None:
    found = suggest("Boa", count=2)
    assert len(found) == len(set(found)) <= 2


def test_nearest_place_is_in_car() -> None:
    sido = places()["SID"]
    (near,) = nearest_places(np.array([[sido.lon, sido.lat]]))
    assert near.place_id == "MSI"
