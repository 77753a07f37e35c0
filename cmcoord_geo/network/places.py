"""
Places by name: accents, hyphens, case and old names are tolerated; between two fits a person chooses.

Names are compared after NFKD, without accents, case and punctuation, so that ``Ndélé`` in composed and in
decomposed spelling, ``N'Délé`` and ``NDELE`` are one word (SAFETY.md, hazard H5).
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import cache

from cmcoord_geo.errors import UnknownPlaceError
from cmcoord_geo.facts import Place, places
from cmcoord_geo.i18n import problem


def plain(name: str) -> str:
    """
    Name without accents, case, hyphens, apostrophes and spaces.

    Examples
    --------
    >>> plain("N'Délé") == plain("NDELE")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _spellings(place: Place) -> Iterable[str]:
    for name in (place.name, *place.alt_names):
        yield name
        if "(" in name:  # "Sido (CAR)" is also asked for as "Sido"
            yield name.partition("(")[0]
        if name.startswith("ex "):
            yield name.removeprefix("ex ")


@cache
def _by_spelling() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for place in places().values():
        for key in {plain(name) for name in _spellings(place)}:
            found.setdefault(key, []).append(place.place_id)
    return {key: tuple(ids) for key, ids in found.items()}


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
    wanted = name.strip()
    if wanted in places():
        return places()[wanted]
    exact = [place for place in places().values() if plain(place.name) == plain(wanted)]
    ids = [place.place_id for place in exact] or list(_by_spelling().get(plain(wanted), ()))
    if len(ids) == 1:
        return places()[ids[0]]
    if ids:
        labels = [f"{places()[key].name} [{key}]" for key in ids]
        raise problem(
            UnknownPlaceError,
            "place.ambiguous",
            facts={"name": name, "candidates": labels, "is_ambiguous": True},
            name=name,
            candidates=", ".join(labels),
        )
    near = suggest(wanted)
    raise problem(
        UnknownPlaceError,
        "place.unknown_near" if near else "place.unknown",
        facts={"name": name, "candidates": near, "is_ambiguous": False},
        name=name,
        candidates=", ".join(near),
    )


def suggest(name: str, *, count: int = 3) -> tuple[str, ...]:
    """Names of the places that come nearest to a spelling, best first."""
    near = difflib.get_close_matches(plain(name), list(_by_spelling()), n=count, cutoff=0.6)
    names = (places()[key].name for spelling in near for key in _by_spelling()[spelling])
    return tuple(dict.fromkeys(names))[:count]
