"""Texts of a page: those of the parts that it has, and of no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.i18n import messages
from cmcoord_geo.render.page.furniture import page_texts

PARTS = {
    "owner": {"all", "owner", "patrols", "exposure"},
    "minusca_ops": {"all", "minusca_ops", "patrols"},
    "public": {"all", "public"},
}


def keys_of(parts):
    """Short keys of the message tables of some parts."""
    split = (key.split(".", 2) for key in messages() if key.startswith("page."))
    return [short for _, part, short in split if part in parts]


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_a_page_holds_the_texts_of_its_parts(audience):
    assert set(page_texts(sample.product(audience))) == set(keys_of(PARTS[audience]))


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_no_text_hides_another_on_one_page(parts):
    assert [key for key, n in Counter(keys_of(parts)).items() if n > 1] == []


def test_words_for_exposure_come_with_exposure_alone():
    week = sample.product("owner")
    bare = replace(
        week, segments=tuple(replace(segment, exposure_class=None) for segment in week.segments)
    )
    lost = set(page_texts(week)) - set(page_texts(bare))
    assert lost == set(keys_of({"exposure"}))
    assert lost
