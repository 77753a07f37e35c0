"""``map``: the files of a folder for one audience, never over others, and what is kept back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import LANGS, Command
from schemas.example_rows import MOVEMENT, write


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


def test_profiles_of_another_week_do_not_stay_beside_the_new_map(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    """Their H1 would be taken for the one of today, and an owner's profile lie in a public folder."""
    assert command("map", folder, "--out", "results", "--profiles").code == 0
    results = tmp_path / "results"
    assert (results / "profile_H1.png").exists()
    (results / "profile_H9.png").touch()
    done = command("map", folder, "--out", "results", "--profiles", "--force", "--lang", "en")
    assert "removed: profile_H9.png" in done.err
    assert (results / "profile_H1.png").exists()
    command("map", folder, "--out", "results", "--audience", "public", "--force")
    assert not list(results.glob("profile_*"))


def test_a_refusal_to_draw_over_costs_no_work(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plan.txt").touch()
    done = command("map", "nowhere", "--out", ".", "--lang", "en")
    assert "plan.txt" in done.err


def test_what_is_kept_back_is_told_to_the_desk(command: Command, folder: Path) -> None:
    done = command("map", folder, "--audience", "minusca", "--lang", "en")
    assert "movements: 1 record not released: no consent" in done.err
    assert "consent" not in done.out
    french = command("map", folder, "--audience", "minusca", "--lang", "fr", "--force")
    assert "pas de consentement" in french.err


@pytest.mark.parametrize("words", [("--organisation", "ORG-A"), ("--audience", "public")])
def test_findings_are_quoted_to_the_desk_alone(
    command: Command, folder: Path, words: tuple[str, ...]
) -> None:
    write(folder / "movements.csv", [{**MOVEMENT, "vehicles": "bike:2"}])
    assert "bike" in command("map", folder, "--lang", "en").err
    told = command("map", folder, "--lang", "en", "--force", *words).err
    assert "bike" not in told
    assert " error" in told


def test_a_partner_gets_its_own(command: Command, folder: Path, tmp_path: Path) -> None:
    for name, number in (("ORG-A", 1), ("ORG-B", 0)):
        done = command("map", folder, "--organisation", name, "--out", name, "--lang", "en")
        told = json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8"))
        assert (done.code, len(told["movements"])) == (0, number)


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


def test_an_organisation_without_movements_is_warned_of(command: Command, folder: Path) -> None:
    done = command("map", folder, "--organisation", "NOPE", "--lang", "en")
    assert done.code == 0
    assert "no movement of “NOPE”" in done.err


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "2 rows and 0 files refused"), ("fr", "2 lignes et 0 fichier")],
)
@pytest.mark.parametrize("audience", ["owner", "minusca"])
def test_refused_rows_stand_in_the_last_line(
    command: Command, folder: Path, lang: str, words: str, audience: str
) -> None:
    """What was read is drawn and the command ends with 0, as plan does; check ends with 3."""
    assert words not in command("map", folder, "--lang", lang, "--audience", audience).err
    rows = [
        {**MOVEMENT, "movement_id": f"M{i}", "origin": origin, "destination": "Grimari"}
        for i, origin in enumerate(("Sibut", "Nulle-Part", "Nulle-Part-2"))
    ]
    write(folder / "movements.csv", rows)
    done = command("map", folder, "--lang", lang, "--audience", audience, "--force")
    assert done.code == 0
    assert words in done.err.splitlines()[-1]
    assert "check" in done.err.splitlines()[-1]
    assert command("check", folder).code == 3


def test_sheets_are_written_where_they_are_asked_for(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "classes.png").touch()
    words = ("map", folder, "--out", "results", "--profiles", "--classes", "--lang", "en")
    done = command(*words)
    assert (done.code, done.out) == (3, "")
    assert "classes.png" in done.err
    done = command(*words, "--force")
    assert done.code == 0
    assert {"profile_H1.png", "classes.png"} < {
        Path(line.strip()).name for line in done.out.splitlines()
    }
    assert (tmp_path / "results" / "classes.png").read_bytes().startswith(b"\x89PNG")


def test_others_are_told_why_there_is_no_sheet(command: Command, folder: Path) -> None:
    done = command(
        "map", folder, "--profiles", "--classes", "--audience", "public", "--lang", "en"
    )  # fmt: skip
    assert done.code == 0
    assert "no profile" in done.err
    assert "not for this audience" in done.err
    assert ".png" in done.out
    assert "profile_" not in done.out + done.err
