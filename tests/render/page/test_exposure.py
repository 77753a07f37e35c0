"""Exposure on the page: what is not known reads as unknown, never as low (H2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render import sample

from cmcoord_geo.i18n import messages
from cmcoord_geo.sharing import views


def with_exposure(informed_percent: int, *, low: int, high: int) -> views.ProductView:
    """The week in which the kept option of H1 has one exposure, with and without patrols."""
    product = sample.product("owner")
    movement = product.movements[0]
    exposure = views.ExposureView(
        low=low, high=high, exposure_class=2, informed_percent=informed_percent
    )
    options = tuple(
        replace(option, exposure=exposure, exposure_with_patrols=exposure)
        for option in movement.options
    )
    return replace(product, movements=(replace(movement, options=options),))


def cells(page) -> list[str]:
    """Text of the exposure in the list, then of both rows of the comparison."""
    found = [page.text("tr[data-id=H1] td:last-child")]
    page.click("tr[data-id=H1]")
    rows = page.run(
        """
      return [...document.querySelectorAll('.compare tbody tr')]
        .filter((row) => arguments[0].includes(row.querySelector('th').firstChild.textContent))
        .map((row) => row.querySelector('td').textContent);
    """,
        [messages()[f"page.owner.compare.{key}"].fr for key in ("without", "with")],
    )
    assert len(rows) == 2
    return [*found, *rows]


def test_without_information_there_is_no_number_and_no_bar(open_page):
    page = open_page(with_exposure(0, low=0, high=0))
    words = messages()["page.exposure.exposure.none"].fr
    for text in cells(page):
        assert text.strip().startswith(words)
    assert page.run("return document.querySelectorAll('.range .hollow, .range .solid').length") == 0


@pytest.mark.parametrize(
    ("lang", "range_said"), [("fr", "14 à\N{NO-BREAK SPACE}?"), ("en", "14–?")]
)
def test_part_of_the_road_without_information_leaves_the_range_open(open_page, lang, range_said):
    page = open_page(with_exposure(74, low=14, high=22))
    page.click(f"[data-lang={lang}]")
    said = messages()["page.exposure.exposure.partly"][lang].format(n=26)
    texts = (page.text("tr[data-id=H1] td:last-child"),)
    page.click("tr[data-id=H1]")
    texts += tuple(
        page.run(
            "return [...document.querySelectorAll('.compare td:has(.openend)')]"
            ".map((cell) => cell.textContent)"
        )
    )
    assert len(texts) == 1 + 2 * len(sample.movements()[0].options)
    for text in texts:
        assert range_said in text
        assert said in text
        assert "14–22" not in text


def test_a_road_with_information_shows_its_range(open_page):
    page = open_page(with_exposure(100, low=14, high=22))
    assert all("14–22" in text for text in cells(page))
    assert page.run("return document.querySelectorAll('.openend').length") == 0


def test_the_list_shows_exposure_before_any_patrol(open_page):
    """A discount that the reader cannot see has no place in the headline."""
    product = with_exposure(100, low=30, high=40)
    movement = product.movements[0]
    lower = replace(movement.options[0].exposure, low=11, high=13)
    options = tuple(replace(option, exposure_with_patrols=lower) for option in movement.options)
    page = open_page(replace(product, movements=(replace(movement, options=options),)))
    headline, without, with_patrols = cells(page)
    assert "30–40" in headline
    assert "30–40" in without
    assert "11–13" in with_patrols


def test_confirmed_and_offered_presence_are_told_apart(open_page):
    product = with_exposure(100, low=30, high=40)
    movement = product.movements[0]
    plain = movement.options[0].exposure
    cover = views.CoverView(
        patrol_id="EX-P1", km=views.RangeView(low=0, high=50), age_h=views.RangeView(low=2, high=9),
        is_confirmed=False,
    )  # fmt: skip
    options = tuple(
        replace(
            option, cover=(cover,), offered_km=50,
            exposure_confirmed=replace(plain, low=25, high=36),
            exposure_with_patrols=replace(plain, low=22, high=33),
            exposure_unpatrolled=replace(plain, low=17, high=19),
        )
        for option in movement.options
    )  # fmt: skip
    page = open_page(replace(product, movements=(replace(movement, options=options),)), lang="en")
    page.click("tr[data-id=H1]")
    told = page.text(".compare")
    assert "Exposure with confirmed presence" in told
    for words in ("30–40", "25–36", "22–33", "exposure 17–19 on that part", "50 km only offered"):
        assert words in told
