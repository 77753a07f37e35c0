"""Commands as a person runs them: exit codes, both languages, what goes where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from schemas.example_rows import INCIDENT, MOVEMENT, PATROL, write

from cmcoord_geo.cli import console
from cmcoord_geo.cli.app import run
from cmcoord_geo.export import SCHEMA_VERSION
from cmcoord_geo.io import (
    read_consents,
    read_incidents,
    read_movements,
    read_patrols,
    read_status,
)
from cmcoord_geo.network import bundled_network
from cmcoord_geo.render import printmap
from cmcoord_geo.schemas import tables

WHEN = ("--depart", "2026-12-01T06:00+01:00", "--as-of", "2026-11-29T17:00+01:00")
LANGS = ("fr", "en")
PLAN = ("plan", "Sibut", "Grimari", *WHEN)


@dataclass(frozen=True)
class Ran:
    """Exit code and what was said."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    """Run a command in an empty folder; pictures are left blank, as they take most of the time."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(printmap, "build_picture", lambda *_, **__: b"blank")

    def ran(*words: str | Path) -> Ran:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "data"
    where.mkdir()
    write(where / "movements.csv", [{**MOVEMENT, "origin": "Sibut", "destination": "Grimari"}])
    write(where / "patrols.csv", [PATROL])
    (where / "picture.toml").write_text(
        "as_of = 2026-11-29T17:00:00+01:00\nis_exercise = true\n", encoding="utf-8"
    )
    return where


# ---------------------------------------------------------------- plan


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


