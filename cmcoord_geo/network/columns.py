"""
Texts of many segments in few bytes, read as if each were a string in a tuple.

A country has some 300,000 segments: a Python string and a place in a dictionary for each id, name and word
would take more memory than everything else together.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np
from typing_extensions import override

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_BREAK = 0x0A
#: Texts of a column are read one by one where fewer than one in so many is asked for.
_MANY = 8
#: Places of ids that are kept once found, at most: some 5 MB.
_MOST_FOUND = 40_000


class Column(Sequence[str]):
    """Sequence of texts that equals any other sequence of the same texts."""

    __slots__ = ()

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    @override
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        """Text at a place, or the texts of a slice."""
        if isinstance(index, slice):
            return tuple(map(self._at, range(*index.indices(len(self)))))
        return self._at(range(len(self))[index])

    @abstractmethod
    def _at(self, index: int) -> str:
        """Text at a place from 0."""

    @override
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    @override
    def __hash__(self) -> int:
        return hash(tuple(self))

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} texts)"


class Words(Column):
    """
    Words of a small vocabulary as numbers.

    Parameters
    ----------
    codes : ndarray of unsigned or signed integers, shape (m,)
        Place of each word in the vocabulary; kept in the narrowest type that holds them.
    vocabulary : sequence of str

    Raises
    ------
    DataError
        A number is outside the vocabulary.

    Examples
    --------
    >>> words = Words.of(["track", "paved", "track"])
    >>> words[-1], list(words), words == ("track", "paved", "track")
    ('track', ['track', 'paved', 'track'], True)
    """

    __slots__ = ("codes", "vocabulary")

    def __init__(self, codes: NDArray[np.integer], vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        count = len(self.vocabulary)
        if len(codes) and not (codes.min() >= 0 and codes.max() < count):
            raise problem(DataError, "network.codes", count=count)
        self.codes = codes.astype(np.min_scalar_type(max(count - 1, 0)))

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """Pack words; the vocabulary is in the order of their first use."""
        found: dict[str, int] = {}
        codes = [found.setdefault(word, len(found)) for word in words]
        return cls(np.array(codes, dtype=np.int64), tuple(found))

    @classmethod
    def packed(cls, words: Sequence[str]) -> Words:
        """Column as it is where it is packed already."""
        return words if isinstance(words, Words) else cls.of(words)

    @override
    def __len__(self) -> int:
        """Count the words."""
        return len(self.codes)

    @override
    def _at(self, index: int) -> str:
        return self.vocabulary[int(self.codes[index])]

    @override
    def __iter__(self) -> Iterator[str]:
        return map(self.vocabulary.__getitem__, self.codes.tolist())


def texts_at(column: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """
    Texts at some places of a column; where many are asked for, all are read, which is quicker.

    Examples
    --------
    >>> texts_at(Words.of(["track", "paved", "track"]), [1, 0])
    ('paved', 'track')
    """
    each = tuple(column) if _MANY * len(places) > len(column) else column
    return tuple(map(each.__getitem__, places))


class Texts(Column):
    """
    Texts one after the other, such as ids, of which no two are alike.

    Parameters
    ----------
    block : ndarray of uint8, shape (b,)
        UTF-8, a line break between two texts.

    Examples
    --------
    >>> Texts.of(["w1", "w2.1"])[1], len(Texts.of([]))
    ('w2.1', 0)
    """

    __slots__ = ("_first", "block")

    def __init__(self, block: NDArray[np.uint8], *, is_empty: bool = False) -> None:
        self.block = block
        breaks = np.flatnonzero(block == _BREAK)
        ends = np.zeros(0, np.int64) if is_empty else np.append(breaks, len(block))
        self._first = np.concatenate([[-1], ends]).astype(np.int64)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Pack texts; a line break inside a text becomes a space."""
        lines = [text.replace("\n", " ") for text in texts]
        block = np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
        return cls(block, is_empty=not lines)

    @override
    def __len__(self) -> int:
        """Count the texts."""
        return len(self._first) - 1

    @override
    def _at(self, index: int) -> str:
        return self.block[self._first[index] + 1 : self._first[index + 1]].tobytes().decode()

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.block.tobytes().decode().split("\n") if len(self) else ())


class Positions(Mapping[str, int]):
    """
    Id to its place in a column, by search in sorted order; the order is made when first asked for.

    What was found is kept: the few thousand segments of a week's roads are asked for again and again.

    Parameters
    ----------
    ids : Texts
        No two alike.
    """

    def __init__(self, ids: Texts) -> None:
        self._ids = ids
        self._found: dict[str, int] = {}

    @cached_property
    def _order(self) -> NDArray[np.int32]:
        each = list(self._ids)
        return np.array(sorted(range(len(each)), key=each.__getitem__), dtype=np.int32)

    @override
    def __getitem__(self, key: str) -> int:
        """Place of an id."""
        place = self._found.get(key)
        if place is None:
            place = self._searched(key)
            if len(self._found) < _MOST_FOUND:
                self._found[key] = place
        return place

    def _searched(self, key: str) -> int:
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            if self._ids[int(self._order[middle])] < key:
                low = middle + 1
            else:
                high = middle
        if low < len(self._order) and self._ids[int(self._order[low])] == key:
            return int(self._order[low])
        raise KeyError(key)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @override
    def __len__(self) -> int:
        """Count the ids."""
        return len(self._ids)


def positions_of(ids: Sequence[str]) -> Mapping[str, int]:
    """Id to its place in a column: a dictionary, or a search where the column is packed."""
    return Positions(ids) if isinstance(ids, Texts) else {key: i for i, key in enumerate(ids)}


def words_of(column: Iterable[str]) -> set[str]:
    """Distinct words of a column."""
    return set(column.vocabulary if isinstance(column, Words) else column)
