"""Departures as text: both languages, EXERCISE, offers, reasons, and nothing called safe."""

from __future__ import annotations

import re

import pytest
from render.departures import departure_sheets

from cmcoord_geo.i18n.dates import said_day
from cmcoord_geo.render.departure_text import build_departure_text

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
