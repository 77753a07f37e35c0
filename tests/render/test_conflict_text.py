"""The conflicts of a week as text: answers first, then each with its rule and what to do."""

from __future__ import annotations

import pytest
from sharing.test_conflicts import release
from sharing.week import MINUSCA, OWNER, PUBLIC

from cmcoord_geo.render.conflict_text import build_conflict_text
from cmcoord_geo.sharing import Audience


def words(audience: Audience, lang: str) -> str:
    return " ".join(build_conflict_text(release(audience).view, lang=lang).split())


def test_a_reader_finds_answer_rule_place_window_and_advice() -> None:
    told = words(OWNER, "en")
    assert told.startswith("*** EXERCICE / EXERCISE ***")
    assert "CONFLICT (4)" in told
    assert "movement M3 and patrol PAT-2 may be at one place at one time" in told
    assert "(leaflet of OCHA)" in told
    assert "What to do: Move the departure or the halt of the movement" in told
    assert "“No known conflict”: in the data held at Sun 29 Nov 17:00" in told
    assert "Notification is not protection; not a clearance" in told


def test_french() -> None:
    told = words(OWNER, "fr")
    assert "CONFLIT (4)" in told
    assert "mouvement M3 et patrouille PAT-2 peuvent être au même lieu au même moment" in told
    assert "INCONNU" in told


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_lines_are_no_longer_than_a_page(lang: str) -> None:
    text = build_conflict_text(release(OWNER).view, lang=lang)
    assert max(map(len, text.splitlines())) <= 88


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("audience", [OWNER, MINUSCA, PUBLIC])
def test_nothing_is_called_safe_or_approved(audience: Audience, lang: str) -> None:
    told = words(audience, lang).casefold()
    for word in ("safe", "secure", "cleared", "approv", " sûr ", "sécuris", "autorisé"):
        assert word not in told


def test_the_public_is_told_that_nothing_concerns_it() -> None:
    assert "No rule concerns this audience." in words(PUBLIC, "en")
