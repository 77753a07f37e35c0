"""Departures as text: both languages, EXERCISE, offers, reasons, and nothing called safe."""

from __future__ import annotations

import pytest
from render.departures import departure_sheets

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
