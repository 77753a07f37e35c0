"""``isolation``: the board on stdout, and files where it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.commands import Command

from cmcoord_geo.facts import data_dir
from cmcoord_geo.render import board as board_room

BOARD = ("isolation", "--as-of", "2026-12-15T07:00+01:00")
OTHERS = ("motorbike", "heavy_truck", "tanker")
WEEK = str(data_dir() / "exercise")


@pytest.fixture(autouse=True)
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_room, "build_board_picture", lambda *_, **__: b"blank")


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Quelle perte isole qui"), ("en", "Which loss cuts off whom")]
)
def test_board_stands_on_stdout_alone(command: Command, lang: str, words: str) -> None:
    done = command(*BOARD, "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert words in done.out
    assert "Bangassou" in done.out
    assert "\x1b" not in done.out


def test_json(command: Command) -> None:
    done = command(*BOARD, "--json", "--to", "Bria")
    told = json.loads(done.out)
    assert told["schema"] == "cmcoord-geo/isolation"
    assert [board["key"] for board in told["boards"]] == ["truck_6x6", "lv_4x4", *OTHERS]
    assert all([one["name"] for one in board["targets"]] == ["Bria"] for board in told["boards"])


@pytest.mark.parametrize(
    ("words", "pairs"),
    [
        (("--vehicle", "tanker"), [["tanker", "tanker"]]),
        (("--vehicle", "truck_6x6", "--wet-vehicle", "lv_4x4"), [["truck_6x6", "lv_4x4"]]),
        (("--vehicle", "lv_4x4", "--vehicle", "tanker"), [["lv_4x4"] * 2, ["tanker"] * 2]),
    ],
)
def test_vehicles_are_named_once_or_several_times(
    command: Command, words: tuple[str, ...], pairs: list[list[str]]
) -> None:
    told = json.loads(command(*BOARD, "--json", "--to", "Bria", *words).out)
    assert [[case["vehicle_id"] for case in one["cases"]] for one in told["boards"]] == pairs


def test_files_and_never_over(command: Command, tmp_path: Path) -> None:
    done = command(*BOARD, "--out", "board")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "board").iterdir()} == {
        "isolation.html", "isolation.txt", "isolation.json",
        *(f"isolation_{key}.png" for key in ("truck_6x6", "lv_4x4", *OTHERS)),
    }  # fmt: skip
    assert "isolation_tanker.png" in done.err
    assert command(*BOARD, "--out", "board").code == 3
    assert command(*BOARD, "--out", "board", "--force").code == 0


def test_a_folder_for_others_counts_its_findings_only(command: Command) -> None:
    done = command("isolation", "--status", WEEK, "--audience", "minusca", "--lang", "en")
    assert done.code == 0
    assert "EXERCISE" in done.out
    assert "1 warning" in done.err
    assert "vehicles" not in done.err
    shown = command("isolation", "--status", WEEK, "--lang", "en")
    assert "movements.csv" in shown.err


def test_withheld_reports_are_told_on_stderr(command: Command) -> None:
    done = command("isolation", "--status", WEEK, "--audience", "public", "--lang", "en")
    assert "Not released" in done.err
    assert "Not released" not in done.out


def test_the_bound_is_an_option(command: Command) -> None:
    told = command(*BOARD, "--bound-h", "3", "--lang", "en").out
    assert "more than 3 h longer" in " ".join(told.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--from", "Atlantide"), 3),
        (("--vehicle", "tapis"), 3),
        (("--wet-vehicle", "tapis"), 3),
        (("--audience", "press"), 3),
        (("--as-of", "2026-12-15T07:00"), 3),
        (("--status", "nowhere.csv"), 3),
        (("--bound-h", "-1"), 2),
    ],
)
def test_refused_with_the_exit_code_of_the_project(
    command: Command, words: tuple[str, ...], code: int
) -> None:
    done = command("isolation", *words)
    assert done.code == code
    assert done.out == ""
    assert done.err
