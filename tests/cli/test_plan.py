"""``plan``: one movement on stdout, and files where it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import PLAN, Command, Ran
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
        "map.html", "map.png", "plan.txt", "plan.json", "profile_H1.png",
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
    assert "may meet on or near" in met.out
    assert command(*asked, *cut_off).code == 0


def test_areas_to_avoid_are_told_by_mark_and_name(command: Command, tmp_path: Path) -> None:
    """A way that an area closes ends as an error, which bears the mark alone: its name stands beside."""
    around = [[19.6, 5.6], [19.9, 5.6], [19.9, 5.9], [19.6, 5.9], [19.6, 5.6]]
    area = {
        "type": "Feature",
        "properties": {"name": "Zone EXERCISE", "effect": "cost", "min_per_km": 2,
                       "until": "2026-12-05T18:00+01:00"},
        "geometry": {"type": "Polygon", "coordinates": [around]},
    }  # fmt: skip
    path = tmp_path / "zones.geojson"

    def avoided(*words: str) -> Ran:
        content = {"type": "FeatureCollection", "features": [area]}
        path.write_text(json.dumps(content), encoding="utf-8")
        return command(*PLAN, "--avoid", str(path), "--lang", "en", *words)

    told = json.loads(avoided("--json").out)
    (listed,) = told["areas"]
    assert (listed["mark"], listed["name"]) == ("Z1", "Zone EXERCISE")
    assert listed["movements"] == ["H1"]
    assert listed["roads"][0]["km"] > 10
    (crossed,) = told["movements"][0]["options"][0]["areas"]
    assert crossed["added_min"] == pytest.approx(2 * crossed["km"], abs=0.1)
    area["properties"]["effect"] = "closure"
    west, south, east, north = 19.95, 5.6, 20.2, 5.9  # round Grimari
    area["geometry"]["coordinates"] = [
        [[west, south], [east, south], [east, north], [west, north], [west, south]]
    ]
    closed = avoided()
    assert closed.code == 4
    assert "area to avoid Z1 (" in " ".join(closed.err.split())
    assert "Z1 “Zone EXERCISE”" in closed.err


def test_sensitivity_is_told_where_it_is_asked_for(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path / "incidents.csv", [INCIDENT])
    asked = (*PLAN, "--incidents", path, "--lang", "en")
    assert "Sensitivity" not in command(*asked).out
    assert "Sensitivity of the option kept" in command(*asked, "--sensitivity").out
    movement = json.loads(command(*asked, "--sensitivity", "--json").out)["movements"][0]
    assert set(movement["sensitivity"]) == {"said", "is_stable", "variants"}
    assert json.loads(command(*asked, "--json").out)["movements"][0]["sensitivity"] is None


def test_conditions_are_told_and_kept_in_text_json_and_page(
    command: Command, tmp_path: Path
) -> None:
    asked = (*PLAN, "--via", "Kaga-Bandoro", "--avoid", "L042", "--max-hours", "60", "--lang", "en")
    ran = command(*asked, "--out", str(tmp_path / "out"))
    assert ran.code == 0
    assert "Conditions asked for, kept by every option:" in ran.out
    assert "Go through, in this order: Kaga-Bandoro." in ran.out
    (movement,) = json.loads(command(*asked, "--json").out)["movements"]
    assert movement["via"] == ["KBD"]
    assert [words["en"].split()[0] for words in movement["conditions"]] == [
        "Go", "Forbidden:", "Cost", "At",
    ]  # fmt: skip
    used = {leg["segment_id"] for option in movement["options"] for leg in option["legs"]}
    assert "L042" not in used
    page = next((tmp_path / "out").glob("*.html")).read_text(encoding="utf-8")
    assert "Passer par, dans cet ordre : Kaga-Bandoro." in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--avoid", "zones.csv"), "No such file: zones.csv"),
        (("--avoid", "L0"), "The network has no road"),
        (("--via", "Bambary"), "Bambari"),
        (("--max-km", "100"), "No way within 100 km"),
    ],
)
def test_a_condition_that_cannot_be_kept_is_said(
    command: Command, words: tuple[str, ...], told: str
) -> None:
    ran = command(*PLAN, *words, "--lang", "en")
    assert ran.code != 0
    assert told in " ".join(ran.err.split())
