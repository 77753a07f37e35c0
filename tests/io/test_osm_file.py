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
