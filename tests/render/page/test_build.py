"""The page's text: constant skeleton, assets inside, data as one block, nothing by chance."""

from __future__ import annotations

import json
import re

import pytest
from render import sample

from cmcoord_geo.render.page import build_page


@pytest.fixture(scope="module")
def page() -> str:
    return build_page(sample.product("owner"))


def data_of(page: str) -> dict:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    return json.loads(block[1])


@pytest.mark.parametrize("audience", sample.AUDIENCES)
def test_page_stays_small(audience):
    assert len(build_page(sample.product(audience)).encode()) <= 400_000


def test_two_builds_are_equal(page):
    assert build_page(sample.product("owner")) == page


def test_page_asks_for_nothing(page):
    assert "@@" not in page
    assert not re.search(r"<link|<script[^>]* src=|url\((?!#)|@import|sourceMappingURL", page)
