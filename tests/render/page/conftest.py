"""One browser for the tests of the page, and the pages that they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.chromium import DESKTOP, Page, open_browser
from render import sample

from cmcoord_geo.render.page import build_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def open_page(chromium: Page, tmp_path: Path) -> Callable[..., Page]:
    """Open the page of a product, or of an audience of the sample week."""

    def opened(product="owner", *, lang="fr", size=DESKTOP) -> Page:
        view = sample.product(product) if isinstance(product, str) else product
        file = tmp_path / "map.html"
        file.write_text(build_page(view, lang=lang), encoding="utf-8", newline="\n")
        chromium.open(file, size=size)
        return chromium

    return opened
