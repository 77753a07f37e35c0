"""Lines as whole steps: read back they lie where they were, and no error adds up along them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render import sample

from cmcoord_geo import facts
from cmcoord_geo.render.page.basemap import (
    BASE_SCALE,
    ROAD_SCALE,
    base_payload,
    encoded,
    steps,
)

lines = st.lists(st.tuples(st.floats(14, 28), st.floats(2, 12)), min_size=1, max_size=80)


def read_back(numbers, scale):
    """Points of a line, as the page's script finds them."""
    return np.cumsum(np.reshape(numbers, (-1, 2)), axis=0) / scale


def decoded(letters: str) -> list[int]:
    """Whole numbers of a text, as the page's script finds them."""
    found, bits = [], []
    for letter in letters:
        bits.append(ord(letter) - 63)
        if bits[-1] < 32:
            number = sum(part % 32 << 5 * i for i, part in enumerate(bits))
            found.append(-(number + 1) // 2 if number % 2 else number // 2)
            bits = []
    return found


@given(numbers=st.lists(st.integers(-(2**31), 2**31)))
def test_numbers_read_back_from_their_letters(numbers):
    letters = encoded(numbers)
    assert decoded(letters) == numbers
    assert not set(letters) & set("<>&\"'")


@given(line=lines, scale=st.sampled_from([BASE_SCALE, ROAD_SCALE]))
def test_a_line_reads_back_within_half_a_step(line, scale):
    found = read_back(steps(line, scale=scale), scale)
    rounded = [tuple(point) for point in np.round(np.multiply(line, scale))]
    kept = [point for point, _ in itertools.groupby(rounded)]
    assert len(found) == len(kept)
    assert found == pytest.approx(np.array(kept) / scale, abs=1e-9)
    assert found[0] == pytest.approx(line[0], abs=0.501 / scale)
    assert found[-1] == pytest.approx(line[-1], abs=0.501 / scale)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_line_that_leads_nowhere_is_refused(number):
    with pytest.raises(ValueError, match="finite"):
        steps([(18.5, 4.4), (number, 4.5)])


def test_the_page_gets_the_whole_country_and_every_river():
    base = facts.basemap()
    payload = base_payload(base)
    for ring, letters in zip(base["country"], payload["country"], strict=True):
        found = read_back(decoded(letters), BASE_SCALE)
        assert found.min(axis=0) == pytest.approx(np.min(ring, axis=0), abs=0.001)
        assert found.max(axis=0) == pytest.approx(np.max(ring, axis=0), abs=0.001)
    assert [r["name"] for r in payload["rivers"]] == [r["name"] for r in base["rivers"]]
    assert len(payload["neighbours"]) == len(base["neighbours"])
    west, south, east, north = payload["box"]
    for place in sample.places():
        assert west < place.lon < east, place.name
        assert south < place.lat < north, place.name
