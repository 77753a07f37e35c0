"""The EXERCISE week: made again it is the same, and it holds what the other tests and pages rely on."""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.facts import data_dir, incident_classes
from cmcoord_geo.io import read_picture
from cmcoord_geo.picture import OperationalPicture
from cmcoord_geo.planning.conflicts import Week, week_conflicts
from cmcoord_geo.service import plan_week
from cmcoord_geo.service.corridors import ask_corridors, issue_sheet, take_answers
from cmcoord_geo.units import geodesic_m, to_datetime

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_exercise.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_exercise", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def week() -> OperationalPicture:
    return read_picture(data_dir() / "exercise")


def test_made_again_it_is_the_same_to_the_byte(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    assert script.main() == 0
    made = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert set(made) == {
        "incidents.csv", "movements.csv", "consents.csv", "patrols.csv", "road_status.csv", "picture.toml",
        "operations.csv", "activities.csv", "answers/answers.csv",
    }  # fmt: skip
    for name, content in made.items():
        assert content == (data_dir() / "exercise" / name).read_bytes(), name


def test_everything_is_marked(week: OperationalPicture) -> None:
    ids = [
        *week.incidents.incident_id,
        *week.patrols.patrol_id,
        *(request.movement_id for request in week.movements),
        *(report.report_id for report in week.status),
    ]
    assert all(key.startswith("EX-") for key in ids)
    assert all(request.organisation.startswith("ORG-") for request in week.movements)
    assert all("EXERCICE" in report.note for report in week.status)
    assert week.is_exercise
    assert all(source.is_exercise for source in week.incidents.sources)


def test_the_answers_are_those_of_the_corridors_of_the_week(
    week: OperationalPicture, tmp_path: Path
) -> None:
    """They bear the names that `corridors request` gives, and show each kind of answer."""
    folder = Path(shutil.copytree(data_dir() / "exercise", tmp_path / "week"))
    asked, sheet = ask_corridors(week, plan_week(week, Config()), Config())
    issue_sheet(folder, asked, sheet, tmp_path / "request.xlsx")
    read = take_answers(folder, folder / "answers" / "answers.csv", read_picture(folder))
    told = [(one.severity, one.row, one.column) for one in read.reading.findings]
    mixed = [("warning", 5, "composition"), ("warning", 5, "start, end")]
    assert told == mixed  # one answer is what it should not be: see data/exercise/README.md
    after = read_picture(folder)
    assert {one.corridor_id for one in after.responses} == {
        one.corridor_id for one in after.corridors
    }
    assert {one.answer for one in after.responses} == {
        "can",
        "partly",
        "cannot",
        "other_window",
        "",
    }
    assert "EXERCICE" in (folder / "answers" / "answers.csv").read_text(encoding="utf-8")


def test_what_is_announced_meets_the_week(week: OperationalPicture) -> None:
    """
    An operation on the road of a movement, one on none; a project beside a distribution.

    Who leaves as filed waits for the operation to end; whoever cannot wait so long is told by C2.
    """
    roads = {one.operation_id: one.stretches[0][0] for one in week.operations}
    assert roads == {"EX-O01": "L029", "EX-O02": "L087"}
    plans = plan_week(week, Config())
    met = {
        (ruling.kind, conflict.movement_id, conflict.other_id)
        for ruling in week_conflicts(Week(picture=week, plans=plans, config=Config()))
        if ruling.kind in {"C2", "C10"}
        for conflict in ruling.conflicts
    }
    assert ("C2", "EX-M10", "EX-O01") not in met
    (waits,) = (plan for plan in plans if plan.request.movement_id == "EX-M10")
    road = next(leg for leg in waits.options[0].legs if leg.segment_id == "L029")
    (operation,) = (one for one in week.operations if one.operation_id == "EX-O01")
    assert road.enter.earliest > operation.end
    assert {kind for kind, *_ in met} == {"C2", "C10"}
    assert not any("EX-O02" in str(one) for one in met)


def test_incidents_are_what_the_source_covers(week: OperationalPicture) -> None:
    rows = week.incidents
    (source,) = rows.sources
    on_road = {key for key, known in incident_classes().items() if known.is_on_road}
    assert set(source.classes) == on_road | {"ordnance"}
    assert set(rows.class_id) == set(source.classes)
    autumn = [at for at in rows.at_s if to_datetime(at).month >= 9]
    assert len(autumn) == 160
    assert set(rows.precision.tolist()) == {1, 2, 3}
    assert Counter(rows.class_id).most_common(1)[0][0] == "robbery"


def test_quiet_regions_stay_quiet(week: OperationalPicture) -> None:
    """Beyond Zémio and around Birao nothing is told, and the source says that it does not reach there."""
    rows = week.incidents
    for lon, lat in ((25.136, 5.031), (22.788, 10.285), (26.49, 5.40)):
        far = geodesic_m(rows.lon, rows.lat, np.full(len(rows), lon), np.full(len(rows), lat))
        assert far.min() > 100_000
    assert not {"Vakaga", "Haut-Mbomou"} & set(rows.sources[0].areas)


def test_consents_of_every_kind(week: OperationalPicture) -> None:
    until = {consent.movement_id: consent.until for consent in week.consents}
    assert "EX-M12" not in until
    assert "ORG-D" in {consent.organisation for consent in week.consents if consent.movement_id}
    assert until["EX-M05"] < week.as_of
    assert [c.movement_id for c in week.consents if c.is_withdrawn] == ["EX-M06"]
    assert {c.accepts_mixed_patrols for c in week.consents if not c.is_withdrawn} == {True, False}


def test_patrols_of_every_kind(week: OperationalPicture) -> None:
    patrols = week.patrols
    is_passed = np.isfinite(patrols.passed_s)
    passed = {key for key, is_own in zip(patrols.patrol_id, is_passed, strict=True) if is_own}
    assert passed == {"EX-P01", "EX-P02"}
    age_s = week.as_of.timestamp() - patrols.passed_s[is_passed]
    assert (age_s > 0).all()
    assert (age_s < timedelta(hours=48).total_seconds()).all()
    assert set(patrols.provider) == {"force", "unpol", "fpu"}
    assert set(patrols.composition) == {"minusca", "mixed"}


def test_reports_of_every_kind(week: OperationalPicture) -> None:
    by_id = {report.report_id: report for report in week.status}
    assert {report.state for report in week.status} == {"open", "restricted", "closed"}
    assert week.as_of - by_id["EX-R04"].reported_at > timedelta(days=30)
    assert by_id["EX-R04"].expires_at is None
    assert by_id["EX-R05"].segment_id == by_id["EX-R06"].segment_id
    assert by_id["EX-R05"].state != by_id["EX-R06"].state
    assert week.as_of < by_id["EX-R08"].expires_at < week.as_of + timedelta(days=7)
