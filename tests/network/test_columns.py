"""Packed columns read like tuples of strings, in a fraction of the memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.network.columns import Texts, Words, positions_of, texts_at, words_of

PACKED = pytest.mark.parametrize("kind", [Words, Texts])
LINES = st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=6))


@PACKED
@given(texts=LINES, data=st.data())
def test_a_column_reads_like_a_tuple(
    kind: type[Words] | type[Texts], texts: list[str], data: st.DataObject
) -> None:
    column, plain = kind.of(texts), tuple(texts)
    assert (len(column), tuple(column)) == (len(plain), plain)
    assert column == plain
    assert hash(column) == hash(plain)
    low, high = data.draw(st.integers(-8, 8)), data.draw(st.integers(-8, 8))
    assert column[low:high] == plain[low:high]
    for i in range(-len(plain), len(plain)):
        assert column[i] == plain[i]
    for i in (-len(plain) - 1, len(plain)):
        with pytest.raises(IndexError):
            column[i]


@PACKED
def test_columns_that_differ_are_not_equal(kind: type[Words] | type[Texts]) -> None:
    column = kind.of(["a", "b"])
    assert column != ("a",)
    assert column != ("b", "a")
    assert column != 2


@given(texts=st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8")), unique=True))
def test_each_id_is_found_and_no_other(texts: list[str]) -> None:
    index = positions_of(Texts.of(texts))
    assert dict(index) == {text: i for i, text in enumerate(texts)}
    assert len(index) == len(texts)
    assert "\n" not in index
    assert positions_of(tuple(texts)) == index


@pytest.mark.parametrize("places", [[2], [39, 0, 2, 2, 17, 1], []])
def test_texts_at_places_are_those_of_the_column(places: list[int]) -> None:
    texts = [f"w{n}" for n in range(40)]
    for column in (Texts.of(texts), Words.of(texts), tuple(texts)):
        assert texts_at(column, places) == tuple(texts[place] for place in places)


def test_words_take_one_byte_each_while_they_are_few() -> None:
    words = Words.of(["track", "paved"] * 500)
    assert words.codes.nbytes == 1000
    assert Words.of(map(str, range(300))).codes.dtype == np.uint16
    assert words_of(words) == words_of(tuple(words)) == {"track", "paved"}


@pytest.mark.parametrize("code", [-1, 2])
def test_a_code_without_a_word_is_refused(code: int) -> None:
    with pytest.raises(DataError, match="vocabulary of 2"):
        Words(np.array([0, code]), ("a", "b"))


def test_a_line_break_inside_a_text_parts_nothing() -> None:
    assert tuple(Texts.of(["a\nb", "c"])) == ("a b", "c")
