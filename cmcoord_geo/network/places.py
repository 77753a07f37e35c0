"""
Places by name: accents, hyphens, case and old names are tolerated; between two fits a person chooses.

Names are compared after NFKD, without accents, case and punctuation, so that ``Ndélé`` in composed and in
decomposed spelling, ``N'Délé`` and ``NDELE`` are one word (SAFETY.md, hazard H5).
"""

from __future__ import annotations

import difflib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import UnknownPlaceError
from cmcoord_geo.facts import Place, places
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

#: Longer than any name of a place: what comes after is not compared.
_LONGEST = 100
#: Positions compared at once: all of a country's would fill the memory.
_AT_ONCE = 10_000


def plain(name: str) -> str:
    """
    Name without accents, case, hyphens, apostrophes and spaces.

    Examples
    --------
    >>> plain("N'Délé") == plain("NDELE")
    True
    """
    bare = unicodedata.normalize("NFKD", name[:_LONGEST]).casefold()
    letters = unicodedata.normalize("NFKD", bare)
    return "".join(letter for letter in letters if letter.isalnum())


def _spellings(place: Place) -> Iterator[str]:
    """Ways in which a place is asked for: name, other and old names, with and without a bracket, id."""
    yield place.place_id
    for name in (place.name, *place.alt_names):
        yield name
        yield name.partition("(")[0]  # "Sido (TCD)" is also asked for as "Sido"


@cache
def _by_spelling() -> Mapping[str, tuple[str, ...]]:
    """Ids of the places that answer to a plain spelling."""
    found: dict[str, list[str]] = {}
    for place in places().values():
        for spelling in dict.fromkeys(map(plain, _spellings(place))):
            found.setdefault(spelling, []).append(place.place_id)
    return {spelling: tuple(ids) for spelling, ids in found.items()}


def places_named(name: str) -> tuple[Place, ...]:
    """Places of the gazetteer that answer to an id, a name, another spelling or an old name."""
    wanted = name.strip()
    ids = (wanted,) if wanted in places() else _by_spelling().get(plain(wanted), ())
    return tuple(places()[key] for key in ids)


def find_place(name: str) -> Place:
    """
    Place of the gazetteer that a name means.

    Parameters
    ----------
    name : str
        A place id (``BBY``), a name, another spelling or an old name.

    Raises
    ------
    UnknownPlaceError
        Nothing fits, with the nearest spellings as candidates; or several places fit (``is_ambiguous``),
        such as Sido in CAR and Sido in Chad: the tool never picks.
    """
    fits = places_named(name)
    if len(fits) == 1:
        return fits[0]
    if fits:
        candidates = tuple(f"{place.name} [{place.place_id}]" for place in fits)
        sentence = "place.ambiguous"
    else:
        candidates = suggest(name.strip())
        sentence = "place.unknown_near" if candidates else "place.unknown"
    raise problem(
        UnknownPlaceError,
        sentence,
        facts={"name": name, "candidates": candidates, "is_ambiguous": bool(fits)},
        name=name,
        candidates=", ".join(candidates),
    )


def suggest(name: str, *, count: int = 3) -> tuple[str, ...]:
    """Names of the places that come nearest to a spelling, best first."""
    near = difflib.get_close_matches(plain(name), list(_by_spelling()), n=count, cutoff=0.6)
    names = (places()[key].name for spelling in near for key in _by_spelling()[spelling])
    return tuple(dict.fromkeys(names))[:count]


def nearest_places(lonlat: NDArray[np.float64]) -> tuple[Place, ...]:
    """
    Place of CAR nearest to each position; degrees will do to choose among towns.

    Parameters
    ----------
    lonlat : ndarray of float64, shape (n, 2)
    """
    towns = [place for place in places().values() if place.country == "CAF"]
    spots = np.array([(town.lon, town.lat) for town in towns])
    found: list[Place] = []
    for first in range(0, len(lonlat), _AT_ONCE):
        part = lonlat[first : first + _AT_ONCE]
        squared = ((part[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2)
        found += [towns[i] for i in squared.argmin(axis=1).tolist()]
    return tuple(found)
