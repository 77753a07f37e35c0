"""A file comes whole and verified from a real server on loopback, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import map_server
import pytest
from map_server import EXTRACT, SUM, MapServer, as_the_internet, cut, rest

from cmcoord_geo.errors import DataError, FetchError
from cmcoord_geo.io.fetch import transfer
from cmcoord_geo.io.fetch.transfer import download, look_up, megabytes


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MapServer]:
    with as_the_internet(monkeypatch) as made:
        yield made


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    """A map, and something after it so that it takes several reads."""
    return map_server.extract(tmp_path) + bytes(range(256)) * 4000


def brought(server: MapServer, folder: Path) -> bytes:
    path = folder / "part.osm.pbf"
    download(look_up(server.url + EXTRACT), path)
    return path.read_bytes()


def test_size_and_day_are_asked_without_the_file(server: MapServer, content: bytes) -> None:
    server.serve_extract(content)
    remote = look_up(server.url + EXTRACT)
    assert (remote.size, remote.day, remote.mark) == (len(content), "2026-11-24", '"one"')
    assert server.paths() == [("HEAD", EXTRACT)]


def test_a_server_need_not_say_size_and_day(server: MapServer, tmp_path: Path) -> None:
    server.jobs[EXTRACT] = [lambda it: it.begin(200, {"Last_Modified": "soon"})]
    remote = look_up(server.url + EXTRACT)
    assert (remote.size, remote.day) == (0, "")
    server.jobs[EXTRACT] = [map_server.status(405)]
    assert look_up(server.url + EXTRACT).size == 0


def test_a_file_comes_whole_and_by_three_questions(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    assert brought(server, tmp_path) == content
    assert server.paths() == [("HEAD", EXTRACT), ("GET", SUM), ("GET", EXTRACT)]
    for asked in server.asked:
        assert asked.headers["User-Agent"] == "cmcoord-geo"
        assert set(asked.headers) <= {
            *("Host", "User-Agent", "Accept-Encoding", "Accept", "Connection"),
        }


def test_it_is_followed_where_it_is_sent_on(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    dated = EXTRACT.replace("latest", "261123")
    server.serve_extract(content)
    server.jobs[dated] = server.jobs[EXTRACT]
    server.jobs[EXTRACT] = [map_server.sent_on(dated)]
    assert brought(server, tmp_path) == content
    assert server.paths()[-1] == ("GET", dated)


def test_a_broken_transfer_is_taken_up_where_it_broke(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, cut(content, 300_000), rest(content)]
    assert brought(server, tmp_path) == content
    again = server.asked[-1].headers
    start = int(again["Range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 300_000
    assert again["If-Range"] == '"one"'


def test_another_version_starts_anew(server: MapServer, tmp_path: Path, content: bytes) -> None:
    newer = content + b"newer"
    server.serve_extract(newer)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, cut(newer, 300_000), whole]
    assert brought(server, tmp_path) == newer


def test_a_piece_from_elsewhere_is_refused(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, cut(content, 300_000), rest(content, at=17)]
    with pytest.raises(FetchError, match="cannot be read"):
        brought(server, tmp_path)


def test_a_line_that_brings_nothing_more_is_given_up(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, cut(content, 300_000), cut(content, 0)]
    with pytest.raises(FetchError) as told:
        brought(server, tmp_path)
    assert told.value.is_passing
    assert server.paths().count(("GET", EXTRACT)) <= 3


def test_tries_are_counted(
    server: MapServer, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try brings a little; after the last one it ends."""
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]

    def little(it: map_server.Handler) -> None:
        start = int(it.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        where = f"bytes {start}-{len(content) - 1}/{len(content)}"
        length = str(len(content) - start)
        it.begin(206 if start else 200, {"Content-Range": where, "Content-Length": length})
        it.wfile.write(content[start : start + 1000])
        it.close_connection = True

    monkeypatch.setattr(transfer, "_AT_ONCE", 500)
    server.jobs[EXTRACT] = [whole, little]
    with pytest.raises(FetchError, match=r"broke|truncated"):
        brought(server, tmp_path)
    assert server.paths().count(("GET", EXTRACT)) == 5


def test_a_file_shorter_than_announced_is_truncated(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    """A proxy that cuts and corrects the length."""
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, lambda it: it.give(content[:1000])]
    with pytest.raises(FetchError, match=r"truncated \(0\.0 MB of 1\.0\)"):
        brought(server, tmp_path)


def test_a_file_longer_than_announced_is_refused(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    server.jobs[EXTRACT] = [whole, lambda it: it.give(content + bytes(1_000_000))]
    with pytest.raises(FetchError, match="more than announced"):
        brought(server, tmp_path)


def test_a_changed_file_has_another_checksum(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    changed = content[:-1] + b"\x00"
    server.jobs[EXTRACT] = [lambda it: it.give(changed)]
    with pytest.raises(FetchError, match="checksum"):
        brought(server, tmp_path)


@pytest.mark.parametrize("word", [b"", b"none", b"0123  x", b"z" * 32])
def test_without_a_checksum_nothing_is_fetched(
    server: MapServer, tmp_path: Path, content: bytes, word: bytes
) -> None:
    server.serve_extract(content)
    server.jobs[SUM] = [lambda it: it.give(word)]
    with pytest.raises(FetchError, match=r"no checksum \(\.md5\)"):
        brought(server, tmp_path)
    assert ("GET", EXTRACT) not in server.paths()


def test_what_is_not_there_says_where(server: MapServer, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FetchError, match="nothing at this address"):
        look_up(server.url + EXTRACT)
    server.serve_extract(content)
    del server.jobs[SUM]
    with pytest.raises(FetchError, match=r"latest\.osm\.pbf\.md5"):
        brought(server, tmp_path)


@pytest.mark.parametrize("where", ["head", "sum", "file", "unmarked"])
def test_the_portal_of_a_network_is_seen_everywhere(
    server: MapServer, tmp_path: Path, content: bytes, where: str
) -> None:
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]
    if where == "head":
        server.jobs[EXTRACT] = [map_server.sent_on("/login")]
        server.jobs["/login"] = [map_server.portal]
    elif where == "sum":
        server.jobs[SUM] = [map_server.portal]
    elif where == "file":
        server.jobs[EXTRACT] = [whole, map_server.portal]
    else:
        server.jobs[EXTRACT] = [whole, lambda it: it.give(map_server.PORTAL)]
    with pytest.raises(FetchError, match="Open a browser"):
        brought(server, tmp_path)


def test_what_is_no_map_is_seen_at_its_first_bytes(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(b"PK\x03\x04" + content)
    with pytest.raises(FetchError, match=r"no \.osm\.pbf"):
        brought(server, tmp_path)


def test_an_empty_file_is_no_map(server: MapServer, tmp_path: Path) -> None:
    server.serve_extract(b"")
    with pytest.raises(FetchError, match="truncated"):
        brought(server, tmp_path)


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with as_the_internet(monkeypatch) as made:
        url = made.url
    with pytest.raises(FetchError, match="No connection"):
        look_up(url + EXTRACT)


def test_a_silent_server_is_not_waited_for(
    server: MapServer, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()
    monkeypatch.setattr(
        transfer, "limit", lambda name: {"timeout_s": 0.2, "attempts": 1, "pause_s": 0}[name]
    )
    server.serve_extract(content)
    whole = server.jobs[EXTRACT][0]

    def silent(it: map_server.Handler) -> None:
        it.begin(200, {"Content-Length": str(len(content))})
        it.wfile.write(content[:1000])
        over.wait(5)
        it.close_connection = True

    server.jobs[EXTRACT] = [whole, silent]
    try:
        with pytest.raises(FetchError, match="not answer any more"):
            brought(server, tmp_path)
        server.jobs[EXTRACT] = [lambda _it: over.wait(5)]
        with pytest.raises(FetchError, match="not answer any more"):
            look_up(server.url + EXTRACT)
    finally:
        over.set()


def test_no_room_is_seen_before(
    server: MapServer, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve_extract(content)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=500_000))
    with pytest.raises(DataError, match=r"1\.0 MB free .* there are 0\.5"):
        brought(server, tmp_path)
    assert ("GET", EXTRACT) not in server.paths()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_disk_that_fills_is_told(server: MapServer, tmp_path: Path, content: bytes) -> None:
    """The system itself refuses to write on."""
    resource = pytest.importorskip("resource")
    server.serve_extract(content)
    before, on_signal = resource.getrlimit(resource.RLIMIT_FSIZE), signal.SIGXFSZ
    heard = signal.signal(on_signal, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DataError, match="nothing was left half written") as told:
            brought(server, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(on_signal, heard)
    assert os.strerror(errno.EFBIG) in str(told.value)


def test_an_unknown_size_is_judged_by_the_checksum(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    server.jobs[EXTRACT] = [map_server.status(501), server.jobs[EXTRACT][0]]
    assert brought(server, tmp_path) == content


def test_progress_is_bytes_that_are_there(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    server.serve_extract(content)
    seen: list[int] = []
    download(look_up(server.url + EXTRACT), tmp_path / "x", on_progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == len(content)


def test_sizes_are_shown_in_both_languages() -> None:
    assert megabytes(12_340_000).fr == "12,3"
    assert megabytes(812_340_000).en == "812"


def test_the_proxy_of_the_environment_is_used(
    server: MapServer, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy sees the whole address."""
    monkeypatch.setenv("http_proxy", server.url)
    server.jobs["http://maps.example/x.osm.pbf"] = [lambda it: it.give(content)]
    assert look_up("http://maps.example/x.osm.pbf").size == len(content)
