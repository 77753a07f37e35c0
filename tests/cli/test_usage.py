"""Which language a mistake is told in, and help in that of the system."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.help import translated
from cmcoord_geo.cli.language import asked_lang


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


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "fr", "plan", "--help"],
        ["network", "--lang", "fr", "check", "--help"],
        ["network", "--lang", "fr"],
        ["--help", "--lang=fr"],
    ],
)
def test_help_stands_in_the_language_of_the_line_wherever_it_is_named(words: list[str]) -> None:
    environment = {**os.environ, "CMCOORD_LANG": "en"}
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "cmcoord_geo", *words],
        env=environment, capture_output=True, encoding="utf-8", check=True,
    ).stdout.replace("\u00a0", " ")  # fmt: skip
    assert told.startswith("Emploi : cmcoord-geo")
    assert "Montrer ce message" in told
    for english in (
        "Usage",
        "Options:",
        "Commands:",
        "Arguments:",
        "[required]",
        "[default",
        "<str>",
        "Show",
    ):
        assert english not in told


def test_types_of_values_have_words_and_columns_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "check", "--help"]) == 0
    rows = [row for row in capsys.readouterr().out.splitlines() if row.startswith("  -")]
    assert "--places <whole number>" in rows[1]
    columns = {
        re.search(r"(?<=>)  +(?=\S)|(?<=--json)  +(?=\S)", row).end() for row in rows if ">" in row
    }  # type: ignore[union-attr]
    assert len(columns) == 1


def test_a_language_before_the_command_holds_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "fr", "check", "nowhere"]) == 3
    assert "dossier nowhere" in capsys.readouterr().err.replace("\u00a0", " ")


def test_what_is_missing_is_explained_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The help stands in the language of the system, here English; ``--lang fr`` asks for French."""
    assert run(["plan", "Bangui", "--depart", "2026-12-01T06:00+01:00", "--lang", "fr"]) == 2
    told = capsys.readouterr().err
    assert "Il manque destination. Lieu d’arrivée." in told.replace("\u00a0", " ")
