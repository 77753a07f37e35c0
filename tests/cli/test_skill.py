"""The command ``incidents skill``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import Command

from cmcoord_geo.cli.app import run
from cmcoord_geo.cli.incidents import incidents


@pytest.fixture
def log(tmp_path: Path) -> Path:
    rows = ["incident_id,occurred_at,lat,lon,class,precision"]
    rows += [
        f"E{k},2015-{1 + k % 12:02d}-{1 + k % 28:02d},5.768,20.676,robbery,1" for k in range(60)
    ]
    rows += [
        f"F{k},2016-{1 + k % 12:02d}-{1 + k % 28:02d},5.768,20.676,robbery,1" for k in range(60)
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_text_and_json(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["incidents", "skill", str(log), "--from", "2016-06", "--to", "2016-12"]
    assert run([*words, "--lang", "en"]) == 0
    assert "Of 10 events of the next month, 10 fell" in capsys.readouterr().out
    assert run([*words, "--json", "--network", "bundled", "--lang", "fr"]) == 0
    assert json.loads(capsys.readouterr().out)["hit_rate"]["top_5pct"] == 1.0


def test_refusals_have_their_exit_code(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["incidents", "skill", str(log), "--from", "2016", "--to", "2016-12", "--lang", "en"]
    assert run(words) == 3
    assert "--from 2016: no month" in capsys.readouterr().err


def test_out_writes_three_files_and_replaces_them_only_when_told(
    log: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["incidents", "skill", str(log), "--from", "2016-06", "--to", "2016-12"]
    words += ["--out", str(out), "--lang", "en"]
    assert run(words) == 0
    told = capsys.readouterr()
    assert "Of 10 events of the next month" in told.out
    assert "skill.png" in told.err
    assert {path.name for path in out.iterdir()} == {"skill.png", "skill.txt", "skill.json"}
    assert "do not pass on" in (out / "skill.txt").read_text(encoding="utf-8")
    (out / "skill.txt").write_text("mine", encoding="utf-8")
    assert run(words) == 3
    assert (out / "skill.txt").read_text(encoding="utf-8") == "mine"
    assert "skill.txt" in capsys.readouterr().err
    assert run([*words, "--force", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "skill"
    assert (out / "skill.txt").read_text(encoding="utf-8") != "mine"


def test_it_is_one_of_the_commands_on_incidents() -> None:
    assert "skill" in {command.name for command in incidents.registered_commands}


def test_memories_of_ones_own_are_written_and_colour_roads(
    command: Command, tmp_path: Path, log: Path
) -> None:
    """What the measurement advises goes to a file that the settings may name; it is not replaced unasked."""
    words = ("incidents", "skill", log, "--from", "2016-08", "--to", "2016-12", "--lang", "en")
    ran = command(*words, "--write-memories", "own.toml")
    assert ran.code == 0
    assert "own.toml" in ran.err
    (tmp_path / "settings.toml").write_text('[hazard]\nmemories = "own.toml"\n', encoding="utf-8")
    asked = ("incidents", "why", "Sibut-Grimari", "--incidents", log)
    told = command(
        *asked, "--as-of", "2017-01-01T12:00+01:00", "--config", "settings.toml", "--lang", "en"
    )
    assert told.code == 0
    assert "(parameters 2017-01)" in told.out
    assert command(*words, "--write-memories", "own.toml").code == 3
