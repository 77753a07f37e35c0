"""Cells to values: nothing is guessed, nothing sensitive is repeated."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import explain
from cmcoord_geo.io.values import (
    Conventions,
    free_text,
    identifier,
    parse_choice,
    parse_count,
    parse_day,
    parse_hours_of_day,
    parse_mass_t,
    parse_number,
    parse_time,
    parse_yes_no,
    word_index,
)
from cmcoord_geo.units import BANGUI

COMMA = Conventions(decimal_comma=True)


@pytest.mark.parametrize(
    "cell", ["nan", "inf", "-inf", "1e999", "1e3", "-0", "-0.0", "1_000", "٣", "1 000", "0x10", ".5", "5.",
             "9" * 30, "NA", "=1+1", "1.2.3"],
)  # fmt: skip
def test_no_number(cell: str) -> None:
    with pytest.raises(DataError):
        parse_number(cell)
    with pytest.raises(DataError):
        parse_number(cell, conventions=COMMA)


def test_decimal_sign_is_declared_not_guessed() -> None:
    assert parse_number("8.4109") == 8.4109
    assert parse_number("8,4109", conventions=COMMA) == 8.4109
    assert parse_number("-12", conventions=COMMA) == -12
    with pytest.raises(DataError, match="decimal_comma"):
        parse_number("8,4109")
    with pytest.raises(DataError, match="comma"):
        parse_number("8.4109", conventions=COMMA)


@given(st.floats(min_value=-1e6, max_value=1e6).map(lambda number: round(number, 6)))
def test_numbers_come_back(number: float) -> None:
    if number == 0:
        number = 0.0
    cell = f"{number:.6f}"
    if float(cell) == 0:
        cell = cell.removeprefix("-")
    assert math.isclose(parse_number(cell), number, abs_tol=1e-9)


@pytest.mark.parametrize("cell", ["-1", "1.0", "1e2", "1" * 10, "²", "٣", ""])
def test_no_count(cell: str) -> None:
    with pytest.raises(DataError):
        parse_count(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12-01T06:00+01:00",
        "2026-12-01 06:00:00+0100",
        "2026-12-01T05:00Z",
        "2026-12-01T05:00:00.000Z",
    ],
)
def test_one_instant_in_several_spellings(cell: str) -> None:
    assert parse_time(cell) == datetime(2026, 12, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("2027-03-05T06:00", "zone"),
        ("2027-03-05", "without a time"),
        ("03/04/2026", "two ways"),
        ("03.04.2026 06:00", "two ways"),
        ("25/04/2026", "ISO"),
        ("46357", "spreadsheet"),
        ("46357.25", "spreadsheet"),
        ("2026-02-30T06:00Z", "no such"),
        ("2026-12-01T25:00Z", "no such"),
        ("2026-12-01T06:00+99:00", "no such"),
        ("0001-01-01T00:00+14:00", "year"),
        ("9999-12-31T23:59-14:00", "year"),
        ("tomorrow", "ISO"),
        ("20261201T060000Z", "ISO"),
    ],
)
def test_no_time_says_why(cell: str, word: str) -> None:
    with pytest.raises(DataError, match=word) as caught:
        parse_time(cell)
    assert cell not in explain(caught.value, "en")
    assert cell not in explain(caught.value, "fr")


def test_a_day_is_noon_in_bangui() -> None:
    assert parse_day("2026-12-01") == datetime(2026, 12, 1, 11, tzinfo=UTC)
    assert parse_day("2009-02-20 00:00:00.000") == datetime(2009, 2, 20, 11, tzinfo=UTC)
    assert parse_day("2026-12-01T06:00+01:00") == datetime(2026, 12, 1, 5, tzinfo=UTC)
    for cell in ("2026-02-30", "1026-02-03", "2026-12-01 00:00", "2026-12-01 06:00:00"):
        with pytest.raises(DataError):
            parse_day(cell)


def test_yes_and_no_in_both_languages() -> None:
    assert all(parse_yes_no(cell) for cell in ("yes", "Oui", "TRUE", "1", "vrai"))
    assert not any(parse_yes_no(cell) for cell in ("no", "Non", "false", "0", "FAUX"))
    with pytest.raises(DataError):
        parse_yes_no("maybe")


def test_choice_without_accents_and_case() -> None:
    index = word_index({"closed": ["fermée", "coupée"], "open": ["ouverte"]})
    assert parse_choice("FERMEE", index) == "closed"
    assert parse_choice("Cou\u0070e\u0301e", index) == "closed"
    with pytest.raises(DataError, match="closed, open"):
        parse_choice("ajar", index)
    with pytest.raises(DataError):
        parse_choice("---", index)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-x", "@cmd"])
def test_the_guard_against_formulas_is_undone(text: str) -> None:
    assert free_text(f"'{text}") == text
    assert free_text(text) == text


def test_text_stays_as_it_was_written_and_ids_are_composed() -> None:
    hostile = "{{7*7}} {# <script>alert(1)</script> N\u0064e\u0301le\u0301 'quoted'"
    assert free_text(hostile) == hostile
    assert identifier("Nde\u0301le\u0301") == "Ndélé"
    assert free_text("'tis") == "'tis"


@pytest.mark.parametrize(
    ("cell", "mass_t"),
    [
        ("20", 20),
        ("20 t", 20),
        ("20t", 20),
        ("7.5 tonnes", 7.5),
        ("20 000 kg", 20),
        ("3500kg", 3.5),
    ],
)
def test_weights(cell: str, mass_t: float) -> None:
    assert parse_mass_t(cell) == pytest.approx(mass_t)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("20 kN", "“kN”"), ("28 st", "“st”"), ("20 m", "weight"), ("", "weight"), ("1 2 t", "weight"),
        ("20000", "kilograms"), ("20.000 kg", "two ways"), ("7,5 t", "comma"), ("-0 t", "number"),
    ],
)  # fmt: skip
def test_weights_that_are_none(cell: str, word: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_mass_t(cell)
    assert word in caught.value.said.en


def test_weights_with_a_declared_comma() -> None:
    assert parse_mass_t("7,5 t", conventions=Conventions(decimal_comma=True)) == 7.5


def test_hours_of_the_day() -> None:
    assert parse_hours_of_day("6h à 18h") == "06:00-18:00"
    with pytest.raises(DataError):
        parse_hours_of_day("morning")


FRENCH = Conventions(date_order="dmy", zone="+01:00")


@pytest.mark.parametrize(
    "cell",
    [
        "1/12/2026 06:00",
        "01.12.2026 6:00",
        "2026-12-01 06:00:00",
        "01/12/2026 05:00Z",
        "1-12-2026  06:00",
    ],
)
def test_a_file_may_declare_how_its_times_are_written(cell: str) -> None:
    assert parse_time(cell, conventions=FRENCH) == datetime(2026, 12, 1, 6, tzinfo=BANGUI)
    with pytest.raises(DataError):
        parse_time(cell if "Z" in cell else cell.replace("Z", ""))


@pytest.mark.parametrize(
    "cell", ["31/02/2026 06:00", "13/13/2026 06:00", "1/12/2026 25:00", "1/12/2026"]
)
def test_a_declared_order_makes_no_time_of_what_is_none(cell: str) -> None:
    with pytest.raises(DataError):
        parse_time(cell, conventions=FRENCH)


def test_an_unknown_word_is_told_with_those_that_are_known() -> None:
    words = {"lifesaving": ("vital",), "urgent": ()}
    with pytest.raises(DataError, match=r"lifesaving \(vital\), urgent\.") as told:
        parse_choice("vitl", word_index(words), words=words)
    assert "vitl" not in explain(told.value, "fr")
