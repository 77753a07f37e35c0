"""``plan``: one movement on stdout, and files where it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import PLAN, Command
from schemas.example_rows import INCIDENT, write

from cmcoord_geo.export import SCHEMA_VERSION


@pytest.mark.parametrize(("lang", "words"), [("fr", "Départ"), ("en", "Departure")])
def test_plan_answers_on_stdout_alone(command: Command, lang: str, words: str) -> None:
    done = command(*PLAN, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert words in done.out
    assert "\x1b" not in done.out


def test_plan_as_json_has_schema_and_version(command: Command) -> None:
    done = command(*PLAN, "--json")
    told = json.loads(done.out)
    assert (told["schema"], told["version"]) == ("cmcoord-geo/plan", SCHEMA_VERSION)
    assert told["movements"][0]["options"]
    assert done.err == ""


def test_plan_writes_where_it_is_told_and_never_over(command: Command, tmp_path: Path) -> None:
    done = command(*PLAN, "--out", "results")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "results").iterdir()} == {
        "map.html", "map.png", "plan.txt", "plan.json",
    }  # fmt: skip
    assert "map.html" in done.err
    (tmp_path / "results" / "plan.txt").write_text("mine", encoding="utf-8")
    again = command(*PLAN, "--out", "results")
    assert again.code == 3
    assert (tmp_path / "results" / "plan.txt").read_text(encoding="utf-8") == "mine"
    assert command(*PLAN, "--out", "results", "--force").code == 0
    assert (tmp_path / "results" / "plan.txt").read_text(encoding="utf-8") != "mine"


def test_findings_stand_beside_the_result(command: Command, tmp_path: Path) -> None:
    path = write(
        tmp_path / "incidents.csv", [INCIDENT, {**INCIDENT, "incident_id": "2", "lat": "95"}]
    )
    done = command(*PLAN, "--incidents", path, "--json", "--lang", "en")
    assert done.code == 0
    assert "row 3" in done.err
    assert "lat" in done.err
    json.loads(done.out)


def test_a_meeting_that_is_left_ends_with_its_own_code(command: Command, tmp_path: Path) -> None:
    """Exit code 5: a possible meeting with a patrol is left (ARCHITECTURE, errors and exit codes)."""
    patrols = tmp_path / "patrols.csv"
    patrols.write_text(
        "patrol_id,from_place,to_place,start,end,provider,composition\n"
        "P1,Bangui,Damara,2026-12-01T06:00+01:00,2026-12-01T12:00+01:00,force,minusca\n",
        encoding="utf-8",
    )
    asked = ("plan", "Bangui", "Damara", "--depart", "2026-12-01T07:00+01:00")
    cut_off = ("--as-of", "2026-11-30T12:00+01:00", "--lang", "en")
    met = command(*asked, *cut_off, "--patrols", str(patrols))
    assert met.code == 5
    assert "may be on" in met.out
    assert command(*asked, *cut_off).code == 0
