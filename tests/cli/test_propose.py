"""``deconflict --propose``: what would have to change, proven, and what no change removes."""

from __future__ import annotations

import json

import pytest
from cli.commands import Command

from cmcoord_geo.facts import data_dir

ASK = ("deconflict", str(data_dir() / "exercise"), "--propose")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            (
                "Changements proposés",
                "(prouvé)",
                "même route",
                "Aucun des changements essayés ne le lève",
            ),
        ),
        ("en", ("Proposed changes", "(proven)", "same road", "None of the changes tried removes")),
    ],
)
def test_changes_and_what_stands_are_told(
    command: Command, lang: str, words: tuple[str, ...]
) -> None:
    done = command(*ASK, "--lang", lang)
    assert done.code == 5
    told = " ".join(done.out.split())
    assert all(word in told for word in words)
    assert "Said(" not in told
    assert "EX-P04" in told.split(words[-1])[1]
    assert "EX-M02" in told.split(words[-1])[1]  # it must arrive on the day after: no run in time
    assert all(word in told for word in ("30 min", "12 h", "C1, C2, C6, C7, C9"))


def test_json_holds_them_for_their_own_organisation_alone(command: Command) -> None:
    told = json.loads(command(*ASK, "--json", "--organisation", "ORG-E").out)
    (answer,) = told["proposals"]["answers"]
    assert [one["movement_id"] for one in answer] == ["EX-M05"]
    assert (answer[0]["shift_min"], answer[0]["depart"]["start"][11:16]) == (
        300,
        "11:30",
    )  # in a shorter window, not the day after
    assert told["proposals"]["is_proven"]
    assert json.loads(command(*ASK, "--json", "--audience", "minusca").out)["proposals"] is None
