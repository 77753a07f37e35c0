"""Numbers for loops: arrays where these are compiled, lists where they are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

from cmcoord_geo.compiled import compiled
from cmcoord_geo.routing.label_setting import Numbers

_F = TypeVar("_F", bound=Callable[..., Any])


class Storage:
    """
    Where the numbers of one search are.

    Parameters
    ----------
    is_compiled : bool
        Whether loops are compiled and numbers in arrays.
    """

    def __init__(self, *, is_compiled: bool) -> None:
        self.is_compiled = is_compiled

    def form(self, array: NDArray[Any]) -> Numbers:
        """Numbers of an array, copied only into a list."""
        return cast("Numbers", array if self.is_compiled else array.tolist())

    def full(self, size: int, value: int, dtype: DTypeLike = np.int64) -> Numbers:
        """The same number again and again."""
        return cast("Numbers", np.full(size, value, dtype)) if self.is_compiled else [value] * size

    def empty(self, size: int, dtype: DTypeLike = np.int64) -> Numbers:
        """Room to be written before it is read; untouched, that of an array costs no memory."""
        return cast("Numbers", np.empty(size, dtype)) if self.is_compiled else [0] * size

    def twice(self, numbers: Numbers) -> Numbers:
        """The same numbers with room for as many more."""
        if self.is_compiled:
            array = np.asarray(numbers)
            larger = np.empty(2 * len(array), array.dtype)
            larger[: len(array)] = array
            return cast("Numbers", larger)
        return [*numbers, *([0] * len(numbers))]

    def loop(self, function: _F) -> _F:
        """The loop that suits the numbers."""
        return compiled(function) if self.is_compiled else function
