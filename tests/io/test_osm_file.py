"""OpenStreetMap files: what is kept, and what damaged ones say."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import numpy as np
import pytest
from osm_world import NODES, WAYS, write_world
from shared_data import shared

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.io.osm_file import is_osm, read_osm
from cmcoord_geo.network.osm.extract import joined


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return write_world(tmp_path / "world.osm", stamp="2026-11-01T00:00:00Z")


def test_roads_are_kept_and_the_rest_is_not(world: Path) -> None:
    found = read_osm(world)
    assert set(found.way_ids.tolist()) == set(WAYS) - {161, 162, 163}
    assert found.unread_ways == {"teleport": 1}
    assert found.osm_date == "2026-11-01"
    assert {place.name for place in found.places} == {"Ville-Essai", "Village-Essai"}
    assert set(found.node_tags) == {9, 21}


def test_positions_and_refs_are_those_of_the_file(world: Path) -> None:
    found = read_osm(world)
    for node, lon, lat in zip(found.node_ids.tolist(), found.lon, found.lat, strict=True):
        assert (lon, lat) == pytest.approx(NODES[node], abs=1e-7)
    ways = zip(found.way_ids.tolist(), found.first, found.first[1:], strict=False)
    assert {way: found.refs[a:b].tolist() for way, a, b in ways} == {
        way: refs for way, (refs, _) in WAYS.items() if way not in {161, 162, 163}
    }


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".osm.gz", gzip.compress), (".osm.bz2", bz2.compress)]
)
def test_packed_files_say_the_same(world: Path, suffix: str, pack: object) -> None:
    packed = world.with_name(f"packed{suffix}")
    packed.write_bytes(pack(world.read_bytes()))
    plain, other = read_osm(world), read_osm(packed)
    assert np.array_equal(plain.refs, other.refs)
    assert plain.tags == other.tags


def test_a_file_without_dates_says_none(tmp_path: Path) -> None:
    assert read_osm(write_world(tmp_path / "undated.osm")).osm_date == ""


@pytest.mark.parametrize(
    "content",
    [
        *(b"<osm><way id='1'>", b"<osm version='0.6'><node id='x' lat='1' lon='1'/></osm>"),
        *(b"<html></html>", b"\x00\x00\x00\x0d\x0a\x09OSMHeader", b"nonsense"),
    ],
)
@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf", ".osm.gz"])
def test_damage_is_a_finding_and_no_crash(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"bad\.osm.* is truncated or damaged"):
        read_osm(path)


@pytest.mark.parametrize("share", [0.2, 0.6, 0.97])
def test_a_truncated_pbf_is_a_finding(tmp_path: Path, share: float) -> None:
    whole = shared("osm/andorra.osm.pbf").read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DataError, match="truncated or damaged"):
        read_osm(path)


def test_a_pbf_with_flipped_bytes_is_a_finding(tmp_path: Path) -> None:
    content = bytearray(shared("osm/andorra.osm.pbf").read_bytes())
    content[5000:5040] = bytes(40)
    path = tmp_path / "flipped.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(DataError, match="truncated or damaged"):
        read_osm(path)


def test_empty_missing_and_foreign_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.osm").touch()
    (tmp_path / "table.csv").write_text("a,b", encoding="utf-8")
    (tmp_path / "folder.osm").mkdir()
    with pytest.raises(DataError, match="empty"):
        read_osm(tmp_path / "empty.osm")
    with pytest.raises(DataError, match=r"must end in"):
        read_osm(tmp_path / "table.csv")
    with pytest.raises(DataError, match="not there"):
        read_osm(tmp_path / "none.osm")
    with pytest.raises(UnsafeFileError):
        read_osm(tmp_path / "folder.osm")
    with pytest.raises(UnsafeFileError):
        read_osm("https://example.org/a.osm")


def test_names() -> None:
    assert [is_osm(name) for name in ("a.osm.pbf", "A.OSM", "a.osm.gz", "a.gz", "a.npz")] == [
        *(True, True, True, False, False)
    ]


def test_places_keep_their_names_and_codes(tmp_path: Path) -> None:
    text = world_of(
        "<node id='1' lon='20.1' lat='5.1'><tag k='place' v='village'/><tag k='name' v='Ngbélé'/>"
        "<tag k='alt_name' v='Gbele; Bele'/><tag k='ref' v='CF4301'/></node>"
        "<node id='2' lon='20.2' lat='5.2'><tag k='place' v='hamlet'/><tag k='name:fr' v='Deux'/></node>"
        "<node id='3' lon='20.3' lat='5.3'><tag k='place' v='state'/><tag k='name' v='Ouaka'/></node>"
        "<node id='4' lon='20.4' lat='5.4'><tag k='place' v='hamlet'/></node>"
    )
    found = read_osm(write(tmp_path / "places.osm", text))
    assert [(p.place_id, p.name, p.kind, p.other_names) for p in found.places] == [
        ("p1", "Ngbélé", "village", ("Gbele", "Bele", "CF4301")),
        ("p2", "Deux", "hamlet", ()),
    ]


def test_rivers_are_kept_and_cut_where_points_are_missing(tmp_path: Path) -> None:
    nodes = "".join(f"<node id='{i}' lon='{20 + i / 10}' lat='{5 + i % 2}'/>" for i in range(1, 6))
    refs = "".join(f"<nd ref='{i}'/>" for i in (1, 2, 99, 3, 4, 5))
    text = world_of(
        f"{nodes}<way id='1'>{refs}<tag k='waterway' v='river'/><tag k='name' v='Ouaka'/></way>"
        f"<way id='2'>{refs}<tag k='waterway' v='stream'/></way>"
        "<way id='3'><nd ref='1'/><nd ref='2'/><tag k='waterway' v='canal'/></way>"
    )
    found = read_osm(write(tmp_path / "rivers.osm", text))
    assert list(found.rivers.names) == ["Ouaka", "Ouaka", ""]
    assert [len(line) for line in found.rivers.lines] == [2, 3, 2]
    twice = joined([found, found])
    assert list(twice.rivers.names) == ["Ouaka", "Ouaka", ""]


def world_of(inner: str) -> str:
    return f"<osm version='0.6'>{inner}</osm>"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
