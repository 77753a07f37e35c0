"""``alternatives``: the table on stdout alone, JSON, and refusals with a sentence."""

from __future__ import annotations

import json
import re

import pytest
from cli.commands import Command

from cmcoord_geo.facts import data_dir

WEEK = str(data_dir() / "exercise")


@pytest.mark.parametrize(("lang", "words"), [("fr", "Comme demandé"), ("en", "As asked for")])
def test_table_stands_on_stdout(command: Command, lang: str, words: str) -> None:
    done = command("alternatives", WEEK, "EX-M05", "--lang", lang)
    assert done.code == 0
    assert words in done.out
    assert "Q1" in done.out
    assert "movements.csv" in done.err  # findings about the files stand beside
    assert "movements.csv" not in done.out


def test_json_has_schema_questions_and_alternatives(command: Command) -> None:
    told = json.loads(command("alternatives", WEEK, "EX-M05", "--json").out)
    assert (told["schema"], told["version"]) == ("cmcoord-geo/alternatives", 1)
    families = [one["family_id"] for one in told["movement"]["alternatives"]]
    assert {"asked", "road", "time", "patrol", "air", "programme", "wait"} <= set(families)
    assert told["movement"]["questions"][0]["changes_choice"] is True
    assert {"BOP", "BOC"} <= {place["place_id"] for place in told["places"]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("EX-M99",), "EX-M05"),
        (("EX-M05", "--audience", "public"), "not released"),
        (("EX-M05", "--audience", "minusca_ops"), "not released"),
        (("EX-M05", "--organisation", "ORG-A"), "for this audience. Known: EX-M01"),
        (("EX-M05", "--audience", "press"), "press"),
    ],
)
def test_refusals_have_a_sentence_and_nothing_on_stdout(command: Command, words, told) -> None:
    done = command("alternatives", WEEK, *words, "--lang", "en")
    assert (done.code, done.out) == (3, "")
    assert told in done.err


def test_plan_lists_what_to_ask_first(command: Command) -> None:
    done = command(
        "plan", "Bangassou", "Zémio", "--depart", "2026-12-01T06:00+01:00",
        "--as-of", "2026-11-29T17:00+01:00", "--lang", "en",
    )  # fmt: skip
    assert "To ask before leaving" in done.out
    assert "Chinko ferry (Rafaï): is it running?" in done.out


def test_a_slot_is_one_window_throughout(command: Command) -> None:
    """The same moment in the table and in the detail, on a quarter of an hour."""
    told = command("alternatives", WEEK, "EX-M01", "--lang", "en").out
    table, detail = told.split("IN DETAIL")
    found = re.search(r"Another slot A.*?(\d\d:\d\d)", table, re.DOTALL)
    assert found
    assert f"at {found[1]}" in detail
    assert int(found[1][-2:]) % 15 == 0
