"""One command speaks to other machines, and tells them only what was typed after it."""

from __future__ import annotations

import ast
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import map_server
import pytest
from leaks.register import CANARIES, MINUSCA_ONLY, PUBLIC_ONLY, write_register
from map_server import EXTRACT, INTERPRETER, SEARCH, STATUS, SUM, MapServer, as_the_internet

from cmcoord_geo.cli.app import run

PACKAGE = Path(__file__).resolve().parents[2] / "cmcoord_geo"
ROOM = "io/fetch/"
#: Modules that can speak to another machine.
SPEAKERS = {"requests", "urllib3", "urllib.request", "http", "socket", "ftplib", "smtplib", "ssl"}
#: Functions of osmnx that do.
ASKING = ("graph_from_p", "graph_from_b", "graph_from_a", "features_from_", "geocode")
NAME = "central-african-republic"
FETCHES = {
    ("--extract", NAME): [("HEAD", EXTRACT), ("GET", SUM), ("GET", EXTRACT)],
    ("--box", "20.59,5.67,20.70,5.73"): [*[("GET", STATUS)] * 2, ("POST", INTERPRETER)],
    ("--place", "Ville-Essai"): [
        *(("GET", SEARCH), ("GET", STATUS), ("GET", STATUS), ("POST", INTERPRETER)),
    ],
}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MapServer]:
    with as_the_internet(monkeypatch) as made:
        made.serve_extract(map_server.extract(tmp_path))
        made.serve_area()
        yield made


@pytest.mark.parametrize("words", FETCHES, ids=lambda words: words[0])
def test_only_what_was_typed_is_sent(
    server: MapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    """Beside a folder of movements, to a file named after one."""
    monkeypatch.chdir(write_register(tmp_path))
    out = f"{CANARIES['movement']}.network"
    assert run(["network", "fetch", *words, "-o", out, "--yes"]) == 0
    assert server.paths() == FETCHES[words]
    sent = unquote_plus(
        " ".join(f"{it.path} {it.headers} {it.body.decode()}" for it in server.asked)
    )
    canaries = {**CANARIES, **MINUSCA_ONLY, **PUBLIC_ONLY}
    assert [name for name, word in canaries.items() if word in sent] == []
    assert str(Path.home()) not in sent
    assert socket.gethostname() not in sent
    for asked in server.asked:
        assert asked.headers["User-Agent"] == "cmcoord-geo"
        assert not {"Cookie", "Authorization"} & set(asked.headers)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "{folder}"),
        ("place", "Ippy"),
        ("plan", "Ippy", "Bria", "--depart", "2026-12-01T06:00+01:00"),
        ("network", "build", "{map}", "-o", "x.network"),
        ("network", "fetch", "--help"),
        ("network", "fetch", "--place", "Bria", "-o", "x.network"),
        ("network", "fetch", "--box", "20,5,21,6", "-o", "x.network"),
        ("doctor",),
    ],
    ids=lambda words: "-".join(words[:3]),
)
def test_other_commands_speak_to_nobody(
    server: MapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    called: list[Any] = []

    def refuse(*where: Any, **_: Any) -> None:
        called.append(where)
        raise OSError

    folder = write_register(tmp_path)
    source = tmp_path / "w.osm.pbf"
    source.write_bytes(map_server.extract(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    run([word.format(folder=folder, map=source) for word in words])
    assert (called, server.asked) == ([], [])


def speakers(source: str) -> set[str]:
    """Modules and functions named in a source that can speak to other machines."""
    tree = ast.parse(source)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Attribute) and node.attr.startswith(ASKING):
            found.add(node.attr)
            continue
        else:
            continue
        found |= {n for n in names if n in SPEAKERS or n.partition(".")[0] in SPEAKERS}
    return found


def test_one_room_speaks_to_other_machines() -> None:
    named = {
        path.relative_to(PACKAGE).as_posix(): found
        for path in PACKAGE.rglob("*.py")
        if (found := speakers(path.read_text(encoding="utf-8")))
    }
    assert [name for name in named if not name.startswith(ROOM)] == []
    assert len(named) >= 3


@pytest.mark.parametrize(
    "line",
    [
        *("import requests", "from urllib import request", "import urllib.request as r"),
        *("from http.client import HTTPSConnection", "osmnx.graph_from_place('x')"),
    ],
)
def test_a_speaker_is_seen_when_planted(line: str) -> None:
    assert speakers(line)
    assert not speakers("from urllib.parse import urlsplit\nosmnx.graph_from_xml('x')")
