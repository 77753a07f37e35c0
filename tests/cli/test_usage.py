"""Which language a mistake is told in, and help in that of the system."""

from __future__ import annotations

import pytest

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.help import translated
from cmcoord_geo.cli.usage import asked_lang


@pytest.fixture(autouse=True)
def _english_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMCOORD_LANG", "en")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["plan", "--lang", "fr"], "fr"),
        (["--lang=fr", "plan"], "fr"),
        (["plan", "--lang", "de"], "en"),
        (["plan", "--lang"], "en"),
        (["plan"], "en"),
        ([], "en"),
    ],
)
def test_the_language_asked_for_else_that_of_the_system(words: list[str], lang: str) -> None:
    assert asked_lang(words) == lang


def test_help_keeps_its_words_in_english() -> None:
    assert translated("Usage: x [OPTIONS]\n\nOptions:\n") == "Usage: x [OPTIONS]\n\nOptions:\n"


def test_help_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMCOORD_LANG", "fr")
    told = translated("Usage: x [OPTIONS]\n\nOptions:\n  --out  [default: a]")
    assert told.startswith("Emploi")
    assert "[par défaut" in told


def test_what_is_missing_is_explained_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The help stands in the language of the system, here English; ``--lang fr`` asks for French."""
    assert run(["plan", "Bangui", "--depart", "2026-12-01T06:00+01:00", "--lang", "fr"]) == 2
    told = capsys.readouterr().err
    assert "Il manque destination. Lieu d’arrivée." in told.replace("\u00a0", " ")
