"""A mistake has its exit code and its sentence in both languages; an interruption is clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli.commands import LANGS, PLAN, WHEN, Command

from cmcoord_geo.cli import console

REFUSED = {
    "unknown place": (
        ("plan", "Nowhereville", "Bambari", *WHEN),
        3,
        ("Nowhereville", "Nowhereville"),
    ),
    "ambiguous place": (("plan", "Bangui", "Sido", *WHEN), 3, ("MSI", "SID")),
    "no zone": ((*PLAN[:3], "--depart", "2026-12-01T06:00"), 3, ("fuseau", "zone")),
    "no time": ((*PLAN[:3], "--depart", "demain"), 3, ("ISO 8601", "ISO 8601")),
    "unknown vehicle": ((*PLAN, "--vehicle", "bike"), 3, ("bike", "truck_6x6")),
    "no number": ((*PLAN, "--vehicle", "lv_4x4:0"), 3, ("lv_4x4:0", "lv_4x4:0")),
    "no file": ((*PLAN, "--incidents", "none.csv"), 3, ("none.csv", "none.csv")),
    "no settings": ((*PLAN, "--config", "none.toml"), 3, ("none.toml", "none.toml")),
    "no route": (("plan", "Bangui", "Birao", "--vehicle", "tanker", *WHEN), 4, ("Birao", "Birao")),
    "one place": (("plan", "Sibut", "Sibut", *WHEN), 3, ("Sibut", "Sibut")),
    "no folder": (("map", "nowhere"), 3, ("nowhere", "nowhere")),
    "no audience": (("map", "nowhere", "--audience", "donors"), 3, ("donors", "minusca_ops")),
    "no table": (("template", "trips"), 3, ("trips", "movements")),
    "nothing to check": (("check", "nowhere"), 3, ("nowhere", "nowhere")),
    "no argument": (("plan", "Sibut"), 2, ("destination", "destination")),
    "no option": ((*PLAN, "--soon"), 2, ("--soon", "--soon")),
    "no command": (("fly",), 2, ("demo", "template")),
    "not a number": ((*PLAN, "--persons", "some"), 2, ("--persons", "--persons")),
    "a word too many": ((*PLAN, "more"), 2, ("--help", "--help")),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("fault", REFUSED)
def test_a_mistake_has_its_code_and_its_sentence(command: Command, fault: str, lang: str) -> None:
    words, code, (first, second) = REFUSED[fault]
    done = command(*words, "--lang", lang)
    assert (done.code, done.out) == (code, "")
    assert first in done.err if lang == "fr" else second in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("fault", REFUSED)
def test_the_two_languages_differ(command: Command, fault: str) -> None:
    words, _, _ = REFUSED[fault]
    french, english = (command(*words, "--lang", lang).err for lang in LANGS)
    assert french != english


def test_both_candidates_are_named(command: Command) -> None:
    done = command("plan", "Bangui", "Sido", *WHEN, "--lang", "en")
    assert {"MSI", "SID"} <= set(re.findall(r"\[(\w+)\]", done.err))


@pytest.mark.parametrize(
    ("system", "words"), [("fr_FR", "Valeur non admise"), ("en_US", "Value not allowed")]
)
def test_a_mistake_in_the_language_is_told_in_that_of_the_system(
    command: Command, monkeypatch: pytest.MonkeyPatch, system: str, words: str
) -> None:
    monkeypatch.setenv("CMCOORD_LANG", system)
    for mistake in (("--lang", "de"), ("--lang=FR",)):
        done = command(*PLAN, *mistake)
        assert done.code == 2
        assert words in done.err
        assert "fr" in done.err
        assert "en" in done.err


def test_an_interruption_is_clean(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "show_findings", interrupted)
    done = command("map", folder, "--lang", "en")
    assert (done.code, done.out) == (130, "")
    assert "Interrupted" in done.err
    assert "Traceback" not in done.err
