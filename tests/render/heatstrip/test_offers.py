"""Offers: numbered in the grid and beside it, with what they cost; the draw is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from render.departures import first_option

from cmcoord_geo.i18n import said
from cmcoord_geo.render.heatstrip.picture import draw_strip


def told(lang: str = "fr", **change: object) -> list[str]:
    sheet, option = first_option()
    drawn, _ = draw_strip(sheet, replace(option, **change), lang=lang, dpi=40)
    return [one.text for one in drawn.written if one.part == "offers"]


def test_every_offer_stands_in_the_grid_and_in_the_list() -> None:
    _, option = first_option()
    words = told()
    for number, offer in enumerate(option.offered, start=1):
        assert words.count(str(number)) == 2
        assert any(f"{option.slots[offer.slot].depart:%H:%M}" in word for word in words)
    assert any("Tirés au sort" in word for word in words)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_offers_the_sheet_says_so(lang: str) -> None:
    words = told(lang, offered=())
    assert words[0] in {"Aucun départ à proposer", "No departure to offer"}
    assert not any("sort" in word for word in words)


def test_questions_are_listed_as_far_as_there_is_room() -> None:
    questions = tuple(said("departures.ask_state", name=f"bac {n}") for n in range(90))
    words = told(ask=questions)
    listed = [word for word in words if word.startswith("? ")]
    assert 3 < len(listed) < 90
