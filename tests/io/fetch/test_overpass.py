"""Boxes and places through osmnx, from a server on loopback; osmnx and Python are as before afterwards."""

from __future__ import annotations

import copy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

import map_server
import osmnx
import pytest
import shapely
from map_server import INTERPRETER, SEARCH, STATUS, MapServer, as_json, as_the_internet

from cmcoord_geo.errors import DataError, FetchError
from cmcoord_geo.io.fetch.overpass import Outline, ask, outline_of, read_box

BOX = "20.59,5.67,20.70,5.73"


def settings() -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(osmnx.settings).items()
        if not name.startswith("_")
        and isinstance(value, bool | str | int | float | list | dict | None)
    }


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MapServer]:
    """A server with an area; afterwards nothing of osmnx or Python is changed and no folder is left."""
    monkeypatch.chdir(tmp_path)
    before, finds = copy.deepcopy(settings()), socket.getaddrinfo
    with as_the_internet(monkeypatch) as made:
        made.serve_area()
        yield made
    assert settings() == before
    assert socket.getaddrinfo is finds
    assert list(tmp_path.iterdir()) == []


def test_a_box_has_its_size() -> None:
    outline = read_box("20,5,21,6")
    assert outline.km2 == pytest.approx(12_262, rel=0.01)
    assert outline.questions == 5
    assert outline.bounds == (20, 5, 21, 6)
    two = shapely.MultiPolygon([shapely.box(20, 5, 20.5, 6), shapely.box(20.5, 5, 21, 6)])
    assert Outline(polygon=two).km2 == pytest.approx(outline.km2, rel=1e-3)


@pytest.mark.parametrize(
    "words",
    [
        *("", "a,b,c,d", "1,2,3", "1,2,3,4,5", "21,5,20,6", "20,6,21,5", "20,5,20,6"),
        *("-181,5,20,6", "20,5,21,91", "nan,5,21,6", "20,5,inf,6"),
    ],
)
def test_other_words_are_no_box(words: str) -> None:
    with pytest.raises(DataError, match="west,south,east,north"):
        read_box(words)


def test_a_country_is_too_much_for_overpass() -> None:
    with pytest.raises(DataError, match="--extract central-african-republic"):
        read_box("14,2,28,11.5")


def test_a_box_is_asked_in_turn(server: MapServer) -> None:
    counted: list[int] = []
    answers = ask(read_box(BOX), on_progress=counted.append)
    assert (answers.count, answers.day, counted) == (1, map_server.OSM_DAY, [1])
    assert server.paths() == [("GET", STATUS), ("GET", STATUS), ("POST", INTERPRETER)]


def test_the_question_holds_the_box_and_what_a_network_needs(server: MapServer) -> None:
    ask(read_box(BOX))
    question = unquote_plus(server.asked[-1].body.decode())
    assert question.startswith("data=[out:json][timeout:180];")
    for wanted in (
        *("way['highway']", "way['route'='ferry']", "node['place'='village']"),
        *("way['waterway'='river']", "relation['type'='restriction']"),
    ):
        assert f"{wanted}(poly:'5.670000 20.700000 " in question
    assert "'island'" not in question


def test_all_that_a_server_learns_of_who_asks(server: MapServer) -> None:
    ask(outline_of("Ville-Essai"))
    for asked in server.asked:
        assert asked.headers["User-Agent"] == "cmcoord-geo"
        assert asked.headers.get("referer", "cmcoord-geo") == "cmcoord-geo"
        assert "OSMnx" not in str(asked.headers)


def test_a_large_area_is_asked_in_pieces(server: MapServer) -> None:
    answers = ask(read_box("20,5,21,6"))
    assert answers.count >= 5
    assert server.paths().count(("POST", INTERPRETER)) == answers.count


def test_a_server_without_turns_is_asked_at_once(server: MapServer) -> None:
    """A server of one's own has no status page."""
    del server.jobs[STATUS]
    ask(read_box(BOX))
    assert server.paths() == [("GET", STATUS), ("POST", INTERPRETER)]
    without = b"Connected as: 1\nCurrent time: x\nAnnounced endpoint: none\nRate limit: 0\nCurrently running"
    for page in (b"fine", without):
        server.asked.clear()
        server.jobs[STATUS] = [lambda it, page=page: it.give(page)]
        ask(read_box(BOX))
        assert server.paths() == [("GET", STATUS), ("POST", INTERPRETER)]


def test_a_turn_is_not_waited_for_for_ever(server: MapServer) -> None:
    waiting = map_server.SLOTS.replace(b"2 slots available now", b"Currently running")
    server.jobs[STATUS] = [server.jobs[STATUS][0], lambda it: it.give(waiting)]
    with pytest.raises(FetchError, match="busy"):
        ask(read_box(BOX))
    assert 10 < len(server.asked) < 100
    assert ("POST", INTERPRETER) not in server.paths()


def test_a_busy_server_is_asked_again_but_not_for_ever(server: MapServer) -> None:
    fine = server.jobs[INTERPRETER][0]
    server.jobs[INTERPRETER] = [map_server.status(429), map_server.status(504), fine]
    assert ask(read_box(BOX)).count == 1
    server.asked.clear()
    server.jobs[INTERPRETER] = [map_server.status(429)]
    with pytest.raises(FetchError, match="busy"):
        ask(read_box(BOX))
    assert server.paths().count(("POST", INTERPRETER)) == 4


