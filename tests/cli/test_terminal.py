"""Terminals as they are: old code pages, no colour, French help, pipes that close."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping

import pytest

PLAN = ("plan", "Sibut", "Grimari", "--depart", "2026-12-01T06:00+01:00")


def ran(*words: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    environment: Mapping[str, str] = {**os.environ, **settings}
    command = [sys.executable, "-m", "cmcoord_geo", *words]
    return subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-8"])
def test_text_is_readable_in_any_code_page(encoding: str) -> None:
    done = ran(*PLAN, "--lang", "fr", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert ("→" if encoding == "utf-8" else "->") in text
    assert "Sibut" in text
    assert "Départ" in text


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-8"])
def test_json_loses_nothing_in_any_code_page(encoding: str) -> None:
    done = ran(*PLAN, "--json", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    told = json.loads(done.stdout.decode(encoding))
    names = {place["name"] for place in told["places"]}
    assert {"Ndélé", "Kaga-Bandoro"} <= names


def test_an_error_is_readable_in_an_old_code_page() -> None:
    done = ran("plan", "Sibut", "Nyångo", *PLAN[3:], "--lang", "fr", PYTHONIOENCODING="cp437")
    assert done.returncode == 3
    assert "Aucun lieu" in done.stderr.decode("cp437")


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}])
def test_no_colour_is_ever_written(settings: Mapping[str, str]) -> None:
    for words in (("nope",), ("template",)):
        done = ran(*words, **settings)
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("lang", "present", "absent"),
    [("fr_FR.UTF-8", "Emploi", "Usage"), ("en_US.UTF-8", "Usage", "Emploi")],
)
def test_help_speaks_the_language_of_the_system(lang: str, present: str, absent: str) -> None:
    for words in (("--help",), ("plan", "--help"), ()):
        done = ran(*words, CMCOORD_LANG=lang)
        text = done.stdout.decode("utf-8")
        assert done.returncode == 0
        assert present in text
        assert absent not in text
    assert ("Montrer ce message" in text) == (lang[:2] == "fr")


def test_the_console_script_answers() -> None:
    code = "import sys; sys.argv[1:] = ['template']; from cmcoord_geo.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)  # noqa: S603
    assert done.returncode == 0
    assert b"movements" in done.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-8"])
def test_hours_of_the_board_are_readable_in_any_code_page(encoding: str) -> None:
    words = ("isolation", "--as-of", "2026-12-15T07:00+01:00", "--lang", "fr")
    done = ran(*words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    told = done.stdout.decode(encoding).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert re.search(r"\+\d+ h", told)
    assert "?h" not in told
