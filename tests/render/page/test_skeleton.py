"""The page without data: constant, with one slot each for policy, title and data."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from cmcoord_geo.render.page import skeleton
from cmcoord_geo.render.page.skeleton import PANES, page_skeleton


def fresh(lang: str) -> str:
    """Skeleton that is built anew."""
    return page_skeleton.__wrapped__(lang)


def test_two_builds_differ_in_their_language_alone():
    french, english = fresh("fr"), fresh("en")
    assert fresh("fr") == french
    assert french.replace('<html lang="fr">', '<html lang="en">') == english


@pytest.mark.parametrize("slot", [skeleton.CSP_SLOT, skeleton.TITLE_SLOT, skeleton.DATA_SLOT])
def test_each_slot_stands_once(slot):
    assert fresh("fr").count(slot) == 1


def test_it_links_to_carried_files_only():
    page = fresh("fr")
    assert re.findall(r'(?:src|href)="([^"#]*)"', page) == [
        "leaflet/leaflet.js",
        "app.js",
        "leaflet/leaflet.css",
        "style.css",
    ]
    assert "://" not in page


def test_panes_stand_one_above_the_other_and_only_touch_and_badges_take_the_pointer():
    page = fresh("fr")
    heights = re.findall(r"pane_(\w+)\.style\.zIndex = (\d+)", page)
    assert [name for name, _ in sorted(heights, key=lambda found: int(found[1]))] == list(PANES)
    assert len({height for _, height in heights}) == len(PANES)
    blocked = set(re.findall(r"pane_(\w+)\.style\.pointerEvents = 'none'", page))
    assert set(PANES) - blocked == {"touch", "badges"}


def test_the_script_draws_on_panes_that_exist():
    folder = files("cmcoord_geo.render.page") / "assets" / "app"
    script = "\n".join(part.read_text(encoding="utf-8") for part in folder.iterdir())
    (listed,) = re.findall(r"^const PANES = \[(.*)\];$", script, re.MULTILINE)
    drawn_on = set(re.findall(r"'(\w+)'", listed))
    by_name = set(re.findall(r"(?:pane: |getPane\()'(\w+)'", script))
    by_renderer = set(re.findall(r"\b(?:line|area|drawSleeve)\('\w+', '(\w+)'", script))
    assert drawn_on | by_name == set(PANES)
    assert by_renderer <= drawn_on