@pytest.mark.parametrize(
    ("path", "job", "words"),
    [
        (INTERPRETER, map_server.portal, "Open a browser"),
        (STATUS, map_server.portal, "Open a browser"),
        (INTERPRETER, map_server.status(400), "error 400"),
        (INTERPRETER, map_server.status(503), "busy"),
        (INTERPRETER, map_server.gone, "nothing at this address"),
        (INTERPRETER, lambda it: it.give(b"{"), "cannot be read"),
        (INTERPRETER, as_json([]), "cannot be read"),
        (INTERPRETER, as_json({"elements": [], "remark": "runtime error"}), "in part only"),
        (INTERPRETER, map_server.cut(b'{"elements": []}', 9), r"broke|No connection"),
        (STATUS, map_server.status(403), "error 403"),
    ],
)
def test_failures_of_overpass(server: MapServer, path: str, job: Any, words: str) -> None:
    server.jobs[path] = [job]
    with pytest.raises(FetchError, match=words):
        ask(read_box(BOX))


def test_a_later_piece_that_fails_leaves_nothing_to_read(server: MapServer) -> None:
    fine = server.jobs[INTERPRETER][0]
    server.jobs[INTERPRETER] = [fine, fine, map_server.portal]
    with pytest.raises(FetchError):
        ask(read_box("20,5,21,6"))


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with as_the_internet(monkeypatch):
        pass
    with pytest.raises(FetchError, match="No connection"):
        ask(read_box(BOX))
    with pytest.raises(FetchError, match="No connection"):
        outline_of("Ville-Essai")


def test_behind_a_proxy_no_third_machine_is_asked_for_a_name(
    server: MapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names are found by the proxy alone, osmnx would ask a resolver on the internet."""

    def unknown(_name: str) -> str:
        raise socket.gaierror

    machine = "http://maps.invalid"
    for path in (STATUS, INTERPRETER):
        server.jobs[machine + path] = server.jobs[path]
    monkeypatch.setattr(socket, "gethostbyname", unknown)
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("https_proxy", server.url)
    monkeypatch.setenv("CMCOORD_OVERPASS_URL", f"{machine}/api")
    assert ask(read_box(BOX)).count == 1
    asked = [machine + path for path in (STATUS, STATUS, INTERPRETER)]
    assert [path for _, path in server.paths()] == asked


def test_a_place_is_its_outline_and_a_margin(server: MapServer) -> None:
    outline = outline_of("Ville-Essai, RCA")
    assert outline.name == "Ville-Essai, EXERCICE[2J"  # no sign that would command a terminal
    west, south, east, north = outline.bounds
    assert (west, south) == pytest.approx((20.57, 5.65), abs=0.005)
    assert (east, north) == pytest.approx((20.72, 5.75), abs=0.005)
    assert server.paths() == [("GET", SEARCH)]
    sent = parse_qs(urlsplit(server.asked[0].path).query)
    assert sent.pop("q") == ["Ville-Essai, RCA"]
    assert set(sent) == {"format", "polygon_geojson", "dedupe", "limit"}


def test_a_place_that_is_a_point_gets_a_box_to_type(server: MapServer) -> None:
    server.jobs[SEARCH] = [as_json(map_server.nominatim("Point"))]
    with pytest.raises(FetchError, match=r"--box=20\.47,5\.52,20\.83,5\.88") as told:
        outline_of("Ville-Essai")
    box = str(told.value).partition("--box=")[2]
    assert read_box(box).km2 == pytest.approx(1600, rel=0.1)


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (as_json([]), "knows no place “Ville-Essai”"),
        (as_json({"error": "no"}), "cannot be read"),
        (as_json([{"geojson": {"type": "Polygon"}}]), "cannot be read"),
        (as_json([{"importance": 1, "geojson": {"type": "Point"}}]), "cannot be read"),
        (lambda it: it.give(b"<xml/>"), "cannot be read"),
        (map_server.portal, "Open a browser"),
        (map_server.status(403), "error 403"),
    ],
)
def test_failures_of_nominatim(server: MapServer, job: Any, words: str) -> None:
    server.jobs[SEARCH] = [job]
    with pytest.raises(FetchError, match=words):
        outline_of("Ville-Essai")
    assert server.paths() == [("GET", SEARCH)]


def test_a_whole_country_by_its_name_is_too_much(server: MapServer) -> None:
    place = map_server.nominatim()
    ring = [[14, 2], [28, 2], [28, 11], [14, 11], [14, 2]]
    place[0]["geojson"]["coordinates"] = [ring]
    server.jobs[SEARCH] = [as_json(place)]
    with pytest.raises(DataError, match="--extract"):
        outline_of("RCA")


def test_other_faults_are_not_hidden(server: MapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no failure of an answer stays a fault of the program; settings are restored all the same."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(osmnx, "features_from_polygon", broken)
    with pytest.raises(ZeroDivisionError):
        ask(read_box(BOX))