REFUSED = {
    "unknown place": (
        ("plan", "Nowhereville", "Bambari", *WHEN),
        3,
        ("Nowhereville", "Nowhereville"),
    ),
    "ambiguous place": (("plan", "Bangui", "Sido", *WHEN), 3, ("MSI", "SID")),
    "no zone": ((*PLAN[:3], "--depart", "2026-12-01T06:00"), 3, ("fuseau", "zone")),
    "no time": ((*PLAN[:3], "--depart", "demain"), 3, ("ISO 8601", "ISO 8601")),
    "unknown vehicle": ((*PLAN, "--vehicle", "bike"), 3, ("bike", "truck_6x6")),
    "no number": ((*PLAN, "--vehicle", "lv_4x4:0"), 3, ("lv_4x4:0", "lv_4x4:0")),
    "no file": ((*PLAN, "--incidents", "none.csv"), 3, ("none.csv", "none.csv")),
    "no settings": ((*PLAN, "--config", "none.toml"), 3, ("none.toml", "none.toml")),
    "no route": (("plan", "Bangui", "Birao", "--vehicle", "tanker", *WHEN), 4, ("Birao", "Birao")),
    "one place": (("plan", "Sibut", "Sibut", *WHEN), 3, ("Sibut", "Sibut")),
    "no folder": (("map", "nowhere"), 3, ("nowhere", "nowhere")),
    "no audience": (("map", "nowhere", "--audience", "donors"), 3, ("donors", "minusca_ops")),
    "no table": (("template", "trips"), 3, ("trips", "movements")),
    "nothing to check": (("check", "nowhere"), 3, ("nowhere", "nowhere")),
    "no argument": (("plan", "Sibut"), 2, ("destination", "destination")),
    "no option": ((*PLAN, "--soon"), 2, ("--soon", "--soon")),
    "no command": (("fly",), 2, ("demo", "template")),
    "not a number": ((*PLAN, "--persons", "some"), 2, ("--persons", "--persons")),
    "a word too many": ((*PLAN, "more"), 2, ("--help", "--help")),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("fault", REFUSED)
def test_a_mistake_has_its_code_and_its_sentence(command: Command, fault: str, lang: str) -> None:
    words, code, (first, second) = REFUSED[fault]
    done = command(*words, "--lang", lang)
    assert (done.code, done.out) == (code, "")
    assert first in done.err if lang == "fr" else second in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("fault", REFUSED)
def test_the_two_languages_differ(command: Command, fault: str) -> None:
    words, _, _ = REFUSED[fault]
    french, english = (command(*words, "--lang", lang).err for lang in LANGS)
    assert french != english


def test_both_candidates_are_named(command: Command) -> None:
    done = command("plan", "Bangui", "Sido", *WHEN, "--lang", "en")
    assert {"MSI", "SID"} <= set(re.findall(r"\[(\w+)\]", done.err))


@pytest.mark.parametrize(
    ("system", "words"), [("fr_FR", "Valeur non admise"), ("en_US", "Value not allowed")]
)
def test_a_mistake_in_the_language_is_told_in_that_of_the_system(
    command: Command, monkeypatch: pytest.MonkeyPatch, system: str, words: str
) -> None:
    monkeypatch.setenv("CMCOORD_LANG", system)
    for mistake in (("--lang", "de"), ("--lang=FR",)):
        done = command(*PLAN, *mistake)
        assert done.code == 2
        assert words in done.err
        assert "fr" in done.err
        assert "en" in done.err


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


# ---------------------------------------------------------------- map and demo


@pytest.mark.parametrize("lang", LANGS)
def test_map_names_its_files(command: Command, folder: Path, lang: str) -> None:
    done = command("map", folder, "--out", "results", "--lang", lang)
    assert done.code == 0
    assert [Path(line.strip()).name for line in done.out.splitlines()[1:]] == [
        "map.html", "map.png", "plan.txt", "plan.json",
    ]  # fmt: skip


def test_map_is_not_drawn_over(command: Command, folder: Path) -> None:
    assert command("map", folder, "--out", "results").code == 0
    done = command("map", folder, "--out", "results", "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert "--force" in done.err
    assert command("map", folder, "--out", "results", "--force").code == 0


def test_a_refusal_to_draw_over_costs_no_work(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").touch()
    done = command("map", "nowhere", "--out", ".", "--lang", "en")
    assert "plan.txt" in done.err


def test_what_is_kept_back_is_told_to_the_desk(command: Command, folder: Path) -> None:
    done = command("map", folder, "--audience", "minusca", "--lang", "en")
    assert "movements: 1 record(s) not released: no consent" in done.err
    assert "consent" not in done.out
    french = command("map", folder, "--audience", "minusca", "--lang", "fr", "--force")
    assert "pas de consentement" in french.err


def test_a_partner_gets_its_own(command: Command, folder: Path, tmp_path: Path) -> None:
    for name, number in (("ORG-A", 1), ("ORG-B", 0)):
        done = command("map", folder, "--organisation", name, "--out", name, "--lang", "en")
        told = json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8"))
        assert (done.code, len(told["movements"])) == (0, number)


def test_demo_is_an_exercise_and_may_be_repeated(command: Command, tmp_path: Path) -> None:
    for _ in range(2):
        assert command("demo", "--audience", "public").code == 0
    text = (tmp_path / "out" / "demo" / "plan.txt").read_text(encoding="utf-8")
    assert text.startswith("*** EXERCICE / EXERCISE ***")


# ---------------------------------------------------------------- check, template, doctor


@pytest.mark.parametrize("lang", LANGS)
def test_check_tells_everything_at_once(command: Command, folder: Path, lang: str) -> None:
    bad = {**MOVEMENT, "movement_id": "M-2", "depart_earliest": "01/12/2026", "vehicles": "bike:2"}
    write(folder / "movements.csv", [bad, MOVEMENT])
    write(folder / "patrols.csv", [{**PATROL, "from_place": "Sido"}, PATROL])
    done = command("check", folder, "--lang", lang)
    assert done.code == 3
    for words in ("movements.csv", "patrols.csv", "depart_earliest", "vehicles", "from_place"):
        assert words in done.out
    accepted = "2 lignes = 1 acceptées" if lang == "fr" else "2 rows = 1 accepted"
    assert done.out.count(accepted) == 2
    assert done.err == ""


def test_check_as_json(command: Command, folder: Path) -> None:
    done = command("check", folder, "--json")
    told = json.loads(done.out)
    assert (done.code, told["schema"], told["version"]) == (0, "cmcoord-geo/check", SCHEMA_VERSION)
    assert {report["file"] for report in told["reports"]} == {"movements.csv", "patrols.csv"}


READERS = {
    "incidents": read_incidents,
    "movements": read_movements,
    "consents": read_consents,
    "patrols": lambda path: read_patrols(path, network=bundled_network()),
    "road_status": lambda path: read_status(path, network=bundled_network()),
    "ucdp_ged": read_incidents,
}


@pytest.mark.parametrize("table", list(tables()))
def test_a_template_reads_back(command: Command, table: str, tmp_path: Path) -> None:
    """With an id of its own, the example row is a good row."""
    path = tmp_path / "table.csv"
    done = command("template", table, "--out", path, "--lang", "en")
    assert (done.code, done.out) == (0, f"Written: {path}\n")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("EXAMPLE-", "").replace("EXAMPLE", "X"), encoding="utf-8")
    reading = READERS[table](path)
    assert (reading.report.rows, reading.report.accepted) == (1, 1), reading.findings


def test_a_template_is_not_written_over(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "movements.csv"
    path.write_text("mine", encoding="utf-8")
    assert command("template", "movements", "--out", path).code == 3
    assert path.read_text(encoding="utf-8") == "mine"
    assert command("template", "movements", "--out", path, "--force").code == 0


@pytest.mark.parametrize("lang", LANGS)
def test_template_lists_and_explains(command: Command, lang: str) -> None:
    listed = command("template", "--lang", lang)
    assert all(name in listed.out for name in tables())
    explained = command("template", "patrols", "--lang", lang)
    assert explained.code == 0
    assert "valid_until" in explained.out


@pytest.mark.parametrize("lang", LANGS)
def test_doctor_finds_this_installation_fine(command: Command, lang: str) -> None:
    done = command("doctor", "--lang", lang)
    assert done.code == 0
    assert ("bibliothèque" if lang == "fr" else "library") in done.out
    told = json.loads(command("doctor", "--json").out)
    assert (told["schema"], told["version"]) == ("cmcoord-geo/doctor", SCHEMA_VERSION)


# ---------------------------------------------------------------- what goes where


@pytest.mark.parametrize(("is_terminal", "number"), [(True, 1), (False, 0)])
def test_progress_is_for_a_person_at_a_terminal(
    command: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_terminal,
    number,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal)
    done = command("map", folder, "--lang", "en")
    assert done.err.count("Movement 1 of 1") == number
    assert "Movement 1 of 1" not in done.out


def test_an_interruption_is_clean(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "show_findings", interrupted)
    done = command("map", folder, "--lang", "en")
    assert (done.code, done.out) == (130, "")
    assert "Interrupted" in done.err
    assert "Traceback" not in done.err
