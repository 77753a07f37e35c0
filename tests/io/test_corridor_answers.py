"""Answers about corridors: every fault is told, no bad row drops another, nothing stored is lost."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from coordination.wants import NETWORK, issue, want
from sharing.week import at

from cmcoord_geo.errors import SchemaError
from cmcoord_geo.io.corridor_answers import read_answers, says_something, with_answers
from cmcoord_geo.model import CorridorResponse, TimeSpan

(CORRIDOR,) = issue([want(p, key, 1, 6, 9) for p in "XY" for key in ("A-B", "B-C")]).added
NAME = CORRIDOR.corridor_id
GOOD = {"corridor_id": NAME, "answer": "can", "composition": "minusca"}


def read(tmp_path: Path, *rows: dict[str, str], corridors=(CORRIDOR,), as_of=None):
    path = tmp_path / "answers.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return read_answers(path, corridors=corridors, network=NETWORK, as_of=as_of or at(0, 18))


SAME_HOURS = "in the very hours asked for"


def told(reading) -> list[str]:
    """Findings, but the one that offers in the hours asked for have in common."""
    return [one.said.en for one in reading.findings if SAME_HOURS not in one.said.en]


def test_a_good_row_has_no_finding(tmp_path: Path) -> None:
    """Presence before the hours asked for, the evening before included, is what is wanted."""
    before = {"start": "2026-12-01T03:00+01:00", "end": "2026-12-01T06:00+01:00"}
    reading = read(tmp_path, {**GOOD, "answer": "other_window", **before})
    assert (reading.findings, len(reading.content)) == ((), 1)


@pytest.mark.parametrize(
    ("hours", "is_told"),
    [
        ({}, True),
        ({"start": "2026-12-01T08:45+01:00", "end": "2026-12-01T12:00+01:00"}, True),
        ({"start": "2026-12-01T09:00+01:00", "end": "2026-12-01T12:00+01:00"}, False),
        ({"passed_at": "2026-11-30T17:00+01:00"}, False),
    ],
)
def test_an_offer_in_the_hours_of_the_convoys_is_told_at_once(
    tmp_path: Path, hours: dict[str, str], *, is_told: bool
) -> None:
    """L041: never the patrol and the convoy together."""
    found = read(tmp_path, {**GOOD, "answer": "can", **hours}).findings
    assert [SAME_HOURS in one.said.en for one in found] == [True] * is_told


@pytest.mark.parametrize(
    ("remark", "is_kept"),
    [
        ("Départ base de Sibut, capitaine X, 12 hommes", False),
        ("12 men from the camp", False),
        ("piste lente après la pluie", True),
        ("", True),
    ],
)
def test_a_remark_that_names_a_base_or_a_strength_is_not_kept(
    tmp_path: Path, remark: str, *, is_kept: bool
) -> None:
    reading = read(tmp_path, {**GOOD, "remark": remark})
    assert [one.remark for one in reading.content] == [remark if is_kept else ""]
    assert any("not kept" in words for words in told(reading)) is not is_kept


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"corridor_id": "ZZZZZ"}, "no requested corridor"),
        ({"start": "2026-12-01T09:00+01:00", "end": "2026-12-01T06:00+01:00"}, "ends before"),
        ({"start": "01/12/2026 06:00"}, ""),
        ({"answer": "peut-être"}, ""),
        ({"answer": "partly"}, "which part"),
        ({"answer": "other_window"}, "without another window"),
        ({"km_to": "900"}, "has only"),
        ({"km_from": "4", "km_to": "2"}, "must exceed"),
    ],
    ids=[
        "unknown",
        "reversed",
        "day order",
        "word",
        "no part",
        "no window",
        "beyond",
        "km reversed",
    ],
)
def test_a_row_that_cannot_be_used_is_refused_alone(
    tmp_path: Path, row: dict[str, str], words: str
) -> None:
    reading = read(tmp_path, {**GOOD, **row}, {**GOOD, "provider": "fpu"})
    assert [one.provider for one in reading.content] == ["fpu"]
    errors = [one for one in reading.findings if one.severity == "error"]
    assert [one.row for one in errors] == [2]
    assert words in errors[0].said.en
    assert errors[0].column


@pytest.mark.parametrize(
    ("row", "words", "as_of"),
    [
        ({"composition": ""}, "Composition missing", None),
        ({"composition": "mixte"}, "does not accept", None),
        ({"start": "2026-12-01T07:00"}, "Bangui time", None),
        ({"answered_at": "2026-11-30T19:00+01:00"}, "A time lies after", None),
        ({"valid_until": "2026-12-01T05:00+01:00"}, "void before", None),
        ({}, "ran out", at(2, 6)),
        ({"valid_until": "2026-12-01T08:00+01:00"}, "ran out", at(1, 8)),
        ({"passed_at": "2026-12-01T08:00+01:00"}, "after the data cut-off", None),
        (
            {"received_at": "2026-11-30T09:00+01:00", "answered_at": "2026-11-30T08:00+01:00"},
            "do not follow",
            None,
        ),
    ],
    ids=[
        "composition",
        "mixed",
        "naive",
        "ahead",
        "void",
        "expired",
        "expired early",
        "passed later",
        "states",
    ],
)
def test_a_row_that_is_used_with_a_warning(tmp_path: Path, row, words: str, as_of) -> None:
    reading = read(tmp_path, {**GOOD, **row}, as_of=as_of)
    assert len(reading.content) == 1
    assert {one.severity for one in reading.findings} == {"warning"}
    (finding,) = told(reading)
    assert words in finding


def test_a_passage_that_was_reported_does_not_run_out(tmp_path: Path) -> None:
    row = {**GOOD, "passed_at": "2026-12-01T08:00+01:00"}
    assert told(read(tmp_path, row, as_of=at(2, 6))) == []


def test_an_answer_about_a_withdrawn_corridor_is_kept_and_told(tmp_path: Path) -> None:
    gone = replace(CORRIDOR, withdrawn_at=at(0, 17))
    reading = read(tmp_path, GOOD, corridors=(gone,))
    assert len(reading.content) == 1
    assert "withdrawn since" in told(reading)[0]


def test_a_row_as_it_was_sent_out_says_nothing(tmp_path: Path) -> None:
    row = {"corridor_id": NAME, "answer": "", "start": "2026-12-01T06:00+01:00", "km_from": "0"}
    reading = read(tmp_path, row)
    assert (reading.content, reading.findings) == ((), ())
    assert not says_something(CorridorResponse(corridor_id=NAME))


def test_the_whole_corridor_and_the_window_asked_for_are_told_apart_from_parts(
    tmp_path: Path,
) -> None:
    asked = {"start": "2026-12-01T06:00+01:00", "end": "2026-12-01T09:00+01:00"}
    whole, part = read(
        tmp_path,
        {**GOOD, "km_from": "0", "km_to": "6", **asked},
        {**GOOD, "answer": "partly", "km_from": "2", "km_to": "6", "end": "2026-12-01T08:00+01:00"},
    ).content
    assert (whole.km, whole.window) == (None, None)
    assert part.km == (2.0, 6.0)
    assert part.window == TimeSpan(earliest=at(1, 6), latest=at(1, 8))


def store(path: Path, *answers: CorridorResponse, hour: int = 18) -> bytes:
    path.write_bytes(with_answers(path, answers, read_at=at(0, hour)))
    return path.read_bytes()


def stored(path: Path):
    return read_answers(path, corridors=(CORRIDOR,), network=NETWORK, as_of=at(0, 18))


def test_what_is_stored_is_read_and_stays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "corridor_answers.csv"
    first = CorridorResponse(
        corridor_id=NAME, answer="partly", km=(1.0, 2.5), composition="mixed", remark="=1+1"
    )
    second = CorridorResponse(corridor_id=NAME, answer="cannot", answered_at=at(0, 17))
    before = store(path, first)
    after = store(path, second, hour=19)
    assert after.startswith(before)
    assert stored(path).content == (
        replace(first, read_at=at(0, 18)),
        replace(second, read_at=at(0, 19)),
    )


def test_a_row_that_someone_broke_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "corridor_answers.csv"
    broken = store(path, CorridorResponse(corridor_id=NAME, answer="can")).replace(b"can", b"mmh")
    path.write_bytes(broken.rstrip())
    after = store(path, CorridorResponse(corridor_id=NAME, answer="cannot"), hour=19)
    assert after.startswith(broken.rstrip())
    assert [one.answer for one in stored(path).content] == ["cannot"]


def test_columns_in_another_order_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "corridor_answers.csv"
    store(path, CorridorResponse(corridor_id=NAME, answer="can", composition="minusca"))
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row[::-1], "mine"] for row in rows)
    store(path, CorridorResponse(corridor_id=NAME, answer="cannot"), hour=19)
    assert [one.answer for one in stored(path).content] == ["can", "cannot"]


@pytest.mark.parametrize("content", [b"corridor_id,answer\nX,can\n", "é;è".encode("cp1252")])
def test_a_store_that_would_lose_columns_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "corridor_answers.csv"
    path.write_bytes(content)
    with pytest.raises(SchemaError):
        with_answers(path, [CorridorResponse(corridor_id=NAME)], read_at=at(0, 18))
    assert path.read_bytes() == content


def test_a_time_without_its_zone_is_that_of_bangui(tmp_path: Path) -> None:
    (one,) = read(
        tmp_path, {**GOOD, "start": "2026-12-01T07:00", "end": "2026-12-01 08:00"}
    ).content
    assert one.window == TimeSpan(earliest=at(1, 7), latest=at(1, 8))


@pytest.mark.parametrize(
    "word", ["MINUSCA seule", "MINUSCA alone", "MINUSCA seule · MINUSCA alone"]
)
def test_words_of_the_list_are_read_in_either_language(tmp_path: Path, word: str) -> None:
    (one,) = read(tmp_path, {**GOOD, "composition": word}).content
    assert one.composition == "minusca"
