"""The week from request through answers to rank and calendar, over files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cmcoord_geo.config import Config
from cmcoord_geo.coordination.offers import last_answers
from cmcoord_geo.errors import DataError
from cmcoord_geo.export.corridor_rows import head_row
from cmcoord_geo.facts import data_dir
from cmcoord_geo.io import read_picture
from cmcoord_geo.render import calendar
from cmcoord_geo.service import plan_week
from cmcoord_geo.service.corridors import (
    ask_corridors,
    check_ledger,
    check_picture_free,
    check_sheet_free,
    held_back,
    issue_sheet,
    take_answers,
    unsaid_needs,
    write_calendar,
)
from cmcoord_geo.sharing import Audience
from cmcoord_geo.sharing.corridor_ranks import corridor_ranks
from cmcoord_geo.units import BANGUI

CONFIG = Config()


@pytest.fixture(scope="module")
def plans():
    picture = read_picture(data_dir() / "exercise")
    return plan_week(picture, CONFIG)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_dir() / "exercise", tmp_path / "week"))


def requested(folder: Path, plans, name: str = "out.xlsx"):
    picture = read_picture(folder)
    asked, sheet = ask_corridors(picture, plans, CONFIG)
    issue_sheet(folder, asked, sheet, folder.parent / name)
    return asked


def answered(folder: Path, *answers: dict[str, str]) -> Path:
    """The workbook with words in its rows, each by the name of its column."""
    path = folder.parent / "out.xlsx"
    book = openpyxl.load_workbook(path)
    page = book["corridor_answers"]
    columns = {name: i for i, name in enumerate(head_row(), start=1)}
    for number, words in enumerate(answers, start=2):
        for name, word in words.items():
            (column,) = (i for head, i in columns.items() if head.endswith(f" · {name}"))
            page.cell(row=number, column=column).value = word
    book.save(folder.parent / "answers.xlsx")
    return folder.parent / "answers.xlsx"


OFFER = {"answer": "oui · can", "composition": "MINUSCA seule · MINUSCA alone"}


def test_the_answer_read_last_counts_in_an_exercise_too(folder: Path, plans) -> None:
    """Both readings bear the cut-off of the exercise; the second still comes after the first."""
    requested(folder, plans)
    take_answers(folder, answered(folder, {"answer": "non · cannot"}), read_picture(folder))
    assert not {one.answer for one in read_picture(folder).responses} - {"cannot"}
    take_answers(folder, answered(folder, OFFER), read_picture(folder))
    picture = read_picture(folder)
    ((key, rows),) = last_answers(picture.responses).items()
    assert [one.answer for one in rows] == ["can"]
    assert key in picture.patrols.patrol_id


def test_the_week_runs_from_request_to_rank(folder: Path, plans) -> None:
    asked = requested(folder, plans)
    assert len(asked.issue.added) == 6
    assert read_picture(folder).corridors == asked.issue.ledger
    done = {**OFFER, "done, last passed at": "2026-12-01T07:10+01:00"}
    received = {"request received": "2026-11-29T18:00+01:00"}
    answers = answered(folder, done, {"answer": "non · cannot"}, received)
    read = take_answers(folder, answers, read_picture(folder))
    assert (len(read.new), len(read.known), read.reading.report.refused) == (3, 0, 0)
    picture = read_picture(folder)
    assert picture.as_of == read.cutoff == datetime(2026, 12, 1, 7, 10, tzinfo=BANGUI)
    first = read.new[0].corridor_id
    assert first in picture.patrols.patrol_id
    assert {one.answer for one in picture.responses} == {"can", "cannot", ""}
    again, _ = ask_corridors(picture, plans, CONFIG)
    assert again.issue.added == ()
    ranks = corridor_ranks(picture, plans, again, CONFIG).corridors
    assert sorted(one.rank for one in ranks) == list(range(1, 7))
    assert [one.answers for one in ranks if one.corridor.corridor_id == first] == [("can",)]


def test_the_cutoff_goes_on_to_what_is_read_and_an_earlier_one_leaves_it_out(
    folder: Path, plans
) -> None:
    requested(folder, plans)
    before = read_picture(folder).as_of
    given = {**OFFER, "answered at": "2026-11-29T19:30+01:00"}
    read = take_answers(folder, answered(folder, given), read_picture(folder))
    assert read.cutoff == read_picture(folder).as_of == before.replace(hour=19, minute=30)
    assert not any("after the data cut-off" in one.said.en for one in read.reading.findings)
    assert len(read_picture(folder).responses) == 1
    earlier = read_picture(folder, as_of=before)
    assert (earlier.responses, earlier.as_of) == ((), before)


def test_a_wrong_year_does_not_move_the_clock_of_an_exercise(folder: Path, plans) -> None:
    requested(folder, plans)
    before = read_picture(folder).as_of
    given = {**OFFER, "answered at": "2027-11-29T19:30+01:00"}
    read = take_answers(folder, answered(folder, given), read_picture(folder))
    assert (read.cutoff, read_picture(folder).as_of) == (None, before)
    assert any("after the data cut-off" in one.said.en for one in read.reading.findings)


def test_the_same_answers_are_stored_once_and_changed_ones_beside_them(folder: Path, plans) -> None:
    requested(folder, plans)
    store = folder / "corridor_answers.csv"
    take_answers(folder, answered(folder, OFFER, OFFER), read_picture(folder))
    before = store.read_bytes()
    again = take_answers(folder, folder.parent / "answers.xlsx", read_picture(folder))
    assert (len(again.new), len(again.known), store.read_bytes()) == (0, 2, before)
    changed = answered(folder, {"answer": "non · cannot"}, OFFER)
    third = take_answers(folder, changed, read_picture(folder))
    assert (len(third.new), len(third.known)) == (1, 1)
    assert store.read_bytes().startswith(before)


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv", "out.geojson"])
def test_same_week_same_bytes(folder: Path, plans, name: str) -> None:
    requested(folder, plans, name)
    out = folder.parent / name
    first = out.read_bytes()
    (folder / "corridor_requests.csv").unlink()
    requested(folder, plans, name)
    assert out.read_bytes() == first


def test_names_of_real_corridors_are_drawn_anew(folder: Path, plans) -> None:
    """Whoever lists all roads and windows can check no guess against a name."""
    real = replace(read_picture(folder), is_exercise=False)
    names = [
        {one.corridor_id for one in ask_corridors(real, plans, CONFIG)[0].issue.added}
        for _ in range(2)
    ]
    assert not names[0] & names[1]


def test_answers_need_a_request(folder: Path) -> None:
    with pytest.raises(DataError, match="corridors request"):
        take_answers(folder, folder / "x.xlsx", read_picture(folder))


def test_the_desk_is_told_what_is_not_requested(folder: Path, plans) -> None:
    picture = read_picture(folder)
    asked, _ = ask_corridors(picture, plans, CONFIG)
    told = dict(held_back(picture, asked))
    assert [road.fr for road in told["EX-M13"]] == ["Sibut–Dékoa"]  # alone on its road
    assert "EX-M05" not in told  # its consent ran out: never at the gate
    assert "EX-M13" in unsaid_needs(picture, asked)


def test_a_row_of_the_ledger_that_cannot_be_read_is_not_lost(folder: Path, plans) -> None:
    requested(folder, plans)
    check_ledger(read_picture(folder))
    ledger = folder / "corridor_requests.csv"
    ledger.write_text(ledger.read_text("utf-8-sig").replace("area_presence", "mmh", 1), "utf-8")
    with pytest.raises(DataError, match=r"corridor_requests[.]csv"):
        check_ledger(read_picture(folder))


def test_names_of_files_are_checked_first(tmp_path: Path) -> None:
    (tmp_path / "there.xlsx").touch()
    for check, name in (
        (check_sheet_free, "a.docx"),
        (check_sheet_free, "there.xlsx"),
        (check_picture_free, "a.jpg"),
    ):
        with pytest.raises(DataError):
            check(tmp_path / name, is_forced=False)
    check_sheet_free(tmp_path / "there.xlsx", is_forced=True)


def test_the_calendar_is_written_for_both_audiences(folder: Path, plans, monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(calendar, "build_calendar", lambda view, **_: drawn.append(view) or b"x")
    requested(folder, plans)
    picture = read_picture(folder)
    for kind in ("owner", "minusca_ops"):
        out = folder.parent / f"{kind}.png"
        write_calendar(picture, plans, Audience(kind=kind), out, CONFIG, lang="fr")
        assert out.read_bytes() == b"x"
    assert [len(view.rows) for view in drawn] == [6, 6]
    assert {view.frame.audience for view in drawn} == {"owner", "minusca_ops"}
