"""Network files: what is written comes back, and what is damaged is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError, UnsafeFileError
from cmcoord_geo.i18n import Said
from cmcoord_geo.io.network_file import NetworkFacts, read_network, write_network
from cmcoord_geo.io.osm_file import read_osm
from cmcoord_geo.network import RoadNetwork, bundled_network
from cmcoord_geo.network.gazetteer import OwnPlaces
from cmcoord_geo.network.osm.build import build_network
from cmcoord_geo.network.rivers import Rivers
from cmcoord_geo.planning.fingerprints import _of_network

FACTS = NetworkFacts(
    sources={"world.osm": "00ff"},
    osm_date="2026-11-01",
    built_with="0.1.0",
    told=(Said(fr="un mot", en="a word"),),
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> RoadNetwork:
    path = write_world(tmp_path_factory.mktemp("osm") / "w.osm")
    return build_network(read_osm(path), name="w", source="w").network


def test_what_is_written_comes_back(world: RoadNetwork, tmp_path: Path) -> None:
    path = write_network(world, FACTS, tmp_path / "world.network")
    network, facts = read_network(path)
    assert facts == FACTS
    assert _of_network(network) == _of_network(world)
    for entry in fields(RoadNetwork):
        assert type(getattr(network, entry.name)) is type(getattr(world, entry.name))


def test_the_bundled_network_comes_back_too(tmp_path: Path) -> None:
    network, _ = read_network(write_network(bundled_network(), FACTS, tmp_path / "bundled.network"))
    assert network.traffic is None
    assert network.segment_ids == bundled_network().segment_ids
    assert network.crossings == bundled_network().crossings
    assert np.array_equal(network.length_low_m, bundled_network().length_low_m)


def test_nothing_is_left_beside_it(world: RoadNetwork, tmp_path: Path) -> None:
    write_network(world, FACTS, tmp_path / "world.network")
    assert [path.name for path in tmp_path.iterdir()] == ["world.network"]


def test_a_write_that_fails_leaves_what_was_there(
    world: RoadNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "world.network"
    path.write_bytes(b"before")

    def full(*_args: object, **_columns: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(DataError, match="No space"):
        write_network(world, FACTS, path)
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["world.network"]


#: Writes over the file given, and is killed when half of it is on the disk.
KILLED = """
import os, signal, sys
import numpy as np
from cmcoord_geo.io.network_file import read_network, write_network

network, facts = read_network(sys.argv[1])
whole = np.savez


def half(file, **columns):
    whole(file, **dict(list(columns.items())[:5]))
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)


np.savez = half
write_network(network, facts, sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_process_killed_while_it_writes_leaves_what_was_there(
    world: RoadNetwork, tmp_path: Path
) -> None:
    path = write_network(world, FACTS, tmp_path / "world.network")
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)  # noqa: S603
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    (left,) = (p for p in tmp_path.iterdir() if p != path)
    assert left.name.startswith(".world.network.")
    assert left.name.endswith(".part")
    write_network(world, FACTS, path)
    assert left.exists()  # somebody might still be writing it
    os.utime(left, (time.time() - 90_000,) * 2)
    write_network(world, FACTS, path)  # what nobody will finish is cleared away
    assert [p.name for p in tmp_path.iterdir()] == ["world.network"]


@pytest.mark.parametrize("number", [0, 2])
def test_a_file_of_another_format_is_refused_by_name(
    world: RoadNetwork, tmp_path: Path, number: int
) -> None:
    path = write_network(world, FACTS, tmp_path / "old.network")
    with np.load(path) as archive:
        columns = dict(archive)
    about = json.loads(columns["about"].tobytes())
    about["format"] = f"cmcoord-geo network {number}"
    columns["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    with path.open("wb") as file:
        np.savez(file, **columns)
    with pytest.raises(DataError, match=rf"old\.network .*network {number}”.* Build it again"):
        read_network(path)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(world: RoadNetwork, tmp_path: Path, share: float) -> None:
    path = write_network(world, FACTS, tmp_path / "world.network")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(DataError, match="not a readable network file"):
        read_network(path)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.network"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(DataError, match="not a readable network file"):
        read_network(path)
    np.savez(tmp_path / "b.npz", x=np.arange(3))
    with pytest.raises(DataError, match="not a readable network file"):
        read_network(tmp_path / "b.npz")
    with pytest.raises(UnsafeFileError):
        read_network(tmp_path)


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    columns = {"about": np.array([{"format": "x"}], dtype=object)}
    np.savez(tmp_path / "c.npz", **columns)
    with pytest.raises(DataError):
        read_network(tmp_path / "c.npz")


def test_places_and_rivers_come_back_and_a_file_without_them_is_read(
    world: RoadNetwork, tmp_path: Path
) -> None:
    network, _ = read_network(write_network(world, FACTS, tmp_path / "w.network"))
    assert list(network.places.names) == ["Ville-Essai", "Village-Essai"]
    assert network.places.named("ville essai") == (0,)
    assert len(network.rivers) == 1
    bare = replace(world, places=None, rivers=None)
    network, _ = read_network(write_network(bare, FACTS, tmp_path / "b.network"))
    assert (network.places, network.rivers) == (None, None)
    empty = replace(world, places=OwnPlaces.of([]), rivers=Rivers.of([]))
    network, _ = read_network(write_network(empty, FACTS, tmp_path / "e.network"))
    assert (len(network.places), len(network.rivers)) == (0, 0)
