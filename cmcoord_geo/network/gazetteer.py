"""Named places that a road network brings with it, found by any of their names."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.network.columns import Texts, positions_of
from cmcoord_geo.network.places import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

#: Between the other names of one place, which a name itself cannot hold.
_BETWEEN = "\x1f"
#: Spellings that are compared letter by letter, chosen by the pairs of letters that they share.
_COMPARED = 400
_CUTOFF = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """
    One place of a map.

    Attributes
    ----------
    place_id, name : str
    kind : str
        Town, village and so on.
    lon, lat : float
        Degrees.
    other_names : tuple of str
        Other names, old names and codes.
    """

    place_id: str
    name: str
    kind: str
    lon: float
    lat: float
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class OwnPlaces:
    """
    Places as columns.

    Attributes
    ----------
    place_ids : sequence of str, length p
        No two alike.
    names, kinds : sequence of str
        Name as it is shown; city, town, village, hamlet, suburb and so on.
    others : sequence of str
        Other names, old names and codes of a place, one after the other.
    lon, lat : ndarray of float64, shape (p,)
        Degrees.

    Raises
    ------
    DataError
        The columns are not of one length.
    """

    place_ids: Sequence[str]
    names: Sequence[str]
    kinds: Sequence[str]
    others: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    def __post_init__(self) -> None:
        for column in ("names", "kinds", "others", "lon", "lat"):
            size = len(getattr(self, column))
            if size != len(self):
                raise problem(
                    DataError, "network.size", column=column, size=size, expected=len(self)
                )

    @classmethod
    def of(cls, places: Iterable[NamedPlace]) -> OwnPlaces:
        """Pack places in their order; of two with one id the first is kept."""
        first: dict[str, NamedPlace] = {}
        for place in places:
            first.setdefault(place.place_id, place)
        each = tuple(first.values())
        return cls(
            place_ids=Texts.of(place.place_id for place in each),
            names=Texts.of(place.name for place in each),
            kinds=Texts.of(place.kind for place in each),
            others=Texts.of(_BETWEEN.join(place.other_names) for place in each),
            lon=np.array([place.lon for place in each], dtype=np.float64),
            lat=np.array([place.lat for place in each], dtype=np.float64),
        )

    def __len__(self) -> int:
        """Count the places."""
        return len(self.place_ids)

    @cached_property
    def _by_spelling(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for i, (key, name, others) in enumerate(
            zip(self.place_ids, self.names, self.others, strict=True)
        ):
            words = (key, name, name.partition("(")[0], *others.split(_BETWEEN))
            for spelling in dict.fromkeys(map(plain, words)):
                if spelling:
                    found.setdefault(spelling, []).append(i)
        return {spelling: tuple(where) for spelling, where in found.items()}

    def find(self, place_id: str) -> int | None:
        """Place of an exact id; None where there is none."""
        return self._by_id.get(place_id)

    @cached_property
    def _by_id(self) -> Mapping[str, int]:
        return positions_of(self.place_ids)

    def named(self, word: str) -> tuple[int, ...]:
        """Places that answer to a word, by id, name, other name or code."""
        return self._by_spelling.get(plain(word), ())

    def near_spelling(self, word: str, *, count: int = 3) -> tuple[int, ...]:
        """Places whose spelling comes nearest to a word, best first."""
        wanted = plain(word)
        pairs = _pairs(wanted)
        shared = Counter(
            {
                spelling: 2 * len(pairs & _pairs(spelling)) / (len(wanted) + len(spelling))
                for spelling in self._by_spelling
                if abs(len(spelling) - len(wanted)) <= max(len(spelling), len(wanted)) // 2
            }
        )
        likely = [spelling for spelling, _ in shared.most_common(_COMPARED)]
        near = difflib.get_close_matches(wanted, likely, n=count, cutoff=_CUTOFF)
        return tuple(dict.fromkeys(i for word in near for i in self._by_spelling[word]))[:count]


def _pairs(word: str) -> set[str]:
    framed = f"^{word}$"
    return {framed[i : i + 2] for i in range(len(framed) - 1)}
