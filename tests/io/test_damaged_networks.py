"""Damaged road files of every kind: a network, or an error of ours in both languages; nothing else."""

from __future__ import annotations

import gzip
import os
import warnings
from pathlib import Path

import numpy as np
import osmium
import osmnx
import pytest
from osm_world import write_world

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import Said
from cmcoord_geo.service import build_network_file, load_network

MUTANTS = int(120 * float(os.environ.get("CMCOORD_CAMPAIGN", "1")))
SEED = int(os.environ.get("CMCOORD_SEED", "1"))
KINDS = ("w.osm", "w.osm.gz", "w.osm.pbf", "w.graphml", "w.network")
WORDS = (
    b"yes",
    b"-1",
    b"nan",
    b"1e400",
    b'"',
    b"<",
    b"&",
    b"\x00",
    b"\xff",
    b"ref=",
    b"9" * 25,
    b"",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One small country as a file of each kind."""
    folder = tmp_path_factory.mktemp("whole")
    plain = write_world(folder / "w.osm")
    with osmium.SimpleWriter(str(folder / "w.osm.pbf")) as writer:
        for element in osmium.FileProcessor(str(plain)):
            writer.add(element)
    (folder / "w.osm.gz").write_bytes(gzip.compress(plain.read_bytes()))
    osmnx.save_graphml(osmnx.graph_from_xml(plain), folder / "w.graphml")
    build_network_file([plain], folder / "w.network", version="0")
    return {name: (folder / name).read_bytes() for name in KINDS}


def mutant(content: bytes, chance: np.random.Generator) -> bytes:
    """The same with a few bytes or words changed, doubled, lost or cut off."""
    changed = bytearray(content)
    for _ in range(chance.integers(1, 4)):
        at = int(chance.integers(len(changed)))
        match chance.integers(5):
            case 0:
                changed[at] = int(chance.integers(128))
            case 1:
                changed[at : at + int(chance.integers(6))] = WORDS[chance.integers(len(WORDS))]
            case 2:
                del changed[at : at + int(chance.integers(1, 60))]
            case 3:
                changed[at:at] = changed[at : at + int(chance.integers(1, 60))]
            case _ if chance.random() < 0.2:
                del changed[at:]
        if not changed:
            break
    return bytes(changed)


def refusal(path: Path, out: Path) -> DataError | None:
    """Error with which a file is refused; None where it gives a network."""
    try:
        with warnings.catch_warnings(action="ignore"):
            if path.suffix == ".network":
                load_network(path)
            else:
                build_network_file([path], out, version="0")
    except DataError as error:
        return error
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_gives_a_network_or_an_error_of_ours(
    kind: str, whole: dict[str, bytes], tmp_path: Path
) -> None:
    """Seed and number on failure; nothing half-written beside the file."""
    chance = np.random.default_rng([SEED, KINDS.index(kind)])
    path, out = tmp_path / f"m{kind[1:]}", tmp_path / "out.network"
    refused = 0
    for number in range(MUTANTS):
        path.write_bytes(mutant(whole[kind], chance))
        out.unlink(missing_ok=True)
        error = refusal(path, out)
        if error is not None:
            refused += 1
            assert isinstance(error.said, Said), (SEED, number)
            assert not out.exists(), (SEED, number)
        assert {entry.name for entry in tmp_path.iterdir()} <= {path.name, out.name}, number
    assert refused > MUTANTS // 20
