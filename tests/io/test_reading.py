"""How far a file has been read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cmcoord_geo.io.reading import ReadShare


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the position")
def test_the_share_follows_a_handle_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(1000))
    share = ReadShare(path)
    assert share.now() is None  # not opened yet
    with path.open("rb", buffering=0) as file:
        assert share.now() == 0.0
        file.read(250)
        assert share.now() == 0.25
        file.seek(0)
        assert share.now() == 0.25  # never back
        file.read(700)
        assert share.now() == 0.7
    assert share.now() == 1.0


def test_a_system_that_does_not_tell_gives_none(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(10))
    with path.open("rb"):
        assert ReadShare(path, handles=tmp_path / "none").now() is None
        (tmp_path / "fd").mkdir()
        (tmp_path / "fd" / "3").symlink_to(path)
        assert ReadShare(path, handles=tmp_path).now() is None  # without a position
