"""Arrays and lists hold the same numbers."""

from __future__ import annotations

import numpy as np
import pytest

from cmcoord_geo.routing.label_setting import _push
from cmcoord_geo.routing.storage import Storage


@pytest.mark.parametrize("is_compiled", [False, True])
def test_numbers_are_those_that_were_given(*, is_compiled: bool) -> None:
    storage = Storage(is_compiled=is_compiled)
    kind = np.ndarray if is_compiled else list
    numbers = storage.form(np.array([3, 1, 2], dtype=np.int32))
    larger = storage.twice(numbers)
    assert isinstance(numbers, kind)
    assert isinstance(larger, kind)
    assert (list(larger[:3]), len(larger)) == ([3, 1, 2], 6)
    assert list(storage.full(2, 7)) == [7, 7]
    assert len(storage.empty(4)) == 4
    assert (storage.loop(_push) is _push) != is_compiled
