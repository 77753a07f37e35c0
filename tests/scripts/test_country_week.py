"""The invented week of the benchmark: same seed, same bytes; its tables are read on their network."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from cmcoord_geo.io import read_picture
from cmcoord_geo.service import build_network_file

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("country")
    country = script("build_country")
    country.write_country(country.make_country(3000, 1), folder / "c.osm")
    build_network_file([folder / "c.osm"], folder / "c.network", version="test")
    return folder / "c.network"


def script(name: str) -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        return importlib.import_module(name)


def test_the_week_is_the_same_for_a_seed_and_readable(network: Path, tmp_path: Path) -> None:
    write_week = script("_country_week").write_week
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        write_week(network, tmp_path / name, movements=6, patrols=6, seed=seed)
    tables = [(tmp_path / name / "movements.csv").read_bytes() for name in ("a", "b", "c")]
    assert tables[0] == tables[1] != tables[2]
    picture = read_picture(tmp_path / "a")
    assert len(picture.movements) == 6
    assert picture.is_exercise
    assert len(set(picture.patrols.patrol_id)) >= 4  # where two roads could be meant none is picked
    assert len(picture.activities or ()) == 3
    assert all(request.purpose for request in picture.movements)
