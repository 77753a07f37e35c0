"""Areas to avoid on the page: drawn, named, listed and explained where the product holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
import shapely
from browser.chromium import DESKTOP, PHONE
from render import sample

from cmcoord_geo.render.page import build_page
from cmcoord_geo.render.page.furniture import page_texts
from cmcoord_geo.render.page.payload import page_payload
from cmcoord_geo.sharing.views import AreaRoadView, AreaView
from cmcoord_geo.units import BANGUI

RING = ((23.4, 5.4), (24.4, 5.4), (24.4, 6.4), (23.9, 5.7), (23.4, 6.4), (23.4, 5.4))
HOLE = ((23.8, 5.45), (24.0, 5.45), (24.0, 5.6), (23.8, 5.45))
EVIL = "<img src=x onerror=alert(1)>"


def view(mark: str, effect: str, **changed: object) -> AreaView:
    given: dict[str, object] = {
        "mark": mark, "area_id": "a", "name": f"Zone {mark}", "effect": effect,
        "added_min_per_km": 2.5 if effect == "cost" else None, "since": None,
        "until": datetime(2026, 12, 7, tzinfo=BANGUI), "movements": ("H1",), "idle": None,
        "roads": tuple(AreaRoadView(road=f"R{i}", km=9.25 - i, segment_ids=()) for i in range(8)),
        "outline": ((RING, HOLE),), **changed,
    }  # fmt: skip
    return AreaView(**given)


def week(*areas: AreaView):
    return replace(sample.product(), areas=areas)


def test_the_data_block_holds_outline_name_and_roads() -> None:
    (area,) = page_payload(week(view("Z1", "cost")), lang="fr")["areas"]
    assert (area["mark"], area["name"], area["perKm"].fr) == ("Z1", "Zone Z1", "2,5")
    assert [len(polygon) for polygon in area["outline"]] == [2]
    name, km = area["roads"][0]
    assert (name.fr, km.fr, km.en) == ("R0", "9,2", "9.2")
    assert shapely.Polygon(RING, [HOLE]).covers(shapely.Point(area["label"]))


def test_a_page_without_areas_has_no_word_of_them() -> None:
    assert "areas" not in page_payload(week(), lang="fr")
    assert "area.title" not in page_texts(week())
    assert "area.title" in page_texts(week(view("Z1", "cost")))


def test_a_partner_gets_the_list_without_name_and_outline() -> None:
    hidden = view("Z1", "closure", name="", area_id="", outline=())
    (area,) = page_payload(week(hidden), lang="fr")["areas"]
    assert (area["name"], area["outline"], area["label"]) == ("", [], [])
    assert len(area["roads"]) == 8


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_both_kinds_are_drawn_and_named(open_page, size) -> None:
    page = open_page(week(view("Z1", "cost"), view("Z2", "closure")), size=size)
    assert page.errors() == []
    fills = page.run(
        "return [...document.querySelectorAll('path')].map((path) => path.getAttribute('fill'))"
    )
    assert {"url(#area-cost)", "url(#area-closure)"} <= set(fills)
    ids = "return [...document.querySelectorAll('pattern[id^=area]')].map((pattern) => pattern.id)"
    assert page.run(ids) == ["area-cost", "area-closure"]
    names = "return [...document.querySelectorAll('.name.area')].map((name) => name.textContent)"
    assert sorted(name[:2] for name in page.run(names)) == ["Z1", "Z2"]
    page.run("cmcoord.showLayer('areas', false)")
    assert page.run(names) == []


def test_what_is_past_is_listed_and_not_drawn(open_page) -> None:
    as_of = sample.product().frame.as_of
    page = open_page(week(view("Z1", "cost"), view("Z2", "closure", until=as_of)))
    names = "return [...document.querySelectorAll('.name.area')].map((name) => name.textContent)"
    assert [name[:2] for name in page.run(names)] == ["Z1"]
    page.run("cmcoord.showTab('patrols')")
    assert "Z2" in page.text(".arealist")


def test_list_and_key_tell_what_each_does(open_page) -> None:
    page = open_page(
        week(view("Z1", "cost", name=EVIL, since=sample.MONDAY), view("Z2", "closure"))
    )
    key = page.text("#key")
    assert "fermeture" in key
    assert "coût" in key
    page.run("cmcoord.showTab('patrols')")
    told = page.text(".arealist")
    assert EVIL in told
    assert "dès lun. 30 nov." in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "coût : 2,5 min par km" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "R5 4,2 km, et 2 de plus" in told
    assert page.run("return document.querySelectorAll('img').length") == 0
    page.run("cmcoord.setLanguage('en')")
    assert "cost: 2.5 min per km" in page.text(".arealist")


def test_what_has_no_outline_is_listed_and_not_drawn(open_page) -> None:
    page = open_page(week(view("Z1", "closure", name="", outline=())))
    assert page.errors() == []
    page.run("cmcoord.showTab('patrols')")
    assert "Z1" in page.text(".arealist")
    assert page.run("return document.querySelectorAll('.name.area').length") == 0
    assert "fermeture" not in page.text("#key")


@pytest.mark.parametrize("audience", ["minusca_ops", "public"])
def test_a_page_for_others_carries_no_words_for_them(audience: str) -> None:
    page = build_page(sample.product(audience))
    assert "Zones à éviter" not in page
    assert "Areas to avoid" not in page
    assert "Zones à éviter" in build_page(week(view("Z1", "cost")))
