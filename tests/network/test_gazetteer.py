"""Places that a network brings with it."""

from __future__ import annotations

import time
import unicodedata

import numpy as np
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.gazetteer import NamedPlace, OwnPlaces


def place(number: int, name: str, *others: str, kind: str = "village") -> NamedPlace:
    return NamedPlace(
        place_id=f"p{number}", name=name, kind=kind, lon=20.0, lat=5.0, other_names=others
    )


OWN = OwnPlaces.of(
    [place(1, "Ngbélé-Tima", "CF4301", "Vieux Tima"), place(2, "Kaga (gare)"), place(3, "Kaga")]
)


@pytest.mark.parametrize("word", ["ngbele tima", "NGBÉLÉ-TIMA", "cf4301", "Vieux-Tima", "p1"])
def test_any_name_or_code_is_found_in_every_form(word: str) -> None:
    for form in ("NFC", "NFD"):
        assert OWN.named(unicodedata.normalize(form, word)) == (0,)


def test_one_name_may_be_several() -> None:
    assert OWN.named("Kaga") == (1, 2)
    assert OWN.named("nowhere") == OWN.named("") == ()
    assert OWN.find("p3") == 2
    assert OWN.find("p9") is None


def test_the_nearest_spelling_comes_first() -> None:
    assert OWN.near_spelling("Ngbelle Tima")[0] == 0
    assert OWN.near_spelling("xyzw") == OWN.near_spelling("") == ()


def test_of_two_with_one_id_one_is_kept() -> None:
    assert list(OwnPlaces.of([place(1, "A"), place(1, "B")]).names) == ["A"]
    assert len(OwnPlaces.of([])) == 0
    assert OwnPlaces.of([]).near_spelling("A") == ()


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(DataError, match="lon"):
        OwnPlaces(
            place_ids=["p1"], names=["A"], kinds=["town"], others=[""], lon=np.zeros(2),
            lat=np.zeros(1),
        )  # fmt: skip


def test_seven_thousand_places_answer_fast() -> None:
    syllables = ("ba", "ngui", "mba", "ri", "ko", "te", "zo", "bou", "le", "sa")
    rng = np.random.default_rng(1)
    many = [
        place(i, "".join(syllables[k] for k in rng.integers(0, 10, 4)).title()) for i in range(7000)
    ]
    own = OwnPlaces.of(many)
    began = time.process_time()
    own.named("Bambari")
    for word in ("Bambarri", "Bossangoua", "Zzzz"):
        own.near_spelling(word)
    assert time.process_time() - began < 20.0  # a guard against a search that explodes, no figure
