"""Language of the command: asked for, else of the system, French where the system says nothing."""

from __future__ import annotations

import locale

import pytest

from cmcoord_geo.cli.language import system_lang
from cmcoord_geo.cli.options import as_lang

NAMES = ("CMCOORD_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _silent_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))


def test_french_where_the_system_says_nothing() -> None:
    assert system_lang() == "fr"


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("en_GB.UTF-8", "en"),
        ("fr_CF.UTF-8", "fr"),
        ("C.UTF-8", "fr"),
        ("de_DE", "fr"),
        ("EN", "en"),
    ],
)
def test_the_variables_of_the_system_hold(monkeypatch, word: str, lang: str) -> None:
    monkeypatch.setenv("LANG", word)
    assert system_lang() == lang


def test_the_first_variable_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, word in zip(NAMES, ("", "en_US", "fr_FR", "fr_FR"), strict=True):
        monkeypatch.setenv(name, word)
    assert system_lang() == "en"
    monkeypatch.setenv("CMCOORD_LANG", "fr")
    assert system_lang() == "fr"


@pytest.mark.parametrize(
    ("named", "lang"), [("English_United States", "en"), ("French_France", "fr"), ("en_US", "en")]
)
def test_windows_names_its_languages(monkeypatch, named: str, lang: str) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (named, "1252"))
    assert system_lang() == lang


def test_the_option_stands_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US")
    assert (as_lang("fr"), as_lang("en"), as_lang(None)) == ("fr", "en", "en")
