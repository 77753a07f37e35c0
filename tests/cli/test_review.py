"""``review``: ready only while what was acknowledged is as it was, and what changed is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli.commands import Command

from cmcoord_geo.facts import data_dir


@pytest.fixture
def week(tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    shutil.copytree(data_dir() / "exercise", folder)
    rows = (folder / "movements.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith(("movement_id", "EX-M13", "EX-M08", "EX-M12"))]
    (folder / "movements.csv").write_text("".join(kept), encoding="utf-8")
    return folder


def states(command: Command, week: Path) -> dict[str, bool]:
    told = json.loads(command("review", str(week), "--json").out)
    assert told["schema"] == "cmcoord-geo/review"
    assert told["is_exercise"]
    return {one["movement_id"]: one["is_ready"] for one in told["movements"]}


def test_a_patrol_that_moves_sends_one_plan_back_to_review(command: Command, week: Path) -> None:
    assert not any(states(command, week).values())
    done = command("review", str(week), "--acknowledge", "--lang", "en")
    assert done.code == 0
    assert "EX-M13: ready" in done.out
    assert states(command, week) == {"EX-M13": True, "EX-M08": True, "EX-M12": False}
    table = week / "patrols.csv"
    moved = table.read_text(encoding="utf-8").replace("2026-11-29T08:00", "2026-11-29T08:30")
    table.write_text(moved, encoding="utf-8")
    done = command("review", str(week), "--lang", "fr")
    assert "EX-M13\xa0: à revoir" in done.out
    assert "modifié\xa0: patrouille EX-P01" in done.out
    assert "EX-M12\xa0: à revoir, aucune route ne le prend" in done.out
    assert states(command, week) == {"EX-M13": False, "EX-M08": True, "EX-M12": False}
    assert "acknowledgements" not in command("check", str(week)).out


def test_one_movement_alone_is_acknowledged(command: Command, week: Path) -> None:
    command("review", str(week), "--movement", "EX-M08", "--acknowledge")
    assert states(command, week) == {"EX-M13": False, "EX-M08": True, "EX-M12": False}


def test_a_movement_that_is_not_there_is_refused_with_those_that_are(
    command: Command, week: Path
) -> None:
    done = command("review", str(week), "--movement", "EX-M99", "--acknowledge", "--lang", "en")
    assert done.code == 3
    assert "EX-M08, EX-M12, EX-M13" in done.err
    assert not (week / "acknowledgements.json").exists()
