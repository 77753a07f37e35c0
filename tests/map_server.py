"""
A server on loopback that gives files and answers which the tests make, and remembers what it was asked.

It plays Geofabrik, Overpass and Nominatim with the country of ``osm_world``, and the ways in which they fail.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import osmium
import pytest
from osm_world import NODE_TAGS, NODES, WAYS, write_world

EXTRACT = "/africa/central-african-republic-latest.osm.pbf"
SUM = f"{EXTRACT}.md5"
STATUS, INTERPRETER, SEARCH = "/api/status", "/api/interpreter", "/search"
STAMP = "Tue, 24 Nov 2026 21:20:00 GMT"
OSM_DAY = "2026-11-23"
PORTAL = b"<!DOCTYPE html><html><body>Please log in</body></html>"
SLOTS = b"Connected as: 1\nCurrent time: x\nAnnounced endpoint: none\nRate limit: 2\n2 slots available now.\n"

Job = Callable[["Handler"], None]


def extract(folder: Path, **changes: Any) -> bytes:
    """The country as ``.osm.pbf``, with its day."""
    source = write_world(folder / "world.osm", **changes)
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", f"{OSM_DAY}T20:00:00Z")
    path = folder / "world.osm.pbf"
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for element in osmium.FileProcessor(str(source)):
            writer.add(element)
    content = path.read_bytes()
    for made in (path, source):
        made.unlink()
    return content


def overpass(day: str = OSM_DAY) -> dict[str, Any]:
    """The country as an answer of Overpass, with a banned turn at node 4."""
    nodes = [
        {"type": "node", "id": i, "lon": lon, "lat": lat, "tags": NODE_TAGS.get(i, {})}
        for i, (lon, lat) in NODES.items()
    ]
    ways = [
        {"type": "way", "id": i, "nodes": refs, "tags": tags} for i, (refs, tags) in WAYS.items()
    ]
    members = [
        {"type": "way", "ref": 102, "role": "from"},
        {"type": "node", "ref": 4, "role": "via"},
        {"type": "way", "ref": 122, "role": "to"},
    ]
    tags = {"type": "restriction", "restriction": "no_right_turn"}
    turn = {"type": "relation", "id": 900, "members": members, "tags": tags}
    return {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": f"{day}T20:00:00Z"},
        "elements": [turn, *ways, *nodes],
    }


def nominatim(kind: str = "Polygon") -> list[dict[str, Any]]:
    """One place about the country: its outline, or a point only."""
    ring = [[20.59, 5.67], [20.70, 5.67], [20.70, 5.73], [20.59, 5.73], [20.59, 5.67]]
    shape = {"type": kind, "coordinates": [ring] if kind == "Polygon" else [20.65, 5.70]}
    return [
        {
            "lat": "5.70",
            "lon": "20.65",
            "importance": 0.4,
            "display_name": "Ville-Essai, EXERCICE\x1b[2J",
            "boundingbox": ["5.67", "5.73", "20.59", "20.70"],
            "geojson": shape,
        }
    ]


class Handler(BaseHTTPRequestHandler):
    """Does the job that its server has for a question."""

    protocol_version = "HTTP/1.1"
    server: MapServer

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.partition("?")[0]
        self.server.asked.append(Asked(self.command, self.path, dict(self.headers), body))
        jobs = self.server.jobs.get(path, [gone])
        (jobs.pop(0) if len(jobs) > 1 else jobs[0])(self)

    def give(self, content: bytes, *, status: int = 200, **headers: str) -> None:
        """Send an answer whole."""
        self.begin(status, {"Content-Length": str(len(content)), **headers})
        if self.command != "HEAD":
            self.wfile.write(content)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        """Send status and headers; of ``Last_Modified`` the word is ``Last-Modified``."""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Asked:
    """One question."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class MapServer(ThreadingHTTPServer):
    """The server, with a list of jobs for each path: each is done once, the last one for ever."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.jobs: dict[str, list[Job]] = {}
        self.asked: list[Asked] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """A line that a test breaks is no fault."""

    def paths(self) -> list[tuple[str, str]]:
        """Method and path of each question, in order."""
        return [(asked.method, asked.path.partition("?")[0]) for asked in self.asked]

    def serve_extract(self, content: bytes, *, path: str = EXTRACT) -> None:
        """Give a file and its checksum."""
        self.jobs[path] = [lambda it: it.give(content, Last_Modified=STAMP, ETag='"one"')]
        name = path.rpartition("/")[2]
        line = f"{hashlib.md5(content).hexdigest()}  {name}\n".encode()  # noqa: S324
        self.jobs[f"{path}.md5"] = [lambda it: it.give(line)]

    def serve_area(self, *answers: dict[str, Any]) -> None:
        """Give answers of Overpass and the outline of a place."""
        self.jobs[STATUS] = [lambda it: it.give(SLOTS)]
        self.jobs[INTERPRETER] = [as_json(answer) for answer in answers or (overpass(),)]
        self.jobs[SEARCH] = [as_json(nominatim())]


def as_json(content: Any) -> Job:
    return lambda it: it.give(json.dumps(content).encode(), Content_Type="application/json")


def gone(it: Handler) -> None:
    it.give(b"not here", status=404)


def portal(it: Handler) -> None:
    it.give(PORTAL, Content_Type="text/html; charset=utf-8")


def status(code: int) -> Job:
    return lambda it: it.give(b"no", status=code)


def sent_on(path: str) -> Job:
    return lambda it: it.give(b"", status=302, Location=path)


def cut(content: bytes, at: int) -> Job:
    """Announce all, send a part, hang up."""

    def job(it: Handler) -> None:
        it.begin(200, {"Content-Length": str(len(content)), "ETag": '"one"'})
        it.wfile.write(content[:at])
        it.close_connection = True

    return job


def rest(content: bytes, *, at: int | None = None) -> Job:
    """Send what was asked for by its range, or from elsewhere."""

    def job(it: Handler) -> None:
        start = int(it.headers["Range"].removeprefix("bytes=").rstrip("-")) if at is None else at
        where = f"bytes {start}-{len(content) - 1}/{len(content)}"
        it.give(content[start:], status=206, Content_Range=where)

    return job


@contextmanager
def running() -> Iterator[MapServer]:
    """A server for the time of a test."""
    server = MapServer()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def as_the_internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[MapServer]:
    """The server in place of all three, without waiting and without a proxy."""
    for word in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(word, raising=False)
        monkeypatch.delenv(word.upper(), raising=False)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with running() as server:
        monkeypatch.setenv("CMCOORD_GEOFABRIK_URL", f"{server.url}/")
        monkeypatch.setenv("CMCOORD_OVERPASS_URL", f"{server.url}/api")
        monkeypatch.setenv("CMCOORD_NOMINATIM_URL", server.url)
        yield server
