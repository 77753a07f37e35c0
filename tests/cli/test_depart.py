"""``depart``: text, JSON and files of a folder; other audiences are given nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import LANGS, Command


@pytest.mark.parametrize("lang", LANGS)
def test_text_of_a_folder(command: Command, folder: Path, lang: str) -> None:
    done = command("depart", folder, "--days", "2", "--lang", lang)
    assert done.code == 0
    assert {"fr": "Quand partir", "en": "When to leave"}[lang] in done.out


def test_json_and_files(command: Command, folder: Path, tmp_path: Path) -> None:
    done = command("depart", folder, "--days", "1", "--json", "--out", "results", "--lang", "en")
    assert done.code == 0
    assert json.loads(done.out)["schema"] == "cmcoord-geo/departures"
    assert (tmp_path / "results" / "departures.txt").exists()
    again = command("depart", folder, "--days", "1", "--out", "results", "--lang", "en")
    assert (again.code, again.out) == (3, "")
    assert "--force" in again.err


def test_other_audiences_are_given_nothing(command: Command, folder: Path, tmp_path: Path) -> None:
    for audience in ("minusca", "public"):
        done = command("depart", folder, "--audience", audience, "--out", "x", "--lang", "en")
        assert done.code == 3
        assert done.out == ""
        assert not (tmp_path / "x").exists()


def test_an_unknown_movement_is_refused(command: Command, folder: Path) -> None:
    done = command("depart", folder, "--movement", "NONE", "--lang", "en")
    assert done.code == 3
    assert "No movement NONE" in done.err


def test_days_are_limited(command: Command, folder: Path) -> None:
    assert command("depart", folder, "--days", "15", "--lang", "en").code == 2


def test_last_departures_that_get_back(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cmcoord_geo.service.return_traps.usual_targets", lambda _: ("SBT",))
    done = command("depart", folder, "--return-trap", "--lang", "en")
    assert done.code == 0
    assert "still gets back" in done.out
    plain = command("depart", folder, "--return-trap", "--json", "--lang", "en")
    assert json.loads(plain.out)["schema"] == "cmcoord-geo/return_traps"


def test_last_departures_from_another_base_to_places_that_are_named(
    command: Command, folder: Path
) -> None:
    asked = ("depart", folder, "--return-trap", "--from", "Bambari", "--to", "Bria", "--lang", "en")
    done = command(*asked, "--json")
    told = json.loads(done.out)
    assert told["base"] == "Bambari"
    assert {trap["place"] for trap in told["traps"]} == {"Bria"}
    nowhere = command(*asked, "--to", "Nowhereville")
    assert nowhere.code != 0
    assert "Nowhereville" in nowhere.err
    alone = command("depart", folder, "--from", "Bambari", "--lang", "en")
    assert alone.code != 0
    assert "--return-trap" in alone.err
