"""The wheel carries the data, and the package in it reads them from there."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READ_FACTS = "from cmcoord_geo import facts; print(facts.__file__); print(len(facts.places()))"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_carries_every_data_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert data
    assert {f"cmcoord_geo/_data/{p.relative_to(ROOT / 'data').as_posix()}" for p in data} <= names


def test_wheel_carries_what_the_rooms_use_and_no_more(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = [p for p in (ROOT / "cmcoord_geo").rglob("*") if p.is_file() and p.suffix != ".pyc"]
    assert {p.relative_to(ROOT).as_posix() for p in package} <= names
    assert {name.split("/")[0] for name in names} == {"cmcoord_geo", "cmcoord_geo-0.1.0.dist-info"}


def test_unpacked_wheel_reads_its_own_data(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    probe = f"import sys; sys.path.insert(0, 'site'); {READ_FACTS}"
    command = [sys.executable, "-c", probe]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)  # noqa: S603
    origin, count = done.stdout.splitlines()
    assert Path(tmp_path, origin).resolve().is_relative_to(tmp_path)
    assert int(count) > 50
