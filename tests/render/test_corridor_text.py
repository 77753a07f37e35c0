"""Requests and ranks as text, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sharing import week

from cmcoord_geo.render.corridor_text import corridor_text, rank_text
from cmcoord_geo.sharing.corridor_ranks import RanksView, corridor_ranks
from cmcoord_geo.sharing.corridor_sheets import ask, corridor_sheet

PICTURE = week.picture()
ISSUED = ask(PICTURE, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1").issue.ledger


def ranks() -> RanksView:
    picture = replace(PICTURE, corridors=ISSUED)
    asked = ask(picture, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1")
    return corridor_ranks(picture, week.plans(), asked, week.CONFIG)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("EXERCICE", "sans escorte", "km 0–")),
        ("en", ("EXERCISE", "without escort", "km 0–")),
    ],
)
def test_a_request_is_told(lang: str, words: tuple[str, ...]) -> None:
    issue = ask(PICTURE, week.plans(), week.CONFIG, now=week.AS_OF, seed=b"1").issue
    sheet = corridor_sheet(PICTURE, issue, week.CONFIG, now=week.AS_OF)
    told = corridor_text(sheet, lang=lang)
    assert all(word in told for word in (*words, issue.added[0].corridor_id))
    empty = corridor_text(replace(sheet, corridors=(), withdrawn=("7Q2M4",)), lang=lang)
    assert "7Q2M4" in empty


@pytest.mark.parametrize(
    ("lang", "words", "untold"), [("fr", "pas encore", "non dit"), ("en", "not yet", "not told")]
)
def test_ranks_are_told_with_their_states(lang: str, words: str, untold: str) -> None:
    told = rank_text(ranks(), lang=lang)
    assert told.count(words) == 4
    assert ISSUED[0].corridor_id in told
    (one,) = ranks().corridors
    answered = replace(one, answers=("other_window",), received_at=week.AS_OF)
    more = rank_text(replace(ranks(), corridors=(answered,)), lang=lang)
    assert (more.count(words), more.count(untold)) == (0, 2)
    assert "17:00" in more


def test_no_corridor_is_said() -> None:
    assert "corridors request" in rank_text(replace(ranks(), corridors=()), lang="en")
