"""The text of a product, as a planner reads it on a terminal, on paper, or hears it by radio."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from render import sample
from sharing import week
from sharing.week import request

from cmcoord_geo.i18n import Lang, Said
from cmcoord_geo.picture import Patrols
from cmcoord_geo.render.plan_text import build_text
from cmcoord_geo.render.text.sheet import WIDTH
from cmcoord_geo.service import plan_week
from cmcoord_geo.sharing import build_product

AUDIENCES = {"owner": week.OWNER, "minusca_ops": week.MINUSCA, "public": week.PUBLIC}
LANGS = ("fr", "en")
#: Names that a file may hold; they are shown as they are, and nothing of them is run.
HOSTILE = (
    "{{7*7}}",
    "{# note",
    "{x}",
    "<script>alert(1)</script>",
    "=1+1",
    "Nde\u0301le\u0301",
    "a : b ; c ! 5 %",
    "%s %d",
    "\u202eabc",
)


def product(audience: str = "owner"):
    return build_product(week.picture(), week.plans(), AUDIENCES[audience], week.CONFIG).product


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_text_is_framed(audience: str, lang: str) -> None:
    frame = product(audience).frame
    text = build_text(product(audience), lang=lang)
    assert text.startswith("*** EXERCICE / EXERCISE ***\n")
    for words in (frame.title, frame.audience_name, frame.disclaimer):
        assert " ".join(words[lang].split()) in " ".join(text.split())
    assert "17:00 Bangui (16:00 UTC)" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("make", [product, sample.product])
def test_no_line_is_wider_than_a_terminal(make, audience: str, lang: str) -> None:
    lines = build_text(make(audience), lang=lang).splitlines()
    assert [line for line in lines if len(line) > WIDTH] == []
    assert not any(line != line.rstrip(" ") for line in lines)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_french_signs_are_never_at_the_start_of_a_line(audience: str) -> None:
    text = build_text(product(audience), lang="fr")
    assert not re.search(r"^\s*[:;!?»%]", text, re.MULTILINE)
    assert not re.search(r"[^\d\s] [;!?»]", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_dates_have_names_not_numbers_alone(audience: str, lang: str) -> None:
    text = build_text(product(audience), lang=lang)
    assert not re.search(r"\d{4}-\d\d-\d\d", text)
    assert re.search("nov[.]" if lang == "fr" else "Nov", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_promises_anything(audience: str, lang: str) -> None:
    banned = r"\b(?:safe(?:ly|r|st)?|secured?|cleared|approved|sûre?s?|sécurisée?s?|approuvé)\b"
    assert not re.search(banned, build_text(product(audience), lang=lang), re.IGNORECASE)


def test_others_get_no_word_about_movements() -> None:
    for audience in ("minusca_ops", "public"):
        text = build_text(product(audience), lang="en")
        for words in (
            "ORG-A",
            "M1",
            "Departure",
            "Exposure",
            "escort is never",
            "no known conflict",
        ):
            assert words not in text
    assert "PAT-1" not in build_text(product("public"), lang="en")


def test_an_escort_is_never_an_option() -> None:
    """Hazard H16."""
    text = build_text(product(), lang="en")
    assert "An armed escort is never among these options." in text
    assert not re.search(r"^  [A-D] · .*escort", text, re.MULTILINE)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_names_are_shown_as_they_are(hostile: str) -> None:
    changed = replace(request("M1", hostile, "SBT GRI", week.at(1, 6)), cargo=hostile)
    picture = week.picture((changed,))
    plans = plan_week(picture, week.CONFIG)
    found = build_product(picture, plans, week.OWNER, week.CONFIG).product
    assert build_text(found, lang="fr").count(hostile) == 2


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_view_gives_the_same_text(audience: str) -> None:
    assert build_text(product(audience), lang="fr") == build_text(product(audience), lang="fr")
    assert build_text(product(audience), lang="fr") != build_text(product(audience), lang="en")


def test_real_data_are_no_exercise() -> None:
    picture = week.picture(is_exercise=False)
    found = build_product(picture, week.plans(), week.OWNER, week.CONFIG).product
    assert not build_text(found, lang="fr").startswith("***")


def test_conditions_stand_before_the_options_and_what_they_refuse_is_no_missing_road() -> None:
    made = sample.product()
    first, second, *_ = made.movements
    kept = Said(fr="Passer par X.", en="Go through X.")
    asked = replace(first, via=(second.origin,), conditions=(kept,))
    left = replace(second, options=(), is_kept_out=True, refusal=Said(fr="non.", en="no."))
    text = build_text(replace(made, movements=(asked, left)), lang="en")
    assert text.index("Conditions asked for") < text.index("  - Go through X.")
    assert text.index("  - Go through X.") < text.index(f"  {first.options[0].letter} · kept")
    assert "NOTHING WITHIN THE CONDITIONS. no." in text
    assert "NO ROAD" not in text


@pytest.mark.parametrize(
    ("lang", "unknown"), [("fr", "on ne sait pas si une patrouille"), ("en", "is not known")]
)
def test_without_a_patrol_in_the_data_meetings_are_unknown(lang: Lang, unknown: str) -> None:
    """Nobody gave windows: that is no “no known conflict” (unknown is not low)."""
    known = week.picture()
    told = {}
    for patrols in (known.patrols, Patrols.empty()):
        picture = replace(known, patrols=patrols)
        found = build_product(picture, plan_week(picture, week.CONFIG), week.OWNER, week.CONFIG)
        told[len(patrols) > 0] = " ".join(build_text(found.product, lang=lang).split())
    assert unknown in told[False]
    assert unknown not in told[True]
    assert not re.search("[Nn]o (other )?known (conflict|meeting)|aucun conflit connu", told[False])
