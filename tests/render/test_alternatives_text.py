"""The table of alternatives, as a person reads it on a terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.io import read_picture
from cmcoord_geo.render.alternatives_text import build_alternatives_text
from cmcoord_geo.render.text.sheet import WIDTH
from cmcoord_geo.service.alternatives import ask_alternatives
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.views import ExposureView

PICTURE = read_picture(Path(__file__).resolve().parents[2] / "data" / "exercise")
IDS = ("EX-M01", "EX-M04", "EX-M12", "EX-M13")
VIEWS = {key: ask_alternatives(PICTURE, key, Audience(kind="owner"), Config()) for key in IDS}
LANGS = ("fr", "en")


def text(key: str, lang: str = "en") -> str:
    return build_alternatives_text(VIEWS[key], lang=lang)


def row(key: str, name: str) -> str:
    """First table row of a name, its lines joined."""
    blocks = text(key).split("+--")
    (block,) = [one for one in blocks if f"| {name}" in one][:1]
    return " ".join(block.replace("|", " ").split())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", IDS)
def test_table_is_framed_and_fits_a_terminal(key: str, lang: str) -> None:
    found = text(key, lang)
    assert found.startswith("*** EXERCICE / EXERCISE ***\n")
    assert [line for line in found.splitlines() if len(line) > WIDTH] == []
    assert " ".join(VIEWS[key].frame.disclaimer[lang].split()) in " ".join(found.split())
    assert found == text(key, lang)
    assert "\x1b" not in found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", IDS)
def test_an_escort_is_named_only_to_say_that_it_is_none(key: str, lang: str) -> None:
    """H16: it is in the title and in the sentence that rules it out, and in no row."""
    table = text(key, lang).split("\n+", 1)[1].rsplit("+\n", 1)[0]
    assert not re.search("escort", table, re.IGNORECASE)
    assert len(re.findall("escort", text(key, lang), re.IGNORECASE)) == 2


def test_rows_have_hours_exposure_and_what_they_hang_on() -> None:
    asked = row("EX-M04", "As asked for A")
    assert "possible meeting" in row("EX-M01", "As asked for A")
    assert "13–28 h" in asked
    assert "4–30" in asked
    assert "506" in asked
    assert "Q1" in asked
    assert "11–23 h" in row("EX-M04", "Another road C")
    assert "at best 3–24" in row("EX-M04", "A patrol’s")
    assert "leave Wed 2" in row("EX-M01", "Another slot A")
    assert "UNHAS" in row("EX-M04", "Air")


def test_without_a_road_the_rest_still_stands() -> None:
    found = text("EX-M12")
    assert "No road:" in found
    assert "As asked for" not in found
    assert "Q1 Q2" in row("EX-M12", "Another road")


def test_presence_that_is_confirmed_lowers_what_is_shown() -> None:
    """EX-M13 drives behind a patrol that reported its passage."""
    (asked,) = [one for one in VIEWS["EX-M13"].movement.alternatives if one.family_id == "asked"]
    assert asked.exposure is not None
    assert asked.with_confirmed is not None
    assert asked.with_confirmed.high < asked.exposure.high
    assert f"{asked.with_confirmed.low}–{asked.with_confirmed.high}" in row(
        "EX-M13", "As asked for A"
    )


@pytest.mark.parametrize(("lang", "words"), [("fr", "pas d’information"), ("en", "no information")])
def test_what_nobody_knows_is_said_in_whole_words(lang: str, words: str) -> None:
    view = VIEWS["EX-M04"]
    unknown = ExposureView(low=None, high=None, exposure_class=0, informed_percent=0)
    rows = tuple(
        replace(one, exposure=unknown, with_confirmed=unknown, with_offered=unknown)
        for one in view.movement.alternatives
    )
    movement = replace(view.movement, alternatives=rows)
    table = build_alternatives_text(replace(view, movement=movement), lang=lang)
    assert all(f" {word} " in table for word in words.split())
    assert "None" not in table


def test_explosive_ordnance_of_each_option_is_told() -> None:
    told = text("EX-M04")
    for option in VIEWS["EX-M04"].movement.options:
        assert f"Explosive ordnance, option {option.letter}: " in told
