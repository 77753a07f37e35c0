"""The isolation board holds road status and nothing else, whoever it is for (H13)."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaks.register import CANARIES, MINUSCA_ONLY, PUBLIC_ONLY, write_register
from leaks.scan import chunks, hits

from cmcoord_geo.cli.app import run

ALL = [*CANARIES.values(), *MINUSCA_ONLY.values(), *PUBLIC_ONLY.values()]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("audience", ["owner", "minusca_ops", "public"])
def test_no_word_of_the_register_is_on_the_board(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], audience: str, lang: str
) -> None:
    folder, out = write_register(tmp_path), tmp_path / "board"
    words = ["isolation", "--status", str(folder), "--out", str(out), "--audience", audience]
    assert run([*words, "--lang", lang]) == 0
    told = capfd.readouterr().out
    owed = {CANARIES["report time"]} if audience == "owner" else set()
    assert hits(told.encode(), ALL) == set()
    for path in out.iterdir():
        assert hits(path.read_bytes(), ALL) <= owed, path.name
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == 5
    for path in pictures:
        names = {name for name, _ in chunks(path.read_bytes())}
        assert names <= {"IHDR", "PLTE", "pHYs", "IDAT", "IEND"}


def test_what_the_board_may_say_is_on_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Control: the reports of the register do reach the board, without words of theirs."""
    folder = write_register(tmp_path)
    assert run(["isolation", "--status", str(folder), "--lang", "en"]) == 0
    assert "live reports on 0" not in " ".join(capfd.readouterr().out.split())
