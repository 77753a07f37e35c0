"""Departures as text: both languages, EXERCISE, offers, reasons, and nothing called safe."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from render.departures import departure_sheets, first_option

from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.departure_text import build_departure_text, slot_words
from cmcoord_geo.sharing.views import ExposureView

LANGS = ("fr", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_text_says_what_a_reader_needs(lang: str) -> None:
    written = build_departure_text(departure_sheets(), lang=lang)
    for word in {
        "fr": ("EXERCICE", "Quand partir", "Départs à discuter", "couvre-feu", "Expire le"),
        "en": ("EXERCISE", "When to leave", "Departures to discuss", "couvre-feu", "Expires"),
    }[lang]:
        assert word in written
    assert max(map(len, written.splitlines())) <= 88
    assert not {"sûr", "sécurisé", "safe", "secure"} & set(written.lower().split())


def test_a_line_for_every_run_by_day() -> None:
    written = build_departure_text(departure_sheets()[:1], lang="en")
    assert "06:15" in written or "06:00" in written
    assert "at the fast pace only" in written
    assert "out: " in written


def test_languages_differ() -> None:
    sheets = departure_sheets()
    assert build_departure_text(sheets, lang="fr") != build_departure_text(sheets, lang="en")


def test_days_alike_are_told_once_and_expired_ones_say_so() -> None:
    sheet = departure_sheets()[0]
    whole = build_departure_text([sheet], lang="en")
    assert re.search(
        r"^\w+ \d+ Dec – \w+ \d+ Dec \(data expired: ask again\)$", whole, re.MULTILINE
    )
    days = {said_day(day.day)["en"] for day in sheet.options[0].days}
    heads = [line for line in whole.splitlines() if line.startswith(tuple(days))]
    assert len(heads) < len(days) * len(sheet.options)


def test_nothing_is_compared_with_itself() -> None:
    """No departure is "0 h later", and no hour lies between itself and itself."""
    for lang, words in (("fr", "arrivée 0 h"), ("en", "arrives 0 h")):
        written = build_departure_text(departure_sheets(), lang=lang)
        assert words not in written
    told = build_departure_text(departure_sheets(), lang="en")
    assert not re.search(r"between (\d\d:\d\d) and \1", " ".join(told.split()))


def test_what_is_offered_says_how_many_meetings_remain() -> None:
    """A difference of nought to the departure asked for says nothing of how many there are."""
    _, option = first_option()
    slot = option.slots[option.offered[0].slot]
    told = slot_words(replace(slot, meetings=1, unknown_meetings=2), "en")
    assert "1 possible meeting: to be separated" in told
    assert "2 meetings that are not known: ask" in told
    assert "meeting" not in slot_words(replace(slot, meetings=0, unknown_meetings=0), "en")


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((None, None, 0), "exposure: no information"),
        ((2, 9, 40), "exposure 2–? with patrols (no information on 60 %)"),
        ((2, 9, 100), "exposure 2–9 with patrols"),
    ],
)
def test_exposure_that_nobody_knows_never_reads_as_nought(figures, words: str) -> None:
    _, option = first_option()
    low, high, percent = figures
    exposure = ExposureView(low=low, high=high, exposure_class=0, informed_percent=percent)
    told = slot_words(replace(option.slots[option.offered[0].slot], exposure=exposure), "en")
    assert words in told
    assert "0–0" not in told


def test_explosive_ordnance_on_the_road_is_told() -> None:
    written = " ".join(build_departure_text(departure_sheets(), lang="en").split())
    assert "explosive ordnance" in written.replace("It changes nothing about", "")
