"""Prefectures by name, as records of events write them: "Ouaka province", "Préfecture de la Ouaka"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import places
from cmcoord_geo.network.places import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What may stand beside the name of a prefecture without saying anything else.
_BESIDE = {
    *(
        "province",
        "prefecture",
        "economic",
        "economique",
        "region",
        "commune",
        "city",
        "autonomous",
    ),
    *("de", "du", "des", "la", "le", "les", "d", "l", "of", "the", "in", "dans"),
}


def prefectures_named(name: str) -> frozenset[str]:
    """
    Prefectures of 2021 that a name means; empty where it says more, less or something else.

    A name that was a prefecture before 2021 means all that it was divided into: a source rarely says which
    law it follows, and the wider answer is the honest one.

    Examples
    --------
    >>> sorted(prefectures_named("Ouham province"))
    ['Ouham', 'Ouham-Fafa']
    >>> prefectures_named("Bambari-Tagbara road, Ouaka")
    frozenset()
    """
    words = re.split(r"[\s,;()'’]+", name)
    bare = "".join(plain(word) for word in words if plain(word) not in _BESIDE)
    return _by_name().get(bare, frozenset())


@cache
def _by_name() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place in places().values():
        if place.country == "CAF":
            found.setdefault(place.prefecture_2021, set()).add(place.prefecture_2021)
            found.setdefault(place.prefecture_legacy, set()).add(place.prefecture_2021)
    return {_bare(name): frozenset(parts) for name, parts in found.items()}


def _bare(name: str) -> str:
    return "".join(plain(word) for word in re.split(r"['’\s]+", name) if plain(word) not in _BESIDE)
