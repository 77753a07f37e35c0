"""``network fetch`` as it is typed: it says what it costs, asks, and obeys."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import map_server
import pytest
from cli.commands import LANGS, Command
from map_server import EXTRACT, MapServer, as_the_internet

NAME = "central-african-republic"
WORDS = ("network", "fetch", "-o", "a.network")
BOX = "--box=20.59,5.67,20.70,5.73"


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MapServer]:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with as_the_internet(monkeypatch) as made:
        made.serve_extract(map_server.extract(tmp_path))
        made.serve_area()
        yield made


def test_an_extract_becomes_a_network(server: MapServer, command: Command, tmp_path: Path) -> None:
    done = command(*WORDS, "--extract", NAME, "--yes", "--lang", "en")
    assert done.code == 0
    assert "Central African Republic: 0.0 MB, file of 2026-11-24" in done.err
    assert "access=perhaps" in done.err
    assert "Licence: © OpenStreetMap contributors, ODbL 1.0" in done.out
    assert "Written: a.network" in done.out
    assert [path.name for path in tmp_path.iterdir()] == ["a.network"]
    info = command("network", "info", "a.network", "--lang", "fr")
    assert f"Données OpenStreetMap du : {map_server.OSM_DAY}".replace(" :", "\u00a0:") in info.out
    planned = command(
        *("plan", "Village-Essai", "Ville-Essai", "--network", "a.network", "--lang", "en"),
        *("--depart", "2027-01-15T07:00+01:00"),
    )
    assert planned.code == 0


@pytest.mark.parametrize("words", [(BOX,), ("--place", "Ville-Essai")])
def test_an_area_becomes_a_network(
    server: MapServer, command: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = command(*WORDS, *words, "--yes", "--keep", "raw", "--lang", "fr")
    assert done.code == 0
    assert "km²" in done.err
    assert ("est envoyé à" in done.err) == (words[0] == "--place")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.network", "raw"]
    assert [path.suffix for path in (tmp_path / "raw").iterdir()] == [".pbf"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("--extract", NAME), [("HEAD", EXTRACT)]),
        ((BOX,), []),
        (("--place", "Ville-Essai"), []),
    ],
)
def test_nobody_to_agree_and_nothing_is_downloaded(
    server: MapServer,
    command: Command,
    tmp_path: Path,
    words: tuple[str, ...],
    asked: list[tuple[str, str]],
    lang: str,
) -> None:
    """The size is told as far as it takes no more than a look; a place is named to nobody."""
    done = command(*WORDS, *words, "--lang", lang)
    assert done.code == 3
    assert "--yes" in done.err
    assert done.out == ""
    assert server.paths() == asked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "lang", "code"),
    [
        *(("o\n", "fr", 0), ("OUI\n", "fr", 0), ("y\n", "en", 0)),
        *(("n\n", "fr", 3), ("\n", "en", 3), ("download\n", "en", 3), ("", "en", 130)),
    ],
)
def test_a_person_is_asked(
    server: MapServer,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    lang: str,
    code: int,
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    done = command(*WORDS, "--extract", NAME, "--lang", lang)
    assert done.code == code
    assert ("Télécharger ?" if lang == "fr" else "Download?").replace(" ?", "\u00a0?") in done.err
    assert (tmp_path / "a.network").exists() == (code == 0)
    if code:
        assert server.paths() == [("HEAD", EXTRACT)]
    if code == 3:
        assert ("Rien n’a été" if lang == "fr" else "Nothing was") in done.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--place", " "),
        ("--extract", NAME, BOX),
        ("--place", "x", BOX),
        ("--extract", NAME, "--place", "x"),
    ],
)
def test_one_of_the_three(server: MapServer, command: Command, words: tuple[str, ...]) -> None:
    done = command(*WORDS, *words, "--yes", "--lang", "en")
    assert (done.code, server.asked) == (3, [])
    assert "exactly one" in done.err


def test_a_file_that_is_there_is_kept(server: MapServer, command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.network").write_bytes(b"before")
    done = command(*WORDS, "--extract", NAME, "--yes", "--lang", "en")
    assert done.code == 3
    assert "--force" in done.err
    assert (tmp_path / "a.network").read_bytes() == b"before"
    assert ("GET", EXTRACT) not in server.paths()
    assert command(*WORDS, "--extract", NAME, "--yes", "--force").code == 0


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Ouvrir un navigateur"), ("en", "Open a browser")]
)
def test_failures_have_a_sentence_and_a_code(
    server: MapServer, command: Command, lang: str, words: str
) -> None:
    server.jobs[EXTRACT] = [map_server.portal]
    done = command(*WORDS, "--extract", NAME, "--yes", "--lang", lang)
    assert done.code == 3
    assert words in done.err
    assert done.out == ""


def test_a_process_of_its_own_without_a_terminal(server: MapServer, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cmcoord_geo", *WORDS, "--extract", NAME, "--lang", "en"]
    done = subprocess.run(  # noqa: S603
        command,
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env=dict(os.environ),
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "Nothing was downloaded" in done.stderr
    assert list(tmp_path.iterdir()) == []
