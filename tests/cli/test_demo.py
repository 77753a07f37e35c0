"""``demo``: the EXERCISE week, again and again."""

from __future__ import annotations

from pathlib import Path

from cli.commands import Command


def test_demo_is_an_exercise_and_may_be_repeated(command: Command, tmp_path: Path) -> None:
    for _ in range(2):
        assert command("demo", "--audience", "public").code == 0
    text = (tmp_path / "out" / "demo" / "plan.txt").read_text(encoding="utf-8")
    assert text.startswith("*** EXERCICE / EXERCISE ***")
