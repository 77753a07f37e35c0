"""``incidents skill``: from a file to words and JSON."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from cmcoord_geo.errors import DataError
from cmcoord_geo.service.skill import (
    SkillQuestion,
    SkillReport,
    ask_skill,
    report_lines,
    sentences,
    skill_json,
)

#: Sibut, Grimari, Bambari, Bria.
TOWNS = ((5.718, 19.074), (5.739, 20.056), (5.768, 20.676), (6.542, 21.986))


def log(path: Path, *, days: int, every: int, precision: int = 1) -> Path:
    """EXERCISE log: the town changes each half year."""
    random = np.random.default_rng(7)
    rows = ["incident_id,occurred_at,lat,lon,class,precision"]
    for k in range(0, days, every):
        lat, lon = TOWNS[(k // 180) % len(TOWNS)] if random.random() < 0.8 else TOWNS[k % 4]
        day = date(2015, 1, 1) + timedelta(days=k)
        kind = "robbery" if (k // every) % 3 else "ambush"
        rows.append(f"E{k},{day},{lat},{lon},{kind},{precision}")
    rows.append(f"T1,{date(2015, 2, 1)},5.7,19.1,threat,1")
    rows.append(f"C1,{date(2015, 2, 1)},5.7,19.1,robbery,5")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SkillReport:
    file = log(tmp_path_factory.mktemp("log") / "log.csv", days=1400, every=6)
    return ask_skill(SkillQuestion(file=file, first="2017-01", last="2018-10"))


def test_json_has_the_agreed_fields(report: SkillReport) -> None:
    told = json.loads(skill_json(report))
    assert told["events_scored"] == report.skill.events > 100
    assert told["months"] == 22
    assert set(told["models"]) == {"shipped", "constant_rate", "raw_counts", "planar_kernel"}
    assert set(told["gain"]) == {"constant_rate", "raw_counts", "planar_kernel"}
    for gain in told["gain"].values():
        assert gain["low"] <= gain["mean"] <= gain["high"]
    assert 0 <= told["hit_rate"]["top_5pct"] <= told["hit_rate"]["top_10pct"] <= 1
    assert 0 <= told["interval_coverage"] <= 1
    assert told["left_out"] == {"other_class": 1, "coarse": 1, "far": 0}
    assert set(told["by_class"]) == {"ambush", "robbery"}
    assert set(told["sentence"]) == {"fr", "en"}


def test_words_say_what_the_figures_say(report: SkillReport) -> None:
    first, *rest = (line.en for line in sentences(report))
    ten = round(10 * report.skill.hit_rate[0])
    assert first.startswith(f"Of 10 events of the next month, {ten} fell on 5 %")
    assert "better than an even spread, clearly" in rest[0]
    assert "never to conclude that a road is little exposed" in rest[-1]
    lines = [line.fr for line in report_lines(report)]
    assert "2017-01 à 2018-10" in lines[0]
    assert any("trop peu pour le dire" in line for line in lines)


def test_a_thin_file_says_too_few(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", days=1200, every=40)
    report = ask_skill(SkillQuestion(file=file, first="2017-06", last="2018-03"))
    (only,) = sentences(report)
    assert "Too few to tell" in only.en
    told = json.loads(skill_json(report))
    assert told["advised_model"] == "constant_rate"
    assert not told["is_enough"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2018", "2018-10", "year-month"),
        ("2018-13", "2018-10", "year-month"),
        ("2018-06", "2018-01", "comes after"),
        ("2014-01", "2015-03", "a year of events"),
    ],
)
def test_months_that_cannot_be_scored_say_why(
    tmp_path: Path, first: str, last: str, words: str
) -> None:
    file = log(tmp_path / "log.csv", days=1000, every=10)
    with pytest.raises(DataError) as caught:
        ask_skill(SkillQuestion(file=file, first=first, last=last))
    assert words in caught.value.said.en


def test_a_file_without_a_precise_record_is_refused(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", days=1000, every=10, precision=5)
    file.write_text(
        "\n".join(
            line for line in file.read_text().splitlines() if not line.startswith(("T1", "C1"))
        ),
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"log\.csv"):
        ask_skill(SkillQuestion(file=file, first="2017-01", last="2017-10"))


def test_a_cells_own_memories_are_used(tmp_path: Path) -> None:
    file = log(tmp_path / "log.csv", days=1000, every=10)
    own = tmp_path / "own.toml"
    own.write_text(
        'version = "1"\nprior = 1.0\n[[memories]]\nname = "even"\npart = "even"\nweight = 1.0\n',
        encoding="utf-8",
    )
    question = SkillQuestion(file=file, first="2017-01", last="2017-06", memories=own)
    skill = ask_skill(question).skill
    assert skill.gain["constant_rate"].mean == pytest.approx(0.0, abs=1e-9)
