"""Files of a measurement of skill: whole, for one audience, under names that say nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.errors import DataError
from cmcoord_geo.service.skill import SkillQuestion, SkillReport, ask_skill
from cmcoord_geo.service.skill_files import (
    SKILL_NAMES,
    check_free,
    release_skill,
    write_skill,
)

#: Sibut, Bambari, Bria: many records, many, and few.
TOWNS = ((5.718, 19.074), (5.768, 20.676), (6.542, 21.986))
MANIFEST = """
as_of = 2018-06-30T12:00:00+01:00
is_exercise = true
[[sources]]
id = "drill"
name = "EXERCICE / EXERCISE"
licence = "CC0-1.0"
first = 2015-01-01
last = 2018-06-30
classes = ["robbery"]
has_export = {has_export}
"""


def report_of(folder: Path, *, has_export: bool | None) -> SkillReport:
    """EXERCISE log of 120 records a year; without a manifest where nothing is said of export."""
    rows = ["incident_id,occurred_at,lat,lon,class,precision,source_id"]
    for k in range(0, 1270, 3):
        lat, lon = TOWNS[2] if k > 1200 and k % 30 == 0 else TOWNS[k % 2]
        day = date(2015, 1, 1) + timedelta(days=k)
        rows.append(f"KanarId{k},{day},{lat},{lon},robbery,1,drill")
    file = folder / "KanarFile.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    if has_export is not None:
        words = MANIFEST.format(has_export=str(has_export).lower())
        (folder / "picture.toml").write_text(words, encoding="utf-8")
    return ask_skill(SkillQuestion(file=file, first="2017-07", last="2018-06"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SkillReport:
    return report_of(tmp_path_factory.mktemp("drill"), has_export=True)


def written(report: SkillReport, out: Path, lang: str = "en") -> dict[str, bytes]:
    view = release_skill(report, Config())
    paths = write_skill(report, view, out, Config(), lang=lang)
    assert [path.name for path in paths] == list(SKILL_NAMES.values())
    assert {path.name for path in out.iterdir()} == set(SKILL_NAMES.values())
    return {path.name: path.read_bytes() for path in paths}


def test_an_exercise_gives_the_same_bytes_each_time_and_says_so(
    report: SkillReport, tmp_path: Path
) -> None:
    first, second = (written(report, tmp_path / name) for name in ("one", "two"))
    assert first == second
    assert b"EXERCISE\n" in first["skill.txt"]
    assert json.loads(first["skill.json"])["is_exercise"] is True
    assert first["skill.png"].startswith(b"\x89PNG")


def test_the_folder_of_the_file_says_what_its_source_is(report: SkillReport) -> None:
    frame = release_skill(report, Config()).frame
    assert frame.is_exercise
    assert frame.audience == "public"
    assert frame.as_of.isoformat() == "2018-06-30T12:00:00+01:00"
    assert [source.licence for source in frame.sources] == ["CC0-1.0"]


def test_small_prefectures_are_in_no_file_for_the_public(
    report: SkillReport, tmp_path: Path
) -> None:
    counts = {report.regions[key]: n for key, n in report.skill.events_by_region.items()}
    assert 0 < counts["Haute-Kotto"] < Config().sharing.public_min_count
    files = written(report, tmp_path / "out")
    by_region = json.loads(files["skill.json"])["by_region"]
    assert "Haute-Kotto" not in by_region
    assert len(by_region) == len(counts) - 2  # not to be found by subtraction either
    assert "Haute-Kotto" not in files["skill.txt"].decode()
    assert "Prefectures with fewer than 5 incidents are withheld" in files["skill.txt"].decode()


def test_words_of_records_and_names_of_files_are_in_no_file(
    report: SkillReport, tmp_path: Path
) -> None:
    for name, content in written(report, tmp_path / "out").items():
        assert b"Kanar" not in content, name


@pytest.mark.parametrize("kind", ["flagged", "undeclared"])
def test_a_kept_source_is_for_its_owner_alone(tmp_path: Path, kind: str) -> None:
    has_export = False if kind == "flagged" else None
    (tmp_path / "in").mkdir()
    kept = report_of(tmp_path / "in", has_export=has_export)
    view = release_skill(kept, Config())
    assert view.frame.audience == "owner"
    assert view.frame.is_exercise == (has_export is False)
    files = written(kept, tmp_path / "out", "fr")
    words = files["skill.txt"].decode()
    assert "ne pas transmettre" in words
    assert "Préfecture Haute-Kotto" in words
    assert ("EXERCICE\n" in words) == (has_export is False)


def test_real_data_expire_after_release(report: SkillReport) -> None:
    real = replace(report, is_exercise=False)
    frame = release_skill(real, Config()).frame
    assert frame.expires_at - frame.as_of > timedelta(days=1000)


def test_files_that_lie_there_are_named(tmp_path: Path) -> None:
    check_free(tmp_path / "none", None)
    (tmp_path / "skill.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match=r"skill\.txt"):
        check_free(tmp_path, None)
