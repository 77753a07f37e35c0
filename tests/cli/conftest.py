"""Commands in a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.commands import Command, Ran
from schemas.example_rows import MOVEMENT, PATROL, write

from cmcoord_geo.cli.app import run
from cmcoord_geo.render import printmap


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    """Run a command in an empty folder; pictures are left blank, as they take most of the time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"blank")

    def ran(*words: str | Path) -> Ran:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of data with one movement and one patrol, and no consent."""
    where = tmp_path / "data"
    where.mkdir()
    write(where / "movements.csv", [{**MOVEMENT, "origin": "Sibut", "destination": "Grimari"}])
    write(where / "patrols.csv", [PATROL])
    (where / "picture.toml").write_text(
        "as_of = 2026-11-29T17:00:00+01:00\nis_exercise = true\n", encoding="utf-8"
    )
    return where
