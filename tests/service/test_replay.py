"""``incidents replay``: from a file to words and JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from shared_data import shared

from cmcoord_geo.cli.app import run
from cmcoord_geo.errors import DataError
from cmcoord_geo.service.replay import ask_replay, replay_json, replay_lines
from cmcoord_geo.service.skill import SkillQuestion


def log(path: Path, *, every: int) -> Path:
    """EXERCISE log: robberies between Sibut and Grimari, over four years."""
    rows = ["incident_id,occurred_at,lat,lon,class,precision"]
    for k in range(0, 1400, every):
        day = date(2015, 1, 1) + timedelta(days=k)
        rows.append(f"E{k},{day},5.73,19.6,robbery,1")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_thin_file_says_too_few(tmp_path: Path) -> None:
    question = SkillQuestion(
        file=log(tmp_path / "log.csv", every=90), first="2018-01", last="2018-02"
    )
    report = ask_replay(question, vehicle="truck_6x6")
    lines = [line.en for line in replay_lines(report)]
    assert "between 15 cells and contact points" in lines[0]
    assert "Too few to tell" in lines[-1]
    told = json.loads(replay_json(report))
    assert [month["month"] for month in told["months"]] == ["2018-01", "2018-02"]
    assert told["vehicle"] == "truck_6x6"
    assert not told["is_enough"]


def test_months_before_any_past_are_refused(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", every=20)
    with pytest.raises(DataError) as caught:
        ask_replay(SkillQuestion(file=file, first="2014-01", last="2015-02"))
    assert "2016-01" in caught.value.said.en


def test_on_the_real_file_the_command_says_what_was_recorded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = shared("real/ucdp_ged/ucdp_ged_car_1991_2020.csv")
    words = ["incidents", "replay", str(file), "--from", "2018-01", "--to", "2018-12", "--json"]
    assert run([*words, "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_enough"]
    assert told["less"]["low"] <= told["less"]["mean"] <= told["less"]["high"]
    assert told["on_fastest"] > told["on_advised"]
