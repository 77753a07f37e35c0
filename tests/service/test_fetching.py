"""From the offer to the network file; after any failure the folder is as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import map_server
import pytest
from map_server import EXTRACT, SUM, MapServer, as_the_internet
from osm_world import write_world

from cmcoord_geo.errors import CmcoordError, DataError, FetchError
from cmcoord_geo.i18n import Said
from cmcoord_geo.service import (
    build_network_file,
    check_targets,
    fetch_network,
    load_network,
    offer_box,
    offer_extracts,
    offer_place,
)

NAME = "central-african-republic"
FILE = f"{NAME}-latest.osm.pbf"
BOX = "20.59,5.67,20.70,5.73"
DAY = map_server.OSM_DAY


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    return map_server.extract(tmp_path)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, content: bytes) -> Iterator[MapServer]:
    with as_the_internet(monkeypatch) as made:
        made.serve_extract(content)
        made.serve_area()
        yield made


def listing(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_an_offer_says_size_day_and_host(server: MapServer) -> None:
    big = bytes(12_340_000)
    server.serve_extract(big)
    line = offer_extracts([NAME, NAME]).lines()
    machine = server.url.removeprefix("http://")
    assert [said.fr for said in line] == [
        f"République centrafricaine\u00a0: 12,3 Mo, fichier du 2026-11-24, depuis {machine}."
    ]
    assert line[0].en == (f"Central African Republic: 12.3 MB, file of 2026-11-24, from {machine}.")
    assert server.paths() == [("HEAD", EXTRACT)]


def test_an_offer_says_what_is_not_known(server: MapServer) -> None:
    server.jobs[EXTRACT] = [map_server.status(405)]
    assert "size unknown, date unknown" in offer_extracts([NAME]).lines()[0].en


def test_an_offer_of_an_area_asks_nobody(server: MapServer) -> None:
    (line,) = offer_box("20,5,21,6").lines()
    assert "12254 km²: 5 questions" in line.en
    assert "not known beforehand" in line.en
    assert server.asked == []


def test_a_network_says_where_it_comes_from(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    out = tmp_path / "new" / "car.network"
    told: list[Said] = []
    fetch_network(offer_extracts([NAME]), out, version="9", on_progress=told.append)
    network, facts = load_network(out)
    assert network.source == f"OpenStreetMap, {FILE}, {DAY}"
    assert network.licence == "© OpenStreetMap contributors, ODbL 1.0"
    assert facts.sources == {FILE: hashlib.sha256(content).hexdigest()}
    assert (facts.osm_date, facts.built_with) == (DAY, "9")
    assert list(listing(tmp_path)) == ["new/car.network"]
    assert [path.name for path in out.parent.iterdir()] == ["car.network"]


def test_it_is_the_network_that_a_build_makes(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    fetch_network(offer_extracts([NAME]), tmp_path / "a.network", version="1", keep=tmp_path)
    assert (tmp_path / FILE).read_bytes() == content
    build_network_file([tmp_path / FILE], tmp_path / "b.network", version="1")
    fetched, _ = load_network(tmp_path / "a.network")
    built, _ = load_network(tmp_path / "b.network")
    assert (fetched.name, fetched.source) == (built.name, built.source)
    assert list(fetched.segment_ids) == list(built.segment_ids)
    assert list(fetched.traffic.forward) == list(built.traffic.forward)


def test_two_extracts_make_one_network(server: MapServer, tmp_path: Path) -> None:
    more = map_server.extract(tmp_path, ways={900: ([17, 18], {"highway": "primary"})})
    server.serve_extract(more, path="/africa/chad-latest.osm.pbf")
    fetch_network(offer_extracts([NAME, "chad"]), tmp_path / "a.network", version="1")
    network, facts = load_network(tmp_path / "a.network")
    assert set(facts.sources) == {FILE, "chad-latest.osm.pbf"}
    assert any(word.startswith("w900") for word in network.segment_ids)


def test_a_box_has_barriers_ferries_and_surfaces(server: MapServer, tmp_path: Path) -> None:
    """The network of an answer is that of the extract, but for the turn that the answer bans."""
    made, facts = fetch_network(offer_box(BOX), tmp_path / "a.network", version="1", keep=tmp_path)
    source = write_world(tmp_path / "w.osm")
    built, _ = build_network_file([source], tmp_path / "b.network", version="1")
    assert list(made.segment_ids) == list(built.segment_ids)
    assert list(made.traffic.forward) == list(built.traffic.forward)
    assert list(made.surface) == list(built.surface)
    kinds = sorted(crossing.kind for crossing in made.crossings)
    assert kinds == sorted(crossing.kind for crossing in built.crossings)
    assert "ferry" in kinds
    name = "overpass_20.59_5.67_20.70_5.73.osm.pbf"
    kept = (tmp_path / name).read_bytes()
    assert facts.sources == {name: hashlib.sha256(kept).hexdigest()}
    assert (made.source, facts.osm_date) == (f"OpenStreetMap, {name}, {DAY}", DAY)


def test_the_same_answers_make_the_same_bytes(server: MapServer, tmp_path: Path) -> None:
    for name in ("a", "b"):
        fetch_network(offer_box(BOX), tmp_path / f"{name}.network", version="1")
    _, one = load_network(tmp_path / "a.network")
    _, two = load_network(tmp_path / "b.network")
    assert one == two


def test_a_place_is_told_as_it_was_found(server: MapServer, tmp_path: Path) -> None:
    offer = offer_place("Ville-Essai")
    assert offer.lines()[0].en.startswith("Place found: Ville-Essai, EXERCICE")
    fetch_network(offer, tmp_path / "a.network", version="1")
    network, _ = load_network(tmp_path / "a.network")
    assert "Ville-Essai" not in network.source  # what a person typed goes into no product


@pytest.mark.parametrize("is_there", [False, True])
@pytest.mark.parametrize("fault", ["cut", "checksum", "portal", "gone", "roads", "broken"])
def test_after_a_failure_all_is_as_it_was(
    server: MapServer, tmp_path: Path, content: bytes, fault: str, *, is_there: bool
) -> None:
    out = tmp_path / "a.network"
    if is_there:
        out.write_bytes(b"before")
    before = listing(tmp_path)
    whole = server.jobs[EXTRACT][0]
    if fault == "roads":
        server.serve_extract(map_server.extract(tmp_path, ways={}))
    elif fault == "broken":
        server.serve_extract(content[:-40])
    elif fault == "checksum":
        server.jobs[SUM] = [lambda it: it.give(b"0" * 32)]
    else:
        job = {"cut": map_server.cut(content, 100), "portal": map_server.portal}
        server.jobs[EXTRACT] = [whole, job.get(fault, map_server.gone)]
    with pytest.raises(CmcoordError):
        fetch_network(offer_extracts([NAME]), out, version="1", is_forced=True)
    assert listing(tmp_path) == before
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_an_interruption_leaves_nothing(server: MapServer, tmp_path: Path) -> None:
    def stop(_: Said) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_network(offer_box(BOX), tmp_path / "a.network", version="1", on_progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_verified_file_is_kept_though_no_network_comes_of_it(
    server: MapServer, tmp_path: Path
) -> None:
    """What came over a slow line is not thrown away."""
    empty = map_server.extract(tmp_path, ways={})
    server.serve_extract(empty)
    keep = tmp_path / "raw"
    with pytest.raises(DataError, match="no road"):
        fetch_network(offer_extracts([NAME]), tmp_path / "a.network", version="1", keep=keep)
    assert listing(tmp_path) == {f"raw/{FILE}": empty}


def test_files_that_are_there_are_replaced_only_when_asked(
    server: MapServer, tmp_path: Path, content: bytes
) -> None:
    out, kept = tmp_path / "a.network", tmp_path / FILE
    offer = offer_extracts([NAME])
    server.asked.clear()
    for path in (out, kept):
        path.write_bytes(b"before")
        with pytest.raises(DataError, match=path.name):
            fetch_network(offer, out, version="1", keep=tmp_path)
        assert path.read_bytes() == b"before"
        path.unlink()
    assert server.asked == []
    out.write_bytes(b"before")
    kept.write_bytes(b"before")
    fetch_network(offer, out, version="1", keep=tmp_path, is_forced=True)
    assert kept.read_bytes() == content
    assert len(load_network(out)[0])
    check_targets(offer, tmp_path / "none", keep=None, is_forced=False)


def test_a_folder_that_cannot_be_written_is_told(server: MapServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DataError, match="Cannot write into"):
        fetch_network(offer_box(BOX), tmp_path / "file" / "a.network", version="1")
    (tmp_path / "raw" / FILE).mkdir(parents=True)
    with pytest.raises(DataError, match="Cannot write into"):
        fetch_network(
            offer_extracts([NAME]),
            tmp_path / "a.network",
            version="1",
            keep=tmp_path / "raw",
            is_forced=True,
        )
    assert server.paths().count(("POST", map_server.INTERPRETER)) == 0


def test_progress_is_told_in_megabytes(server: MapServer, tmp_path: Path, content: bytes) -> None:
    server.serve_extract(content + bytes(2_500_000))
    told: list[Said] = []
    offer = offer_extracts([NAME])
    fetch_network(offer, tmp_path / "a.network", version="1", on_progress=told.append)
    assert [said.en for said in told][:2] == ["1 MB of 2.5 arrived", "2 MB of 2.5 arrived"]


def test_an_unknown_extract_is_asked_of_nobody(server: MapServer) -> None:
    with pytest.raises(DataError, match="africa/niger"):
        offer_extracts(["niger"])
    assert server.asked == []
    with pytest.raises(FetchError, match="nothing at this address"):
        offer_extracts(["africa/niger"])
