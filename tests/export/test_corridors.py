"""The sheet as workbook, CSV and GeoJSON: bilingual, marked, with lists to choose from, and read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sharing import week

from cmcoord_geo.export.corridor_rows import ANSWER, head_row, rows, window_said
from cmcoord_geo.export.corridors import corridors_csv, corridors_geojson, corridors_workbook
from cmcoord_geo.i18n import Said
from cmcoord_geo.io.corridor_answers import read_answers
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_sheet
from cmcoord_geo.sharing.corridor_views import CorridorSheetView

PICTURE = week.picture()
ISSUE = ask(PICTURE, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1").issue


def sheet() -> CorridorSheetView:
    return corridor_sheet(PICTURE, ISSUE, week.CONFIG, now=week.AS_OF)


def book(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_head_is_in_both_languages_and_known_to_the_reader() -> None:
    head = head_row()
    assert len(set(head)) == len(head)
    assert all(" · " in name for name in head)
    assert [column.aliases[0] for column in ANSWER] == head[-len(ANSWER) :]
    assert "read_at" not in {column.name for column in ANSWER}


def test_the_window_is_told_in_both_languages() -> None:
    (corridor,) = sheet().corridors
    told = window_said(corridor.window)
    assert (told.fr, told.en) == ("mar. 1er déc., 06:00–18:00", "Tue 1 Dec, 06:00–18:00")


def test_the_workbook_bears_mark_expiry_and_what_must_not_be() -> None:
    made = book(corridors_workbook(sheet()))
    notice = "\n".join(str(row[0]) for row in made.worksheets[0].iter_rows(values_only=True))
    for words in (
        "EXERCICE",
        "EXERCISE",
        "sans escorte",
        "without escort",
        "17:00",
        "no patrol routes",
    ):
        assert words in notice
    page = made["corridor_answers"]
    assert page["B2"].value == "EXERCICE · EXERCISE"
    assert "no contact, no escort" in page["J2"].value
    assert page.oddHeader.left.text == "EXERCICE · EXERCISE"
    assert all(cell.data_type == "s" for row in page.iter_rows() for cell in row if cell.value)


def test_words_of_an_answer_are_chosen_from_lists_that_the_reader_knows(tmp_path: Path) -> None:
    made = book(corridors_workbook(sheet()))
    page = made["corridor_answers"]
    lists = page.data_validations.dataValidation
    assert len(lists) == 3
    for told in lists:
        column = str(told.sqref).partition("2:")[0]
        for words in told.formula1.strip('"').split(","):
            page["M2"], page["T2"] = "oui · can", "MINUSCA seule · MINUSCA alone"
            page[f"{column}2"] = words
            if words.startswith(("en partie", "autre")):
                continue
            made.save(tmp_path / "answers.xlsx")
            reading = read_answers(
                tmp_path / "answers.xlsx",
                corridors=ISSUE.ledger,
                network=PICTURE.network,
                as_of=week.AS_OF,
            )
            assert [f for f in reading.findings if f.severity == "error"] == [], words
            assert len(reading.content) == 1


def test_csv_holds_the_same_rows() -> None:
    content = corridors_csv(sheet()).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [head_row(), *rows(sheet())]


def test_geojson_says_that_it_is_a_sketch() -> None:
    told = json.loads(corridors_geojson(sheet()))
    (feature,) = told["features"]
    assert told["is_exercise"]
    assert feature["properties"]["is_surveyed"] is False
    assert len(feature["geometry"]["coordinates"]) > 1
    assert feature["properties"]["mark"] == "EXERCICE · EXERCISE"


@pytest.mark.parametrize("word", ["=1+1", "+33", "-x", "@a"])
def test_no_cell_is_a_formula(word: str) -> None:
    (corridor,) = sheet().corridors
    hostile = replace(
        corridor, road=word, first=replace(corridor.first, name=Said(fr=word, en=word))
    )
    made = replace(sheet(), corridors=(hostile,))
    assert f"'{word}" in corridors_csv(made).decode("utf-8-sig")
    page = book(corridors_workbook(made))["corridor_answers"]
    assert (page["D2"].data_type, page["E2"].data_type) == ("s", "s")


def test_nothing_to_ask_is_said() -> None:
    empty = replace(sheet(), corridors=(), withdrawn=("7Q2M4",))
    notice = book(corridors_workbook(empty)).worksheets[0]
    words = "\n".join(str(row[0]) for row in notice.iter_rows(values_only=True))
    assert "7Q2M4" in words
    assert "No corridor can be requested" in words
